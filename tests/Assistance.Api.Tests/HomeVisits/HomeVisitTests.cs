using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.HomeVisits;

public sealed class HomeVisitTests(Engine engine) : ApiTests(engine)
{
    private static readonly TestCaseData[] BentVisits =
    [
        Bent("one visitor", "$.visitors", "too-few-visitors", visit => ((JsonArray)visit["visitors"]!).RemoveAt(1)),
        Bent("the same visitor twice", "$.visitors", "counted-twice", visit => visit["visitors"]![1]!["officerId"] = "visitor-1"),
        Bent("a telephone call without a ground", "$.ground", "missing", visit => visit["method"] = "Phone"),
        Bent("a ground for a visit on the spot", "$.ground", "not-for-this-method", visit => visit["ground"] = "暴雨"),
        Bent("neither a signature nor a reason", "$.signedByPersonId", "missing", visit => visit.Remove("signedByPersonId")),
        Bent("a signature and a reason", "$.unsignedReason", "not-when-signed", visit => visit["unsignedReason"] = "不在场"),
        Bent("a visit in the future", "$.visitedOn", "in-the-future", visit => visit["visitedOn"] = "2099-01-01"),
    ];

    private OfficerClient Visitor => As(Roles.Visitor, Street);

    [TestCaseSource(nameof(BentVisits))]
    public async Task Is_named_by_its_path_with_400(string path, string code, Action<JsonObject> bend)
    {
        var application = await AcceptedAsync(AHousehold.OfOne());
        var visit = await VisitAsync(application);
        bend(visit);

        var answer = await ActAsync(Visitor, application, "home-visits", visit);

        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(fault => ((string)fault!["path"]!, (string)fault["code"]!)), Does.Contain((path, code)), answer.Text);
    }

    [Test]
    public async Task Where_staff_is_related_the_district_decides_after_its_own_visit_and_not_before()
    {
        var application = await PostedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, application, "related-staff-records", await RelatedStaffAsync(application)));
        await ReportedToDistrictAsync(application);
        Refused(await ActAsync(Confirmer, application, "confirmation", Decision("Grant")), 409, "district-home-visit-missing", "57-20");

        Expect(201, await ActAsync(Visitor, application, "home-visits", await VisitAsync(application)));
        Refused(await ActAsync(Confirmer, application, "confirmation", Decision("Grant")), 409, "district-home-visit-missing", "57-20");

        Expect(201, await ActAsync(Confirmer, application, "home-visits", await VisitAsync(application, "Phone")));
        Refused(await ActAsync(Confirmer, application, "confirmation", Decision("Grant")), 409, "district-home-visit-missing", "57-20");

        var early = await VisitAsync(application);
        early["visitedOn"] = "2026-09-01";
        Expect(201, await ActAsync(Confirmer, application, "home-visits", early));
        Refused(await ActAsync(Confirmer, application, "confirmation", Decision("Grant")), 409, "district-home-visit-missing", "57-20");

        Expect(201, await ActAsync(Confirmer, application, "home-visits", await VisitAsync(application)));
        Expect(201, await ActAsync(Confirmer, application, "confirmation", Decision("Grant")));
    }

    [Test]
    public async Task Where_staff_is_related_a_refusal_waits_for_the_visit_too()
    {
        var application = await PostedAsync(AHousehold.OfOne().Declaring(0, "Wages", 100_000), "ProposeRefusal");
        Expect(201, await ActAsync(Reviewer, application, "related-staff-records", await RelatedStaffAsync(application)));
        await ReportedToDistrictAsync(application);

        Refused(await ActAsync(Confirmer, application, "confirmation", Decision("Refuse")), 409, "district-home-visit-missing", "57-20");
    }

    // 57 art. 20(2): a complaint calls for the district's own visit too, after it came in.
    [Test]
    public async Task Where_somebody_complained_the_district_decides_after_a_visit_of_its_own_that_followed()
    {
        var application = await PostedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Confirmer, application, "home-visits", await VisitAsync(application)));
        await ReportedToDistrictAsync(application);
        Expect(201, await ActAsync(Clerk, application, "complaints", Complaint()));

        var refused = await ActAsync(Confirmer, application, "confirmation", Decision("Grant"));
        Refused(refused, 409, "district-home-visit-missing", "57-20");
        Assert.That((string)refused["detail"]!, Does.Contain("投诉").And.Contain(Today));
        Expect(201, await ActAsync(Visitor, application, "home-visits", await VisitAsync(application)));
        Refused(await ActAsync(Confirmer, application, "confirmation", Decision("Grant")), 409, "district-home-visit-missing", "57-20");

        Expect(201, await ActAsync(Confirmer, application, "home-visits", await VisitAsync(application)));
        Expect(201, await ActAsync(Confirmer, application, "confirmation", Decision("Grant")));
    }

    [Test]
    public async Task Who_complained_is_known_to_the_accepting_office_and_the_district_alone()
    {
        var application = await AcceptedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, application, "complaints", Complaint()));
        var anonymous = Complaint();
        anonymous.Remove("sender");
        Expect(201, await ActAsync(As(Roles.Clerk, District), application, "complaints", anonymous));

        var street = Items(Expect(200, await Clerk.GetAsync($"{application}/complaints")));
        var window = Expect(200, await AnyWindow.GetAsync($"{application}/complaints"));
        var timeline = Expect(200, await Clerk.GetAsync($"{application}/timeline?take=100"));
        Assert.Multiple(() =>
        {
            Assert.That((string)street[0]!["sender"]!["name"]!, Is.EqualTo("样例举报人"));
            Assert.That(street[1]!["sender"], Is.Null);
            Assert.That(window.Text, Does.Contain("未申报的工作").And.Not.Contain("样例举报人"));
            Assert.That((string)Items(timeline)[^1]!["sentence"]!, Does.Contain("接到投诉、举报（信函）"));
            Assert.That(timeline.Text + string.Join('\n', Service.Log.Lines), Does.Not.Contain("样例举报人").And.Not.Contain("未申报的工作"));
        });
    }

    [Test]
    public async Task A_complaint_is_recorded_between_acceptance_and_decision_by_the_offices_that_handle_it()
    {
        var received = await SubmittedAsync(AHousehold.OfOne());
        var (granted, _, _) = await GrantedAsync(AHousehold.OfOne());
        var accepted = await AcceptedAsync(AHousehold.OfOne());

        Refused(await ActAsync(Clerk, received, "complaints", Complaint()), 409, "wrong-state");
        Refused(await ActAsync(Clerk, granted, "complaints", Complaint()), 409, "wrong-state");
        Refused(await ActAsync(AnyWindow, accepted, "complaints", Complaint()), 403, "not-the-accepting-office");
        Refused(await ActAsync(Confirmer, accepted, "complaints", Complaint()), 403, "forbidden");
        Refused(await As(Roles.Reviewer, "140213050").GetAsync($"{accepted}/complaints"), 404, "not-found");
    }

    [Test]
    public async Task A_relation_recorded_in_one_programme_holds_for_the_others_of_the_form()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MedicalAssistance");
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.OnRecord(World).ToString()));
        string Path(int index) => $"/v1/applications/{submitted["applications"][index]!["applicationId"]}";
        await SettledAsync(Path(0));
        Expect(201, await ActAsync(Clerk, Path(0), "disclosure"));
        foreach (var item in Items(Expect(200, await Clerk.GetAsync($"{Path(0)}/disclosure"))).Where(item => (string)item!["status"]! == "Required"))
        {
            await SupplyAsync(Path(0), item!);
        }

        Expect(201, await ActAsync(Clerk, Path(0), "acceptance"));
        Expect(201, await ActAsync(Clerk, Path(1), "acceptance"));
        var before = await TagAsync(Path(1));

        Expect(201, await ActAsync(Clerk, Path(0), "related-staff-records", await RelatedStaffAsync(Path(0))));

        Assert.That(await TagAsync(Path(1)), Is.Not.EqualTo(before));
        Assert.That(Items(Expect(200, await Clerk.GetAsync($"{Path(1)}/related-staff-records"))), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Without_a_relation_to_staff_no_visit_of_the_district_is_asked_for() =>
        Assert.That((await GrantedAsync(AHousehold.OfOne())).Decision.Status, Is.EqualTo(201));

    [Test]
    public async Task Neither_is_recorded_before_acceptance_or_after_the_decision()
    {
        var received = await SubmittedAsync(AHousehold.OfOne());
        var (granted, _, _) = await GrantedAsync(AHousehold.OfOne());

        foreach (var application in new[] { received, granted })
        {
            Refused(await ActAsync(Clerk, application, "related-staff-records", await RelatedStaffAsync(application)), 409, "wrong-state");
            Refused(await ActAsync(Visitor, application, "home-visits", await VisitAsync(application)), 409, "wrong-state");
        }
    }

    [Test]
    public async Task Only_the_accepting_street_and_the_district_record_either()
    {
        var application = await AcceptedAsync(AHousehold.OfOne());
        var stranger = As(Roles.Reviewer, "140213050");
        var tag = await TagAsync(application);

        Refused(await stranger.PostAsync($"{application}/related-staff-records", (await RelatedStaffAsync(application)).ToJsonString(), tag), 404, "not-found");
        Refused(await stranger.PostAsync($"{application}/home-visits", (await VisitAsync(application)).ToJsonString(), tag), 404, "not-found");
        Refused(await stranger.GetAsync($"{application}/related-staff-records"), 404, "not-found");
        Refused(await stranger.GetAsync($"{application}/home-visits"), 404, "not-found");
        Refused(await ActAsync(AnyWindow, application, "related-staff-records", await RelatedStaffAsync(application)), 403, "not-the-accepting-office");
        Refused(await ActAsync(As(Roles.Visitor, Window), application, "home-visits", await VisitAsync(application)), 403, "not-the-accepting-office");
        Refused(await ActAsync(Clerk, application, "home-visits", await VisitAsync(application)), 403, "forbidden");
        Expect(201, await ActAsync(As(Roles.Reviewer, District), application, "related-staff-records", await RelatedStaffAsync(application)));
    }

    [Test]
    public async Task A_visit_counts_for_the_office_of_whoever_records_it()
    {
        var application = await AcceptedAsync(AHousehold.OfOne());

        var ofTheStreet = Expect(201, await ActAsync(Reviewer, application, "home-visits", await VisitAsync(application)));
        var ofTheDistrict = Expect(201, await ActAsync(Confirmer, application, "home-visits", await VisitAsync(application)));

        Assert.Multiple(() =>
        {
            Assert.That((string)ofTheStreet["visitingDivisionCode"]!, Is.EqualTo(Street));
            Assert.That((string)ofTheDistrict["visitingDivisionCode"]!, Is.EqualTo(District));
        });
    }

    [Test]
    public async Task Only_persons_of_the_household_are_named()
    {
        var application = await AcceptedAsync(AHousehold.OfOne());
        var related = await RelatedStaffAsync(application);
        related["personId"] = Guid.NewGuid().ToString();
        var visit = await VisitAsync(application);
        visit["signedByPersonId"] = Guid.NewGuid().ToString();

        Refused(await ActAsync(Clerk, application, "related-staff-records", related), 422, "member-not-in-household");
        Refused(await ActAsync(Visitor, application, "home-visits", visit), 422, "member-not-in-household");
    }

    [Test]
    public async Task Both_are_read_as_recorded_the_reads_are_recorded_and_no_event_names_anybody()
    {
        var application = await AcceptedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, application, "related-staff-records", await RelatedStaffAsync(application)));
        var unsigned = await VisitAsync(application);
        unsigned.Remove("signedByPersonId");
        unsigned["unsignedReason"] = "拒绝签字";
        Expect(201, await ActAsync(Visitor, application, "home-visits", unsigned));
        Expect(201, await ActAsync(Visitor, application, "home-visits", await VisitAsync(application, "Video")));
        var auditor = As(Roles.Auditor, District, subject: "auditor-of-visits");

        var related = Items(Expect(200, await auditor.GetAsync($"{application}/related-staff-records")))[0]!;
        var first = Expect(200, await auditor.GetAsync($"{application}/home-visits?take=1"));
        var second = Expect(200, await auditor.GetAsync($"{application}/home-visits?take=1&after={first["next"]}"));

        var timeline = Expect(200, await Clerk.GetAsync($"{application}/timeline?take=100"));
        var purposes = await Service.Database.ReadAsync(session => session.ListAsync<string>(
            "SELECT AccessPurpose FROM AccessRecord WHERE ActorId = @ActorId", new { ActorId = "auditor-of-visits" }), CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That((string)related["staffName"]!, Is.EqualTo("样例经办人"));
            Assert.That((string)related["staffDivision"]!, Does.Contain("振华街道"));
            Assert.That((string)related["declaredBy"]!, Is.EqualTo("Household"));
            Assert.That((string)Items(first)[0]!["unsignedReason"]!, Is.EqualTo("拒绝签字"));
            Assert.That((string)Items(first)[0]!["visitors"]![1]!["name"]!, Is.EqualTo("样例调查员乙"));
            Assert.That((string)Items(second)[0]!["ground"]!, Is.EqualTo("暴雨红色预警"));
            Assert.That((string?)second.Json!["next"], Is.Null);
            Assert.That(purposes, Is.EqualTo(new[] { "ListRelatedStaff", "ListHomeVisits", "ListHomeVisits" }));
            Assert.That(Items(timeline).Select(entry => (string)entry!["kind"]!).TakeLast(3), Is.EqualTo(new[] { "RelatedStaffRecorded", "HomeVisited", "HomeVisited" }));
            Assert.That((string)Items(timeline)[^1]!["sentence"]!, Does.Contain("视频").And.Contain("2名"));
            Assert.That(timeline.Text, Does.Not.Contain("样例经办人").And.Not.Contain("样例调查员"));
        });
    }

    private static TestCaseData Bent(string name, string path, string code, Action<JsonObject> bend) =>
        new TestCaseData(path, code, bend).SetArgDisplayNames(name);

    private async Task<JsonObject> RelatedStaffAsync(string application) => new()
    {
        ["staffName"] = "样例经办人",
        ["staffPost"] = "社会救助经办人员",
        ["staffDivisionCode"] = Street,
        ["relationship"] = "兄弟",
        ["personId"] = await PersonAsync(application),
        ["declaredBy"] = "Household",
    };

    private JsonObject Complaint() => new()
    {
        ["receivedOn"] = Today,
        ["way"] = "Letter",
        ["sender"] = new JsonObject { ["name"] = "样例举报人" },
        ["statement"] = "反映该家庭成员有未申报的工作。",
    };

    private async Task<JsonObject> VisitAsync(string application, string method = "OnSite")
    {
        var visit = new JsonObject
        {
            ["visitedOn"] = Today,
            ["method"] = method,
            ["visitors"] = new JsonArray(
                new JsonObject { ["officerId"] = "visitor-1", ["name"] = "样例调查员甲" },
                new JsonObject { ["officerId"] = "visitor-2", ["name"] = "样例调查员乙" }),
            ["factsFound"] = "租住一居室，与申报一致。",
            ["signedByPersonId"] = await PersonAsync(application),
        };
        if (method != "OnSite")
        {
            visit["ground"] = "暴雨红色预警";
        }

        return visit;
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Tests.Postings;

public sealed class PostingObjectionTests(Engine engine) : ApiTests(engine)
{
    private static readonly TestCaseData[] BentAnswers =
    [
        Bent("a democratic review that is not told of", "$.democraticReview", "missing", answer => answer.Remove("democraticReview")),
        Bent("a democratic review with a new investigation", "$.democraticReview", "not-for-this-answer", answer => answer["answer"] = "Reinvestigated"),
        Bent("more votes than people", "$.democraticReview", "more-votes-than-present", answer => answer["democraticReview"]!["votesAgainst"] = 13),
        Bent("nobody present", "$.democraticReview.present", "out-of-range", answer => answer["democraticReview"]!["present"] = 0),
        Bent("a meeting in the future", "$.democraticReview.heldOn", "in-the-future", answer => answer["democraticReview"]!["heldOn"] = "2099-01-01"),
    ];

    [TestCaseSource(nameof(BentAnswers))]
    public async Task Is_named_by_its_path_with_400(string path, string code, Action<JsonObject> bend)
    {
        var application = await PostedAsync(AHousehold.OfOne());
        var objection = await ObjectedAsync(application);
        var review = Review("Upheld");
        bend(review);

        var answer = await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", review);

        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(fault => ((string)fault!["path"]!, (string)fault["code"]!)), Does.Contain((path, code)), answer.Text);
    }

    [Test]
    public async Task An_objection_holds_the_file_back_until_a_new_investigation_upholds_the_opinion()
    {
        var application = await PostedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Reviewer, application, "home-visits", await VisitAsync(application)));
        var objection = await ObjectedAsync(application);
        var upheld = new JsonObject { ["answer"] = "Reinvestigated", ["outcome"] = "Upheld", ["reasons"] = "经重新调查，申报属实。" };

        Refused(await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", upheld), 409, "reinvestigation-missing", "57-19");
        Expect(201, await ActAsync(Confirmer, application, "home-visits", await VisitAsync(application)));
        Refused(await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", upheld), 409, "reinvestigation-missing", "57-19");

        World.Clock.Forward(TimeSpan.FromDays(8));
        Refused(await ActAsync(Reviewer, application, "district-report"), 409, "posting-objection-open", "57-19");
        Expect(201, await ActAsync(Reviewer, application, "home-visits", await VisitAsync(application)));
        var answered = Expect(201, await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", upheld));

        Assert.That(((string)answered["state"]!, (bool)answered["isPostedAgain"]!), Is.EqualTo(("Posted", false)));
        Refused(await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", upheld), 409, "objection-already-answered");
        Expect(201, await ActAsync(Reviewer, application, "district-report"));
        Expect(201, await ActAsync(Confirmer, application, "confirmation", Decision("Grant")));
        Assert.That(await SentencesAsync(application), Has.Some.Contains("收到公示异议（电话）").And.Some.Contains("重新组织调查，维持原初审意见。"));
    }

    [Test]
    public async Task An_upheld_opinion_stays_posted_to_its_end()
    {
        var application = await PostedAsync(AHousehold.OfOne());
        var objection = await ObjectedAsync(application);

        Expect(201, await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", Review("Upheld")));

        Refused(await ActAsync(Reviewer, application, "district-report"), 409, "posting-still-running", "57-19");
        World.Clock.Forward(TimeSpan.FromDays(8));
        Expect(201, await ActAsync(Reviewer, application, "district-report"));
    }

    [Test]
    public async Task A_changed_opinion_is_taken_down_at_once_and_goes_up_anew_without_a_second_posting()
    {
        const string Community = "140213054009";
        var application = await PostedAsync(AHousehold.OfOne().LivingIn(Community));
        var objection = await ObjectedAsync(application);

        var answered = Expect(201, await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", Review("Changed")));

        Assert.That((string)answered["state"]!, Is.EqualTo("Accepted"));
        Assert.That(await Http.GetStringAsync($"/v1/public-postings?community={Community}"), Does.Contain("\"items\":[]"));
        Expect(201, await ActAsync(Reviewer, application, "preliminary-review", Opinion("ProposeGrant")));
        Expect(201, await ActAsync(Reviewer, application, "district-report"));
        Assert.That(await SentencesAsync(application), Has.Some.Contains("公示异议处理完毕，街道上报").And.Some.Contains("重新提出初审意见。"));
    }

    [TestCase("Changed", 201)]
    [TestCase("Upheld", 409)]
    public async Task A_result_that_changed_meanwhile_is_posted_anew_unless_the_objection_was_why(string outcome, int status)
    {
        var household = AHousehold.OfOne();
        var application = await PostedAsync(household);
        var objection = await ObjectedAsync(application);
        await AssessedAnewAsync(application, household);

        Expect(201, await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", Review(outcome)));
        Expect(201, await ActAsync(Reviewer, application, "preliminary-review", Opinion("ProposeRefusal")));
        var report = await ActAsync(Reviewer, application, "district-report");

        Assert.That(report.Status, Is.EqualTo(status), report.Text);
        if (status == 409)
        {
            Refused(report, 409, "not-posted", "57-19");
            Expect(201, await ActAsync(Reviewer, application, "public-posting"));
        }
    }

    [Test]
    public async Task What_changes_once_more_after_the_objection_is_posted_anew()
    {
        var household = AHousehold.OfOne();
        var application = await PostedAsync(household);
        var objection = await ObjectedAsync(application);
        Expect(201, await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", Review("Changed")));
        Expect(201, await ActAsync(Reviewer, application, "preliminary-review", Opinion("ProposeGrant")));
        await AssessedAnewAsync(application, household);
        Expect(201, await ActAsync(Reviewer, application, "preliminary-review", Opinion("ProposeRefusal")));

        Refused(await ActAsync(Reviewer, application, "district-report"), 409, "not-posted", "57-19");
    }

    [Test]
    public async Task Every_objection_is_answered_before_anything_goes_on()
    {
        var application = await PostedAsync(AHousehold.OfOne());
        var first = await ObjectedAsync(application);
        var second = await ObjectedAsync(application);
        Expect(201, await ActAsync(Reviewer, application, $"posting-objections/{first}/resolution", Review("Changed")));
        Expect(201, await ActAsync(Reviewer, application, "preliminary-review", Opinion("ProposeGrant")));

        Refused(await ActAsync(Reviewer, application, "district-report"), 409, "posting-objection-open", "57-19");
        Refused(await ActAsync(Reviewer, application, "public-posting"), 409, "posting-objection-open", "57-19");
        Expect(201, await ActAsync(Reviewer, application, $"posting-objections/{second}/resolution", Review("Upheld")));
        Expect(201, await ActAsync(Reviewer, application, "district-report"));
    }

    [Test]
    public async Task An_opinion_that_was_never_posted_does_not_go_up()
    {
        var application = await AssessedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Reviewer, application, "preliminary-review", Opinion("ProposeGrant")));

        Refused(await ActAsync(Reviewer, application, "district-report"), 409, "not-posted", "57-19");
    }

    // N22 part 4(1), 57 art. 22: once, however many object.
    [Test]
    public async Task An_objection_extends_the_whole_to_forty_five_working_days_and_a_second_one_no_further()
    {
        var application = await PostedAsync(AHousehold.OfOne().RegisteredIn(AHousehold.Residence));
        var before = await TotalAsync(application);
        Assert.That(((int)before["workingDays"]!, (string)before["legalBasis"]!["code"]!), Is.EqualTo((30, "57-22")));

        var objected = Expect(201, await ActAsync(Clerk, application, "posting-objections", Objection()));
        var after = await TotalAsync(application);
        await ObjectedAsync(application);

        Assert.Multiple(() =>
        {
            Assert.That(((int)after["workingDays"]!, (string)after["legalBasis"]!["code"]!, (string)after["startedOn"]!), Is.EqualTo((45, "N22-4-1", (string)before["startedOn"]!)));
            Assert.That((string)after["dueOn"]!, Is.GreaterThan((string)before["dueOn"]!).And.EqualTo((string)objected["dueOn"]!));
        });
        Assert.That((string)Expect(200, await Clerk.GetAsync(application))["dueOn"]!, Is.EqualTo((string)after["dueOn"]!));
        Assert.That((await TotalAsync(application)).ToJsonString(), Is.EqualTo(after.ToJsonString()));
        Assert.That((await SentencesAsync(application)).Count(sentence => sentence.Contains("因公示有异议，办理期限延长至受理之日起45个工作日")), Is.EqualTo(1));
    }

    [Test]
    public async Task Where_the_whole_takes_forty_five_days_already_nothing_is_extended()
    {
        var application = await PostedAsync(AHousehold.OfOne());
        var before = await TotalAsync(application);
        await ObjectedAsync(application);

        Assert.That((await TotalAsync(application)).ToJsonString(), Is.EqualTo(before.ToJsonString()));
        Assert.That((int)before["workingDays"]!, Is.EqualTo(45));
    }

    [Test]
    public async Task The_day_it_came_in_counts_and_it_has_to_be_one_of_the_posting()
    {
        var application = await PostedAsync(AHousehold.OfOne());
        var posted = DateOnly.ParseExact(Today, "yyyy-MM-dd");
        World.Clock.Forward(TimeSpan.FromDays(8));

        Refused(await ActAsync(Clerk, application, "posting-objections", Objection(posted.AddDays(-1))), 409, "objection-outside-the-posting", "57-19");
        Refused(await ActAsync(Clerk, application, "posting-objections", Objection(posted.AddDays(8))), 409, "objection-outside-the-posting", "57-19");
        Refused(await ActAsync(Clerk, application, "posting-objections", Objection(posted.AddDays(9))), 400, "invalid-request");
        Expect(201, await ActAsync(Clerk, application, "posting-objections", Objection(posted.AddDays(7))));
    }

    [Test]
    public async Task Neither_is_taken_in_a_wrong_state_by_another_office_or_of_another_application()
    {
        var reviewed = await AssessedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Reviewer, reviewed, "preliminary-review", Opinion("ProposeGrant")));
        Refused(await ActAsync(Clerk, reviewed, "posting-objections", Objection()), 409, "wrong-state");
        var posted = await PostedAsync(AHousehold.OfOne());
        var objection = await ObjectedAsync(posted);

        Refused(await ActAsync(AnyWindow, posted, "posting-objections", Objection()), 403, "not-the-accepting-office");
        Refused(await ActAsync(Confirmer, posted, "posting-objections", Objection()), 403, "forbidden");
        Refused(await ActAsync(Clerk, posted, $"posting-objections/{objection}/resolution", Review("Upheld")), 403, "forbidden");
        Refused(await ActAsync(As(Roles.Reviewer, Window), posted, $"posting-objections/{objection}/resolution", Review("Upheld")), 403, "not-the-accepting-office");
        Refused(await ActAsync(Reviewer, reviewed, $"posting-objections/{objection}/resolution", Review("Upheld")), 404, "not-found");
        Refused(await As(Roles.Reviewer, "140213050").GetAsync($"{posted}/posting-objections"), 404, "not-found");
        var early = Review("Upheld");
        early["democraticReview"]!["heldOn"] = "2026-09-01";
        Refused(await ActAsync(Reviewer, posted, $"posting-objections/{objection}/resolution", early), 422, "democratic-review-too-early", "57-19");
        Refused(await Clerk.PostAsync($"{posted}/posting-objections", Objection().ToJsonString()), 428, "precondition-required");

        Expect(201, await ActAsync(Reviewer, posted, $"posting-objections/{objection}/resolution", Review("Upheld")));
        await ReportedToDistrictAsync(posted);
        Refused(await ActAsync(Clerk, posted, "posting-objections", Objection()), 409, "wrong-state");
        Refused(await ActAsync(Reviewer, posted, $"posting-objections/{objection}/resolution", Review("Upheld")), 409, "wrong-state");
    }

    [Test]
    public async Task Who_objects_is_known_to_the_office_that_answers_and_to_the_district_alone()
    {
        var application = await PostedAsync(AHousehold.OfOne());
        var objection = await ObjectedAsync(application);
        var anonymous = Objection();
        anonymous.Remove("sender");
        Expect(201, await ActAsync(Clerk, application, "posting-objections", anonymous));
        Expect(201, await ActAsync(Reviewer, application, $"posting-objections/{objection}/resolution", Review("Upheld")));

        var street = Items(Expect(200, await Clerk.GetAsync($"{application}/posting-objections")));
        var district = Expect(200, await As(Roles.Auditor, District, subject: "auditor-of-objections").GetAsync($"{application}/posting-objections?take=1"));
        var window = Expect(200, await AnyWindow.GetAsync($"{application}/posting-objections"));
        var stored = await Service.Database.ReadAsync(
            session => session.FirstOrDefaultAsync<byte[]>("SELECT SenderCipher FROM PostingObjection WHERE ObjectionId = @ObjectionId", new { ObjectionId = objection }),
            CancellationToken.None);
        var purposes = await Service.Database.ReadAsync(session => session.ListAsync<string>(
            "SELECT AccessPurpose FROM AccessRecord WHERE ActorId = @ActorId", new { ActorId = "auditor-of-objections" }), CancellationToken.None);
        var timeline = Expect(200, await Clerk.GetAsync($"{application}/timeline?take=100"));

        Assert.Multiple(() =>
        {
            Assert.That((string)street[0]!["sender"]!["name"]!, Is.EqualTo("样例邻居"));
            Assert.That((string)street[0]!["democraticReview"]!["conclusion"]!, Is.EqualTo("申报情况属实。"));
            Assert.That((string)street[0]!["outcome"]!, Is.EqualTo("Upheld"));
            Assert.That(street[1]!["sender"], Is.Null);
            Assert.That(street[1]!["outcome"], Is.Null);
            Assert.That((string)Items(district).Single()!["sender"]!["contact"]!, Is.EqualTo("0352-5550777"));
            Assert.That((string?)district.Json!["next"], Is.Not.Null);
            Assert.That(window.Text, Does.Contain("小轿车").And.Not.Contain("样例邻居").And.Not.Contain("5550777"));
            Assert.That(Encoding.UTF8.GetString(stored!), Does.Not.Contain("样例邻居").And.Not.Contain("5550777"));
            Assert.That(purposes, Is.EqualTo(new[] { "ListPostingObjections" }));
            Assert.That(timeline.Text, Does.Not.Contain("样例邻居").And.Not.Contain("小轿车"));
            Assert.That(string.Join('\n', Service.Log.Lines), Does.Not.Contain("样例邻居").And.Not.Contain("小轿车").And.Not.Contain("5550777"));
        });
    }

    private static TestCaseData Bent(string name, string path, string code, Action<JsonObject> bend) =>
        new TestCaseData(path, code, bend).SetArgDisplayNames(name);

    private JsonObject Objection(DateOnly? receivedOn = null) => new()
    {
        ["receivedOn"] = receivedOn?.ToString("yyyy-MM-dd") ?? Today,
        ["way"] = "Phone",
        ["sender"] = new JsonObject { ["name"] = "样例邻居", ["contact"] = "0352-5550777" },
        ["statement"] = "该家庭近期购买了一辆小轿车。",
    };

    private JsonObject Review(string outcome) => new()
    {
        ["answer"] = "DemocraticReview",
        ["democraticReview"] = new JsonObject
        {
            ["heldOn"] = Today,
            ["present"] = 15,
            ["votesFor"] = 13,
            ["votesAgainst"] = 1,
            ["conclusion"] = "申报情况属实。",
        },
        ["outcome"] = outcome,
        ["reasons"] = "依据民主评议情况。",
    };

    private async Task<Guid> ObjectedAsync(string application) =>
        Guid.Parse((string)Expect(201, await ActAsync(Clerk, application, "posting-objections", Objection()))["objectionId"]!);

    private async Task<JsonNode> TotalAsync(string application) =>
        Items(Expect(200, await Clerk.GetAsync(application)), "clocks").Single(clock => (string)clock!["code"]! == "Total")!;

    // The departments state a wage when they are asked again.
    private async Task AssessedAnewAsync(string application, AHousehold household)
    {
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, new Features.Lookups.DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 90_000 });
        Expect(201, await ActAsync(Reviewer, application, "verification"));
        await SettledAsync(application, round: 2);
        Expect(201, await ActAsync(Reviewer, application, "assessment"));
    }

    private async Task<JsonObject> VisitAsync(string application) => new()
    {
        ["visitedOn"] = Today,
        ["method"] = "OnSite",
        ["visitors"] = new JsonArray(
            new JsonObject { ["officerId"] = "visitor-1", ["name"] = "样例调查员甲" },
            new JsonObject { ["officerId"] = "visitor-2", ["name"] = "样例调查员乙" }),
        ["factsFound"] = "租住一居室，无机动车，与申报一致。",
        ["signedByPersonId"] = await PersonAsync(application),
    };
}

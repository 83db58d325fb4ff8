using System.Text.Json.Nodes;

namespace Assistance.Api.Tests.Intake;

public sealed class SubmitApplicationTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task Any_window_takes_it_and_the_street_of_residence_accepts()
    {
        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", AHousehold.OfThree().ToString()));

        Assert.Multiple(() =>
        {
            Assert.That((string)answer["applications"][0]!["routing"]!["acceptingDivisionCode"]!, Is.EqualTo(Street));
            Assert.That((string)answer["applications"][0]!["routing"]!["rule"]!, Is.EqualTo("RegisteredAndLivingInTheDistrict"));
            Assert.That((string)answer["applications"][0]!["routing"]!["legalBases"]![0]!["code"]!, Is.EqualTo("PC-RESIDENCE"));
            Assert.That((bool)answer["applications"][0]!["routing"]!["residenceDiffers"]!, Is.True);
            Assert.That((string)answer["receipt"]["receivedByDivisionCode"]!, Is.EqualTo(Window));
            Assert.That((string)answer["caseNumber"]!, Does.Match($"^{Window}-2026-[0-9]{{6}}$"));
            Assert.That((JsonArray)answer["memberIds"], Has.Count.EqualTo(3));
            Assert.That(answer.Tag, Is.EqualTo("\"1\""));
        });
    }

    [Test]
    public async Task A_household_from_outside_is_taken_with_a_receipt_guidance_and_a_transfer_outward()
    {
        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", AHousehold.OfOne().RegisteredIn("140106").LivingIn("140106").ToString()));

        Assert.Multiple(() =>
        {
            Assert.That((string)answer["applications"][0]!["state"]!, Is.EqualTo("TransferredOut"));
            Assert.That((string)answer["applications"][0]!["routing"]!["outcome"]!, Is.EqualTo("TransferOutward"));
            Assert.That((string)answer["applications"][0]!["routing"]!["acceptingDivisionCode"]!, Is.EqualTo("140106"));
            Assert.That((string)answer["applications"][0]!["routing"]!["sentence"]!, Does.Contain("不需要再跑一趟"));
            Assert.That((string)answer["caseNumber"]!, Is.Not.Empty);
        });
        var timeline = Expect(200, await AnyWindow.GetAsync($"/v1/applications/{answer["applications"][0]!["applicationId"]}/timeline"));
        Assert.That(Items(timeline).Select(entry => (string)entry!["kind"]!), Is.EqualTo(new[] { "ApplicationSubmitted", "ApplicationTransferred" }));
    }

    // Act art. 37(2).
    [Test]
    public async Task Temporary_assistance_is_accepted_where_the_emergency_happened_whoever_applies()
    {
        var household = AHousehold.OfOne().RegisteredIn("140106").LivingIn("140106");
        household.Form["programmes"] = new JsonArray("TemporaryAssistance");
        household.Form["emergencyPlace"] = "140213053";

        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));

        Assert.Multiple(() =>
        {
            Assert.That((string)answer["applications"][0]!["state"]!, Is.EqualTo("Received"));
            Assert.That((string)answer["applications"][0]!["routing"]!["rule"]!, Is.EqualTo("TheEmergencyHappenedInTheDistrict"));
            Assert.That((string)answer["applications"][0]!["routing"]!["acceptingDivisionCode"]!, Is.EqualTo("140213053"));
            Assert.That((string)answer["applications"][0]!["routing"]!["legalBases"]![0]!["code"]!, Is.EqualTo("LAW-37"));
        });
    }

    // Act art. 38(1).
    [Test]
    public async Task Education_assistance_is_registered_and_led_to_the_school()
    {
        var household = AHousehold.OfThree();
        household.Form["programmes"] = new JsonArray("EducationAssistance");

        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));

        var application = Expect(200, await AnyWindow.GetAsync($"/v1/applications/{answer["applications"][0]!["applicationId"]}"));
        var timeline = Expect(200, await AnyWindow.GetAsync($"/v1/applications/{answer["applications"][0]!["applicationId"]}/timeline"));
        Assert.Multiple(() =>
        {
            Assert.That((string)application["routing"]["outcome"]!, Is.EqualTo("OtherDoor"));
            Assert.That((string)application["routing"]["sentence"]!, Does.Contain("就读学校"));
            Assert.That(application["routing"]["acceptingDivisionCode"], Is.Null);
            Assert.That((string)application["state"]!, Is.EqualTo("TransferredOut"));
            Assert.That(Items(timeline).Select(entry => (string)entry!["kind"]!), Is.EqualTo(new[] { "ApplicationSubmitted" }));
        });
    }

    [Test]
    public async Task The_decision_names_the_community_the_proof_and_the_other_door()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("HousingAssistance");
        household.Form["habitualResidence"]!["proof"] = "Lease";

        var routing = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()))["applications"][0]!["routing"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string)routing["communityCode"]!, Is.EqualTo(AHousehold.Residence));
            Assert.That((string)routing["proofReliedOn"]!, Is.EqualTo("Lease"));
            Assert.That((string)routing["alsoAt"]!, Is.EqualTo("HousingDepartment"));
            Assert.That((bool)routing["isSample"]!, Is.False);
        });
    }

    [Test]
    public async Task The_same_person_in_a_second_open_application_is_refused_naming_the_case_and_nothing_else()
    {
        var household = AHousehold.OfTwo();
        var first = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));

        // As a member of somebody else's household this time.
        var other = AHousehold.OfOne();
        ((JsonArray)other.Form["members"]!).Add(household.Member(1).DeepClone());
        var second = await Clerk.PostAsync("/v1/applications", other.ToString());

        Refused(second, 409, "already-applied", "57-4");
        Assert.Multiple(() =>
        {
            Assert.That((string)second["caseNumber"]!, Is.EqualTo((string)first["caseNumber"]!));
            Assert.That(second.Text, Does.Not.Contain(household.IdentityNumber(0)).And.Not.Contain((string)household.Member(0)["name"]!));
        });
    }

    [Test]
    public async Task A_refused_submission_leaves_nothing_behind()
    {
        var applied = AHousehold.OfOne();
        Expect(201, await AnyWindow.PostAsync("/v1/applications", applied.ToString()));
        var refused = AHousehold.OfOne();
        var both = (JsonObject)refused.Form.DeepClone();
        ((JsonArray)both["members"]!).Add(AsSiblingAt(2, applied.Member(0)));
        Refused(await Clerk.PostAsync("/v1/applications", both.ToJsonString()), 409, "already-applied");

        // The other person of the refused form is as free to apply as before.
        Expect(201, await Clerk.PostAsync("/v1/applications", refused.ToString()));

        static JsonNode AsSiblingAt(int position, JsonObject member)
        {
            var sibling = (JsonObject)member.DeepClone();
            sibling["relationship"] = "Sibling";
            sibling["consent"]!["signedByMember"] = position;
            return sibling;
        }
    }

    [Test]
    public async Task Identical_submissions_at_the_same_instant_make_one_application()
    {
        var form = AHousehold.OfThree().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AnyWindow.PostAsync("/v1/applications", form)));

        Assert.Multiple(() =>
        {
            Assert.That(answers.Count(answer => answer.Status == 201), Is.EqualTo(1));
            Assert.That(answers.Where(answer => answer.Status != 201).Select(answer => answer.Code), Is.All.EqualTo("already-applied"));
        });
    }

    [Test]
    public async Task The_same_key_at_the_same_instant_gives_the_same_answer_once()
    {
        var form = AHousehold.OfOne().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AnyWindow.PostAsync("/v1/applications", form, key: "same-instant")));

        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(201));
            Assert.That(answers.Select(answer => answer.Text).Distinct().Count(), Is.EqualTo(1));
            Assert.That(answers.Count(answer => !answer.IsReplay), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Case_numbers_have_no_gaps_under_concurrency()
    {
        var window = As("clerk", "140213067");
        await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => window.PostAsync("/v1/applications", AHousehold.OfOne().ToString())));

        var numbers = Items(Expect(200, await window.GetAsync("/v1/applications?take=100"))).Select(item => (string)item!["caseNumber"]!).Order();

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, 25).Select(number => $"140213067-2026-{number:000000}")));
    }

    [Test]
    public async Task Only_the_receiving_and_accepting_offices_and_their_district_see_it()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());

        Assert.Multiple(async () =>
        {
            Assert.That((await AnyWindow.GetAsync(path)).Status, Is.EqualTo(200));
            Assert.That((await Clerk.GetAsync(path)).Status, Is.EqualTo(200));
            Assert.That((await Supervisor.GetAsync(path)).Status, Is.EqualTo(200));
            foreach (var below in new[] { "", "/timeline", "/lookups", "/disclosure", "/assessment", "/disclosure/page" })
            {
                Refused(await As("clerk", "140213058").GetAsync(path + below), 404, "not-found");
            }

            Refused(await As("clerk", "140213058").PostAsync($"{path}/disclosure", tag: "\"1\""), 404, "not-found");
            Refused(await As("supervisor", "140214").GetAsync(path), 403, "forbidden");
            Refused(await As("clerk", "140214001").PostAsync("/v1/applications", AHousehold.OfOne().ToString()), 403, "forbidden");
        });
    }

    [Test]
    public async Task The_application_shows_masked_numbers_and_the_clock_of_the_differing_residence()
    {
        var household = AHousehold.OfOne();
        var application = Expect(200, await Clerk.GetAsync(await AcceptedAsync(household)));

        Assert.Multiple(() =>
        {
            Assert.That(application.Text, Does.Not.Contain(household.IdentityNumber(0)));
            Assert.That((string)Items(application, "members")[0]!["maskedIdentityNumber"]!, Does.StartWith("1402").And.Contain("****"));
            // 45 working days from 2026-09-21 (N22 part 4(1)); the day itself is not counted.
            Assert.That((string)application["dueOn"]!, Is.EqualTo("2026-11-30"));
            Assert.That(
                Items(application, "clocks").Select(clock => $"{clock!["code"]} {clock["workingDays"]} {clock["dueOn"]} {clock["legalBasis"]!["code"]}"),
                Is.EquivalentTo(new[] { "StartInvestigation 3 2026-09-24 57-15", "StartVerification 3 2026-09-24 57-17", "Total 45 2026-11-30 N22-4-1" }));
        });
    }
}

using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Decisions;

public sealed class ProcedureTests(Engine engine) : ApiTests(engine)
{
    [TearDown]
    public void LetEveryDepartmentAnswer()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, DepartmentBehaviour.Answers);
        }
    }

    [Test]
    public async Task Acceptance_before_the_list_is_sealed_is_refused()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());

        Refused(await ActAsync(Clerk, path, "acceptance"), 409, "disclosure-not-sealed", "57-10");
    }

    [Test]
    public async Task Acceptance_with_something_outstanding_names_it()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);

        var answer = await ActAsync(Clerk, path, "acceptance");

        Refused(answer, 409, "items-outstanding", "57-10");
        Assert.That((string)answer["items"]!, Is.EqualTo("residence-proof"));
    }

    [Test]
    public async Task Only_the_accepting_street_accepts()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        foreach (var item in Items(await SealedAsync(path)).Where(item => (string)item!["status"]! == "Required"))
        {
            await SupplyAsync(path, item!);
        }

        Refused(await ActAsync(AnyWindow, path, "acceptance"), 403, "not-the-accepting-office");
        Expect(201, await ActAsync(Clerk, path, "acceptance"));
    }

    [Test]
    public async Task Every_act_in_a_wrong_state_is_409_with_the_states_allowed()
    {
        var received = await SubmittedAsync(AHousehold.OfOne());
        var accepted = await AcceptedAsync(AHousehold.OfOne());
        (OfficerClient Officer, string Path, string Act, JsonObject? Body, string Allowed)[] wrong =
        [
            (Reviewer, received, "assessment", null, "Accepted, Reviewed, Posted, WithDistrict"),
            (Reviewer, received, "preliminary-review", Opinion("ProposeGrant"), "Accepted"),
            (Reviewer, received, "public-posting", null, "Reviewed"),
            (Confirmer, received, "confirmation", Decision("Grant"), "WithDistrict"),
            (Clerk, accepted, "acceptance", null, "Received"),
            (Clerk, accepted, "disclosure", null, "Received"),
            (Reviewer, accepted, "public-posting", null, "Reviewed"),
            (Confirmer, accepted, "confirmation", Decision("Refuse"), "WithDistrict"),
        ];
        foreach (var (officer, path, act, body, allowed) in wrong)
        {
            var answer = await ActAsync(officer, path, act, body);
            Refused(answer, 409, "wrong-state");
            Assert.That((string)answer["allowed"]!, Is.EqualTo(allowed), act);
        }
    }

    [Test]
    public async Task An_opinion_without_an_assessment_is_refused()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());

        Refused(await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")), 409, "not-assessed", "57-19");
    }

    [TestCase(0, "ProposeRefusal")]
    [TestCase(100_000, "ProposeGrant")]
    public async Task An_opinion_against_the_assessment_is_refused(long wageFen, string opinion)
    {
        var path = await AssessedAsync(AHousehold.OfOne().Declaring(0, "Wages", wageFen));

        Refused(await ActAsync(Reviewer, path, "preliminary-review", Opinion(opinion)), 409, "opinion-contradicts-assessment");
    }

    [Test]
    public async Task A_silent_department_leaves_the_matter_open_until_the_household_shows_it()
    {
        World.Departments.Behave(LookupSource.SocialInsurance, DepartmentBehaviour.Down);
        var path = await SubmittedAsync(AHousehold.OfOne());
        var required = Items(await SealedAsync(path)).Where(item => (string)item!["status"]! == "Required").ToList();
        Assert.That(required.Select(item => (string)item!["itemCode"]!), Does.Contain("social-insurance"));
        foreach (var item in required)
        {
            await SupplyAsync(path, item!);
        }

        Expect(201, await ActAsync(Clerk, path, "acceptance"));
        var assessment = Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Assert.That((string)assessment["outcome"]!, Is.EqualTo("Eligible"));
    }

    [Test]
    public async Task Nothing_open_is_decided()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Death, new Features.Lookups.DepartmentFact { Kind = FactKind.DiedOn, FromOn = new DateOnly(2026, 1, 1) });
        var path = await AcceptedAsync(household);
        var assessment = Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Assert.That((string)assessment["outcome"]!, Is.EqualTo("NeedsReview"));
        Refused(await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")), 409, "assessment-needs-review");
    }

    [Test]
    public async Task An_answer_after_the_assessment_makes_it_outdated()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Down);
        var path = await AssessedAsync(AHousehold.OfOne());
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        World.Clock.Forward(TimeSpan.FromHours(2));
        for (var attempt = 0; attempt < 100 && (await SettledAsync(path)).Any(lookup => (string)lookup!["state"]! == "Unavailable"); attempt++)
        {
            await Task.Delay(50);
        }

        Refused(await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")), 409, "assessment-outdated");
    }

    [Test]
    public async Task A_late_answer_after_the_posting_is_assessed_and_the_decision_goes_on()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Down);
        var path = await PostedAsync(AHousehold.OfOne());
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        await ReportedToDistrictAsync(path);
        Expect(201, await ActAsync(Reviewer, path, "verification"));
        await SettledAsync(path, round: 2);
        Refused(await ActAsync(Confirmer, path, "confirmation", Decision("Grant")), 409, "assessment-outdated");

        Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Expect(201, await ActAsync(Confirmer, path, "confirmation", Decision("Grant")));
    }

    [Test]
    public async Task A_late_answer_that_changes_the_result_takes_the_application_back_to_the_review()
    {
        var household = AHousehold.OfOne();
        var path = await PostedAsync(household);
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, new Features.Lookups.DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 90_000 });
        Expect(201, await ActAsync(Reviewer, path, "verification"));
        await SettledAsync(path, round: 2);

        Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Assert.That((string)(await Clerk.GetAsync(path))["state"]!, Is.EqualTo("Accepted"));
        Expect(201, await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeRefusal")));
        Expect(201, await ActAsync(Reviewer, path, "public-posting"));
    }

    [Test]
    public async Task Answers_that_expired_are_asked_for_again_and_not_of_the_household()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());
        World.Clock.Forward(TimeSpan.FromDays(40));
        Assert.That((string)Expect(201, await ActAsync(Reviewer, path, "assessment"))["outcome"]!, Is.EqualTo("NeedsReview"));

        Expect(201, await ActAsync(Reviewer, path, "verification"));
        await SettledAsync(path, round: 2);

        Assert.That((string)Expect(201, await ActAsync(Reviewer, path, "assessment"))["outcome"]!, Is.EqualTo("Eligible"));
    }

    [Test]
    public async Task The_findings_carry_numbers_rule_basis_and_a_sentence_in_both_languages()
    {
        var path = await AssessedAsync(AHousehold.OfThree().Declaring(0, "Wages", 90_000));

        var zh = Items(await Reviewer.GetAsync($"{path}/assessment"), "findings").Single(finding => (string)finding!["rule"]! == "PerCapitaIncomeIsBelowTheStandard")!;
        var en = Items(await Reviewer.GetAsync($"{path}/assessment", language: "en"), "findings").Single(finding => (string)finding!["rule"]! == "PerCapitaIncomeIsBelowTheStandard")!;

        Assert.Multiple(() =>
        {
            Assert.That((string)zh["sentence"]!, Is.EqualTo("家庭月收入900.00元，共3人，人均300.00元，低于最低生活保障标准750.00元（自2026年7月1日起执行）。"));
            Assert.That((string)en["sentence"]!, Is.EqualTo("The household's monthly income is 900.00 yuan for 3 members, 300.00 yuan each, which is below the standard of 750.00 yuan in force since 2026-07-01."));
            Assert.That((string)zh["arguments"]!["perCapitaFen"]!, Is.EqualTo("30000"));
            Assert.That(zh["legalBases"]!.AsArray().Select(basis => (string)basis!["code"]!), Is.EqualTo(new[] { "LAW-18", "57-13" }));
        });
    }

    [Test]
    public async Task The_posting_shows_the_whitelist_and_nothing_else_for_seven_days()
    {
        var household = AHousehold.OfTwo();
        var path = await AssessedAsync(household);
        Expect(201, await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")));

        var today = DateOnly.ParseExact(Today, "yyyy-MM-dd");
        var posting = Expect(201, await ActAsync(Reviewer, path, "public-posting"));

        Assert.Multiple(() =>
        {
            Assert.That(posting.Json!.AsObject().Select(member => member.Key), Is.EquivalentTo(new[]
            {
                "applicantName", "members", "proposedResult", "community", "postedOn", "endsOn", "objectionPhone",
            }));
            Assert.That((string)posting["endsOn"]!, Is.EqualTo(today.AddDays(7).ToString("yyyy-MM-dd")));
            Assert.That(posting.Text, Does.Not.Contain("样例路").And.Not.Contain("0352-5550199").And.Not.Contain(household.IdentityNumber(0)));
        });
    }

    [Test]
    public async Task Nothing_goes_to_the_district_before_the_posting_has_ended()
    {
        var path = await PostedAsync(AHousehold.OfOne());
        Refused(await ActAsync(Reviewer, path, "district-report"), 409, "posting-still-running", "57-19");
        Refused(await ActAsync(Confirmer, path, "confirmation", Decision("Grant")), 409, "wrong-state");

        // The seventh day is still posted; the day after it is free.
        World.Clock.Forward(TimeSpan.FromDays(7));
        Refused(await ActAsync(Reviewer, path, "district-report"), 409, "posting-still-running", "57-19");
        World.Clock.Forward(TimeSpan.FromDays(1));
        Refused(await ActAsync(As(Roles.Reviewer, Window), path, "district-report"), 403, "not-the-accepting-office");
        Expect(201, await ActAsync(Reviewer, path, "district-report"));
        Expect(201, await ActAsync(Confirmer, path, "confirmation", Decision("Grant")));
    }

    [Test]
    public async Task The_districts_ten_days_run_from_its_receipt_of_the_file()
    {
        var path = await PostedAsync(AHousehold.OfOne());
        Assert.That(Items(await Clerk.GetAsync(path), "clocks").Select(clock => (string)clock!["code"]!), Does.Not.Contain("DistrictOpinion"));
        await ReportedToDistrictAsync(path);

        var clock = Items(await Clerk.GetAsync(path), "clocks").Single(clock => (string)clock!["code"]! == "DistrictOpinion")!;

        Assert.That(((string)clock["startingEvent"]!, (string)clock["startedOn"]!, (int)clock["workingDays"]!), Is.EqualTo(("ReportToDistrict", Today, 10)));
        Expect(201, await ActAsync(Confirmer, path, "confirmation", Decision("Grant")));
        Assert.That(
            Items(await Clerk.GetAsync(path), "clocks").Select(clock => (string?)clock!["metOn"]), Is.All.Not.Null);
    }

    [Test]
    public async Task Nobody_confirms_their_own_review()
    {
        var path = await ReportedToDistrictAsync(await PostedAsync(AHousehold.OfOne()));

        var self = As(Roles.Confirmer, District, subject: $"reviewer-{Street}");

        Refused(await ActAsync(self, path, "confirmation", Decision("Grant")), 403, "own-review", "LAW-44");
    }

    [Test]
    public async Task A_street_does_not_confirm()
    {
        var path = await ReportedToDistrictAsync(await PostedAsync(AHousehold.OfOne()));

        Refused(await ActAsync(As(Roles.Confirmer, Street), path, "confirmation", Decision("Grant")), 403, "not-the-district", "LAW-44");
    }

    [Test]
    public async Task A_decision_against_the_assessment_is_refused()
    {
        var path = await ReportedToDistrictAsync(await PostedAsync(AHousehold.OfOne()));

        Refused(await ActAsync(Confirmer, path, "confirmation", Decision("Refuse")), 409, "opinion-contradicts-assessment");
    }

    [Test]
    public async Task A_grant_is_the_difference_to_the_standard_from_the_next_month()
    {
        var (_, award, decision) = await GrantedAsync(AHousehold.OfThree().Declaring(0, "Wages", 100_000));

        var read = Expect(200, await Clerk.GetAsync(award));
        Assert.Multiple(() =>
        {
            Assert.That((long)decision["newMonthlyFen"]!, Is.EqualTo(3 * 75_000 - 100_000));
            Assert.That((string)decision["effectiveMonthOn"]!, Is.EqualTo(DateOnly.ParseExact(Today, "yyyy-MM-dd").AddMonths(1).ToString("yyyy-MM-01")));
            Assert.That((long)read["monthlyFen"]!, Is.EqualTo(125_000));
            Assert.That((string)read["state"]!, Is.EqualTo("InPayment"));
            Assert.That(read.Tag, Is.EqualTo("\"1\""));
        });
        Assert.That((string)Expect(200, await Clerk.GetAsync($"/v1/decisions/{decision["decisionId"]}"))["kind"]!, Is.EqualTo("Grant"));
    }

    [Test]
    public async Task A_refusal_frees_the_household_to_apply_again()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 75_000);
        var path = await PostedAsync(household, "ProposeRefusal");
        await ReportedToDistrictAsync(path);
        var decision = Expect(201, await ActAsync(Confirmer, path, "confirmation", Decision("Refuse")));

        Assert.Multiple(() =>
        {
            Assert.That(decision.Json!["awardId"], Is.Null);
            Assert.That(decision.Json!["effectiveMonthOn"], Is.Null);
        });
        Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));
    }

    [Test]
    public async Task A_person_in_an_award_cannot_apply_for_the_same_again()
    {
        var household = AHousehold.OfOne();
        await GrantedAsync(household);

        Refused(await AnyWindow.PostAsync("/v1/applications", household.ToString()), 409, "already-applied");
    }
}

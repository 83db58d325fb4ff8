using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Tests.Decisions;

public sealed class AdjustmentTests(Engine engine) : ApiTests(engine)
{
    [TestCase(30_000, "Reduce")]
    [TestCase(80_000, "Stop")]
    public async Task Nothing_is_reduced_or_stopped_unheard(long wageFen, string kind)
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne());
        var adjustment = await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), wageFen));
        var proposal = Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        Assert.That(((string)proposal["proposedKind"]!, (bool)proposal["needsPriorHearing"]!), Is.EqualTo((kind, true)));

        Refused(await ActAsync(Confirmer, adjustment, "decision", Decision(kind)), 409, "prior-hearing-missing", "LAW-48");
        Assert.That((long)Expect(200, await Clerk.GetAsync(award))["monthlyFen"]!, Is.EqualTo(75_000));

        Expect(201, await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing()));
        var decision = Expect(201, await ActAsync(Confirmer, adjustment, "decision", Decision(kind)));

        var read = Expect(200, await Clerk.GetAsync(award));
        Assert.Multiple(() =>
        {
            Assert.That((long)decision["oldMonthlyFen"]!, Is.EqualTo(75_000));
            Assert.That((long)decision["newMonthlyFen"]!, Is.EqualTo(Math.Max(0, 75_000 - wageFen)));
            Assert.That((string)read["state"]!, Is.EqualTo(kind == "Stop" ? "Stopped" : "InPayment"));
            Assert.That((string)read["effectiveMonthOn"]!, Is.EqualTo((string)decision["effectiveMonthOn"]!));
        });
    }

    [Test]
    public async Task A_hearing_whose_answer_was_adopted_calls_for_a_new_assessment()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne());
        var adjustment = await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), 30_000));
        Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        Expect(201, await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing(isAdopted: true)));

        Refused(await ActAsync(Confirmer, adjustment, "decision", Decision("Reduce")), 409, "hearing-adopted-reassess", "LAW-48");
        Refused(await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing()), 409, "hearing-adopted-reassess", "LAW-48");
    }

    [Test]
    public async Task A_death_reported_before_the_register_has_it_is_asked_about_again()
    {
        var household = AHousehold.OfOne();
        var (application, award, _) = await GrantedAsync(household);
        var adjustment = await ReportedAsync(application, award, Death(await PersonAsync(application)));
        Refused(await ActAsync(Reviewer, adjustment, "assessment"), 409, "assessment-needs-review");

        Die(household, 0);
        Expect(201, await ActAsync(Reviewer, adjustment, "verification"));
        await SettledAsync(application, round: 3);

        Assert.That((string)Expect(201, await ActAsync(Reviewer, adjustment, "assessment"))["proposedKind"]!, Is.EqualTo("Stop"));
    }

    [Test]
    public async Task Nobody_but_a_newborn_is_added_without_a_number()
    {
        var (_, award, _) = await GrantedAsync(AHousehold.OfOne());
        var adult = Birth();
        adult["changedOn"] = "1960-01-01";

        Refused(await ActAsync(Clerk, award, "circumstance-changes", adult), 400, "invalid-request");
    }

    [Test]
    public async Task A_report_on_an_older_state_of_the_award_is_stale()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne());
        var person = await PersonAsync(application);
        var before = await TagAsync(award);
        Expect(201, await ActAsync(Reviewer, await ReportedAsync(application, award, IncomeChange(person, 0)), "assessment"));

        Refused(await Clerk.PostAsync($"{award}/circumstance-changes", IncomeChange(person, 1).ToJsonString(), before), 412, "precondition-failed");
    }

    [Test]
    public async Task A_hearing_on_an_earlier_proposal_does_not_count_for_a_new_one()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne());
        var adjustment = await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), 30_000));
        Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        Expect(201, await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing()));
        Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));

        Refused(await ActAsync(Confirmer, adjustment, "decision", Decision("Reduce")), 409, "prior-hearing-missing", "LAW-48");
    }

    [Test]
    public async Task A_hearing_cannot_be_dated_before_its_proposal_or_the_telling()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne());
        var adjustment = await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), 30_000));
        Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        var early = Hearing();
        early["proposalToldOn"] = "2026-09-01";
        var reversed = Hearing();
        reversed["heardOn"] = "2026-09-01";
        var empty = Hearing();
        empty.Remove("statement");

        Refused(await ActAsync(Reviewer, adjustment, "prior-hearing", early), 400, "invalid-request");
        Refused(await ActAsync(Reviewer, adjustment, "prior-hearing", reversed), 400, "invalid-request");
        Refused(await ActAsync(Reviewer, adjustment, "prior-hearing", empty), 400, "invalid-request");
    }

    [Test]
    public async Task A_birth_increases_without_a_hearing()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfTwo().Declaring(0, "Wages", 50_000));
        var adjustment = await ReportedAsync(application, award, Birth());

        var proposal = Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        Assert.That(((string)proposal["proposedKind"]!, (long)proposal["newMonthlyFen"]!, (bool)proposal["needsPriorHearing"]!), Is.EqualTo(("Increase", 3 * 75_000L - 50_000, false)));
        Refused(await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing()), 409, "prior-hearing-not-needed");
        Expect(201, await ActAsync(Confirmer, adjustment, "decision", Decision("Increase")));

        Assert.That((long)Expect(200, await Clerk.GetAsync(award))["monthlyFen"]!, Is.EqualTo(175_000));
    }

    [Test]
    public async Task Where_nobody_survives_the_award_ends_without_a_hearing_by_its_own_rule()
    {
        var household = AHousehold.OfOne();
        var (application, award, _) = await GrantedAsync(household);
        Die(household, 0);
        var adjustment = await ReportedAsync(application, award, Death(await PersonAsync(application)));

        var proposal = Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        var decision = Expect(201, await ActAsync(Confirmer, adjustment, "decision", Decision("Stop")));

        var notice = Expect(200, await Confirmer.GetAsync($"/v1/notices/{decision["noticeId"]}"))["content"];
        Assert.Multiple(() =>
        {
            Assert.That((string)proposal["assessment"]["findings"]![0]!["code"]!, Is.EqualTo("nobody-survives"));
            Assert.That((string)proposal["legalBasis"]["code"]!, Is.EqualTo("N22-1-3"));
            Assert.That((bool)proposal["needsPriorHearing"]!, Is.False);
            Assert.That((string)notice["addresseeName"]!, Does.EndWith("（已故）的亲属"));
            Assert.That(notice["legalBases"]!.AsArray().Select(article => (string)article!["code"]!), Does.Not.Contain("LAW-48"));
        });
    }

    [Test]
    public async Task A_death_that_no_register_knows_ends_nothing()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne());
        var adjustment = await ReportedAsync(application, award, Death(await PersonAsync(application)));

        Refused(await ActAsync(Reviewer, adjustment, "assessment"), 409, "assessment-needs-review");
        Refused(await ActAsync(Confirmer, adjustment, "decision", Decision("Stop")), 409, "wrong-state");
    }

    [Test]
    public async Task The_survivor_of_two_is_reassessed_and_heard_before_the_amount_falls()
    {
        var household = AHousehold.OfTwo();
        var (application, award, _) = await GrantedAsync(household);
        Die(household, 1);
        var adjustment = await ReportedAsync(application, award, Death(await PersonAsync(application, 1)));

        var proposal = Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));

        Assert.That(((string)proposal["proposedKind"]!, (long)proposal["newMonthlyFen"]!, (bool)proposal["needsPriorHearing"]!), Is.EqualTo(("Reduce", 75_000L, true)));
        Refused(await ActAsync(Confirmer, adjustment, "decision", Decision("Reduce")), 409, "prior-hearing-missing", "LAW-48");
    }

    [Test]
    public async Task Without_a_clear_change_the_amount_stays_and_there_is_nothing_to_decide()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne().Declaring(0, "Wages", 20_000));
        var adjustment = await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), 20_000));

        var proposal = Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));

        Assert.That(((string)proposal["state"]!, proposal.Json!["proposedKind"]), Is.EqualTo(("Unchanged", (JsonNode?)null)));
        Refused(await ActAsync(Confirmer, adjustment, "decision", Decision("Reduce")), 409, "wrong-state");
    }

    [Test]
    public async Task The_proposer_does_not_decide_and_neither_does_a_street()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfTwo());
        var adjustment = await ReportedAsync(application, award, Birth());
        Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));

        Refused(await ActAsync(As(Roles.Confirmer, District, $"reviewer-{Street}"), adjustment, "decision", Decision("Increase")), 403, "own-review");
        Refused(await ActAsync(As(Roles.Confirmer, Street), adjustment, "decision", Decision("Increase")), 403, "not-the-district");
        Refused(await ActAsync(Confirmer, adjustment, "decision", Decision("Stop")), 409, "opinion-contradicts-assessment");
    }

    [Test]
    public async Task One_adjustment_at_a_time()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne());
        await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), 1));

        Refused(await ActAsync(Clerk, award, "circumstance-changes", Birth()), 409, "adjustment-open");
    }

    [Test]
    public async Task A_change_of_somebody_else_or_with_the_wrong_members_is_refused()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne());
        var person = await PersonAsync(application);
        var birthWithPerson = Birth();
        birthWithPerson["personId"] = person;
        var future = IncomeChange(person, 1);
        future["changedOn"] = "2099-01-01";

        Refused(await ActAsync(Clerk, award, "circumstance-changes", IncomeChange(Guid.NewGuid().ToString(), 1)), 422, "member-not-in-household");
        Refused(await ActAsync(Clerk, award, "circumstance-changes", birthWithPerson), 400, "invalid-request");
        Refused(await ActAsync(Clerk, award, "circumstance-changes", future), 400, "invalid-request");
        Refused(await ActAsync(AnyWindow, award, "circumstance-changes", IncomeChange(person, 1)), 403, "not-the-accepting-office");
        Refused(await As(Roles.Clerk, "140213058").PostAsync($"{award}/circumstance-changes", IncomeChange(person, 1).ToJsonString(), "\"1\""), 404, "not-found");
        Refused(await Clerk.PostAsync($"{award}/circumstance-changes", IncomeChange(person, 1).ToJsonString()), 428, "precondition-required");
    }

    [Test]
    public async Task After_a_stop_the_household_may_apply_again()
    {
        var household = AHousehold.OfOne();
        var (application, award, _) = await GrantedAsync(household);
        var adjustment = await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), 90_000));
        Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        Expect(201, await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing()));
        Expect(201, await ActAsync(Confirmer, adjustment, "decision", Decision("Stop")));

        Refused(await ActAsync(Clerk, award, "circumstance-changes", Birth()), 409, "wrong-state");
        Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));
    }

    private JsonObject Birth() => new()
    {
        ["kind"] = "MemberBorn",
        ["changedOn"] = Today,
        ["newMember"] = new JsonObject { ["name"] = "样例新生", ["relationship"] = "Child", ["evidence"] = "PaperSighted" },
    };

    private JsonObject Death(string personId) => new() { ["kind"] = "MemberDied", ["changedOn"] = Today, ["personId"] = personId };

    private void Die(AHousehold household, int member) => World.Departments.Record(
        household.IdentityNumber(member), LookupSource.Death, new DepartmentFact { Kind = FactKind.DiedOn, FromOn = DateOnly.ParseExact(Today, "yyyy-MM-dd") });
}

using System.Text.Json.Nodes;

namespace Assistance.Api.Tests.Households;

/// <summary>57 art. 7: who counts by a rule is not the office's to change; what the rules leave open it determines.</summary>
public sealed class CompositionTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task A_member_whose_duty_depends_on_facts_is_determined_before_anything_is_judged()
    {
        var path = await AcceptedAsync(AHousehold.OfOne().With("Sibling", 1975).Declaring(0, "Wages", 100_000));
        var sibling = await PersonAsync(path, 1);
        Assert.That(StandingOf(await Clerk.GetAsync($"{path}/composition"), sibling), Is.EqualTo("NeedsReview"));
        Assert.That((string)Expect(201, await ActAsync(Reviewer, path, "assessment"))["outcome"]!, Is.EqualTo("NeedsReview"));

        var determined = Expect(201, await ActAsync(Reviewer, path, "composition-determinations", Determination(sibling, counts: true)));

        Assert.That(StandingOf(determined, sibling), Is.EqualTo("Counts"));
        var assessment = Expect(201, await ActAsync(Reviewer, path, "assessment"));
        Assert.That(((string)assessment["outcome"]!, (int)assessment["members"]!, (long)assessment["perCapitaFen"]!), Is.EqualTo(("Eligible", 2, 50_000L)));
    }

    [Test]
    public async Task Who_was_determined_not_to_count_is_left_out_of_the_arithmetic()
    {
        var path = await AcceptedAsync(AHousehold.OfOne().With("Sibling", 1975).Declaring(1, "Wages", 500_000));
        Expect(201, await ActAsync(Reviewer, path, "composition-determinations", Determination(await PersonAsync(path, 1), counts: false)));

        var assessment = Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Assert.That(((string)assessment["outcome"]!, (int)assessment["members"]!), Is.EqualTo(("Eligible", 1)));
    }

    [Test]
    public async Task Who_counts_by_a_rule_is_not_determined()
    {
        var path = await AcceptedAsync(AHousehold.OfTwo());

        Refused(await ActAsync(Reviewer, path, "composition-determinations", Determination(await PersonAsync(path, 1), counts: false)), 409, "composition-decided-by-rule", "57-7");
        Refused(await ActAsync(Reviewer, path, "composition-determinations", Determination(Guid.NewGuid().ToString(), counts: false)), 422, "member-not-in-household");
        Assert.That((await ActAsync(Clerk, path, "composition-determinations", Determination(await PersonAsync(path, 1), counts: false))).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Two_spouses_are_taken_and_looked_into_and_nobody_is_turned_away()
    {
        var path = await SubmittedAsync(AHousehold.OfTwo().With("Spouse", 1974));

        var composition = Expect(200, await Clerk.GetAsync($"{path}/composition"));

        Assert.That(Items(composition, "doubts").Select(doubt => (string)doubt!["kind"]!), Is.EqualTo(new[] { "TwoSpouses" }));
        foreach (var index in new[] { 1, 2 })
        {
            var determination = Determination(await PersonAsync(path, index), counts: index == 1);
            determination["clearedDoubts"] = new JsonArray("TwoSpouses");
            composition = Expect(201, await ActAsync(Reviewer, path, "composition-determinations", determination));
        }

        Assert.That(Items(composition, "doubts"), Is.Empty);
        Assert.That(Items(composition, "standings").Count(member => (string)member!["standing"]! == "Counts"), Is.EqualTo(2));
    }

    // Act art. 41.
    [Test]
    public async Task An_obligor_is_asked_about_only_with_a_consent_of_their_own_and_never_counts()
    {
        var household = AHousehold.OfOne();
        var (consenting, silent) = (AHousehold.OfOne(), AHousehold.OfOne());
        household.Form["obligors"] = new JsonArray(Obligor(consenting, "2026-09-21"), Obligor(silent, consentedOn: null));
        var path = await SubmittedAsync(household);
        await SettledAsync(path);

        var asked = World.Departments.Queries.Select(query => query.IdentityNumber).ToHashSet();
        Assert.That(asked, Does.Contain(consenting.IdentityNumber(0)).And.Not.Contain(silent.IdentityNumber(0)));
        Assert.That(Items(Expect(200, await Clerk.GetAsync($"{path}/composition")), "standings"), Has.Count.EqualTo(1));
        // They are no members: each may apply for themselves.
        Expect(201, await AnyWindow.PostAsync("/v1/applications", silent.ToString()));
    }

    [Test]
    public async Task An_obligor_who_is_a_member_too_is_named_as_a_fault()
    {
        var household = AHousehold.OfOne();
        household.Form["obligors"] = new JsonArray(Obligor(household, consentedOn: null));

        var answer = await AnyWindow.PostAsync("/v1/applications", household.ToString());

        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(fault => (string)fault!["path"]!), Is.EqualTo(new[] { "$.obligors[0].identityNumber" }));
    }

    private static string StandingOf(Sandbox.ApiAnswer composition, string personId) =>
        (string)Items(composition, "standings").Single(member => (string)member!["personId"]! == personId)!["standing"]!;

    private static JsonObject Determination(string personId, bool counts) =>
        new() { ["personId"] = personId, ["counts"] = counts, ["reasons"] = "社区核实，长期共同居住。" };

    private static JsonObject Obligor(AHousehold of, string? consentedOn) => new()
    {
        ["name"] = (string)of.Member(0)["name"]!,
        ["identityNumber"] = of.IdentityNumber(0),
        ["relationship"] = "Child",
        ["consentedOn"] = consentedOn,
    };
}

using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Lookups;

/// <summary>The disagreement board: declared against each department, settled, reopened, and taken by the assessment.</summary>
public sealed class DisagreementTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task The_board_shows_who_states_what_with_its_provenance()
    {
        var (path, _) = await DifferingAsync();
        var lookups = await SettledAsync(path);

        var board = Expect(200, await As("auditor", District, "auditor-of-the-board").GetAsync($"{path}/disagreements"));

        var wages = Items(board).Single()!;
        var (declared, insured, taxed) = (wages["statements"]![0]!, wages["statements"]![1]!, wages["statements"]![2]!);
        var query = lookups.Single(lookup => (string)lookup!["source"]! == "SocialInsurance")!;
        var shown = await Service.Database.ReadAsync(session => session.ListAsync<string>(
            "SELECT AccessPurpose FROM AccessRecord WHERE ActorId = @ActorId", new { ActorId = "auditor-of-the-board" }), CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(((string)wages["field"]!, (string)wages["state"]!), Is.EqualTo(("Wages", "Open")));
            Assert.That((string)wages["statementsHash"]!, Does.Match("^[0-9a-f]{64}$"));
            Assert.That(((string?)declared["source"], (long)declared["amountFen"]!), Is.EqualTo(((string?)null, 30_000L)));
            Assert.That(((string)insured["source"]!, (long)insured["amountFen"]!), Is.EqualTo(("SocialInsurance", 50_000L)));
            Assert.That(((string)taxed["source"]!, (long)taxed["amountFen"]!), Is.EqualTo(("Tax", 40_000L)));
            Assert.That((string)insured["lookupId"]!, Is.EqualTo((string)query["lookupId"]!));
            Assert.That((string)insured["answeredAt"]!, Is.EqualTo((string)query["answeredAt"]!));
            Assert.That((string)insured["validUntilOn"]!, Is.EqualTo((string)query["validUntilOn"]!));
            Assert.That(shown, Is.EqualTo(new[] { "ListDisagreements" }));
        });
    }

    [Test]
    public async Task What_an_officer_settled_is_what_the_assessment_takes()
    {
        var (path, _) = await DifferingAsync();
        var unresolved = await AssessAsync(path);

        var board = Expect(201, await ResolveAsync(path, "SourceHolds", "Tax"));
        var resolved = await AssessAsync(path);

        var (resolution, before, after) = (Items(board).Single()!["resolution"]!, unresolved["incomes"][0]!, resolved["incomes"][0]!);
        Assert.Multiple(() =>
        {
            Assert.That((string)Items(board).Single()!["state"]!, Is.EqualTo("Resolved"));
            Assert.That(((string)resolution["kind"]!, (string)resolution["source"]!, (string)resolution["resolvedBy"]!), Is.EqualTo(("SourceHolds", "Tax", "clerk-140213054")));
            Assert.That((string)resolution["reasons"]!, Is.EqualTo("个税记录与单位证明一致。"));
            Assert.That(((string)before["origin"]!, (long)before["countedFen"]!), Is.EqualTo(("Department", 50_000L)));
            Assert.That(((string)after["origin"]!, (string)after["source"]!, (long)after["countedFen"]!), Is.EqualTo(("Resolved", "Tax", 40_000L)));
            Assert.That((string)after["resolutionId"]!, Is.EqualTo((string)resolution["resolutionId"]!));
            Assert.That((long)resolved["monthlyFen"], Is.EqualTo((long)unresolved["monthlyFen"] + 10_000));
            Assert.That(Sentence(unresolved), Does.Contain("工资性收入按其中较高的计算"));
            Assert.That(Sentence(resolved), Does.Contain("工资性收入按经办机关核实认定的计算"));
        });
        Assert.That(await SentencesAsync(path), Has.Some.EqualTo("核实认定一名成员“工资性收入”的不一致：以部门答复为准（税务部门）。"));
    }

    [Test]
    public async Task A_new_answer_reopens_what_was_settled_and_keeps_it_on_record()
    {
        var (path, household) = await DifferingAsync();
        Expect(201, await ResolveAsync(path, "BothHold", "Tax"));
        Assert.That((long)(await AssessAsync(path))["incomes"][0]!["countedFen"]!, Is.EqualTo(70_000));

        await AskedAgainAsync(path, round: 2);
        var same = Expect(200, await Clerk.GetAsync($"{path}/disagreements"));
        World.Departments.Correct(household.IdentityNumber(0), LookupSource.SocialInsurance, Wage(55_000));
        await AskedAgainAsync(path, round: 3);
        var other = Expect(200, await Clerk.GetAsync($"{path}/disagreements"));

        var assessed = await AssessAsync(path);
        Assert.Multiple(() =>
        {
            Assert.That((string)Items(same).Single()!["state"]!, Is.EqualTo("Resolved"), "The same answers leave it settled.");
            Assert.That(((string)Items(other).Single()!["state"]!, (string?)Items(other).Single()!["resolution"]), Is.EqualTo(("Open", (string?)null)));
            Assert.That(Items(other, "superseded").Select(row => (string)row!["kind"]!), Is.EqualTo(new[] { "BothHold" }));
            Assert.That(((string)assessed["incomes"][0]!["origin"]!, (long)assessed["incomes"][0]!["countedFen"]!), Is.EqualTo(("Department", 55_000L)));
        });
    }

    [Test]
    public async Task A_later_resolution_replaces_an_earlier_one()
    {
        var (path, _) = await DifferingAsync();
        Expect(201, await ResolveAsync(path, "NotClear"));
        Assert.That((string)(await AssessAsync(path))["outcome"]!, Is.EqualTo("NeedsReview"));

        var board = Expect(201, await ResolveAsync(path, "DeclaredHolds", officer: Reviewer));

        Assert.Multiple(() =>
        {
            Assert.That((string)Items(board).Single()!["resolution"]!["kind"]!, Is.EqualTo("DeclaredHolds"));
            Assert.That(Items(board, "superseded").Select(row => (string)row!["kind"]!), Is.EqualTo(new[] { "NotClear" }));
        });
        var assessed = await AssessAsync(path);
        Assert.That(((string)assessed["outcome"]!, (long)assessed["incomes"][0]!["countedFen"]!), Is.EqualTo(("Eligible", 30_000L)));
    }

    [Test]
    public async Task An_assessment_from_before_a_resolution_is_outdated()
    {
        var (path, _) = await DifferingAsync();
        await AssessAsync(path);
        Expect(201, await ResolveAsync(path, "DeclaredHolds"));

        Refused(await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")), 409, "assessment-outdated");
    }

    // 57 art. 31: what is in payment is verified again, and answers may differ then.
    [Test]
    public async Task What_differs_in_a_case_in_payment_is_settled_too()
    {
        var household = AHousehold.OfOne();
        var (path, award, _) = await GrantedAsync(household);
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, Wage(50_000));
        var adjustment = await ReportedAsync(path, award, IncomeChange(await PersonAsync(path), 40_000));
        var highest = Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));

        Expect(201, await ResolveAsync(path, "DeclaredHolds"));

        Expect(201, await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing()));
        Refused(await ActAsync(Confirmer, adjustment, "decision", Decision("Reduce")), 409, "assessment-outdated");
        var settled = Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        Assert.That(((long)highest["newMonthlyFen"]!, (long)settled["newMonthlyFen"]!), Is.EqualTo((25_000L, 35_000L)));
    }

    // 57 art. 14: what banks state counts, and the household is told that it was taken.
    [Test]
    public async Task Deposits_that_banks_state_count_against_the_limit_unless_settled()
    {
        var household = AHousehold.OfOne().Owning(0, "Deposit", 100_000);
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Banks, new DepartmentFact { Kind = FactKind.DepositBalance, AmountFen = 90_000_000 });
        var path = await AcceptedAsync(household);

        var unresolved = await AssessAsync(path);
        Expect(201, await ResolveAsync(path, "DeclaredHolds"));
        var resolved = await AssessAsync(path);

        var line = unresolved["assets"][0]!;
        Assert.Multiple(() =>
        {
            Assert.That((string)unresolved["outcome"]!, Is.EqualTo("Ineligible"));
            Assert.That(((string)line["kind"]!, (long)line["declaredFen"]!, (long)line["departmentFen"]!, (string)line["origin"]!, (string)line["source"]!, (string)line["legalBasisCode"]!),
                Is.EqualTo(("Deposit", 100_000L, 90_000_000L, "Department", "Banks", "57-14")));
            Assert.That((long)unresolved["financialAssetsFen"], Is.EqualTo(90_000_000));
            Assert.That((string)resolved["outcome"]!, Is.EqualTo("Eligible"));
            Assert.That(((string)resolved["assets"][0]!["origin"]!, (long)resolved["financialAssetsFen"]), Is.EqualTo(("Resolved", 100_000L)));
        });
    }

    [Test]
    public async Task Houses_are_shown_with_their_origin()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.RealEstate, new DepartmentFact { Kind = FactKind.HousesOwned, Count = 1 });

        var line = (await AssessAsync(await AcceptedAsync(household)))["propertyCounts"][0]!;

        Assert.That(((string)line["kind"]!, (int)line["declared"]!, (int)line["department"]!, (int)line["counted"]!, (string)line["origin"]!),
            Is.EqualTo(("House", 0, 1, 1, "Department")));
    }

    [Test]
    public async Task Nothing_is_settled_but_what_stands()
    {
        var (path, household) = await DifferingAsync();
        World.Departments.Correct(household.IdentityNumber(0), LookupSource.Tax);
        var body = await BodyAsync(path, "SourceHolds", "Tax");
        await AskedAgainAsync(path, round: 2);

        Refused(await ActAsync(Clerk, path, "disagreement-resolutions", body), 409, "statements-changed", "57-17");
        body["statementsHash"] = (string)Items(Expect(200, await Clerk.GetAsync($"{path}/disagreements"))).Single()!["statementsHash"]!;
        Refused(await ActAsync(Clerk, path, "disagreement-resolutions", body), 422, "source-states-nothing", "57-17");
        body["field"] = "Houses";
        Refused(await ActAsync(Clerk, path, "disagreement-resolutions", body), 409, "no-such-disagreement", "57-17");
    }

    [Test]
    public async Task What_is_no_number_does_not_add_up()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Marriage, new DepartmentFact { Kind = FactKind.MarriedSince, FromOn = new DateOnly(2001, 2, 3) });
        var path = await AcceptedAsync(household);
        Assert.That((string)(await AssessAsync(path))["outcome"]!, Is.EqualTo("NeedsReview"), "Nobody but an officer can pick.");

        Refused(await ResolveAsync(path, "BothHold"), 422, "statements-do-not-add-up", "57-17");
        Expect(201, await ResolveAsync(path, "SourceHolds", "Marriage"));

        Assert.That((string)(await AssessAsync(path))["outcome"]!, Is.EqualTo("Eligible"));
    }

    [TestCase("SourceHolds", null, "missing")]
    [TestCase("DeclaredHolds", "Tax", "not-for-this-kind")]
    [TestCase("NotClear", "Tax", "not-for-this-kind")]
    public async Task A_source_is_named_exactly_where_one_holds(string kind, string? source, string fault)
    {
        var (path, _) = await DifferingAsync();

        var refused = await ResolveAsync(path, kind, source);

        Refused(refused, 400, "invalid-request");
        Assert.That(refused["errors"].AsArray().Select(error => ((string)error!["path"]!, (string)error["code"]!)), Is.EqualTo(new[] { ("$.source", fault) }));
    }

    [Test]
    public async Task Only_the_accepting_office_settles()
    {
        var (path, _) = await DifferingAsync();

        Refused(await ResolveAsync(path, "DeclaredHolds", officer: AnyWindow), 403, "not-the-accepting-office");
        Assert.That((await ResolveAsync(path, "DeclaredHolds", officer: Supervisor)).Status, Is.EqualTo(403));
        Assert.That((await As("clerk", "140213055").GetAsync($"{path}/disagreements")).Status, Is.EqualTo(404));
        Assert.That((await ResolveAsync(path, "DeclaredHolds", officer: As("clerk", "140213055"))).Status, Is.EqualTo(404));
    }

    // A wage of 300 yuan declared, 500 insured and 400 taxed.
    private async Task<(string Path, AHousehold Household)> DifferingAsync()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 30_000);
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, Wage(50_000));
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Tax, new DepartmentFact { Kind = FactKind.MonthlyTaxedWage, AmountFen = 40_000 });
        return (await AcceptedAsync(household), household);
    }

    private static DepartmentFact Wage(long fen) => new() { Kind = FactKind.MonthlyWage, AmountFen = fen };

    private async Task<ApiAnswer> AssessAsync(string path) => Expect(201, await ActAsync(Reviewer, path, "assessment"));

    private async Task AskedAgainAsync(string path, int round)
    {
        Expect(201, await ActAsync(Reviewer, path, "verification"));
        await SettledAsync(path, round);
    }

    private async Task<ApiAnswer> ResolveAsync(string path, string kind, string? source = null, OfficerClient? officer = null) =>
        await ActAsync(officer ?? Clerk, path, "disagreement-resolutions", await BodyAsync(path, kind, source));

    private async Task<JsonObject> BodyAsync(string path, string kind, string? source)
    {
        var differing = Items(Expect(200, await Supervisor.GetAsync($"{path}/disagreements"))).Single()!;
        var body = new JsonObject
        {
            ["personId"] = (string)differing["personId"]!,
            ["field"] = (string)differing["field"]!,
            ["statementsHash"] = (string)differing["statementsHash"]!,
            ["kind"] = kind,
            ["reasons"] = "个税记录与单位证明一致。",
        };
        if (source is not null)
        {
            body["source"] = source;
        }

        return body;
    }

    private static string Sentence(ApiAnswer assessment) =>
        (string)assessment["findings"].AsArray().Single(finding => (string)finding!["rule"]! == "DisagreementsAreResolved")!["sentence"]!;
}

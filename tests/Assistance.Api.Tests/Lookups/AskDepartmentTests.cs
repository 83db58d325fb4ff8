using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Lookups;

/// <summary>One department is asked about one person of an open case, by consent and for what the case needs; anything else is refused and on record (Act art. 70(6)).</summary>
public sealed class AskDepartmentTests(Engine engine) : ApiTests(engine)
{
    private const string Events = "/v1/security-events?kind=LookupNotPermitted&take=100";

    [TearDown]
    public void LetEveryDepartmentDoAsUsual()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, usual => usual);
        }
    }

    [TestCase("MeansVerification", "LAW-41")]
    [TestCase("Recheck", "57-18")]
    public async Task One_department_is_asked_about_one_person_in_a_round_of_its_own(string purpose, string basis)
    {
        var household = AHousehold.OfTwo();
        var path = await SubmittedAsync(household);
        await SettledAsync(path);
        var person = await PersonAsync(path, 1);
        World.Departments.Record(household.IdentityNumber(1), LookupSource.Tax, new DepartmentFact { Kind = FactKind.MonthlyTaxedWage, AmountFen = 123_400 });
        var before = World.Departments.Queries.Count;

        var asked = Expect(201, await AskAsync(Clerk, path, person, LookupSource.Tax, purpose));
        var lookups = await SettledAsync(path, round: 2);

        var added = lookups.Single(lookup => (int)lookup!["round"]! == 2)!;
        var query = World.Departments.Queries.Last();
        Assert.Multiple(() =>
        {
            Assert.That(((string)asked["lookupId"]!, (int)asked["round"]!), Is.EqualTo(((string)added["lookupId"]!, 2)));
            Assert.That(((string)added["personId"]!, (string)added["source"]!, (string)added["state"]!), Is.EqualTo((person, "Tax", "Answered")));
            Assert.That(((string)added["purpose"]!, (string)added["legalBasisCode"]!, (string)added["causedBy"]!), Is.EqualTo((purpose, basis, $"{Roles.Clerk}-{Street}")));
            Assert.That(added["reusedLookupId"], Is.Null, "asked anew although an answer is on file");
            Assert.That((long)added["facts"]![0]!["amountFen"]!, Is.EqualTo(123_400));
            Assert.That(World.Departments.Queries, Has.Count.EqualTo(before + 1), "and nobody else");
            Assert.That((query.IdentityNumber, query.Source), Is.EqualTo((household.IdentityNumber(1), LookupSource.Tax)));
        });
        var told = Items(Expect(200, await Clerk.GetAsync($"{path}/timeline?take=100"))).Single(entry => (string)entry!["kind"]! == "DepartmentAsked")!;
        Assert.That(((string)told["sentence"]!, (string)told["legalBasis"]!["code"]!), Is.EqualTo(("第2轮信息核对：向税务部门发出查询。", basis)));
        told = Items(Expect(200, await Clerk.GetAsync($"{path}/timeline?take=100", "en"))).Single(entry => (string)entry!["kind"]! == "DepartmentAsked")!;
        Assert.That((string)told["sentence"]!, Does.StartWith("Verification round 2: "));
    }

    [Test]
    public async Task An_obligor_is_asked_about_income_and_property_with_a_consent_of_their_own()
    {
        var (path, obligor) = await WithAnObligorAsync("2026-09-21");

        Expect(201, await AskAsync(Reviewer, path, obligor, LookupSource.Tax));
        await RefusedWithAsync(
            () => AskAsync(Reviewer, path, obligor, LookupSource.HouseholdRegistration), path, Roles.Reviewer, LookupSource.HouseholdRegistration, "SourceNotNeeded", "LAW-70");
        await RefusedWithAsync(() => AskAsync(Reviewer, path, obligor, LookupSource.Marriage), path, Roles.Reviewer, LookupSource.Marriage, "SourceNotNeeded", "LAW-70");
    }

    [TestCase(LookupSource.Tax)]
    [TestCase(LookupSource.Banks)]
    public async Task While_one_is_under_way_for_the_same_person_and_department_no_second_is_sent(LookupSource source)
    {
        World.Departments.Behave(source, usual => usual with { Latency = TimeSpan.FromSeconds(2), AnswersAfter = TimeSpan.FromDays(3) });
        var path = await SubmittedAsync(AHousehold.OfTwo());
        var (first, second) = (await PersonAsync(path), await PersonAsync(path, 1));
        await UntilAsync(async () => (await LookupsAsync(path)).Count(lookup => (string)lookup["state"]! is "Pending" or "Submitted") == 2);

        Refused(await AskAsync(Clerk, path, first, source), 409, "lookups-pending", "LAW-62");

        Assert.That((await LookupsAsync(path)).Select(lookup => (int)lookup["round"]!), Is.All.EqualTo(1));
        Expect(201, await AskAsync(Clerk, path, second, LookupSource.RealEstate));
        Assert.That(await EventsAsync(await CaseNumberAsync(path)), Is.Empty, "being early is no offence");
    }

    [Test]
    public async Task A_round_that_another_act_called_for_does_not_take_its_number()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);
        var person = await PersonAsync(path);

        foreach (var round in new[] { 2, 4 })
        {
            Assert.That((int)Expect(201, await AskAsync(Clerk, path, person, LookupSource.Tax))["round"]!, Is.EqualTo(round));
            await SettledAsync(path, round);
            Expect(201, await ActAsync(Reviewer, path, "verification"));
            await SettledAsync(path, round + 1);
        }
    }

    // ---- What is refused, and is on record ----

    [Test]
    public async Task Somebody_who_is_not_of_the_case_is_not_looked_up()
    {
        var path = await SettledPathAsync(AHousehold.OfOne());
        var other = AHousehold.OfOne();
        var stranger = await PersonAsync(await SettledPathAsync(other));
        var asked = World.Departments.Queries.Count;

        var entry = await RefusedWithAsync(() => AskAsync(Clerk, path, stranger, LookupSource.Tax), path, Roles.Clerk, LookupSource.Tax, "NotOfTheCase", "LAW-70");
        await RefusedWithAsync(() => AskAsync(Clerk, path, Guid.NewGuid().ToString(), LookupSource.Tax), path, Roles.Clerk, LookupSource.Tax, "NotOfTheCase", "LAW-70");

        Assert.That(World.Departments.Queries, Has.Count.EqualTo(asked));
        Assert.That(entry.ToJsonString(), Does.Not.Contain(stranger).And.Not.Contain(other.IdentityNumber(0)), "never whom it was about");
    }

    [Test]
    public async Task Nor_a_member_whom_the_case_does_not_count()
    {
        var path = await SettledPathAsync(AHousehold.OfOne().With("Sibling", 1975));
        var person = await PersonAsync(path, 1);
        Expect(201, await AskAsync(Clerk, path, person, LookupSource.Tax));
        await SettledAsync(path, round: 2);
        Expect(201, await ActAsync(Reviewer, path, "composition-determinations", new JsonObject { ["personId"] = person, ["counts"] = false, ["reasons"] = "社区核实，长期不共同居住。" }));

        await RefusedWithAsync(() => AskAsync(Clerk, path, person, LookupSource.Tax), path, Roles.Clerk, LookupSource.Tax, "NotOfTheCase", "LAW-70");
    }

    [Test]
    public async Task Nor_who_gave_no_consent()
    {
        var path = await SettledPathAsync(AHousehold.OfTwo().WithoutConsent(1));

        await RefusedWithAsync(async () => await AskAsync(Clerk, path, await PersonAsync(path, 1), LookupSource.Tax), path, Roles.Clerk, LookupSource.Tax, "ConsentNotGiven", "LAW-40");
    }

    [Test]
    public async Task Nor_an_obligor_without_a_consent_of_their_own()
    {
        var (path, obligor) = await WithAnObligorAsync(consentedOn: null);

        await RefusedWithAsync(() => AskAsync(Reviewer, path, obligor, LookupSource.Tax), path, Roles.Reviewer, LookupSource.Tax, "ConsentNotGiven", "LAW-40");
    }

    [Test]
    public async Task Nor_who_revoked_it()
    {
        var path = await SettledPathAsync(AHousehold.OfOne());
        var person = await PersonAsync(path);
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", new JsonObject { ["personId"] = person }));

        await RefusedWithAsync(() => AskAsync(Clerk, path, person, LookupSource.Tax), path, Roles.Clerk, LookupSource.Tax, "ConsentRevoked", "LAW-40");
    }

    [Test]
    public async Task Nor_whose_consent_has_ended()
    {
        var path = await SettledPathAsync(AHousehold.OfOne());
        var person = await PersonAsync(path);
        Expect(201, await ActAsync(Clerk, path, "consents", new JsonObject { ["personId"] = person, ["signedOn"] = Today, ["endsOn"] = Today }));
        await SettledAsync(path, round: 2);
        Expect(201, await AskAsync(Clerk, path, person, LookupSource.Tax));
        await SettledAsync(path, round: 3);
        World.Clock.Forward(TimeSpan.FromDays(1));

        await RefusedWithAsync(() => AskAsync(Clerk, path, person, LookupSource.Tax), path, Roles.Clerk, LookupSource.Tax, "ConsentExpired", "LAW-40");
    }

    [TestCase(LookupSource.Education)]
    [TestCase(LookupSource.MedicalInsurance)]
    public async Task Nor_what_the_case_does_not_need(LookupSource source)
    {
        var path = await SettledPathAsync(AHousehold.OfOne());

        await RefusedWithAsync(async () => await AskAsync(Clerk, path, await PersonAsync(path), source), path, Roles.Clerk, source, "SourceNotNeeded", "LAW-70");
    }

    [Test]
    public async Task Nor_anybody_for_a_case_that_is_closed()
    {
        var path = await ReportedToDistrictAsync(await PostedAsync(AHousehold.OfOne().Declaring(0, "Wages", 100_000), "ProposeRefusal"));
        Expect(201, await ActAsync(Confirmer, path, "confirmation", Decision("Refuse")));

        await RefusedWithAsync(async () => await AskAsync(Clerk, path, await PersonAsync(path), LookupSource.Tax), path, Roles.Clerk, LookupSource.Tax, "CaseClosed", "LAW-70");
    }

    [Test]
    public async Task An_award_in_payment_is_an_open_case()
    {
        var (path, _, _) = await GrantedAsync(AHousehold.OfOne());

        Expect(201, await AskAsync(Clerk, path, await PersonAsync(path), LookupSource.Tax, "Recheck"));
    }

    // ---- Who asks, and how ----

    [Test]
    public async Task The_accepting_office_asks_and_nobody_else()
    {
        var path = await SettledPathAsync(AHousehold.OfOne());
        var person = await PersonAsync(path);

        Refused(await AskAsync(AnyWindow, path, person, LookupSource.Tax), 403, "not-the-accepting-office");
        foreach (var officer in new[] { Confirmer, Supervisor, As(Roles.Auditor, District), As(Roles.Visitor, Street) })
        {
            Refused(await AskAsync(officer, path, person, LookupSource.Tax), 403, "forbidden");
        }

        Refused(await AskAsync(As(Roles.Clerk, "140213050"), path, person, LookupSource.Tax), 404, "not-found");
        Assert.That((await LookupsAsync(path)).Select(lookup => (int)lookup["round"]!), Is.All.EqualTo(1));
    }

    [Test]
    public async Task It_needs_the_tag_and_repeats_by_its_key()
    {
        var path = await SettledPathAsync(AHousehold.OfOne());
        var body = Ask(await PersonAsync(path), LookupSource.Tax, "MeansVerification").ToJsonString();
        var tag = await TagAsync(path);

        Refused(await Clerk.PostAsync($"{path}/lookups", body), 428, "precondition-required");
        Refused(await Clerk.PostAsync($"{path}/lookups", body, "\"99\""), 412, "precondition-failed");
        var first = Expect(201, await Clerk.PostAsync($"{path}/lookups", body, tag, key: "ask-once"));
        var second = Expect(201, await Clerk.PostAsync($"{path}/lookups", body, tag, key: "ask-once"));

        Assert.That((second.Text, second.IsReplay), Is.EqualTo((first.Text, true)));
        Assert.That((await LookupsAsync(path)).Count(lookup => (int)lookup["round"]! == 2), Is.EqualTo(1));
    }

    [TestCase("AwardReview")]
    [TestCase("Curiosity")]
    public async Task Any_other_purpose_is_a_fault(string purpose)
    {
        var path = await SettledPathAsync(AHousehold.OfOne());

        var answer = await AskAsync(Clerk, path, await PersonAsync(path), LookupSource.Tax, purpose);

        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(fault => (string)fault!["path"]!), Is.EqualTo(new[] { "$.purpose" }));
    }

    // ---- A case that closes ----

    [TestCase("refused")]
    [TestCase("stopped")]
    [TestCase("transferred")]
    public async Task What_is_still_asked_ends_with_the_case_and_what_comes_later_is_dropped(string how)
    {
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Down);
        var path = how switch
        {
            "refused" => await RefusedCaseAsync(AHousehold.OfOne().Declaring(0, "Wages", 100_000)),
            "stopped" => await StoppedCaseAsync(AHousehold.OfOne()),
            _ => await TransferredCaseAsync(),
        };

        await UntilAsync(async () => (await LookupsAsync(path)).TrueForAll(lookup => (string)lookup["state"]! is not ("Pending" or "Submitted")));
        var ended = (await LookupsAsync(path)).Where(lookup => (string)lookup["state"]! == "Cancelled" && (string)lookup["cause"]! != "superseded").ToList();
        var asked = World.Departments.Queries.Count;
        Assert.Multiple(() =>
        {
            Assert.That(ended.Select(lookup => (string)lookup["source"]!).Distinct(), Is.EquivalentTo(new[] { "Banks", "Vehicles" }));
            Assert.That(ended.Select(lookup => (string)lookup["cause"]!), Is.All.EqualTo("CaseClosed"));
        });
        World.Departments.Behave(LookupSource.Vehicles, usual => usual);
        World.Clock.Forward(TimeSpan.FromDays(31));
        await Task.Delay(1_500);
        Assert.Multiple(async () =>
        {
            Assert.That(World.Departments.Queries, Has.Count.EqualTo(asked), "nobody is asked any more");
            Assert.That(
                (await LookupsAsync(path)).Where(lookup => (string)lookup["state"]! == "Cancelled" && (string)lookup["cause"]! != "superseded").Select(lookup => lookup.ToJsonString()), Is.EqualTo(ended.Select(lookup => lookup.ToJsonString())));
        });
    }

    [Test]
    public async Task While_something_else_of_the_case_goes_on_its_queries_do_too()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 100_000);
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MarginalLowIncome");

        var path = await RefusedCaseAsync(household);

        Assert.That((string)Expect(200, await Clerk.GetAsync(path))["state"]!, Is.EqualTo("Refused"));
        Assert.That((await LookupsAsync(path)).Where(lookup => (string)lookup["source"]! == "Banks").Select(lookup => (string)lookup["state"]!), Does.Contain("Submitted"));
    }

    // ---- Shorthands ----

    private static JsonObject Ask(string person, LookupSource source, string purpose) =>
        new() { ["personId"] = person, ["source"] = source.ToString(), ["purpose"] = purpose };

    private Task<ApiAnswer> AskAsync(OfficerClient officer, string path, string person, LookupSource source, string purpose = "MeansVerification") =>
        ActAsync(officer, path, "lookups", Ask(person, source, purpose));

    /// <summary>Refused with its bar, nothing is sent, and one more event says so.</summary>
    private async Task<JsonNode> RefusedWithAsync(Func<Task<ApiAnswer>> ask, string path, string role, LookupSource source, string bar, string basis)
    {
        var caseNumber = await CaseNumberAsync(path);
        var lookups = (await LookupsAsync(path)).Count;
        var events = (await EventsAsync(caseNumber)).Count;

        var answer = await ask();

        Refused(answer, 403, "lookup-not-permitted", basis);
        Assert.That((string)answer["bar"]!, Is.EqualTo(bar));
        Assert.That(await LookupsAsync(path), Has.Count.EqualTo(lookups));
        var recorded = await EventsAsync(caseNumber);
        Assert.That(recorded, Has.Count.EqualTo(events + 1), "on record although it was refused");
        var entry = recorded[^1];
        Assert.Multiple(() =>
        {
            Assert.That(
                ((string)entry["kind"]!, (string)entry["source"]!, (string)entry["cause"]!), Is.EqualTo(("LookupNotPermitted", source.ToString(), bar)));
            Assert.That(((string)entry["actorId"]!, (string)entry["actorDivisionCode"]!), Is.EqualTo(($"{role}-{Street}", Street)));
            Assert.That((string)entry["actorDivision"]!, Is.Not.Empty);
            Assert.That(
                entry.AsObject().Select(member => member.Key),
                Is.EquivalentTo(new[] { "securityEventId", "kind", "occurredAt", "actorId", "actorDivisionCode", "actorDivision", "caseNumber", "source", "cause" }),
                "never whom it was about");
        });
        return entry;
    }

    private async Task<List<JsonNode>> EventsAsync(string caseNumber) =>
        [.. Items(Expect(200, await Supervisor.GetAsync(Events))).Select(entry => entry!).Where(entry => (string?)entry["caseNumber"] == caseNumber)];

    private async Task<string> CaseNumberAsync(string path)
    {
        var caseFileId = Guid.Parse((string)Expect(200, await Supervisor.GetAsync(path))["caseFileId"]!);
        return (await Service.Database.ReadAsync(
            session => session.ListAsync<string>("SELECT CaseNumber FROM CaseFile WHERE CaseFileId = @CaseFileId", new { CaseFileId = caseFileId }), CancellationToken.None)).Single();
    }

    private async Task<List<JsonNode>> LookupsAsync(string path) =>
        [.. Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups"))).Select(lookup => lookup!)];

    private async Task<string> SettledPathAsync(AHousehold household)
    {
        var path = await SubmittedAsync(household);
        await SettledAsync(path);
        return path;
    }

    private async Task<(string Path, string Obligor)> WithAnObligorAsync(string? consentedOn)
    {
        var (household, obligor) = (AHousehold.OfOne(), AHousehold.OfOne());
        household.Form["obligors"] = new JsonArray(new JsonObject
        {
            ["name"] = (string)obligor.Member(0)["name"]!,
            ["identityNumber"] = obligor.IdentityNumber(0),
            ["relationship"] = "Child",
            ["consentedOn"] = consentedOn,
        });
        var path = await SettledPathAsync(household);
        return (path, (string)Items(Expect(200, await Clerk.GetAsync($"{path}/consents"))).Single(person => (bool)person!["isObligor"]!)!["personId"]!);
    }

    // Asked once more, so that the banks still have the query when the case ends.
    private async Task AskTheBanksAsync(string path)
    {
        World.Departments.Behave(LookupSource.Banks, usual => usual with { AnswersAfter = TimeSpan.FromDays(30) });
        Expect(201, await AskAsync(Clerk, path, await PersonAsync(path), LookupSource.Banks, "Recheck"));
        await UntilAsync(async () => (string)(await LookupsAsync(path)).Last(lookup => (string)lookup["source"]! == "Banks")["state"]! == "Submitted");
    }

    private async Task<string> RefusedCaseAsync(AHousehold household)
    {
        var path = await ReportedToDistrictAsync(await PostedAsync(household, "ProposeRefusal"));
        await AskTheBanksAsync(path);
        Expect(201, await ActAsync(Confirmer, path, "confirmation", Decision("Refuse")));
        return path;
    }

    private async Task<string> StoppedCaseAsync(AHousehold household)
    {
        var (path, award, _) = await GrantedAsync(household);
        var adjustment = await ReportedAsync(path, award, IncomeChange(await PersonAsync(path), 80_000));
        Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        Expect(201, await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing()));
        await AskTheBanksAsync(path);
        Expect(201, await ActAsync(Confirmer, adjustment, "decision", Decision("Stop")));
        return path;
    }

    // Moves away to where one of them is registered, and that authority confirms it.
    private async Task<string> TransferredCaseAsync()
    {
        var household = AHousehold.OfTwo().RegisteredIn("110101");
        household.Member(1)["registeredDivisionCode"] = AHousehold.Registered;
        var path = await AcceptedAsync(household);
        await AskTheBanksAsync(path);
        Expect(201, await ActAsync(Clerk, path, "moves", new JsonObject
        {
            ["movedOn"] = Today,
            ["habitualResidence"] = new JsonObject { ["divisionCode"] = "110101", ["address"] = "样例路3号" },
        }));
        Assert.That((await LookupsAsync(path)).Select(lookup => (string)lookup["state"]!), Does.Contain("Submitted"), "until it was taken up it goes on here");
        Expect(201, await ActAsync(Supervisor, path, "transfer-receipt"));
        return path;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It does not come to be.");
    }
}

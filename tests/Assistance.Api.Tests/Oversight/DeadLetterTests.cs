using System.Text.Json.Nodes;
using Assistance.Api.Data;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Oversight;

public sealed class DeadLetterTests(Engine engine) : ApiTests(engine)
{
    private const string List = "/v1/dead-letters";

    // The registers of vehicles may not be sent the same query twice.
    protected override Dictionary<string, string?> Settings => new()
    {
        ["Departments:Lease"] = "00:00:02",
        ["Departments:Sources:Vehicles:IsRepeatSafe"] = "false",
    };

    [TearDown]
    public void LetEveryDepartmentAnswer()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, DepartmentBehaviour.Answers);
        }
    }

    [Test]
    public async Task An_answer_set_aside_waits_for_an_officer_and_is_asked_once_more()
    {
        var (household, path) = await ParkedAsync(LookupSource.SocialInsurance, DepartmentBehaviour.Malformed);
        var letter = await LetterAsync(path, LookupSource.SocialInsurance);

        Assert.Multiple(() =>
        {
            Assert.That(((string)letter["kind"]!, (string)letter["cause"]!, (int)letter["attempts"]!), Is.EqualTo(("SetAside", "malformed", 1)));
            Assert.That((string?)letter["askedAt"], Is.Not.Null);
            Assert.That((string?)letter["parkedAt"], Is.Not.Null);
            Assert.That(letter.ToJsonString(), Does.Not.Contain(household.IdentityNumber(0)).And.Not.Contain((string)household.Member(0)["name"]!));
        });
        var retried = Expect(201, await RetryAsync(letter));
        var lookups = await SettledAsync(path);

        Assert.Multiple(() =>
        {
            Assert.That((string)retried["state"]!, Is.EqualTo("Pending"));
            Assert.That(State(lookups, LookupSource.SocialInsurance), Is.EqualTo("NotFound"));
            Assert.That(Asked(household, LookupSource.SocialInsurance), Is.EqualTo(2));
        });
        Assert.That(await LettersAsync(path), Is.Empty);
        Refused(await RetryAsync(letter), 404, "not-found");
        var told = Items(Expect(200, await Supervisor.GetAsync($"{path}/timeline?take=100"))).Single(entry => (string)entry!["kind"]! == "LookupRetried")!;
        Assert.That((string)told["sentence"]!, Is.EqualTo("部门的系统故障已排除，重新向人社社保部门发出查询。"));
    }

    [Test]
    public async Task It_is_alerted_of_by_source_and_cause_alone()
    {
        const string Line = "Warning: An answer of HousingFund was set aside: other-person.";

        var (household, _) = await ParkedAsync(LookupSource.HousingFund, DepartmentBehaviour.AnswersAboutSomebodyElse);

        var log = Service.Log.Lines.ToList();
        Assert.Multiple(() =>
        {
            Assert.That(log.Count(line => line.StartsWith(Line, StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(string.Join('\n', log), Does.Not.Contain(household.IdentityNumber(0)).And.Not.Contain((string)household.Member(0)["name"]!)
                .And.Not.Contain("11010519491231002X"));
        });
    }

    [Test]
    public async Task A_query_that_may_not_be_repeated_is_left_to_an_officer()
    {
        var (household, path) = await ParkedAsync(LookupSource.Vehicles, DepartmentBehaviour.Down);
        var letter = await LetterAsync(path, LookupSource.Vehicles);
        World.Clock.Forward(TimeSpan.FromHours(3));
        await Task.Delay(1_200);

        Assert.That(((string)letter["kind"]!, (string)letter["cause"]!, Asked(household, LookupSource.Vehicles)), Is.EqualTo(("LeftToAnOfficer", "server-error", 1)));

        Expect(201, await RetryAsync(letter, "NotReceived"));

        Assert.That(State(await SettledAsync(path), LookupSource.Vehicles), Is.EqualTo("NotFound"));
        Assert.That(Asked(household, LookupSource.Vehicles), Is.EqualTo(2));
    }

    [Test]
    public async Task What_stays_unavailable_is_no_dead_letter_until_it_is_given_up()
    {
        var (_, path) = await ParkedAsync(LookupSource.RealEstate, DepartmentBehaviour.Down);
        Assert.That(await LettersAsync(path), Is.Empty, "it is asked again by itself");
        // Two days of hourly attempts, but for the last.
        await ExecuteAsync(
            "UPDATE Lookup SET AttemptCount = @AttemptCount, DueAt = @DueAt WHERE CaseFileId = @CaseFileId AND LookupState = 'Unavailable'",
            new { AttemptCount = 49, DueAt = World.Clock.GetUtcNow(), CaseFileId = await CaseFileAsync(path) });
        await UntilAsync(async () => (await LettersAsync(path)).Count == 1);

        var letter = await LetterAsync(path, LookupSource.RealEstate);
        var queue = Items(Expect(200, await Supervisor.GetAsync("/v1/departments"))).Single(item => (string)item!["source"]! == "RealEstate")!["queue"]!;

        Assert.That(((string)letter["kind"]!, (int)letter["attempts"]!), Is.EqualTo(("GivenUp", 50)));
        Assert.That((int)queue["givenUp"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_asked_once_more_on_a_consent_that_was_revoked()
    {
        var (household, path) = await ParkedAsync(LookupSource.Marriage, DepartmentBehaviour.Malformed, AHousehold.OfTwo());
        await RevokeAsync(path);

        var letters = await LettersAsync(path);
        Assert.That(letters, Is.Not.Empty);
        foreach (var letter in letters)
        {
            Refused(await RetryAsync(letter), 403, "lookup-not-permitted", "LAW-40");
        }

        Assert.That(Asked(household, LookupSource.Marriage), Is.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_asked_once_more_for_a_case_that_is_closed()
    {
        var (household, path) = await ParkedAsync(LookupSource.Tax, DepartmentBehaviour.Malformed);
        await ExecuteAsync("UPDATE Application SET ApplicationState = 'Refused' WHERE CaseFileId = @CaseFileId", new { CaseFileId = await CaseFileAsync(path) });

        Refused(await RetryAsync(await LetterAsync(path, LookupSource.Tax)), 403, "lookup-not-permitted", "LAW-70");

        Assert.That(Asked(household, LookupSource.Tax), Is.EqualTo(1));
    }

    [Test]
    public async Task What_a_later_round_asked_again_is_a_dead_letter_no_more()
    {
        var (_, path) = await ParkedAsync(LookupSource.Tax, DepartmentBehaviour.Malformed);
        var letter = await LetterAsync(path, LookupSource.Tax);

        Expect(201, await ActAsync(Reviewer, path, "verification"));
        await SettledAsync(path, round: 2);

        Assert.That(await LettersAsync(path), Is.Empty);
        Refused(await RetryAsync(letter), 404, "not-found");
    }

    [Test]
    public async Task An_answer_that_came_to_another_case_meanwhile_serves_and_nobody_is_asked()
    {
        var (household, path) = await ParkedAsync(LookupSource.Tax, DepartmentBehaviour.Malformed);
        var other = AHousehold.Of(household.Member(0));
        other.Form["programmes"] = new JsonArray("EssentialExpenditureHardship");
        await SettledAsync(await SubmittedAsync(other));
        var asked = Asked(household, LookupSource.Tax);

        var retried = Expect(201, await RetryAsync(await LetterAsync(path, LookupSource.Tax)));

        var lookup = (await SettledAsync(path)).Single(item => (string)item!["source"]! == "Tax")!;
        Assert.Multiple(() =>
        {
            Assert.That((string)retried["state"]!, Is.EqualTo("NotFound"));
            Assert.That((string?)lookup["reusedLookupId"], Is.Not.Null);
            Assert.That((string?)lookup["cause"], Is.Null);
            Assert.That(Asked(household, LookupSource.Tax), Is.EqualTo(asked).And.EqualTo(2));
        });
    }

    [Test]
    public async Task Those_of_a_department_are_asked_once_more_in_one_act_and_no_other_departments()
    {
        World.Departments.Behave(LookupSource.Death, DepartmentBehaviour.Malformed);
        var (_, first) = await ParkedAsync(LookupSource.MarketRegistration, DepartmentBehaviour.Malformed);
        var (_, second) = await ParkedAsync(LookupSource.MarketRegistration, DepartmentBehaviour.Malformed);
        var (_, revoked) = await ParkedAsync(LookupSource.MarketRegistration, DepartmentBehaviour.Malformed);
        await RevokeAsync(revoked);
        World.Departments.Behave(LookupSource.Death, DepartmentBehaviour.Answers);

        var retried = Expect(201, await RetryAllAsync("MarketRegistration"));

        Assert.Multiple(() =>
        {
            Assert.That(((int)retried["retried"]!, (int)retried["barred"]!, (int)retried["answeredFromFile"]!, (int)retried["remaining"]!), Is.EqualTo((2, 1, 0, 0)));
            Assert.That(retried.Json!["next"], Is.Null);
        });
        foreach (var path in new[] { first, second })
        {
            Assert.That(State(await SettledAsync(path), LookupSource.MarketRegistration), Is.EqualTo("NotFound"));
            Assert.That((await LettersAsync(path)).Select(letter => (string)letter["source"]!), Is.EqualTo(new[] { "Death" }));
        }

        Assert.That((await LettersAsync(revoked)).Select(letter => (string)letter["source"]!), Is.EquivalentTo(new[] { "Death", "MarketRegistration" }));
    }

    [Test]
    public async Task A_call_goes_through_five_hundred_and_says_how_many_remain()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);
        var caseFileId = await CaseFileAsync(path);
        await Service.Database.WriteAsync(session => AddStrangersAsync(session, caseFileId, LookupSource.Veterans, 501), CancellationToken.None);

        var first = Expect(201, await RetryAllAsync("Veterans"));
        var rest = Expect(201, await RetryAllAsync("Veterans", (string)first["next"]!));

        Assert.Multiple(() =>
        {
            Assert.That(((int)first["barred"]!, (int)first["remaining"]!), Is.EqualTo((500, 1)));
            Assert.That(((int)rest["barred"]!, (int)rest["remaining"]!, rest.Json!["next"]), Is.EqualTo((1, 0, (JsonNode?)null)));
        });
    }

    [Test]
    public async Task The_list_goes_by_pages_and_by_source()
    {
        await ParkedAsync(LookupSource.RealEstate, DepartmentBehaviour.Malformed);
        await ParkedAsync(LookupSource.HousingFund, DepartmentBehaviour.Malformed);

        var all = Ids(await PagesAsync($"{List}?take=100"));
        var pages = Ids(await PagesAsync($"{List}?take=7"));
        var ofSource = Ids(await PagesAsync($"{List}?take=1&source=HousingFund"));

        Assert.Multiple(() =>
        {
            Assert.That(pages, Is.EqualTo(all).And.Unique);
            Assert.That(ofSource, Is.Not.Empty.And.SubsetOf(all));
            Assert.That(ofSource, Has.Count.LessThan(all.Count));
        });

        static List<string> Ids(IEnumerable<JsonNode> letters) => [.. letters.Select(letter => (string)letter["lookupId"]!)];
    }

    [Test]
    public async Task Only_a_supervisor_of_the_district_has_anything_asked_once_more()
    {
        var (_, path) = await ParkedAsync(LookupSource.Tax, DepartmentBehaviour.Malformed);
        var letter = await LetterAsync(path, LookupSource.Tax);

        foreach (var officer in new[] { As("auditor", District), As("supervisor", Street), Clerk })
        {
            Refused(await officer.PostAsync($"{List}/{letter["lookupId"]}/retry", """{ "reason": "StillNeeded" }"""), 403, "forbidden");
            Refused(await officer.PostAsync("/v1/dead-letter-retries", """{ "source": "Tax", "reason": "StillNeeded" }"""), 403, "forbidden");
        }

        Refused(await Supervisor.PostAsync($"{List}/{letter["lookupId"]}/retry", """{ "reason": "because" }"""), 400, "invalid-request");
        Refused(await Supervisor.PostAsync("/v1/dead-letter-retries", """{ "source": "Tax", "reason": "StillNeeded", "after": "x" }"""), 400, "invalid-request");
    }

    private async Task<(AHousehold Household, string Path)> ParkedAsync(LookupSource source, DepartmentBehaviour behaviour, AHousehold? household = null)
    {
        household ??= AHousehold.OfOne();
        World.Departments.Behave(source, behaviour);
        var path = await SubmittedAsync(household);
        await SettledAsync(path);
        if (behaviour != DepartmentBehaviour.Down || source == LookupSource.Vehicles)
        {
            World.Departments.Behave(source, DepartmentBehaviour.Answers);
        }

        return (household, path);
    }

    private async Task<Guid> CaseFileAsync(string path) => Guid.Parse((string)Expect(200, await Supervisor.GetAsync(path))["caseFileId"]!);

    private async Task<List<JsonNode>> LettersAsync(string path)
    {
        var caseFileId = (await CaseFileAsync(path)).ToString();
        return [.. (await PagesAsync($"{List}?take=100")).Where(item => (string)item["caseFileId"]! == caseFileId)];
    }

    private async Task<JsonNode> LetterAsync(string path, LookupSource source) =>
        (await LettersAsync(path)).Single(letter => (string)letter["source"]! == source.ToString());

    private Task<ApiAnswer> RetryAsync(JsonNode letter, string reason = "DepartmentRepaired") =>
        Supervisor.PostAsync($"{List}/{letter["lookupId"]}/retry", new JsonObject { ["reason"] = reason }.ToJsonString());

    private Task<ApiAnswer> RetryAllAsync(string source, string? after = null)
    {
        var body = new JsonObject { ["source"] = source, ["reason"] = "DepartmentRepaired" };
        if (after is not null)
        {
            body["after"] = after;
        }

        return Supervisor.PostAsync("/v1/dead-letter-retries", body.ToJsonString());
    }

    private async Task RevokeAsync(string path) => await ExecuteAsync(
        "UPDATE VerificationConsent SET RevokedAt = @RevokedAt, RevokedBy = @RevokedBy WHERE CaseFileId = @CaseFileId",
        new { RevokedAt = World.Clock.GetUtcNow(), RevokedBy = "clerk", CaseFileId = await CaseFileAsync(path) });

    private Task<int> ExecuteAsync(string sql, object parameters) =>
        Service.Database.WriteAsync(session => session.ExecuteAsync(sql, parameters), CancellationToken.None);

    // People who are nobody of the case, so that each is barred.
    private async Task AddStrangersAsync(Session session, Guid caseFileId, LookupSource source, int count)
    {
        var now = World.Clock.GetUtcNow();
        for (var i = 0; i < count; i++)
        {
            var row = new
            {
                PersonId = Guid.CreateVersion7(now),
                ConsentId = Guid.CreateVersion7(now),
                LookupId = Guid.CreateVersion7(now),
                CaseFileId = caseFileId,
                LookupSource = source,
                PersonName = "样例某",
                NameKey = new byte[] { 1 },
                BornOn = new DateOnly(1970, 1, 1),
                RecordedAt = now,
                DueAt = now,
                ParkedAt = now,
            };
            await session.ExecuteAsync(
                "INSERT INTO Person (PersonId, PersonName, NameKey, BornOn, RecordedAt) VALUES (@PersonId, @PersonName, @NameKey, @BornOn, @RecordedAt)",
                new { row.PersonId, row.PersonName, row.NameKey, row.BornOn, row.RecordedAt });
            await session.ExecuteAsync(
                "INSERT INTO VerificationConsent (ConsentId, CaseFileId, PersonId, SignerPersonId, SignedOn, RecordedAt, RecordedBy) VALUES (@ConsentId, @CaseFileId, @PersonId, @PersonId, @BornOn, @RecordedAt, 'clerk')",
                new { row.ConsentId, row.CaseFileId, row.PersonId, row.BornOn, row.RecordedAt });
            await session.ExecuteAsync(
                """
                INSERT INTO Lookup (LookupId, CaseFileId, RoundNumber, PersonId, LookupSource, Purpose, BasisCode, ConsentId, CausedBy, LookupState,
                    AttemptCount, DueAt, IsDueProvisional, AnswerRevision, LookupCause, ParkedAt)
                VALUES (@LookupId, @CaseFileId, 1, @PersonId, @LookupSource, 'MeansVerification', 'LAW-41', @ConsentId, 'clerk', 'SetAside',
                    1, @DueAt, 0, 0, 'malformed', @ParkedAt)
                """,
                new { row.LookupId, row.CaseFileId, row.PersonId, row.LookupSource, row.ConsentId, row.DueAt, row.ParkedAt });
        }
    }

    private async Task<List<JsonNode>> PagesAsync(string path)
    {
        var letters = new List<JsonNode>();
        string? next = null;
        do
        {
            var page = Expect(200, await Supervisor.GetAsync(next is null ? path : $"{path}&after={next}"));
            letters.AddRange(Items(page).Select(item => item!));
            next = (string?)page.Json!["next"];
        }
        while (next is not null);
        return letters;
    }

    private static string State(JsonArray lookups, LookupSource source) =>
        (string)lookups.Single(lookup => (string)lookup!["source"]! == source.ToString())!["state"]!;

    private int Asked(AHousehold household, LookupSource source) =>
        World.Departments.Queries.Count(query => query.IdentityNumber == household.IdentityNumber(0) && query.Source == source);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 200 && !await holds(); attempt++)
        {
            await Task.Delay(50);
        }
    }
}

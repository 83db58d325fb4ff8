using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Lookups;

/// <summary>Bulk re-checks of what is in payment (57 art. 31), each test with a programme of its own district's households.</summary>
public sealed class VerificationJobTests(Engine engine) : ApiTests(engine)
{
    private const string Jobs = "/v1/verification-jobs";

    // A lease that a test can outwait, and few places, so that a pause finds something not begun.
    protected override Dictionary<string, string?> Settings => new()
    {
        ["Departments:Lease"] = "00:00:02",
        ["Departments:JobRounds"] = "2",
        ["Departments:Sources:Tax:Timeout"] = "00:00:02",
    };

    // Each test begins without any award in payment of the tests before it.
    [SetUp]
    public async Task BeginAnewAsync()
    {
        foreach (var source in LookupSources.All)
        {
            World.Departments.Behave(source, DepartmentBehaviour.Answers);
        }

        await Service.Database.WriteAsync(
            session => session.ExecuteAsync("UPDATE Award SET AwardState = @AwardState WHERE AwardState = 'InPayment'", new { AwardState = "Stopped" }),
            CancellationToken.None);
    }

    [Test]
    public async Task A_job_is_taken_at_once_and_asks_everybody_in_payment_anew()
    {
        var household = AHousehold.OfTwo();
        var (application, award, _) = await GrantedAsync(household);
        var asked = Asked(household, LookupSource.Vehicles);

        var started = await StartAsync();
        var read = await FinishedAsync(started);

        var lookups = (await SettledAsync(application, round: 2)).Where(lookup => (int)lookup!["round"]! == 2).ToList();
        var row = (await RowsAsync(started)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(Asked(household, LookupSource.Vehicles), Is.EqualTo(asked + 1));
            Assert.That(lookups.Select(lookup => (string)lookup!["purpose"]!), Is.Not.Empty.And.All.EqualTo("AwardReview"));
            Assert.That(lookups.Select(lookup => (string)lookup!["legalBasisCode"]!), Is.All.EqualTo("57-31"));
            Assert.That(lookups.Select(lookup => (string)lookup!["causedBy"]!), Is.All.EqualTo("supervisor-140213"));
            Assert.That(((int)read["total"]!, (int)read["done"]!, (int)read["failed"]!, (int)read["remaining"]!), Is.EqualTo((1, 1, 0, 0)));
            Assert.That(((int)read["persons"]!, (int)read["lookupsAnswered"]!), Is.EqualTo((2, lookups.Count)));
            Assert.That((string)read["legalBasis"]!["code"]!, Is.EqualTo("57-31"));
            Assert.That(read.Json!["startedAt"], Is.Not.Null);
            Assert.That(((string)row["state"]!, (int)row["changedFacts"]!), Is.EqualTo(("Unchanged", 0)));
            Assert.That($"/v1/awards/{row["awardId"]}", Is.EqualTo(award));
        });
    }

    [Test]
    public async Task What_has_changed_is_shown_to_the_street_and_told_on_the_timeline()
    {
        var household = AHousehold.OfOne();
        var (application, _, _) = await GrantedAsync(household);
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 90_000 });
        var (other, _, _) = await GrantedAsync(AHousehold.OfOne());

        var job = await StartAsync();
        await FinishedAsync(job);

        var changed = Items(Expect(200, await Reviewer.GetAsync($"{job}/rows?state=Changed")));
        var timeline = Expect(200, await Reviewer.GetAsync($"{application}/timeline?take=100", "en"));
        Assert.Multiple(async () =>
        {
            Assert.That(changed.Select(row => ((string)row!["caseNumber"]!, (int)row["changedFacts"]!)), Is.EqualTo(new[] { (await CaseNumberAsync(application), 1) }));
            Assert.That(timeline.Text, Does.Contain("1 thing(s) that departments state have changed"));
            Assert.That((await RowsAsync(job)).Select(row => (string)row["caseNumber"]!), Is.EquivalentTo(new[] { await CaseNumberAsync(application), await CaseNumberAsync(other) }));
        });
    }

    [Test]
    public async Task A_department_without_an_answer_fails_the_case_and_is_no_change()
    {
        var household = AHousehold.OfOne();
        await GrantedAsync(household);
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Down);

        var job = await StartAsync();
        var read = await FinishedAsync(job);

        var row = (await RowsAsync(job)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(((int)read["failed"]!, (int)read["done"]!), Is.EqualTo((1, 0)));
            Assert.That(((string)row["state"]!, (int)row["lookupsFailed"]!), Is.EqualTo(("Failed", 1)));
        });
    }

    [Test]
    public async Task Nobody_is_asked_about_without_a_consent_or_for_an_award_that_has_stopped()
    {
        // Both places are taken, so that what is under test is listed and waits.
        await GrantAsync(2);
        var (revoked, stopped) = (AHousehold.OfOne(), AHousehold.OfOne());
        var (revokedApplication, _, _) = await GrantedAsync(revoked);
        var (stoppedApplication, _, _) = await GrantedAsync(stopped);
        var job = await StuckAsync(4);

        await ExecuteAsync("UPDATE VerificationConsent SET RevokedAt = @RevokedAt WHERE CaseFileId = @CaseFileId", new
        {
            RevokedAt = World.Clock.GetUtcNow(),
            CaseFileId = await CaseFileAsync(revokedApplication),
        });
        await ExecuteAsync("UPDATE Award SET AwardState = @AwardState WHERE CaseFileId = @CaseFileId", new
        {
            AwardState = "Stopped",
            CaseFileId = await CaseFileAsync(stoppedApplication),
        });
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        var read = await FinishedAsync(job);

        var barred = Items(Expect(200, await Supervisor.GetAsync($"{job}/rows?state=NobodyToAsk")));
        Assert.Multiple(() =>
        {
            Assert.That(barred.Select(row => (string)row!["cause"]!), Is.EquivalentTo(new[] { "ConsentRevoked", "CaseClosed" }));
            Assert.That(((int)read["total"]!, (int)read["remaining"]!), Is.EqualTo((4, 0)));
            Assert.That(World.Departments.Queries.Where(query => query.Purpose == LookupPurpose.AwardReview).Select(query => query.IdentityNumber),
                Has.None.EqualTo(revoked.IdentityNumber(0)).And.None.EqualTo(stopped.IdentityNumber(0)));
        });
    }

    [Test]
    public async Task A_paused_job_finishes_what_is_asked_and_begins_nothing_and_a_resumed_one_goes_on()
    {
        await GrantAsync(4);
        var job = await StuckAsync(4);

        var paused = Expect(201, await ActAsync(Supervisor, job, "pause"));
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        await UntilRowsAsync(job, rows => rows.All(row => (string)row["state"]! is "Waiting" or "Unchanged" or "Failed") && rows.Any(row => (string)row["state"]! != "Waiting"));
        var begun = (await RowsAsync(job)).Count(row => (string)row["state"]! != "Waiting");
        await Task.Delay(1_500);
        var still = Expect(200, await Supervisor.GetAsync(job));

        Assert.Multiple(() =>
        {
            Assert.That((string)paused["state"]!, Is.EqualTo("Paused"));
            Assert.That(begun, Is.InRange(1, 2));
            Assert.That(((int)still["remaining"]!, (string)still["state"]!), Is.EqualTo((4 - begun, "Paused")));
            Assert.That(still.Json!["expectedEndAt"], Is.Null);
        });
        Expect(201, await ActAsync(Supervisor, job, "resumption"));
        var finished = await FinishedAsync(job);
        Assert.That((int)finished["done"]! + (int)finished["failed"]!, Is.EqualTo(4));
    }

    [Test]
    public async Task A_cancelled_job_leaves_what_was_not_begun()
    {
        await GrantAsync(4);
        var job = await StuckAsync(4);

        Expect(201, await ActAsync(Supervisor, job, "cancellation"));
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        var read = await FinishedAsync(job, "Cancelled");

        Assert.Multiple(async () =>
        {
            Assert.That((int)read["cancelled"]!, Is.InRange(2, 3));
            Assert.That((int)read["done"]! + (int)read["failed"]!, Is.EqualTo(4 - (int)read["cancelled"]!));
            Assert.That((int)read["remaining"]!, Is.Zero);
            Refused(await ActAsync(Supervisor, job, "resumption"), 409, "wrong-state");
        });
    }

    [Test]
    public async Task A_finished_job_can_be_neither_paused_nor_resumed_nor_cancelled([Values("pause", "resumption", "cancellation")] string act)
    {
        var job = await StartAsync();
        await FinishedAsync(job);

        Refused(await ActAsync(Supervisor, job, act), 409, "wrong-state");
    }

    [Test]
    public async Task An_act_on_a_job_needs_its_present_tag_which_the_work_itself_leaves_alone()
    {
        await GrantAsync(1);
        var started = Expect(201, await Supervisor.PostAsync(Jobs, Request()));
        var job = Location(started);
        Refused(await Supervisor.PostAsync($"{job}/pause"), 428, "precondition-required");
        var paused = Expect(201, await Supervisor.PostAsync($"{job}/pause", tag: started.Tag));
        Refused(await Supervisor.PostAsync($"{job}/resumption", tag: started.Tag), 412, "precondition-failed");
        Expect(201, await Supervisor.PostAsync($"{job}/resumption", tag: paused.Tag));
        await FinishedAsync(job);
    }

    [Test]
    public async Task The_same_request_again_starts_no_second_job()
    {
        var key = Guid.NewGuid().ToString("N");

        var first = Expect(201, await Supervisor.PostAsync(Jobs, Request(), key: key));
        var again = Expect(201, await Supervisor.PostAsync(Jobs, Request(), key: key));

        Assert.That((again.IsReplay, (string)again["jobId"]!), Is.EqualTo((true, (string)first["jobId"]!)));
        await FinishedAsync(Location(first));
    }

    [Test]
    public async Task What_a_stopped_service_had_begun_goes_on_from_its_rows()
    {
        var households = await GrantAsync(4);
        var job = await StuckAsync(4);

        await Service.StopHostAsync();
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        await Service.StartHostAsync();
        var read = await FinishedAsync(job);

        Assert.Multiple(() =>
        {
            Assert.That(((int)read["total"]!, (int)read["done"]! + (int)read["failed"]!), Is.EqualTo((4, 4)));
            Assert.That(
                households.Select(household => World.Departments.Queries.Count(query =>
                    query.IdentityNumber == household.IdentityNumber(0) && query is { Source: LookupSource.Vehicles, Purpose: LookupPurpose.AwardReview })),
                Is.All.EqualTo(1));
        });
    }

    [Test]
    public async Task Two_jobs_at_one_time_ask_about_a_case_one_after_the_other()
    {
        var household = (await GrantAsync(1))[0];
        var first = await StuckAsync(1);
        var second = await StartAsync();
        await UntilAsync(second, read => (int?)read.Json!["total"] == 1);

        await Task.Delay(1_200);
        var waiting = (await RowsAsync(second)).Single();
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        await FinishedAsync(first);
        await FinishedAsync(second);

        Assert.Multiple(() =>
        {
            Assert.That((string)waiting["state"]!, Is.EqualTo("Waiting"));
            Assert.That(
                World.Departments.Queries.Where(query => query.IdentityNumber == household.IdentityNumber(0)
                    && query is { Source: LookupSource.Vehicles, Purpose: LookupPurpose.AwardReview }).Select(query => query.QueryId).ToList(),
                Has.Count.EqualTo(2).And.Unique);
        });
    }

    [Test]
    public async Task A_job_of_a_street_or_a_programme_has_its_cases_alone()
    {
        await GrantAsync(1);

        var ofAnotherStreet = await StartAsync("140213057");
        var ofAnotherProgramme = await StartAsync(programme: "TemporaryAssistance");
        var ofTheStreet = await StartAsync(Street, "SubsistenceAllowance");

        Assert.Multiple(async () =>
        {
            Assert.That((int)(await FinishedAsync(ofAnotherStreet))["total"]!, Is.Zero);
            Assert.That((int)(await FinishedAsync(ofAnotherProgramme))["total"]!, Is.Zero);
            Assert.That((int)(await FinishedAsync(ofTheStreet))["total"]!, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Nobody_but_the_districts_supervisor_starts_or_steers_a_job()
    {
        var job = await StartAsync();
        await FinishedAsync(job);
        var tag = (await Supervisor.GetAsync(job)).Tag;

        Assert.Multiple(async () =>
        {
            foreach (var role in Roles.All.Except([Roles.Supervisor]))
            {
                Refused(await As(role, District).PostAsync(Jobs, Request()), 403, "forbidden");
                Refused(await As(role, District).PostAsync($"{job}/pause", tag: tag), 403, "forbidden");
            }

            Refused(await As(Roles.Supervisor, Street).PostAsync(Jobs, Request(Street)), 403, "not-the-district");
            Refused(await As(Roles.Supervisor, Street).PostAsync($"{job}/pause", tag: tag), 403, "not-the-district");
            Refused(await As(Roles.Supervisor, "140214").PostAsync(Jobs, Request()), 403, "forbidden");
            Refused(await As(Roles.Supervisor, "140214").PostAsync($"{job}/pause", tag: tag), 403, "forbidden");
            Refused(await Supervisor.PostAsync(Jobs, Request("140214")), 400, "invalid-request");
            Refused(await Supervisor.PostAsync(Jobs, Request("140213054002")), 400, "invalid-request");
        });
    }

    [Test]
    public async Task A_job_is_seen_within_its_division_and_a_street_sees_its_own_cases()
    {
        await GrantAsync(1);
        var job = await StartAsync();
        await FinishedAsync(job);
        var ofAnotherStreet = await StartAsync("140213057");

        Assert.Multiple(async () =>
        {
            Assert.That(Items(Expect(200, await Reviewer.GetAsync($"{job}/rows"))), Has.Count.EqualTo(1));
            Assert.That(Items(Expect(200, await AnyWindow.GetAsync($"{job}/rows"))), Is.Empty);
            Assert.That(Items(Expect(200, await AnyWindow.GetAsync($"{job}/rows?state=Unchanged"))), Is.Empty);
            Refused(await Reviewer.GetAsync(ofAnotherStreet), 404, "not-found");
            Refused(await Reviewer.GetAsync($"{ofAnotherStreet}/rows"), 404, "not-found");
            Refused(await As(Roles.Supervisor, Street).PostAsync($"{ofAnotherStreet}/pause", tag: "\"1\""), 404, "not-found");
            Assert.That(await ListedAsync(Reviewer), Does.Contain(job).And.Not.Contain(ofAnotherStreet));
            Assert.That(await ListedAsync(Supervisor), Does.Contain(job).And.Contain(ofAnotherStreet));
        });
        await FinishedAsync(ofAnotherStreet);
    }

    [Test]
    public async Task Cases_are_paged_by_key_and_the_read_is_recorded()
    {
        await GrantAsync(3);
        var job = await StartAsync();
        await FinishedAsync(job);

        var first = Expect(200, await As(Roles.Supervisor, District, "supervisor-who-reads").GetAsync($"{job}/rows?take=2"));
        var second = Expect(200, await Supervisor.GetAsync($"{job}/rows?take=2&after={first["next"]}"));

        var reads = await Service.Database.ReadAsync(
            session => session.ListAsync<string>(
                "SELECT Location FROM AccessRecord WHERE ActorId = @ActorId AND AccessPurpose = 'ListVerificationJobRows'", new { ActorId = "supervisor-who-reads" }),
            CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(Items(first).Concat(Items(second)).Select(row => (string)row!["caseFileId"]!).ToList(), Has.Count.EqualTo(3).And.Unique);
            Assert.That(second.Json!["next"], Is.Null);
            Assert.That(reads, Is.EqualTo(new[] { $"{job}/rows" }));
        });
    }

    // ---- Steps ----

    private static string Request(string division = District, string? programme = null)
    {
        var request = new JsonObject { ["divisionCode"] = division, ["reasons"] = "下半年定期核查。" };
        if (programme is not null)
        {
            request["programme"] = programme;
        }

        return request.ToJsonString();
    }

    private static string Location(ApiAnswer started) => $"{Jobs}/{started["jobId"]}";

    private async Task<string> StartAsync(string division = District, string? programme = null)
    {
        var started = Expect(201, await Supervisor.PostAsync(Jobs, Request(division, programme)));
        Assert.That(started.Headers["Location"], Is.EqualTo(Location(started)));
        return Location(started);
    }

    private async Task<List<AHousehold>> GrantAsync(int count)
    {
        var households = Enumerable.Range(0, count).Select(_ => AHousehold.OfOne()).ToList();
        foreach (var household in households)
        {
            await GrantedAsync(household);
        }

        return households;
    }

    /// <summary>Starts a job whose first cases a silent tax office holds up.</summary>
    private async Task<string> StuckAsync(int total)
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Silent);
        var before = AskedOfTax();
        var job = await StartAsync();
        await UntilAsync(job, read => (int?)read.Json!["total"] == total && AskedOfTax() > before);
        return job;

        int AskedOfTax() => World.Departments.Queries.Count(query => query is { Source: LookupSource.Tax, Purpose: LookupPurpose.AwardReview });
    }

    private Task<ApiAnswer> FinishedAsync(string job, string state = "Finished") =>
        UntilAsync(job, read => (string)read["state"]! == state && read.Json!["finishedAt"] is not null);

    private async Task<ApiAnswer> UntilAsync(string job, Func<ApiAnswer, bool> holds)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var read = Expect(200, await Supervisor.GetAsync(job));
            if (holds(read))
            {
                return read;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"The job did not get there: {(await Supervisor.GetAsync(job)).Text}");
        return null!;
    }

    private async Task UntilRowsAsync(string job, Func<IReadOnlyList<JsonNode>, bool> holds)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (holds(await RowsAsync(job)))
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"The rows did not get there: {(await Supervisor.GetAsync($"{job}/rows")).Text}");
    }

    private async Task<IReadOnlyList<JsonNode>> RowsAsync(string job) => [.. Items(Expect(200, await Supervisor.GetAsync($"{job}/rows?take=100"))).Select(row => row!)];

    private static async Task<IReadOnlyList<string>> ListedAsync(OfficerClient officer) =>
        [.. Items(Expect(200, await officer.GetAsync($"{Jobs}?take=100"))).Select(item => $"{Jobs}/{item!["jobId"]}")];

    private async Task<string> CaseNumberAsync(string application) => (string)Expect(200, await Supervisor.GetAsync(application))["caseNumber"]!;

    private async Task<Guid> CaseFileAsync(string application) => Guid.Parse((string)Expect(200, await Supervisor.GetAsync(application))["caseFileId"]!);

    private int Asked(AHousehold household, LookupSource source) =>
        World.Departments.Queries.Count(query => query.IdentityNumber == household.IdentityNumber(0) && query.Source == source);

    private Task<int> ExecuteAsync(string sql, object parameters) =>
        Service.Database.WriteAsync(session => session.ExecuteAsync(sql, parameters), CancellationToken.None);
}

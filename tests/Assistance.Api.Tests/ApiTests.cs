using System.Text.Json.Nodes;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Api.Tests.Procedures;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;
using Assistance.Sandbox;

namespace Assistance.Api.Tests;

/// <summary>
/// Tests through the real host. Each fixture has a service and a database of its own and runs once an engine; on SQL
/// Server only where a server is named, and reported as skipped where none is.
/// </summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.SqlServer)]
public abstract class ApiTests(Engine engine)
{
    public const string Window = "140213061";
    public const string Street = "140213054";
    public const string District = "140213";

    private ProcedureWatch watch = null!;

    protected Engine Engine { get; } = engine;

    protected TestService Service { get; private set; } = null!;

    protected SimulatedWorld World => Service.World;

    protected OfficerClient AnyWindow => As(Roles.Clerk, Window);

    protected OfficerClient Clerk => As(Roles.Clerk, Street);

    protected OfficerClient Reviewer => As(Roles.Reviewer, Street);

    protected OfficerClient Confirmer => As(Roles.Confirmer, District);

    protected OfficerClient Supervisor => As(Roles.Supervisor, District);

    protected virtual Dictionary<string, string?> Settings => [];

    [OneTimeSetUp]
    public async Task StartServiceAsync()
    {
        if (Engine == Engine.SqlServer && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(TestService.SqlServerVariable)))
        {
            Assert.Ignore($"{TestService.SqlServerVariable} names no server.");
        }

        Service = await TestService.StartAsync(Engine, Settings);
        watch = new ProcedureWatch(Service);
    }

    [OneTimeTearDown]
    public async Task StopServiceAsync()
    {
        if (Service is not null)
        {
            await ReplayEveryAssessmentAsync();
            await Service.DisposeAsync();
        }
    }

    // Whatever a fixture assessed comes about again, byte for byte, from what is stored beside it.
    private async Task ReplayEveryAssessmentAsync()
    {
        var rows = await Service.Database.ReadAsync(
            session => session.ListAsync<AssessmentRow>("SELECT AssessmentId, InputJson, AssessmentJson FROM Assessment ORDER BY AssessmentId"), CancellationToken.None);
        Assert.Multiple(() =>
        {
            foreach (var row in rows)
            {
                Assert.That(ApiJson.Write(Assessor.Assess(row.Input)), Is.EqualTo(row.AssessmentJson));
            }
        });
    }

    /// <summary>Calls the service without any token or header of an officer.</summary>
    protected HttpClient Http => Service.Http;

    protected OfficerClient As(string role, string division, string? subject = null) =>
        As([role], division, subject ?? $"{role}-{division}");

    protected OfficerClient As(string[] roles, string division, string subject) =>
        new(Http, () => World.Issuer.Issue(new TokenRequest(subject, roles, division)));

    protected static ApiAnswer Expect(int status, ApiAnswer answer)
    {
        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        return answer;
    }

    protected static void Refused(ApiAnswer answer, int status, string code, string? basis = null) => Assert.Multiple(() =>
    {
        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        Assert.That(answer.Code, Is.EqualTo(code), answer.Text);
        Assert.That((string?)answer.Json?["legalBasis"]?["code"], basis is null ? Is.Null.Or.Not.Empty : Is.EqualTo(basis));
    });

    protected async Task<string> TagAsync(string path) => Expect(200, await Supervisor.GetAsync(path)).Tag!;

    /// <summary>Posts an act on a resource with its present tag, and holds what comes of it to the act's row of the procedure.</summary>
    /// <param name="given">Which conditions of the row's clocks hold, where the test knows.</param>
    protected async Task<ApiAnswer> ActAsync(
        OfficerClient officer, string resource, string act, JsonObject? body = null, ClockCondition[]? given = null)
    {
        var tag = await TagAsync(resource);
        return await watch.ActAsync(resource, act, () => officer.PostAsync($"{resource}/{act}", body?.ToJsonString(), tag), given);
    }

    protected static JsonArray Items(ApiAnswer answer, string member = "items") => (JsonArray)answer[member];

    // ---- How far a household has come, each step by the one before ----

    protected async Task<string> SubmittedAsync(AHousehold household)
    {
        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.OnRecord(World).ToString()));
        return $"/v1/applications/{answer["applications"][0]!["applicationId"]}";
    }

    /// <summary>What the case's timeline says, in words.</summary>
    protected async Task<IEnumerable<string>> SentencesAsync(string application) =>
        Items(Expect(200, await Supervisor.GetAsync($"{application}/timeline?take=100"))).Select(entry => (string)entry!["sentence"]!);

    protected async Task<JsonArray> SettledAsync(string application, int round = 1)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var answer = Expect(200, await Supervisor.GetAsync($"{application}/lookups"));
            if ((bool)answer["isSettled"]! && (Items(answer).Count == 0 || Items(answer).Max(item => (int)item!["round"]!) >= round))
            {
                return Items(answer);
            }

            await Task.Delay(50);
        }

        Assert.Fail("The look-ups did not settle.");
        return [];
    }

    protected async Task<ApiAnswer> SealedAsync(string application)
    {
        await SettledAsync(application);
        return Expect(201, await ActAsync(Clerk, application, "disclosure"));
    }

    protected async Task SupplyAsync(string application, JsonNode item) => Expect(201, await ActAsync(Clerk, application, "disclosure-supplies", new JsonObject
    {
        ["itemKey"] = (string)item["itemKey"]!,
        ["way"] = (string)item["ways"]![0]!,
    }));

    protected async Task<string> AcceptedAsync(AHousehold household)
    {
        var application = await SubmittedAsync(household);
        foreach (var item in Items(await SealedAsync(application)).Where(item => (string)item!["status"]! == "Required"))
        {
            await SupplyAsync(application, item!);
        }

        Expect(201, await ActAsync(Clerk, application, "acceptance"));
        return application;
    }

    protected async Task<string> AssessedAsync(AHousehold household)
    {
        var application = await AcceptedAsync(household);
        Expect(201, await ActAsync(Reviewer, application, "assessment"));
        return application;
    }

    protected static JsonObject Opinion(string opinion) => new() { ["opinion"] = opinion, ["reasons"] = "依据核算结果。" };

    protected static JsonObject Decision(string kind) => new() { ["kind"] = kind, ["reasons"] = "依据核算结果和公示情况。" };

    protected async Task<string> PostedAsync(AHousehold household, string opinion = "ProposeGrant")
    {
        var application = await AssessedAsync(household);
        Expect(201, await ActAsync(Reviewer, application, "preliminary-review", Opinion(opinion)));
        Expect(201, await ActAsync(Reviewer, application, "public-posting"));
        return application;
    }

    /// <summary>Lets the posting end and the street report to the district.</summary>
    protected async Task<string> ReportedToDistrictAsync(string application)
    {
        World.Clock.Forward(TimeSpan.FromDays(8));
        Expect(201, await ActAsync(Reviewer, application, "district-report"));
        return application;
    }

    protected async Task<(string Application, string Award, ApiAnswer Decision)> GrantedAsync(AHousehold household)
    {
        var application = await ReportedToDistrictAsync(await PostedAsync(household));
        var decision = Expect(201, await ActAsync(Confirmer, application, "confirmation", Decision("Grant")));
        return (application, $"/v1/awards/{decision["awardId"]}", decision);
    }

    protected async Task<string> PersonAsync(string application, int index = 0) =>
        (string)Items(Expect(200, await Supervisor.GetAsync(application)), "members")[index]!["personId"]!;

    protected string Today => DateOnly.FromDateTime(World.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime).ToString("yyyy-MM-dd", null);

    /// <summary>Reports a change, waits for the departments, and gives the adjustment's path.</summary>
    protected async Task<string> ReportedAsync(string application, string award, JsonObject change)
    {
        var reported = Expect(201, await ActAsync(Clerk, award, "circumstance-changes", change));
        await SettledAsync(application, (int)reported["round"]!);
        return $"/v1/award-adjustments/{reported["adjustmentId"]}";
    }

    protected JsonObject IncomeChange(string personId, long monthlyFen) => new()
    {
        ["kind"] = "IncomeChanged",
        ["changedOn"] = Today,
        ["personId"] = personId,
        ["incomes"] = new JsonArray(new JsonObject { ["kind"] = "Wages", ["monthlyFen"] = monthlyFen }),
    };

    protected JsonObject Hearing(bool isAdopted = false) => new()
    {
        ["proposalToldOn"] = Today,
        ["heardOn"] = Today,
        ["answer"] = "Spoke",
        ["statement"] = "希望维持原来的数额。",
        ["isAdopted"] = isAdopted,
        ["reasons"] = "核算结果与事实一致。",
    };
}

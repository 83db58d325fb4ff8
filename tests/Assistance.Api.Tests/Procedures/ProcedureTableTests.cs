using System.Reflection;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Procedures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Assistance.Sandbox;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Assistance.Domain.Intake.ApplicationState;

namespace Assistance.Api.Tests.Procedures;

/// <summary>
/// Every act in every state by every role, from the table of the procedure and through the real host. One application stands in
/// each state; what is refused changes nothing, and what is allowed is sent so that a need refuses it or it leaves the state as it
/// is, or else to one of its own. A body is read, and its shape checked, before the state, so that every body is the published example.
/// </summary>
public sealed class ProcedureTableTests(Engine engine) : ApiTests(engine)
{
    private static readonly OfficerRole[] EveryRole = Enum.GetValues<OfficerRole>();

    private const string ObjectionId = "{objectionId:guid}";

    // What a need refuses, or what leaves the state as it is.
    private static readonly Dictionary<string, (string Member, string Value)> Bent = new()
    {
        ["ReviewApplication"] = ("opinion", "ProposeRefusal"),
        ["ConfirmApplication"] = ("kind", "Refuse"),
        ["ArbitrateApplication"] = ("acceptingDivisionCode", Street),
        ["DecideAdjustment"] = ("kind", "Increase"),
    };

    private readonly Dictionary<Enum, string> standing = [];
    private readonly Dictionary<string, JsonNode> published = [];
    private ILookup<Enum, RouteEndpoint> routes = null!;
    private string award = "";
    private string objection = "";

    private static IEnumerable<TestCaseData> EveryActInEveryState => Cases(ApplicationProcedure.Table).Concat(Cases(AdjustmentProcedure.Table));

    private static IEnumerable<TestCaseData> EveryActThatBegins => [new(ApplicationAct.Submit), new(AdjustmentAct.ReportChange)];

    private static IEnumerable<TestCaseData> EveryActOfCertainOffices =>
        Limited(ApplicationProcedure.Table).Concat(Limited(AdjustmentProcedure.Table));

    [OneTimeSetUp]
    public async Task BringOneIntoEachStateAsync()
    {
        routes = ProcedureWatch.RoutesOf(Service).ToLookup(route => route.Metadata.GetRequiredMetadata<RouteOfAct>().Act);
        foreach (var language in new[] { "zh", "en" })
        {
            published[language] = Expect(200, await Clerk.GetAsync("/v1/procedures", language)).Json!;
        }

        var poor = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostedAsync(AHousehold.OfOne())));
        var notPoor = await PostedAsync(AHousehold.OfOne().Declaring(0, "Wages", 100_000), "ProposeRefusal");
        World.Clock.Forward(TimeSpan.FromDays(8));
        foreach (var posted in poor.Append(notPoor))
        {
            Expect(201, await ActAsync(Reviewer, posted, "district-report"));
        }

        standing[WithDistrict] = poor[0];
        standing[ApplicationState.Refused] = notPoor;
        Expect(201, await ActAsync(Confirmer, notPoor, "confirmation", Decision("Refuse")));
        var awards = new List<(string Application, string Award)>();
        foreach (var granted in poor[1..])
        {
            var decision = Expect(201, await ActAsync(Confirmer, granted, "confirmation", Decision("Grant")));
            awards.Add((granted, $"/v1/awards/{decision["awardId"]}"));
        }

        standing[Granted] = awards[0].Application;
        award = awards[0].Award;
        standing[Received] = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(standing[Received]);
        standing[Accepted] = await AcceptedAsync(AHousehold.OfOne());
        standing[Reviewed] = await ReviewedAsync();
        standing[Posted] = await PostedAsync(AHousehold.OfOne());
        objection = (string)Expect(201, await ActAsync(Clerk, standing[Posted], "posting-objections", new JsonObject
        {
            ["receivedOn"] = Today,
            ["way"] = "InPerson",
            ["statement"] = "其名下有车辆。",
        }))["objectionId"]!;
        standing[TransferredOut] = await SubmittedAsync(AHousehold.OfOne().RegisteredIn("140106").LivingIn("140106"));
        await BringAdjustmentsIntoEachStateAsync(awards[1], awards[2]);
    }

    [TestCaseSource(nameof(EveryActInEveryState))]
    public async Task An_act_is_done_in_its_states_by_its_roles_and_refused_to_all_others(Enum act, Enum state)
    {
        var row = RowOf(act);
        foreach (var route in routes[act])
        {
            foreach (var role in EveryRole)
            {
                var officer = As(Roles.Of(role), DivisionFor(row.Office, role, state));
                if (!row.Roles.Contains(role))
                {
                    Refused(await SendAsync(officer, route, standing[state], tag: null), 403, "forbidden");
                }
                else if (row.From.Contains(state))
                {
                    var resource = ChangesTheState(act, state) ? await OneMoreAsync(state) : standing[state];
                    var answer = await SendAsync(officer, route, resource, await TagAsync(resource));
                    // What is done to a part of an application finds the part only where it is.
                    Assert.That(answer.Status, IsOfAPart(route) && state is not Posted ? Is.EqualTo(404) : Is.Not.EqualTo(404));
                    Done(answer, row);
                }
                else
                {
                    var tag = await TagAsync(standing[state]);
                    SpelledOut("zh", await SendAsync(officer, route, standing[state], tag), act, state, row.From);
                    SpelledOut("en", await SendAsync(officer, route, standing[state], tag, "en"), act, state, row.From);
                }
            }
        }
    }

    [TestCaseSource(nameof(EveryActThatBegins))]
    public async Task What_begins_a_matter_is_done_by_its_roles_and_refused_to_all_others(Enum act)
    {
        var row = RowOf(act);
        var resource = act is AdjustmentAct ? award : "";
        foreach (var role in EveryRole)
        {
            var answer = await SendAsync(As(Roles.Of(role), Street), routes[act].Single(), resource, resource.Length == 0 ? null : await TagAsync(resource));
            if (row.Roles.Contains(role))
            {
                Done(answer, row);
            }
            else
            {
                Refused(answer, 403, "forbidden");
            }
        }
    }

    [TestCaseSource(nameof(EveryActOfCertainOffices))]
    public async Task An_act_is_refused_to_the_offices_that_it_is_not_for(Enum act)
    {
        var row = RowOf(act);
        var resource = row.From.Count == 0 ? award : row.Office == ActingOffice.OfficeItWasSentTo ? await SubmittedAsync(AHousehold.OfOne()) : standing[row.From[0]];
        (string Division, string Code)[] others = row.Office switch
        {
            ActingOffice.AcceptingOffice => [(Window, "not-the-accepting-office"), (District, "not-the-accepting-office")],
            ActingOffice.AcceptingOfficeOrDistrict => [(Window, "not-the-accepting-office")],
            ActingOffice.District => [(Street, "not-the-district"), (Window, "not-the-district")],
            _ => [(Window, "not-the-receiving-office"), (District, "not-the-receiving-office")],
        };
        foreach (var (division, code) in others)
        {
            foreach (var role in row.Roles)
            {
                Refused(await SendAsync(As(Roles.Of(role), division), routes[act].First(), resource, await TagAsync(resource)), 403, code);
            }
        }
    }

    [Test]
    public void The_policy_of_every_route_lets_those_act_whom_the_table_names_and_nobody_else() => Assert.Multiple(() =>
    {
        foreach (var act in routes)
        {
            foreach (var route in act)
            {
                var policy = route.Metadata.OfType<IAuthorizeData>().Select(data => data.Policy).Single();
                Assert.That(Policies.RolesOf[policy!], Is.EquivalentTo(RowOf(act.Key).Roles.Select(Roles.Of)), $"{route.RoutePattern.RawText}");
            }
        }
    });

    [Test]
    public void Every_act_of_the_tables_has_a_route_and_every_act_under_an_application_or_adjustment_is_in_a_table()
    {
        Assert.That(
            routes.Select(act => $"{act.Key.GetType().Name}.{act.Key}"),
            Is.EquivalentTo(Enum.GetValues<ApplicationAct>().Select(act => $"{nameof(ApplicationAct)}.{act}")
                .Concat(Enum.GetValues<AdjustmentAct>().Select(act => $"{nameof(AdjustmentAct)}.{act}"))));
        // What is asked of one department is bound to consent and need and to no state (LookupWarrant); a simulation does nothing.
        Assert.That(
            Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(route => route.RoutePattern.RawText is { } path
                    && (path.StartsWith("/v1/applications", StringComparison.Ordinal) || path.StartsWith("/v1/award", StringComparison.Ordinal))
                    && route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true
                    && route.Metadata.GetMetadata<RouteOfAct>() is null)
                .Select(NameOf),
            Is.EquivalentTo(new[] { "AskDepartment", "SimulateAssessment" }));
    }

    [Test]
    public void Every_need_is_a_refusal_of_the_catalogue() =>
        Assert.That(
            ApplicationProcedure.Table.Acts.SelectMany(row => row.Needs).Concat(AdjustmentProcedure.Table.Acts.SelectMany(row => row.Needs)).Distinct(),
            Is.SubsetOf(ProblemCatalogue.Codes));

    private static IEnumerable<TestCaseData> Cases<TAct, TState>(Procedure<TAct, TState> table)
        where TAct : struct, Enum
        where TState : struct, Enum =>
        from row in table.Acts
        where row.From.Count > 0
        from state in Enum.GetValues<TState>()
        select new TestCaseData(row.Act, state);

    private static IEnumerable<TestCaseData> Limited<TAct, TState>(Procedure<TAct, TState> table)
        where TAct : struct, Enum
        where TState : struct, Enum =>
        table.Acts.Where(row => row.Office != ActingOffice.AnyThatSeesIt).Select(row => new TestCaseData(row.Act));

    private static Row RowOf(Enum act)
    {
        return act switch
        {
            ApplicationAct done => Of(ApplicationProcedure.Table[done]),
            AdjustmentAct done => Of(AdjustmentProcedure.Table[done]),
            _ => throw new ArgumentOutOfRangeException(nameof(act)),
        };

        static Row Of<TAct, TState>(ProcedureAct<TAct, TState> row)
            where TAct : struct, Enum
            where TState : struct, Enum => new([.. row.From.Cast<Enum>()], row.Roles, row.Office, row.Needs);
    }

    // What no need can be made to refuse here.
    private static bool ChangesTheState(Enum act, Enum state) =>
        (act, state) is (ApplicationAct.Post, Reviewed) or (AdjustmentAct.Assess, AdjustmentState.Reported);

    private static string NameOf(RouteEndpoint route) => route.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName;

    // What was led to another district is with the window that took it, and with the district.
    private static string DivisionFor(ActingOffice office, OfficerRole role, Enum state) => (office, role, state) switch
    {
        (ActingOffice.District, _, _) => District,
        (_, OfficerRole.Supervisor or OfficerRole.Confirmer, _) when office == ActingOffice.AcceptingOfficeOrDistrict => District,
        (ActingOffice.OfficeItWasSentTo, _, TransferredOut) => District,
        (_, _, TransferredOut) => Window,
        _ => Street,
    };

    private async Task<string> ReviewedAsync()
    {
        var path = await AssessedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")));
        return path;
    }

    private async Task BringAdjustmentsIntoEachStateAsync((string Application, string Award) first, (string Application, string Award) second)
    {
        standing[AdjustmentState.Unchanged] = await AssessedAdjustmentAsync(first, 0);
        var decided = await AssessedAdjustmentAsync(first, 30_000);
        Expect(201, await ActAsync(Reviewer, decided, "prior-hearing", Hearing()));
        Expect(201, await ActAsync(Confirmer, decided, "decision", Decision("Reduce")));
        standing[AdjustmentState.Decided] = decided;
        standing[AdjustmentState.Proposed] = await AssessedAdjustmentAsync(first, 40_000);
        standing[AdjustmentState.Reported] = await ReportedAsync(second.Application, second.Award, IncomeChange(await PersonAsync(second.Application), 10_000));
    }

    private async Task<string> AssessedAdjustmentAsync((string Application, string Award) granted, long monthlyFen)
    {
        var path = await ReportedAsync(granted.Application, granted.Award, IncomeChange(await PersonAsync(granted.Application), monthlyFen));
        Expect(201, await ActAsync(Reviewer, path, "assessment"));
        return path;
    }

    private async Task<string> OneMoreAsync(Enum state)
    {
        if (state is Reviewed)
        {
            return await ReviewedAsync();
        }

        var application = standing[Granted];
        return await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), 10_000));
    }

    private Task<ApiAnswer> SendAsync(OfficerClient officer, RouteEndpoint route, string resource, string? tag, string language = "zh")
    {
        var noun = route.RoutePattern.RawText!.Split("{id:guid}/") is [_, var act]
            ? $"{resource}/{act.Replace(ObjectionId, objection, StringComparison.Ordinal)}"
            : route.RoutePattern.RawText!;
        return officer.PostAsync(noun, BodyOf(route)?.ToJsonString(), tag, language: language);
    }

    private JsonNode? BodyOf(RouteEndpoint route)
    {
        if (NameOf(route) == "SubmitApplication")
        {
            return JsonNode.Parse(AHousehold.OfOne().OnRecord(World).ToString());
        }

        if (route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType?.GetCustomAttribute<ExampleAttribute>() is not { } example)
        {
            return null;
        }

        var body = JsonNode.Parse(example.Json)!.AsObject();
        foreach (var day in new[] { "acknowledgedOn", "proposalToldOn", "heardOn" }.Where(body.ContainsKey))
        {
            body[day] = Today;
        }

        if (body.ContainsKey("itemKey"))
        {
            body["itemKey"] = "no-such-item";
        }

        if (Bent.TryGetValue(NameOf(route), out var bent))
        {
            body[bent.Member] = bent.Value;
        }

        return body;
    }

    private static bool IsOfAPart(RouteEndpoint route) => route.RoutePattern.RawText!.Contains(ObjectionId, StringComparison.Ordinal);

    private static void Done(ApiAnswer answer, Row row) =>
        Assert.That(answer.Status is 201 or 404 || row.Needs.Contains(answer.Code), $"{answer.Status} {answer.Text}");

    private void SpelledOut(string language, ApiAnswer answer, Enum act, Enum state, IReadOnlyList<Enum> allowed)
    {
        var procedure = published[language]["procedures"]!.AsArray().Single(procedure => (string)procedure!["procedure"]! == (act is ApplicationAct ? "Application" : "AwardAdjustment"))!;
        var states = procedure["states"]!.AsArray().ToDictionary(each => (string)each!["state"]!, each => (string)each!["name"]!);
        var name = (string)procedure["acts"]!.AsArray().Single(each => (string)each!["act"]! == act.ToString())!["name"]!;
        var names = string.Join(language == "zh" ? "、" : ", ", allowed.Select(each => states[each.ToString()]));
        Refused(answer, 409, "wrong-state");
        Assert.Multiple(() =>
        {
            Assert.That((string)answer["detail"]!, Is.EqualTo(language == "zh"
                ? $"当前状态为“{states[state.ToString()]}”，不能办理“{name}”；可办理的状态：{names}。"
                : $"{name} is not possible in the state {states[state.ToString()]}; it is in: {names}."));
            Assert.That((string)answer["allowed"]!, Is.EqualTo(string.Join(", ", allowed)));
        });
    }

    private sealed record Row(IReadOnlyList<Enum> From, IReadOnlyList<OfficerRole> Roles, ActingOffice Office, IReadOnlyList<string> Needs);
}

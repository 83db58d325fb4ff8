using System.Collections.Concurrent;
using System.Globalization;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using CsvHelper;

namespace Assistance.Sandbox;

/// <summary>How a simulated department behaves.</summary>
public enum DepartmentBehaviour
{
    Answers,
    Down,
    Silent,
    Malformed,
    AnswersAboutSomebodyElse,
    StatesTheImpossible,

    /// <summary>A fact that is none, in well-formed JSON.</summary>
    StatesNothing,

    /// <summary>The headers and the first byte, and then nothing.</summary>
    StopsMidway,
}

/// <summary>
/// The departments over real HTTP, by the published contract (<c>seeds/departments/contract.yaml</c>): what is on record
/// comes from <c>seeds/departments/facts.csv</c>, and is known only from its first day on the sandbox's clock.
/// </summary>
public sealed class SimulatedDepartments(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string IdentityNumber, LookupSource Source), List<DepartmentFact>> records = new();
    private readonly ConcurrentDictionary<LookupSource, DepartmentBehaviour> behaviours = new();

    /// <summary>Every query received, in order.</summary>
    public ConcurrentQueue<DepartmentQuery> Queries { get; } = new();

    public void Load(string seedsPath)
    {
        using var csv = new CsvReader(new StreamReader(Path.Combine(seedsPath, "departments", "facts.csv")), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            Record(csv.GetField("identityNumber")!, csv.GetField<LookupSource>("source"), new DepartmentFact
            {
                Kind = csv.GetField<FactKind>("kind"),
                AmountFen = csv.GetField<long?>("amountFen"),
                Count = csv.GetField<int?>("count"),
                DivisionCode = csv.GetField("divisionCode") is { Length: > 0 } code ? code : null,
                FromOn = csv.GetField<DateOnly?>("from"),
                ToOn = csv.GetField<DateOnly?>("to"),
            });
        }
    }

    public void Record(string identityNumber, LookupSource source, DepartmentFact fact)
    {
        var facts = records.GetOrAdd((identityNumber, source), _ => []);
        lock (facts)
        {
            facts.Add(fact);
        }
    }

    public void Behave(LookupSource source, DepartmentBehaviour behaviour) => behaviours[source] = behaviour;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/departments/{source}/queries", AnswerAsync);
        routes.MapPut("/departments/{source}/behaviour/{behaviour}", (LookupSource source, DepartmentBehaviour behaviour) => Behave(source, behaviour));
    }

    private async Task<IResult> AnswerAsync(LookupSource source, HttpContext http)
    {
        var query = (await http.Request.ReadFromJsonAsync<DepartmentQuery>(ApiJson.Options, http.RequestAborted))!;
        Queries.Enqueue(query);
        switch (behaviours.GetValueOrDefault(source))
        {
            case DepartmentBehaviour.Down:
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            case DepartmentBehaviour.Silent:
                await Task.Delay(TimeSpan.FromSeconds(60), http.RequestAborted);
                return Results.StatusCode(StatusCodes.Status504GatewayTimeout);
            case DepartmentBehaviour.Malformed:
                return Results.Text("{\"queryId\":", "application/json");
            case DepartmentBehaviour.AnswersAboutSomebodyElse:
                return Answer(query with { IdentityNumber = "11010519491231002X" }, []);
            case DepartmentBehaviour.StatesTheImpossible:
                return Answer(query, [new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = -1 }]);
            case DepartmentBehaviour.StatesNothing:
                return Results.Text($$"""{"queryId":"{{query.QueryId}}","identityNumber":"{{query.IdentityNumber}}","status":"Found","facts":[null]}""", "application/json");
            case DepartmentBehaviour.StopsMidway:
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync("{", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(TimeSpan.FromSeconds(60), http.RequestAborted);
                return Results.Empty;
            default:
                return Answer(query, KnownFacts(query.IdentityNumber, source));
        }
    }

    private IReadOnlyList<DepartmentFact> KnownFacts(string identityNumber, LookupSource source)
    {
        if (!records.TryGetValue((identityNumber, source), out var facts))
        {
            return [];
        }

        var today = ChinaTime.DayOf(time.GetUtcNow());
        lock (facts)
        {
            return [.. facts.Where(fact => fact.FromOn is not { } from || from <= today)];
        }
    }

    private static IResult Answer(DepartmentQuery query, IReadOnlyList<DepartmentFact> facts) => Results.Json(
        new DepartmentAnswer
        {
            QueryId = query.QueryId,
            IdentityNumber = query.IdentityNumber,
            Status = facts.Count > 0 ? DepartmentAnswerStatus.Found : DepartmentAnswerStatus.NotFound,
            Facts = facts,
        },
        ApiJson.Options);
}

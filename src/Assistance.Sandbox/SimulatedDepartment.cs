using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Sandbox;

/// <summary>How much a simulated department was asked: in all, and at most within one second and at one time.</summary>
public sealed record DepartmentLoad(long Queries, int MostASecond, int MostAtOnce);

/// <summary>One simulated department: how it behaves at present, what it was asked, and what it still has to answer.</summary>
internal sealed class SimulatedDepartment(LookupSource source, DepartmentRecords records, DepartmentCallbacks callbacks, TimeProvider time)
{
    /// <summary>Changes how the department behaves for one request only.</summary>
    public const string ConductHeader = "X-Sandbox-Behaviour";

    private const string Somebody = "11010519491231002X";
    private const int Pieces = 10;

    // So that a run over many thousands keeps its memory: of answers that arrived, only so many can still be collected.
    private const int MostTaken = 4_000;
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Guid, TakenQuery> taken = new();
    private readonly ConcurrentQueue<TakenQuery> delivered = new();
    private readonly Lock gate = new();
    private DepartmentConduct conduct = DepartmentConduct.UsualOf(source);
    private Random random = new(0);
    private long queries;
    private long second;
    private int thisSecond;
    private int mostASecond;
    private int atOnce;
    private int mostAtOnce;

    public DepartmentConduct Conduct
    {
        get
        {
            lock (gate)
            {
                return conduct;
            }
        }

        set
        {
            lock (gate)
            {
                (conduct, random) = (value, new Random(value.Seed));
            }
        }
    }

    public DepartmentLoad Load
    {
        get
        {
            lock (gate)
            {
                return new DepartmentLoad(queries, mostASecond, mostAtOnce);
            }
        }
    }

    /// <summary>Answers a query, or takes it to answer later.</summary>
    public Task<IResult> QueryAsync(DepartmentQuery query, HttpContext http) => RespondAsync(http, isQuery: true, (now, behaviour) =>
    {
        if (!now.AnswersLater)
        {
            return (AnswerTo(query, behaviour, time.GetUtcNow()), IsAnswer: true);
        }

        var taking = new TakenQuery(query, now, behaviour, time.GetUtcNow());
        if (taken.TryAdd(query.QueryId, taking))
        {
            http.Response.OnCompleted(() =>
            {
                callbacks.Schedule(taking.ReadyAt, () => DeliverAsync(taking));
                return Task.CompletedTask;
            });
            return (ReceiptOf(taking), IsAnswer: false);
        }

        return Standing(taken[query.QueryId]);
    });

    /// <summary>The answer to a query taken earlier, or how it stands; 404 for one that never was.</summary>
    public Task<IResult> CollectAsync(Guid queryId, HttpContext http) => RespondAsync(
        http, isQuery: false, (_, _) => taken.TryGetValue(queryId, out var query) ? Standing(query) : (null, false));

    /// <summary>Takes something else that is posted: a request for correction.</summary>
    public Task<IResult> TakeAsync(HttpContext http, Action<DepartmentConduct> take) => RespondAsync(http, isQuery: false, (now, _) =>
    {
        if (now.RefusesCorrections)
        {
            return (null, false);
        }

        take(now);
        return ([], false);
    });

    // The same in every request: the limit, then the delay, then what goes wrong, and only then the answer.
    private async Task<IResult> RespondAsync(
        HttpContext http, bool isQuery, Func<DepartmentConduct, DepartmentBehaviour, (byte[]? Body, bool IsAnswer)> respond)
    {
        DepartmentConduct now;
        try
        {
            now = http.Request.Headers[ConductHeader].ToString() is { Length: > 0 } json ? Conduct.With(json) : Conduct;
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }

        var (isTooMany, delay, behaviour) = Begin(now, isQuery);
        try
        {
            if (isTooMany)
            {
                // The date is told on the clock of the sandbox, in whole seconds, and so a little later than need be.
                http.Response.Headers.RetryAfter = now.IsRetryAfterDate ? time.GetUtcNow().AddSeconds(2).ToString("R", CultureInfo.InvariantCulture) : "1";
                return Results.StatusCode(StatusCodes.Status429TooManyRequests);
            }

            await Task.Delay(delay, http.RequestAborted);
            switch (behaviour)
            {
                case DepartmentBehaviour.Down:
                    return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
                case DepartmentBehaviour.Silent:
                    await Task.Delay(Forever, http.RequestAborted);
                    return Results.StatusCode(StatusCodes.Status504GatewayTimeout);
                case DepartmentBehaviour.StopsMidway:
                    http.Response.ContentType = "application/json";
                    await http.Response.WriteAsync("{", http.RequestAborted);
                    await http.Response.Body.FlushAsync(http.RequestAborted);
                    await Task.Delay(Forever, http.RequestAborted);
                    return Results.Empty;
                default:
                    var (body, isAnswer) = respond(now, behaviour);
                    return body is null ? Results.NotFound() : await SendAsync(http, body, isAnswer, now.BodyTakes);
            }
        }
        finally
        {
            Interlocked.Decrement(ref atOnce);
        }
    }

    private (bool IsTooMany, TimeSpan Delay, DepartmentBehaviour Behaviour) Begin(DepartmentConduct now, bool isQuery)
    {
        lock (gate)
        {
            var present = Environment.TickCount64 / 1_000;
            (second, thisSecond) = present == second ? (second, thisSecond + 1) : (present, 1);
            queries += isQuery ? 1 : 0;
            mostASecond = Math.Max(mostASecond, thisSecond);
            mostAtOnce = Math.Max(mostAtOnce, Interlocked.Increment(ref atOnce));
            var isError = random.NextDouble() < now.ErrorRate && now.Errors.Count > 0;
            return (thisSecond > now.PerSecond, now.Latency + (now.Jitter * random.NextDouble()), isError ? now.Errors[random.Next(now.Errors.Count)] : now.Behaviour);
        }
    }

    private static async Task<IResult> SendAsync(HttpContext http, byte[] body, bool isAnswer, TimeSpan takes)
    {
        http.Response.StatusCode = isAnswer ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        if (body.Length == 0)
        {
            return Results.Empty;
        }

        http.Response.ContentType = "application/json";
        foreach (var piece in takes == TimeSpan.Zero ? [body] : body.Chunk((body.Length / Pieces) + 1))
        {
            await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(takes / Pieces, http.RequestAborted);
        }

        return Results.Empty;
    }

    private (byte[] Body, bool IsAnswer) Standing(TakenQuery query) =>
        time.GetUtcNow() < query.ReadyAt ? (ReceiptOf(query), false) : (FinalAnswerTo(query), true);

    private byte[] ReceiptOf(TakenQuery query)
    {
        var hasAgreed = time.GetUtcNow() >= query.TakenAt + query.Conduct.AgreesAfter;
        return Json(new DepartmentReceipt
        {
            QueryId = query.Query.QueryId,
            Status = hasAgreed ? DepartmentReceiptStatus.Agreed : DepartmentReceiptStatus.Received,
            IsExtended = query.Conduct.IsExtended,
        });
    }

    private async Task DeliverAsync(TakenQuery query)
    {
        const string Path = "v1/department-answers";
        var (pattern, id) = (query.Conduct.Callbacks, query.Query.QueryId.ToString());
        if (pattern != CallbackPattern.Never)
        {
            await callbacks.DeliverAsync(Path, source, FinalAnswerTo(query), $"{id}-2");
        }

        if (pattern == CallbackPattern.Twice)
        {
            await callbacks.DeliverAsync(Path, source, FinalAnswerTo(query), $"{id}-2");
        }

        if (pattern == CallbackPattern.OutOfOrder)
        {
            await callbacks.DeliverAsync(Path, source, Json(Answer(query.Query, [], revision: 1)), $"{id}-1");
        }

        delivered.Enqueue(query);
        while (delivered.Count > MostTaken && delivered.TryDequeue(out var oldest))
        {
            taken.TryRemove(oldest.Query.QueryId, out _);
        }
    }

    private byte[] FinalAnswerTo(TakenQuery query) =>
        AnswerTo(query.Query, query.Behaviour, query.ReadyAt, isCorrected: query.Conduct.Callbacks == CallbackPattern.OutOfOrder);

    /// <summary>What it says: by what is known at an instant, so that the same question has the same answer.</summary>
    private byte[] AnswerTo(DepartmentQuery query, DepartmentBehaviour behaviour, DateTimeOffset at, bool isCorrected = false)
    {
        var (facts, revision) = records.KnownOn(ChinaTime.DayOf(at), query.IdentityNumber, source);
        return behaviour switch
        {
            DepartmentBehaviour.Malformed => """{"queryId":"""u8.ToArray(),
            DepartmentBehaviour.AnswersAboutSomebodyElse => Json(Answer(query with { IdentityNumber = Somebody }, [])),
            DepartmentBehaviour.AnswersAboutAnotherQuery => Json(Answer(query with { QueryId = Guid.CreateVersion7(at) }, facts)),
            DepartmentBehaviour.StatesTheImpossible => Json(Answer(query, [new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = -1 }])),
            DepartmentBehaviour.StatesNothing => Json(
                new { query.QueryId, query.IdentityNumber, Status = DepartmentAnswerStatus.Found, Facts = new DepartmentFact?[] { null } }),
            _ => Json(Answer(query, facts, isCorrected ? revision + 1 : revision)),
        };
    }

    private static DepartmentAnswer Answer(DepartmentQuery query, IReadOnlyList<DepartmentFact> facts, int revision = 1) => new()
    {
        QueryId = query.QueryId,
        IdentityNumber = query.IdentityNumber,
        Status = facts.Count > 0 ? DepartmentAnswerStatus.Found : DepartmentAnswerStatus.NotFound,
        Facts = facts,
        Revision = revision,
    };

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options);

    /// <summary>A query that is answered later, with the conduct of the moment it came.</summary>
    private sealed record TakenQuery(DepartmentQuery Query, DepartmentConduct Conduct, DepartmentBehaviour Behaviour, DateTimeOffset TakenAt)
    {
        public DateTimeOffset ReadyAt => TakenAt + Conduct.AnswersAfter;
    }
}

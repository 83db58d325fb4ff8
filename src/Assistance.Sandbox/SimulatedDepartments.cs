using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;

namespace Assistance.Sandbox;

/// <summary>What a department is to have on record about somebody, in the place of what is there.</summary>
public sealed record DepartmentRecord(string IdentityNumber, IReadOnlyList<DepartmentFact> Facts);

/// <summary>A request for correction as a simulated department received it.</summary>
public sealed record ReceivedCorrection(LookupSource Source, DepartmentCorrectionRequest Request);

/// <summary>
/// The departments over real HTTP, by the published contract (<c>seeds/departments/contract.yaml</c>). Those that hold money
/// take a query and answer later, by a signed message of their own; the others answer at once. Each can be told to be slow,
/// dead, or wrong: <see cref="DepartmentConduct"/>.
/// </summary>
public sealed class SimulatedDepartments : IAsyncDisposable
{
    /// <summary>The credential that the service shows every department.</summary>
    public const string Credential = "sandbox";

    private readonly DepartmentRecords records = new();
    private readonly DepartmentCallbacks callbacks;
    private readonly Dictionary<LookupSource, SimulatedDepartment> departments;
    private readonly ConcurrentDictionary<Guid, ReceivedCorrection> corrections = new();

    public SimulatedDepartments(TimeProvider time)
    {
        callbacks = new DepartmentCallbacks(time);
        departments = LookupSources.All.ToDictionary(source => source, source => new SimulatedDepartment(source, records, callbacks, time));
    }

    /// <summary>The queries received, in order; the oldest are forgotten beyond <see cref="MostQueries"/>.</summary>
    public ConcurrentQueue<DepartmentQuery> Queries { get; } = new();

    /// <summary>How many queries are remembered one by one; <see cref="LoadOf"/> counts them all.</summary>
    public int MostQueries { get; set; } = 20_000;

    /// <summary>The requests for correction received, in order, each once.</summary>
    public ConcurrentQueue<ReceivedCorrection> Corrections { get; } = new();

    /// <summary>Where the service listens, for what departments send on their own.</summary>
    public Uri? ServiceAddress
    {
        get => callbacks.ServiceAddress;
        set => callbacks.ServiceAddress = value;
    }

    /// <summary>Whether somebody of whom no department has a record gets made-up ones; for runs over thousands.</summary>
    public bool InventsRecords
    {
        get => records.InventsRecords;
        set => records.InventsRecords = value;
    }

    /// <summary>The secret with which a department signs.</summary>
    public static string CallbackSecretOf(LookupSource source) => DepartmentCallbacks.SecretOf(source);

    public void Load(string seedsPath) => records.Load(seedsPath);

    public void Record(string identityNumber, LookupSource source, DepartmentFact fact) => records.Add(identityNumber, source, fact);

    /// <summary>Puts other facts in the place of what a department has on record; what it answers then has a higher revision.</summary>
    public void Correct(string identityNumber, LookupSource source, params IReadOnlyList<DepartmentFact> facts) =>
        records.Correct(identityNumber, source, facts);

    /// <summary>What a department has on record about somebody on a day.</summary>
    public IReadOnlyList<DepartmentFact> KnownOn(DateOnly day, string identityNumber, LookupSource source) =>
        records.KnownOn(day, identityNumber, source).Facts;

    /// <summary>Has a department do as usual, but for this.</summary>
    public void Behave(LookupSource source, DepartmentBehaviour behaviour) => Behave(source, usual => usual with { Behaviour = behaviour });

    /// <summary>Has a department do as usual, but for what is changed.</summary>
    public void Behave(LookupSource source, Func<DepartmentConduct, DepartmentConduct> change) =>
        departments[source].Conduct = change(DepartmentConduct.UsualOf(source));

    public DepartmentLoad LoadOf(LookupSource source) => departments[source].Load;

    /// <summary>Sends the service an answer now, as a department does on its own.</summary>
    /// <returns>The service's answer; null where there was none.</returns>
    public Task<HttpStatusCode?> SendAnswerAsync(LookupSource source, DepartmentAnswer answer) =>
        SendAsync("v1/department-answers", source, answer, $"{answer.QueryId}-{answer.Revision}");

    /// <summary>Answers a request for correction that was received.</summary>
    /// <returns>The service's answer; null where there was none.</returns>
    public Task<HttpStatusCode?> AnswerCorrectionAsync(Guid ticketId, DepartmentCorrectionOutcome outcome, string? remark = null) => SendAsync(
        "v1/department-correction-answers",
        corrections[ticketId].Source,
        new DepartmentCorrectionAnswer { TicketId = ticketId, Outcome = outcome, Remark = remark },
        ticketId.ToString());

    public void Map(IEndpointRouteBuilder routes)
    {
        var contract = routes.MapGroup("/departments/{source}").AddEndpointFilter((call, next) =>
            call.HttpContext.Request.Headers.Authorization == $"Bearer {Credential}" ? next(call) : ValueTask.FromResult<object?>(Results.Unauthorized()));
        contract.MapPost("/queries", QueryAsync);
        contract.MapGet("/queries/{queryId:guid}", (LookupSource source, Guid queryId, HttpContext http) => departments[source].CollectAsync(queryId, http));
        contract.MapPost("/corrections", RequestCorrectionAsync);

        // What only whoever runs the sandbox does.
        routes.MapGet("/departments/{source}", (LookupSource source) => Results.Json(
            new { Behaviour = departments[source].Conduct, Load = LoadOf(source), Corrections = Corrections.Where(correction => correction.Source == source) },
            ApiJson.Options));
        routes.MapPut("/departments/{source}/behaviour", ChangeBehaviourAsync);
        routes.MapPut("/departments/{source}/behaviour/{behaviour}", (LookupSource source, DepartmentBehaviour behaviour) => Behave(source, behaviour));
        routes.MapPut("/departments/{source}/records", CorrectAsync);
        routes.MapPost("/departments/{source}/corrections/{ticketId:guid}/answer", async (Guid ticketId, DepartmentCorrectionOutcome outcome) =>
            corrections.ContainsKey(ticketId) ? Results.Json(new { Service = await AnswerCorrectionAsync(ticketId, outcome) }, ApiJson.Options) : Results.NotFound());
    }

    public ValueTask DisposeAsync() => callbacks.DisposeAsync();

    private async Task<IResult> QueryAsync(LookupSource source, HttpContext http)
    {
        if (await ReadAsync<DepartmentQuery>(http) is not { } query || query.Source != source)
        {
            return Results.BadRequest();
        }

        Queries.Enqueue(query);
        while (Queries.Count > MostQueries && Queries.TryDequeue(out _))
        {
        }

        return await departments[source].QueryAsync(query, http);
    }

    private async Task<IResult> RequestCorrectionAsync(LookupSource source, HttpContext http)
    {
        if (await ReadAsync<DepartmentCorrectionRequest>(http) is not { } request)
        {
            return Results.BadRequest();
        }

        return await departments[source].TakeAsync(http, conduct =>
        {
            var received = new ReceivedCorrection(source, request);
            if (!corrections.TryAdd(request.TicketId, received))
            {
                return;
            }

            Corrections.Enqueue(received);
            if (conduct.CorrectionOutcome is { } outcome)
            {
                http.Response.OnCompleted(() =>
                {
                    callbacks.Schedule(DateTimeOffset.MinValue, () => AnswerCorrectionAsync(request.TicketId, outcome));
                    return Task.CompletedTask;
                });
            }
        });
    }

    private async Task<IResult> ChangeBehaviourAsync(LookupSource source, HttpContext http)
    {
        try
        {
            using var body = new StreamReader(http.Request.Body);
            var json = await body.ReadToEndAsync(http.RequestAborted);
            Behave(source, usual => usual.With(json));
            return Results.Json(departments[source].Conduct, ApiJson.Options);
        }
        catch (JsonException exception)
        {
            return Results.BadRequest(exception.Message);
        }
    }

    private async Task<IResult> CorrectAsync(LookupSource source, HttpContext http)
    {
        if (await ReadAsync<DepartmentRecord>(http) is not { } record)
        {
            return Results.BadRequest();
        }

        Correct(record.IdentityNumber, source, record.Facts);
        return Results.NoContent();
    }

    private Task<HttpStatusCode?> SendAsync<T>(string path, LookupSource source, T message, string id) =>
        callbacks.DeliverAsync(path, source, JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Options), id);

    private static async Task<T?> ReadAsync<T>(HttpContext http)
        where T : class
    {
        try
        {
            return await http.Request.ReadFromJsonAsync<T>(ApiJson.Options, http.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Asks a department over HTTP by the published contract. Each source has its own limits, breaker and timeout
/// (<see cref="LookupRegistration"/>), so that a dead department slows nothing else; bodies are never logged.
/// </summary>
internal sealed class ContractAdapter(IHttpClientFactory clients, IOptions<DepartmentOptions> options, TimeProvider time) : IDepartmentAdapter
{
    public const string Name = "Contract";

    /// <summary>The most bytes of an answer that are read.</summary>
    public const int LargestAnswer = 262_144;

    public Task<Attempt> AskAsync(DepartmentQuery query, CancellationToken cancellation) =>
        SendAsync(query, () => new HttpRequestMessage(HttpMethod.Post, "queries") { Content = JsonContent.Create(query, options: ApiJson.Options) }, cancellation);

    public Task<Attempt> CollectAsync(DepartmentQuery query, CancellationToken cancellation) =>
        SendAsync(query, () => new HttpRequestMessage(HttpMethod.Get, $"queries/{query.QueryId}"), cancellation);

    public async Task<Attempt?> RequestCorrectionAsync(
        LookupSource source, DepartmentCorrectionRequest request, CancellationToken cancellation)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "corrections") { Content = JsonContent.Create(request, options: ApiJson.Options) };
            using var response = await SendAsync(source, message, cancellation);
            // A query that it does not know does not come to be known by asking again.
            return response.IsSuccessStatusCode ? null
                : response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Conflict
                    ? new Attempt.Unbelievable($"refused-{(int)response.StatusCode}", [])
                    : Refused(response);
        }
        catch (Exception exception) when (FailureOf(exception) is { } failure && !cancellation.IsCancellationRequested)
        {
            return failure;
        }
    }

    private async Task<Attempt> SendAsync(DepartmentQuery query, Func<HttpRequestMessage> compose, CancellationToken cancellation)
    {
        try
        {
            // The pipeline's time-out ends with the headers; this one holds for the body too, and for the wait for a turn.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(options.Value.Lease / 2);
            using var request = compose();
            ConsentGuard.Mark(request, query.QueryId);
            using var response = await SendAsync(query.Source, request, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                return Refused(response);
            }

            limit.CancelAfter(options.Value.Sources[query.Source].Timeout);
            await response.Content.LoadIntoBufferAsync(LargestAnswer, limit.Token);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.StatusCode == HttpStatusCode.Accepted ? ReadReceipt(query, body) : ReadAnswer(query, body);
        }
        catch (Exception exception) when (FailureOf(exception) is { } failure && !cancellation.IsCancellationRequested)
        {
            return failure;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(LookupSource source, HttpRequestMessage request, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(source.ToString());
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.Sources[source].Credential);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private static Attempt.Failed? FailureOf(Exception exception) => exception switch
    {
        LookupStoppedException => new Attempt.Failed("stopped", WasSent: false),
        // Not before the breaker lets something through, so that a short fault does not use up every attempt.
        BrokenCircuitException broken => new Attempt.Failed("circuit-open", WasSent: false, broken.RetryAfter),
        RateLimiterRejectedException => new Attempt.Failed("busy", WasSent: false),
        TimeoutRejectedException or OperationCanceledException => new Attempt.Failed("timeout", WasSent: true),
        HttpRequestException or IOException => new Attempt.Failed("unreachable", WasSent: true),
        _ => null,
    };

    private Attempt Refused(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        (int)HttpStatusCode.TooManyRequests => new Attempt.Failed("rate-limited", WasSent: false, RetryAfter(response)) { IsTurnedAway = true },
        >= 500 => new Attempt.Failed("server-error", WasSent: true, RetryAfter(response)),
        // The query itself is refused; whatever else it is (a credential that has expired, an address that moved) is mended by
        // somebody, and then asked again.
        (int)HttpStatusCode.BadRequest or (int)HttpStatusCode.UnprocessableEntity => new Attempt.Unbelievable($"refused-{(int)response.StatusCode}", []),
        var status => new Attempt.Failed($"refused-{status}", WasSent: true),
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > time.Now => date - time.Now,
            _ => null,
        };

    private static Attempt ReadReceipt(DepartmentQuery query, byte[] body) =>
        Read<DepartmentReceipt>(body) is not { } receipt ? new Attempt.Unbelievable("malformed", body)
        : receipt.QueryId != query.QueryId ? new Attempt.Unbelievable("other-query", body)
        : new Attempt.Taken(receipt);

    /// <summary>An answer bound to the query and the person, or why it is not to be believed.</summary>
    public static Attempt ReadAnswer(DepartmentQuery query, byte[] body) =>
        Read<DepartmentAnswer>(body) is not { } answer || answer.Revision < 1 || answer.Facts.Any(fact => fact is null)
            || (answer.Status == DepartmentAnswerStatus.NotFound && answer.Facts.Count > 0)
            ? new Attempt.Unbelievable("malformed", body)
            : answer.QueryId != query.QueryId ? new Attempt.Unbelievable("other-query", body)
            : answer.IdentityNumber != query.IdentityNumber ? new Attempt.Unbelievable("other-person", body)
            : new Attempt.Answered(answer, body);

    private static T? Read<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, ApiJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

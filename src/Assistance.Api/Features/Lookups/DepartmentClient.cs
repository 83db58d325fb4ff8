using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Assistance.Api.Features.Lookups;

/// <summary>What one attempt brought: an answer, a reason to try again, or something that must not be believed.</summary>
internal abstract record Attempt
{
    /// <param name="Body">The bytes as received, to be kept encrypted.</param>
    public sealed record Answered(DepartmentAnswer Answer, byte[] Body) : Attempt;

    /// <param name="Cause">A short code, without any of the answer's content.</param>
    public sealed record Failed(string Cause, TimeSpan? RetryAfter = null) : Attempt;

    /// <param name="Cause">A short code, without any of the answer's content.</param>
    public sealed record Unbelievable(string Cause, byte[] Body) : Attempt;
}

/// <summary>
/// Asks a department over HTTP (<c>seeds/departments/contract.yaml</c>). Each source has its own timeout, breaker and limit
/// (<see cref="LookupRegistration"/>), so that a dead department slows nothing else; bodies are never logged.
/// </summary>
internal sealed class DepartmentClient(IHttpClientFactory clients, IOptions<DepartmentOptions> options)
{
    private const int LargestAnswer = 262_144;

    public async Task<Attempt> AskAsync(DepartmentQuery query, CancellationToken cancellation)
    {
        if (!options.Value.Sources.TryGetValue(query.Source, out var source))
        {
            return new Attempt.Failed("not-configured");
        }

        try
        {
            // The pipeline's time-out ends with the headers; this one holds for the body too.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(source.Timeout * 2);
            using var client = clients.CreateClient(query.Source.ToString());
            using var request = new HttpRequestMessage(HttpMethod.Post, "queries") { Content = JsonContent.Create(query, options: ApiJson.Options) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", source.Credential);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                return Refused(response);
            }

            await response.Content.LoadIntoBufferAsync(LargestAnswer, limit.Token);
            return Read(query, await response.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (Exception exception) when (CauseOf(exception) is { } cause && !cancellation.IsCancellationRequested)
        {
            return new Attempt.Failed(cause);
        }
    }

    private static string? CauseOf(Exception exception) => exception switch
    {
        TimeoutRejectedException or OperationCanceledException => "timeout",
        BrokenCircuitException => "circuit-open",
        RateLimiterRejectedException => "busy",
        HttpRequestException or IOException => "unreachable",
        _ => null,
    };

    private static Attempt Refused(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        (int)HttpStatusCode.TooManyRequests => new Attempt.Failed("rate-limited", response.Headers.RetryAfter?.Delta),
        >= 500 => new Attempt.Failed("server-error", response.Headers.RetryAfter?.Delta),
        var status => new Attempt.Unbelievable($"refused-{status}", []),
    };

    private static Attempt Read(DepartmentQuery query, byte[] body)
    {
        DepartmentAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize<DepartmentAnswer>(body, ApiJson.Options);
        }
        catch (JsonException)
        {
            return new Attempt.Unbelievable("malformed", body);
        }

        return answer is null || answer.Facts.Any(fact => fact is null) || (answer.Status == DepartmentAnswerStatus.NotFound && answer.Facts.Count > 0)
            ? new Attempt.Unbelievable("malformed", body)
            : answer.QueryId != query.QueryId ? new Attempt.Unbelievable("other-query", body)
            : answer.IdentityNumber != query.IdentityNumber ? new Attempt.Unbelievable("other-person", body)
            : new Attempt.Answered(answer, body);
    }

    /// <summary>The facts of an answer with their provenance; null where one of them is impossible.</summary>
    public static IReadOnlyList<LookupFact>? FactsOf(DepartmentAnswer answer, LookupRow row, DateTimeOffset answeredAt, DateOnly validUntilOn)
    {
        var facts = answer.Facts.Select(fact => new LookupFact
        {
            LookupId = row.LookupId,
            PersonId = row.PersonId,
            Source = row.LookupSource,
            Kind = fact.Kind,
            AmountFen = fact.AmountFen is { } fen ? new Money(fen) : null,
            Count = fact.Count,
            DivisionCode = fact.DivisionCode,
            FromOn = fact.FromOn,
            ToOn = fact.ToOn,
            AnsweredAt = answeredAt,
            ValidUntilOn = validUntilOn,
        }).ToList();
        return facts.TrueForAll(fact => fact.IsPlausible(ChinaTime.DayOf(answeredAt))) ? facts : null;
    }
}

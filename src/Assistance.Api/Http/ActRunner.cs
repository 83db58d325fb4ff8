using System.Reflection;
using System.Text.Json;
using Assistance.Api.Data;
using Assistance.Api.Security;
using Microsoft.AspNetCore.Http.Metadata;

namespace Assistance.Api.Http;

/// <summary>
/// Runs an act once for its idempotency key: the change, its event and its answer are committed together, so that a
/// repeat gives the same answer and changes nothing, and a crash leaves neither without the other. An answer can tell of
/// people, so it is kept encrypted.
/// </summary>
public sealed class ActRunner(Database database, PersonalDataProtector protector)
{
    public async Task<ActResult<T>> RunAsync<T>(Act act, Func<Session, Task<Answer<T>>> work, CancellationToken cancellation)
    {
        var (answer, json, isReplay) = await database.WriteAsync(
            async session =>
            {
                var known = await IdempotentAnswers.FindAsync(session, act.Officer.Id, act.RequestKey);
                if (known is not null)
                {
                    if (known.RequestHash != act.RequestHash)
                    {
                        throw new ProblemException(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused");
                    }

                    // An act is told by its event; showing its answer once more is a read.
                    await AccessRecords.AddAsync(session, act.Officer, null, known.Location, act.Operation, act.Now);
                    return (known, protector.Unprotect(known.AnswerCipher), true);
                }

                var made = await work(session);
                var madeJson = JsonSerializer.SerializeToUtf8Bytes(made.Value, ApiJson.Options);
                var stored = new IdempotentAnswer
                {
                    ActorId = act.Officer.Id,
                    RequestKey = act.RequestKey,
                    RequestHash = act.RequestHash,
                    StatusCode = StatusCodes.Status201Created,
                    Location = made.Location,
                    EntityTag = made.Version is { } version ? Act.TagOf(version) : null,
                    AnswerCipher = protector.Protect(madeJson),
                    AnsweredAt = act.Now,
                };
                await IdempotentAnswers.AddAsync(session, stored);
                return (stored, madeJson, false);
            },
            cancellation);
        return new ActResult<T>(answer, json, isReplay);
    }
}

/// <summary>The answer to an act: 201 with the new representation, its location and its tag; a repeat says so in a header.</summary>
public sealed class ActResult<T> : IResult, IEndpointMetadataProvider
{
    private readonly IdempotentAnswer answer;
    private readonly byte[] json;
    private readonly bool isReplay;

    internal ActResult(IdempotentAnswer answer, byte[] json, bool isReplay) => (this.answer, this.json, this.isReplay) = (answer, json, isReplay);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.StatusCode;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.Location = answer.Location;
        if (answer.EntityTag is not null)
        {
            response.Headers.ETag = answer.EntityTag;
        }

        if (isReplay)
        {
            response.Headers["Idempotency-Replayed"] = "true";
        }

        await response.Body.WriteAsync(json, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));
}

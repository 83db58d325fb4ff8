using System.Reflection;
using System.Text;
using Assistance.Api.Data;
using Microsoft.AspNetCore.Http.Metadata;

namespace Assistance.Api.Http;

/// <summary>
/// Runs an act once for its idempotency key: the change, its event and its answer are committed together, so that a
/// repeat gives the same answer and changes nothing, and a crash leaves neither without the other.
/// </summary>
public sealed class ActRunner(Database database)
{
    public async Task<ActResult<T>> RunAsync<T>(Act act, Func<Session, Task<Answer<T>>> work, CancellationToken cancellation)
    {
        var (answer, isReplay) = await database.WriteAsync(
            async session =>
            {
                var known = await IdempotentAnswers.FindAsync(session, act.Officer.Id, act.RequestKey);
                if (known is not null)
                {
                    return known.RequestHash == act.RequestHash
                        ? (known, true)
                        : throw new ProblemException(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused");
                }

                var made = await work(session);
                var stored = new IdempotentAnswer
                {
                    ActorId = act.Officer.Id,
                    RequestKey = act.RequestKey,
                    RequestHash = act.RequestHash,
                    StatusCode = StatusCodes.Status201Created,
                    Location = made.Location,
                    EntityTag = made.Version is { } version ? Act.TagOf(version) : null,
                    AnswerJson = ApiJson.Write(made.Value),
                    AnsweredAt = act.Now,
                };
                await IdempotentAnswers.AddAsync(session, stored);
                return (stored, false);
            },
            cancellation);
        return new ActResult<T>(answer, isReplay);
    }
}

/// <summary>The answer to an act: 201 with the new representation, its location and its tag; a repeat says so in a header.</summary>
public sealed class ActResult<T> : IResult, IEndpointMetadataProvider
{
    private readonly IdempotentAnswer answer;
    private readonly bool isReplay;

    internal ActResult(IdempotentAnswer answer, bool isReplay) => (this.answer, this.isReplay) = (answer, isReplay);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.StatusCode;
        response.ContentType = "application/json; charset=utf-8";
        if (answer.Location is not null)
        {
            response.Headers.Location = answer.Location;
        }

        if (answer.EntityTag is not null)
        {
            response.Headers.ETag = answer.EntityTag;
        }

        if (isReplay)
        {
            response.Headers["Idempotency-Replayed"] = "true";
        }

        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.AnswerJson), httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));
}

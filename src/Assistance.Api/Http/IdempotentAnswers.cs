using Assistance.Api.Data;

namespace Assistance.Api.Http;

/// <summary>The answer given to a request under an idempotency key.</summary>
internal sealed class IdempotentAnswer
{
    public string ActorId { get; init; } = "";

    public string RequestKey { get; init; } = "";

    public string RequestHash { get; init; } = "";

    public int StatusCode { get; init; }

    public string Location { get; init; } = "";

    public string? EntityTag { get; init; }

    public byte[] AnswerCipher { get; init; } = [];

    public DateTimeOffset AnsweredAt { get; init; }
}

internal static class IdempotentAnswers
{
    private const string FindSql = """
        SELECT ActorId, RequestKey, RequestHash, StatusCode, Location, EntityTag, AnswerCipher, AnsweredAt
        FROM IdempotentAnswer WHERE ActorId = @ActorId AND RequestKey = @RequestKey
        """;

    public static Task<IdempotentAnswer?> FindAsync(Session session, string actorId, string requestKey) =>
        session.FirstOrDefaultAsync<IdempotentAnswer>(FindSql, new { ActorId = actorId, RequestKey = requestKey });

    private const string AddSql = """
        INSERT INTO IdempotentAnswer (ActorId, RequestKey, RequestHash, StatusCode, Location, EntityTag, AnswerCipher, AnsweredAt)
        VALUES (@ActorId, @RequestKey, @RequestHash, @StatusCode, @Location, @EntityTag, @AnswerCipher, @AnsweredAt)
        """;

    public static Task AddAsync(Session session, IdempotentAnswer answer) => session.ExecuteAsync(AddSql, answer);

    private const string DeleteBeforeSql = "DELETE FROM IdempotentAnswer WHERE AnsweredAt < @AnsweredAt";

    public static Task DeleteBeforeAsync(Session session, DateTimeOffset answeredAt) =>
        session.ExecuteAsync(DeleteBeforeSql, new { AnsweredAt = answeredAt });
}

namespace Assistance.Api.Data;

/// <summary>The ids of committed writes, so that a commit whose answer was lost is not made twice.</summary>
internal static class WriteOperations
{
    private const string ExistsSql = "SELECT OperationId FROM WriteOperation WHERE OperationId = @OperationId";

    public static async Task<bool> ExistsAsync(Session session, Guid operationId) =>
        await session.FirstOrDefaultAsync<Guid?>(ExistsSql, new { OperationId = operationId }) is not null;

    private const string AddSql = "INSERT INTO WriteOperation (OperationId, RecordedAt) VALUES (@OperationId, @RecordedAt)";

    public static Task AddAsync(Session session, Guid operationId, DateTimeOffset recordedAt) =>
        session.ExecuteAsync(AddSql, new { OperationId = operationId, RecordedAt = recordedAt });

    private const string DeleteBeforeSql = "DELETE FROM WriteOperation WHERE RecordedAt < @RecordedAt";

    /// <summary>Ids are needed for as long as a retry can last; a day is generous.</summary>
    public static Task DeleteBeforeAsync(Session session, DateTimeOffset recordedAt) =>
        session.ExecuteAsync(DeleteBeforeSql, new { RecordedAt = recordedAt });
}

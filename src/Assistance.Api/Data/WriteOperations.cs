namespace Assistance.Api.Data;

/// <summary>The ids of committed writes, so that a commit whose answer was lost is not made twice.</summary>
internal static class WriteOperations
{
    private const string ExistsSql = "SELECT OperationId FROM WriteOperation WHERE OperationId = @OperationId";

    public static async Task<bool> ExistsAsync(Session session, Guid operationId) =>
        await session.FirstOrDefaultAsync<Guid?>(ExistsSql, new { OperationId = operationId }) is not null;

    private const string AddSql = "INSERT INTO WriteOperation (OperationId) VALUES (@OperationId)";

    public static Task AddAsync(Session session, Guid operationId) =>
        session.ExecuteAsync(AddSql, new { OperationId = operationId });

    private const string DeleteBeforeSql = "DELETE FROM WriteOperation WHERE OperationId < @BeforeOperationId";

    /// <summary>Ids are needed for as long as a retry can last; a day is generous. They sort by time, so no index on time is kept.</summary>
    public static Task DeleteBeforeAsync(Session session, DateTimeOffset before) =>
        session.ExecuteAsync(DeleteBeforeSql, new { BeforeOperationId = Guid.CreateVersion7(before) });
}

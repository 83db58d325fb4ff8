using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Domain.Households;

namespace Assistance.Api.Features.Households;

/// <summary>The states of a case's household, each kept as it was declared.</summary>
internal static class HouseholdRepository
{
    private const string AddSql = """
        INSERT INTO HouseholdSnapshot (CaseFileId, SnapshotNumber, SnapshotCause, HouseholdJson, RecordedAt)
        VALUES (@CaseFileId, @SnapshotNumber, @SnapshotCause, @HouseholdJson, @RecordedAt)
        """;

    public static Task AddAsync(Session session, Guid caseFileId, int number, string cause, Household household, DateTimeOffset now) =>
        session.ExecuteAsync(AddSql, new
        {
            CaseFileId = caseFileId,
            SnapshotNumber = number,
            SnapshotCause = cause,
            HouseholdJson = ApiJson.Write(household),
            RecordedAt = now,
        });

    private const string FindRecordedSql = """
        SELECT HouseholdJson, RecordedAt FROM HouseholdSnapshot WHERE CaseFileId = @CaseFileId AND SnapshotNumber = @SnapshotNumber
        """;

    /// <summary>A state of a household with when it was recorded.</summary>
    public static async Task<(Household Household, DateTimeOffset RecordedAt)> GetRecordedAsync(Session session, Guid caseFileId, int number)
    {
        var row = (await session.FirstOrDefaultAsync<SnapshotRow>(FindRecordedSql, new { CaseFileId = caseFileId, SnapshotNumber = number }))!;
        return (ApiJson.Read<Household>(row.HouseholdJson), row.RecordedAt);
    }

    private const string FindSql = """
        SELECT HouseholdJson FROM HouseholdSnapshot WHERE CaseFileId = @CaseFileId AND SnapshotNumber = @SnapshotNumber
        """;

    public static async Task<Household> GetAsync(Session session, Guid caseFileId, int number) =>
        ApiJson.Read<Household>((await session.FirstOrDefaultAsync<string>(FindSql, new { CaseFileId = caseFileId, SnapshotNumber = number }))!);
}

internal sealed class SnapshotRow
{
    public string HouseholdJson { get; init; } = "";

    public DateTimeOffset RecordedAt { get; init; }
}

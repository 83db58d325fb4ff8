using Assistance.Api.Data;
using Assistance.Api.Features.Cases;

namespace Assistance.Api.Features.Lookups;

internal sealed class MeansVerificationRow
{
    public Guid MeansVerificationId { get; init; }

    public Guid CaseFileId { get; init; }

    public int RoundNumber { get; init; }

    public int SnapshotNumber { get; init; }

    public DateTimeOffset RequestedAt { get; init; }
}

/// <summary>Rounds of means verification (经济状况核对), each written with the act that calls for it.</summary>
internal static class MeansVerificationRepository
{
    private const string AddSql = """
        INSERT INTO MeansVerification (MeansVerificationId, CaseFileId, RoundNumber, SnapshotNumber, RequestedAt, IsSpread)
        VALUES (@MeansVerificationId, @CaseFileId, @RoundNumber, @SnapshotNumber, @RequestedAt, 0)
        """;

    public static Task AddAsync(Session session, Guid caseFileId, int round, int snapshotNumber, DateTimeOffset now) =>
        session.ExecuteAsync(AddSql, new MeansVerificationRow
        {
            MeansVerificationId = Guid.CreateVersion7(now),
            CaseFileId = caseFileId,
            RoundNumber = round,
            SnapshotNumber = snapshotNumber,
            RequestedAt = now,
        });

    private const string WaitingSql = """
        SELECT MeansVerificationId, CaseFileId, RoundNumber, SnapshotNumber, RequestedAt
        FROM MeansVerification WHERE IsSpread = 0
        ORDER BY MeansVerificationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<MeansVerificationRow>> WaitingAsync(Session session, int take) =>
        session.ListAsync<MeansVerificationRow>(WaitingSql, new { Take = take });

    private const string TakeUpSql = """
        UPDATE MeansVerification SET IsSpread = 1 WHERE MeansVerificationId = @MeansVerificationId AND IsSpread = 0
        """;

    /// <returns>Whether this instance is the one that spreads it.</returns>
    public static async Task<bool> TakeUpAsync(Session session, Guid meansVerificationId) =>
        await session.ExecuteAsync(TakeUpSql, new { MeansVerificationId = meansVerificationId }) == 1;

    private const string IsWaitingSql = """
        SELECT RoundNumber FROM MeansVerification WHERE CaseFileId = @CaseFileId AND IsSpread = 0
        """;

    /// <summary>Whether a round of the case still has to be spread into look-ups.</summary>
    public static async Task<bool> IsWaitingAsync(Session session, Guid caseFileId) =>
        await session.FirstOrDefaultAsync<int?>(IsWaitingSql, new { CaseFileId = caseFileId }) is not null;

    /// <summary>Has the departments asked again, unless a round already waits to be sent.</summary>
    public static async Task RequireNextAsync(Session session, Guid caseFileId, DateTimeOffset now)
    {
        if (!await IsWaitingAsync(session, caseFileId))
        {
            await AddNextAsync(session, caseFileId, (await CaseFileRepository.GetAsync(session, caseFileId)).SnapshotNumber, now);
        }
    }

    private const string NewestRoundSql = """
        SELECT RoundNumber FROM MeansVerification WHERE CaseFileId = @CaseFileId
        ORDER BY RoundNumber DESC
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>Adds the case's next round for the household as it now stands.</summary>
    /// <returns>The round's number.</returns>
    public static async Task<int> AddNextAsync(Session session, Guid caseFileId, int snapshotNumber, DateTimeOffset now)
    {
        var round = await session.FirstOrDefaultAsync<int>(NewestRoundSql, new { CaseFileId = caseFileId, Take = 1 }) + 1;
        await AddAsync(session, caseFileId, round, snapshotNumber, now);
        return round;
    }
}

using Assistance.Api.Data;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

internal sealed class MeansVerificationRow
{
    public Guid MeansVerificationId { get; init; }

    public Guid CaseFileId { get; init; }

    public int RoundNumber { get; init; }

    public int SnapshotNumber { get; init; }

    public LookupPurpose Purpose { get; init; }

    public string CausedBy { get; init; } = "";

    public bool IsReuseAllowed { get; init; }

    public Guid? JobId { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public bool IsSpread { get; init; }
}

/// <summary>Why departments are asked, and by whom.</summary>
/// <param name="CausedBy">The officer whose act it follows from.</param>
/// <param name="IsReuseAllowed">Whether an answer on file that still holds will do; false where the very point is to ask anew.</param>
/// <param name="JobId">The bulk job that it belongs to.</param>
internal sealed record VerificationCause(LookupPurpose Purpose, string CausedBy, bool IsReuseAllowed, Guid? JobId = null);

/// <summary>Rounds of means verification (经济状况核对), each written with the act that calls for it.</summary>
internal static class MeansVerificationRepository
{
    private const string AddSql = """
        INSERT INTO MeansVerification (MeansVerificationId, CaseFileId, RoundNumber, SnapshotNumber, Purpose, CausedBy, IsReuseAllowed, JobId,
            RequestedAt, IsSpread)
        VALUES (@MeansVerificationId, @CaseFileId, @RoundNumber, @SnapshotNumber, @Purpose, @CausedBy, @IsReuseAllowed, @JobId, @RequestedAt, @IsSpread)
        """;

    /// <param name="isSpread">Whether its look-ups are added with it, so that the worker has nothing to spread.</param>
    public static Task AddAsync(
        Session session, Guid caseFileId, int round, int snapshotNumber, VerificationCause cause, DateTimeOffset now, bool isSpread = false) =>
        session.ExecuteAsync(AddSql, new MeansVerificationRow
        {
            MeansVerificationId = Guid.CreateVersion7(now),
            CaseFileId = caseFileId,
            RoundNumber = round,
            SnapshotNumber = snapshotNumber,
            Purpose = cause.Purpose,
            CausedBy = cause.CausedBy,
            IsReuseAllowed = cause.IsReuseAllowed,
            JobId = cause.JobId,
            RequestedAt = now,
            IsSpread = isSpread,
        });

    private const string WaitingSql = """
        SELECT MeansVerificationId, CaseFileId, RoundNumber, SnapshotNumber, Purpose, CausedBy, IsReuseAllowed, JobId, RequestedAt
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

    private const string NewestRoundSql = """
        SELECT RoundNumber FROM MeansVerification WHERE CaseFileId = @CaseFileId
        ORDER BY RoundNumber DESC
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>Adds the case's next round for the household as it now stands.</summary>
    /// <param name="isSpread">Whether its look-ups are added with it.</param>
    /// <returns>The round's number.</returns>
    public static async Task<int> AddNextAsync(
        Session session, Guid caseFileId, int snapshotNumber, VerificationCause cause, DateTimeOffset now, bool isSpread = false)
    {
        var round = await session.FirstOrDefaultAsync<int>(NewestRoundSql, new { CaseFileId = caseFileId, Take = 1 }) + 1;
        await AddAsync(session, caseFileId, round, snapshotNumber, cause, now, isSpread);
        return round;
    }
}

using Assistance.Api.Data;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Oversight;

/// <summary>
/// Look-ups that nothing is done about by itself, by their ids. One that a later round of the case asked again is none any
/// more, whatever came of it there.
/// </summary>
internal static class DeadLetterRepository
{
    private const string PageSql = $"""
        SELECT {LookupRepository.Columns}
        FROM Lookup
        WHERE LookupState IN ('SetAside', 'Unavailable') AND ParkedAt IS NOT NULL AND LookupId > @AfterLookupId
            AND NOT EXISTS (
                SELECT 1 FROM Lookup n
                WHERE n.CaseFileId = Lookup.CaseFileId AND n.RoundNumber > Lookup.RoundNumber
                    AND n.PersonId = Lookup.PersonId AND n.LookupSource = Lookup.LookupSource)
        ORDER BY LookupId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string PageOfSourceSql = $"""
        SELECT {LookupRepository.Columns}
        FROM Lookup
        WHERE LookupSource = @LookupSource AND LookupState IN ('SetAside', 'Unavailable') AND ParkedAt IS NOT NULL AND LookupId > @AfterLookupId
            AND NOT EXISTS (
                SELECT 1 FROM Lookup n
                WHERE n.CaseFileId = Lookup.CaseFileId AND n.RoundNumber > Lookup.RoundNumber
                    AND n.PersonId = Lookup.PersonId AND n.LookupSource = Lookup.LookupSource)
        ORDER BY LookupId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <param name="source">The department; null for all.</param>
    public static Task<IReadOnlyList<LookupRow>> PageAsync(Session session, LookupSource? source, Guid after, int take) =>
        source is null
            ? session.ListAsync<LookupRow>(PageSql, new { AfterLookupId = after, Take = take })
            : session.ListAsync<LookupRow>(PageOfSourceSql, new { LookupSource = source, AfterLookupId = after, Take = take });

    private const string FindSql = $"""
        SELECT {LookupRepository.Columns}
        FROM Lookup
        WHERE LookupId = @LookupId AND LookupState IN ('SetAside', 'Unavailable') AND ParkedAt IS NOT NULL
            AND NOT EXISTS (
                SELECT 1 FROM Lookup n
                WHERE n.CaseFileId = Lookup.CaseFileId AND n.RoundNumber > Lookup.RoundNumber
                    AND n.PersonId = Lookup.PersonId AND n.LookupSource = Lookup.LookupSource)
        """;

    public static Task<LookupRow?> FindAsync(Session session, Guid lookupId) =>
        session.FirstOrDefaultAsync<LookupRow>(FindSql, new { LookupId = lookupId });

    private const string RemainingSql = """
        SELECT COUNT(LookupId) FROM Lookup
        WHERE LookupSource = @LookupSource AND LookupState IN ('SetAside', 'Unavailable') AND ParkedAt IS NOT NULL AND LookupId > @AfterLookupId
            AND NOT EXISTS (
                SELECT 1 FROM Lookup n
                WHERE n.CaseFileId = Lookup.CaseFileId AND n.RoundNumber > Lookup.RoundNumber
                    AND n.PersonId = Lookup.PersonId AND n.LookupSource = Lookup.LookupSource)
        """;

    /// <summary>How many of a department come after one of them.</summary>
    public static Task<int> RemainingAsync(Session session, LookupSource source, Guid after) =>
        session.FirstOrDefaultAsync<int>(RemainingSql, new { LookupSource = source, AfterLookupId = after });

    // The clocks of the former request end with it; the answer's revision stays, since an older answer may still come in.
    private const string RetrySql = """
        UPDATE Lookup SET LookupState = @LookupState, ConsentId = @ConsentId, CausedBy = @CausedBy, AttemptCount = 0, DueAt = @DueAt, AskedAt = @AskedAt,
            SharingClock = NULL, SharingDueOn = NULL, IsDueProvisional = 0, SubmittedAt = NULL, AnsweredAt = @AnsweredAt,
            AnswerRevision = @AnswerRevision, ValidUntilOn = @ValidUntilOn, ResponseHash = @ResponseHash, LookupCause = NULL,
            ReusedLookupId = @ReusedLookupId, ParkedAt = NULL, LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE LookupId = @LookupId AND LookupState IN ('SetAside', 'Unavailable') AND ParkedAt IS NOT NULL
        """;

    /// <summary>Has a dead letter asked again under a warrant of today, or answered by what is on file.</summary>
    /// <returns>False where it is none any more.</returns>
    /// <param name="mayBeSent">Whether the query may leave again; where not, and nothing is on file, it comes back as one that is not repeated.</param>
    public static async Task<bool> RetryAsync(
        Session session, LookupRow row, LookupWarrant warrant, LookupRow? onFile, bool mayBeSent, DateTimeOffset now) =>
        await session.ExecuteAsync(RetrySql, new
        {
            LookupState = onFile?.LookupState ?? LookupState.Pending,
            warrant.ConsentId,
            warrant.CausedBy,
            DueAt = now,
            AskedAt = mayBeSent ? null : row.AskedAt,
            onFile?.AnsweredAt,
            AnswerRevision = onFile?.AnswerRevision ?? row.AnswerRevision,
            onFile?.ValidUntilOn,
            ResponseHash = onFile is null ? row.ResponseHash : onFile.ResponseHash,
            ReusedLookupId = onFile?.LookupId,
            row.LookupId,
        }) == 1;
}

using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

internal sealed record VerificationJobRow
{
    public Guid JobId { get; init; }

    public string DivisionCode { get; init; } = "";

    /// <summary>The programme whose awards are re-checked; null for all.</summary>
    public Programme? Programme { get; init; }

    public VerificationJobState JobState { get; init; }

    public string Reasons { get; init; } = "";

    public DateTimeOffset RequestedAt { get; init; }

    public string RequestedBy { get; init; } = "";

    public DateTimeOffset? ChangedAt { get; init; }

    public string? ChangedBy { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public Guid ListedUntilId { get; init; }

    public bool IsListed { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int Version { get; init; }

    public DivisionCode Division => Domain.Shared.DivisionCode.Parse(DivisionCode);
}

/// <summary>The re-check of one case of a job.</summary>
internal sealed record VerificationJobCaseRow
{
    public Guid JobId { get; init; }

    public Guid CaseFileId { get; init; }

    public Guid AwardId { get; init; }

    public string AcceptingDivisionCode { get; init; } = "";

    public VerificationJobRowState JobRowState { get; init; }

    public int? RoundNumber { get; init; }

    public DateTimeOffset? BegunAt { get; init; }

    public int PersonCount { get; init; }

    public int AnsweredCount { get; init; }

    public int FailedCount { get; init; }

    public int ChangedCount { get; init; }

    public string? JobRowCause { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Of the case file; not a column of the row.</summary>
    public string CaseNumber { get; init; } = "";
}

/// <summary>A granted application of an office, with its award.</summary>
internal sealed class GrantedRow
{
    public Guid ApplicationId { get; init; }

    public Guid CaseFileId { get; init; }

    public Guid AwardId { get; init; }

    public Programme Programme { get; init; }

    public AwardState AwardState { get; init; }

    public string AcceptingDivisionCode { get; init; } = "";
}

/// <summary>A case whose departments are being asked, and what they have not answered yet.</summary>
internal sealed class UnderWayRow
{
    public Guid CaseFileId { get; init; }

    public int RoundNumber { get; init; }

    public DateTimeOffset BegunAt { get; init; }

    public bool IsSpread { get; init; }

    public int PendingCount { get; init; }

    public int SubmittedCount { get; init; }
}

/// <summary>How many cases of a job are in a state, and the sums over them.</summary>
internal sealed class JobProgressRow
{
    public VerificationJobRowState JobRowState { get; init; }

    public int CaseCount { get; init; }

    public int PersonCount { get; init; }

    public int AnsweredCount { get; init; }

    public int FailedCount { get; init; }
}

/// <summary>
/// Bulk re-checks and their cases. An act of an officer counts the version up; what the worker writes does not, so that no
/// officer's tag goes stale by itself.
/// </summary>
internal static class VerificationJobRepository
{
    private const string AddSql = """
        INSERT INTO VerificationJob (JobId, DivisionCode, Programme, JobState, Reasons, RequestedAt, RequestedBy, ListedUntilId, IsListed, Version)
        VALUES (@JobId, @DivisionCode, @Programme, @JobState, @Reasons, @RequestedAt, @RequestedBy, @ListedUntilId, @IsListed, @Version)
        """;

    public static Task AddAsync(Session session, VerificationJobRow row) => session.ExecuteAsync(AddSql, new
    {
        row.JobId,
        row.DivisionCode,
        row.Programme,
        row.JobState,
        row.Reasons,
        row.RequestedAt,
        row.RequestedBy,
        row.ListedUntilId,
        row.IsListed,
        row.Version,
    });

    private const string FindSql = """
        SELECT JobId, DivisionCode, Programme, JobState, Reasons, RequestedAt, RequestedBy, ChangedAt, ChangedBy, StartedAt, ListedUntilId, IsListed,
               FinishedAt, Version
        FROM VerificationJob WHERE JobId = @JobId
        """;

    public static Task<VerificationJobRow?> FindAsync(Session session, Guid jobId) =>
        session.FirstOrDefaultAsync<VerificationJobRow>(FindSql, new { JobId = jobId });

    /// <summary>A job within the officer's division, or one that their division is part of.</summary>
    public static async Task<VerificationJobRow?> FindAsync(Session session, Guid jobId, Officer officer) =>
        await FindAsync(session, jobId) is { } job && (officer.Division.Contains(job.Division) || job.Division.Contains(officer.Division)) ? job : null;

    private const string PageSql = """
        SELECT JobId, DivisionCode, Programme, JobState, Reasons, RequestedAt, RequestedBy, ChangedAt, ChangedBy, StartedAt, ListedUntilId, IsListed,
               FinishedAt, Version
        FROM VerificationJob
        WHERE JobId > @AfterJobId
            AND ((DivisionCode >= @DivisionCode AND DivisionCode < @UntilDivisionCode) OR DivisionCode = @ParentDivisionCode)
        ORDER BY JobId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<VerificationJobRow>> PageAsync(Session session, Officer officer, Guid after, int take) =>
        session.ListAsync<VerificationJobRow>(PageSql, new
        {
            AfterJobId = after,
            DivisionCode = officer.Division,
            UntilDivisionCode = officer.Division.RangeEnd,
            ParentDivisionCode = officer.Division.At(DivisionLevel.District)?.Value,
            Take = take,
        });

    private const string SteerSql = """
        UPDATE VerificationJob SET JobState = @JobState, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, Version = @Version
        WHERE JobId = @JobId AND Version = @ExpectedVersion AND FinishedAt IS NULL
        """;

    /// <exception cref="ProblemException">412: somebody else saved it meanwhile, or it has just finished.</exception>
    public static async Task<VerificationJobRow> SteerAsync(Session session, VerificationJobRow row)
    {
        var next = row with { Version = row.Version + 1 };
        var affected = await session.ExecuteAsync(
            SteerSql, new { next.JobState, next.ChangedAt, next.ChangedBy, next.Version, next.JobId, ExpectedVersion = row.Version });
        return affected == 1 ? next : throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
    }

    private const string UnfinishedSql = """
        SELECT JobId, DivisionCode, Programme, JobState, Reasons, RequestedAt, RequestedBy, ChangedAt, ChangedBy, StartedAt, ListedUntilId, IsListed,
               FinishedAt, Version
        FROM VerificationJob WHERE FinishedAt IS NULL
        ORDER BY JobId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The oldest jobs for which there is, or may be, something to do.</summary>
    public static Task<IReadOnlyList<VerificationJobRow>> UnfinishedAsync(Session session, int take) =>
        session.ListAsync<VerificationJobRow>(UnfinishedSql, new { Take = take });

    private const string SetListedSql = """
        UPDATE VerificationJob SET ListedUntilId = @ListedUntilId, IsListed = @IsListed, StartedAt = COALESCE(StartedAt, @StartedAt)
        WHERE JobId = @JobId
        """;

    public static Task SetListedAsync(Session session, Guid jobId, Guid until, bool isListed, DateTimeOffset now) =>
        session.ExecuteAsync(SetListedSql, new { ListedUntilId = until, IsListed = isListed, StartedAt = now, JobId = jobId });

    private const string FinishSql = """
        UPDATE VerificationJob SET JobState = @JobState, FinishedAt = @FinishedAt
        WHERE JobId = @JobId AND JobState = @ExpectedJobState AND FinishedAt IS NULL
        """;

    public static Task FinishAsync(Session session, VerificationJobRow job, VerificationJobState state, DateTimeOffset now) =>
        session.ExecuteAsync(FinishSql, new { JobState = state, FinishedAt = now, job.JobId, ExpectedJobState = job.JobState });

    private const string GrantedSql = """
        SELECT o.ApplicationId, w.CaseFileId, w.AwardId, w.Programme, w.AwardState, a.AcceptingDivisionCode
        FROM ApplicationOffice o
        JOIN Application a ON a.ApplicationId = o.ApplicationId
        JOIN Award w ON w.ApplicationId = o.ApplicationId
        WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Granted' AND o.ApplicationId > @AfterApplicationId
        ORDER BY o.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The next granted applications that an office sees, stopped awards too: a page costs the same wherever it is.</summary>
    public static Task<IReadOnlyList<GrantedRow>> GrantedAsync(Session session, string divisionCode, Guid after, int take) =>
        session.ListAsync<GrantedRow>(GrantedSql, new { DivisionCode = divisionCode, AfterApplicationId = after, Take = take });

    private const string AddRowSql = """
        INSERT INTO VerificationJobRow (JobId, CaseFileId, AwardId, AcceptingDivisionCode, JobRowState, PersonCount, AnsweredCount, FailedCount, ChangedCount)
        SELECT @JobId, @CaseFileId, @AwardId, @AcceptingDivisionCode, 'Waiting', 0, 0, 0, 0
        WHERE NOT EXISTS (SELECT 1 FROM VerificationJobRow WHERE JobId = @JobId AND CaseFileId = @CaseFileId)
        """;

    /// <summary>Adds a case, once: one that has two awards is re-checked for both at one time.</summary>
    public static Task AddRowAsync(Session session, Guid jobId, GrantedRow granted) => session.ExecuteAsync(
        AddRowSql, new { JobId = jobId, granted.CaseFileId, granted.AwardId, granted.AcceptingDivisionCode });

    private const string UnderWaySql = """
        SELECT r.CaseFileId, r.RoundNumber, r.BegunAt, v.IsSpread,
               (SELECT COUNT(l.LookupId) FROM Lookup l
                WHERE l.CaseFileId = r.CaseFileId AND l.RoundNumber = r.RoundNumber AND l.LookupState = 'Pending') AS PendingCount,
               (SELECT COUNT(l.LookupId) FROM Lookup l
                WHERE l.CaseFileId = r.CaseFileId AND l.RoundNumber = r.RoundNumber AND l.LookupState = 'Submitted') AS SubmittedCount
        FROM VerificationJobRow r
        JOIN MeansVerification v ON v.CaseFileId = r.CaseFileId AND v.RoundNumber = r.RoundNumber
        WHERE r.JobId = @JobId AND r.JobRowState = @JobRowState AND r.CaseFileId > @AfterCaseFileId
        ORDER BY r.CaseFileId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>Cases whose round is under way, with what is still to come.</summary>
    public static Task<IReadOnlyList<UnderWayRow>> UnderWayAsync(Session session, Guid jobId, VerificationJobRowState state, Guid after, int take) =>
        session.ListAsync<UnderWayRow>(UnderWaySql, new { JobId = jobId, JobRowState = state, AfterCaseFileId = after, Take = take });

    private const string WaitingSql = """
        SELECT CaseFileId FROM VerificationJobRow
        WHERE JobId = @JobId AND JobRowState = 'Waiting' AND CaseFileId > @AfterCaseFileId
        ORDER BY CaseFileId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<Guid>> WaitingAsync(Session session, Guid jobId, Guid after, int take) =>
        session.ListAsync<Guid>(WaitingSql, new { JobId = jobId, AfterCaseFileId = after, Take = take });

    private const string MoveRowSql = """
        UPDATE VerificationJobRow SET JobRowState = @JobRowState, RoundNumber = COALESCE(@RoundNumber, RoundNumber), BegunAt = COALESCE(@BegunAt, BegunAt),
            PersonCount = @PersonCount, AnsweredCount = @AnsweredCount, FailedCount = @FailedCount, ChangedCount = @ChangedCount,
            JobRowCause = @JobRowCause, FinishedAt = @FinishedAt
        WHERE JobId = @JobId AND CaseFileId = @CaseFileId AND JobRowState = @ExpectedJobRowState
        """;

    /// <returns>False where another instance has moved it on.</returns>
    public static async Task<bool> MoveRowAsync(Session session, VerificationJobCaseRow row, VerificationJobRowState from) =>
        await session.ExecuteAsync(MoveRowSql, new
        {
            row.JobRowState,
            row.RoundNumber,
            row.BegunAt,
            row.PersonCount,
            row.AnsweredCount,
            row.FailedCount,
            row.ChangedCount,
            row.JobRowCause,
            row.FinishedAt,
            row.JobId,
            row.CaseFileId,
            ExpectedJobRowState = from,
        }) == 1;

    private const string OpenRowSql = """
        SELECT CaseFileId FROM VerificationJobRow WHERE JobId = @JobId AND JobRowState IN ('Waiting', 'Asking', 'Awaiting')
        """;

    /// <summary>Whether a case of the job is not over yet.</summary>
    public static async Task<bool> HasOpenRowAsync(Session session, Guid jobId) =>
        await session.FirstOrDefaultAsync<Guid?>(OpenRowSql, new { JobId = jobId }) is not null;

    private const string ProgressSql = """
        SELECT JobRowState, COUNT(CaseFileId) AS CaseCount, SUM(PersonCount) AS PersonCount, SUM(AnsweredCount) AS AnsweredCount, SUM(FailedCount) AS FailedCount
        FROM VerificationJobRow WHERE JobId = @JobId
        GROUP BY JobRowState
        """;

    public static Task<IReadOnlyList<JobProgressRow>> ProgressAsync(Session session, Guid jobId) =>
        session.ListAsync<JobProgressRow>(ProgressSql, new { JobId = jobId });

    private const string FinishedSinceSql = """
        SELECT COUNT(FinishedAt) FROM VerificationJobRow WHERE JobId = @JobId AND FinishedAt IS NOT NULL AND FinishedAt > @AfterFinishedAt
        """;

    public static Task<int> FinishedSinceAsync(Session session, Guid jobId, DateTimeOffset after) =>
        session.FirstOrDefaultAsync<int>(FinishedSinceSql, new { JobId = jobId, AfterFinishedAt = after });

    private const string RowsSql = """
        SELECT r.JobId, r.CaseFileId, r.AwardId, r.AcceptingDivisionCode, r.JobRowState, r.RoundNumber, r.BegunAt, r.PersonCount, r.AnsweredCount,
               r.FailedCount, r.ChangedCount, r.JobRowCause, r.FinishedAt, f.CaseNumber
        FROM VerificationJobRow r JOIN CaseFile f ON f.CaseFileId = r.CaseFileId
        WHERE r.JobId = @JobId AND r.CaseFileId > @AfterCaseFileId
        ORDER BY r.CaseFileId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string RowsOfStateSql = """
        SELECT r.JobId, r.CaseFileId, r.AwardId, r.AcceptingDivisionCode, r.JobRowState, r.RoundNumber, r.BegunAt, r.PersonCount, r.AnsweredCount,
               r.FailedCount, r.ChangedCount, r.JobRowCause, r.FinishedAt, f.CaseNumber
        FROM VerificationJobRow r JOIN CaseFile f ON f.CaseFileId = r.CaseFileId
        WHERE r.JobId = @JobId AND r.JobRowState = @JobRowState AND r.CaseFileId > @AfterCaseFileId
        ORDER BY r.CaseFileId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string RowsOfStreetSql = """
        SELECT r.JobId, r.CaseFileId, r.AwardId, r.AcceptingDivisionCode, r.JobRowState, r.RoundNumber, r.BegunAt, r.PersonCount, r.AnsweredCount,
               r.FailedCount, r.ChangedCount, r.JobRowCause, r.FinishedAt, f.CaseNumber
        FROM VerificationJobRow r JOIN CaseFile f ON f.CaseFileId = r.CaseFileId
        WHERE r.JobId = @JobId AND r.AcceptingDivisionCode = @AcceptingDivisionCode AND r.CaseFileId > @AfterCaseFileId
        ORDER BY r.CaseFileId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string RowsOfStreetAndStateSql = """
        SELECT r.JobId, r.CaseFileId, r.AwardId, r.AcceptingDivisionCode, r.JobRowState, r.RoundNumber, r.BegunAt, r.PersonCount, r.AnsweredCount,
               r.FailedCount, r.ChangedCount, r.JobRowCause, r.FinishedAt, f.CaseNumber
        FROM VerificationJobRow r JOIN CaseFile f ON f.CaseFileId = r.CaseFileId
        WHERE r.JobId = @JobId AND r.AcceptingDivisionCode = @AcceptingDivisionCode AND r.JobRowState = @JobRowState AND r.CaseFileId > @AfterCaseFileId
        ORDER BY r.CaseFileId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>A page of a job's cases: the district sees them all, a street its own. Each statement is one range of one index.</summary>
    public static Task<IReadOnlyList<VerificationJobCaseRow>> RowsAsync(
        Session session, Guid jobId, Officer officer, VerificationJobRowState? state, Guid after, int take) => (officer.IsOfTheDistrict, state) switch
        {
            (true, null) => session.ListAsync<VerificationJobCaseRow>(RowsSql, new { JobId = jobId, AfterCaseFileId = after, Take = take }),
            (true, { } of) => session.ListAsync<VerificationJobCaseRow>(
                RowsOfStateSql, new { JobId = jobId, JobRowState = of, AfterCaseFileId = after, Take = take }),
            (_, null) => session.ListAsync<VerificationJobCaseRow>(
                RowsOfStreetSql, new { JobId = jobId, AcceptingDivisionCode = officer.Division, AfterCaseFileId = after, Take = take }),
            (_, { } of) => session.ListAsync<VerificationJobCaseRow>(
                RowsOfStreetAndStateSql, new { JobId = jobId, AcceptingDivisionCode = officer.Division, JobRowState = of, AfterCaseFileId = after, Take = take }),
        };
}

using Assistance.Api.Data;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Rehearsals;

internal sealed record StandardRehearsalRow
{
    public Guid RehearsalId { get; init; }

    public DateOnly AppliesOn { get; init; }

    public string ParametersJson { get; init; } = "";

    public string Reasons { get; init; } = "";

    public RehearsalState RehearsalState { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public string RequestedBy { get; init; } = "";

    public DateTimeOffset? FinishedAt { get; init; }

    public Guid LastAwardId { get; init; }

    public int AwardCount { get; init; }

    public int DoneCount { get; init; }

    public int RisesCount { get; init; }

    public int FallsCount { get; init; }

    public int LeavesCount { get; init; }

    public int OpenCount { get; init; }

    public Money BeforeFen { get; init; }

    public Money AfterFen { get; init; }

    public int Version { get; init; }
}

internal sealed class RehearsedAwardRow
{
    public Guid AwardId { get; init; }

    public Guid CaseFileId { get; init; }

    public string CaseNumber { get; init; } = "";

    public RehearsedChange RehearsedChange { get; init; }

    public Money OldMonthlyFen { get; init; }

    public Money NewMonthlyFen { get; init; }
}

internal sealed class AwardToRehearse
{
    public Guid AwardId { get; init; }

    public Guid CaseFileId { get; init; }

    public Money MonthlyFen { get; init; }

    public string InputJson { get; init; } = "";
}

/// <summary>Rehearsals of a standard, how far each has come, and the awards that each would change.</summary>
internal static class StandardRehearsalRepository
{
    private const string AddSql = """
        INSERT INTO StandardRehearsal (RehearsalId, AppliesOn, ParametersJson, Reasons, RehearsalState, RequestedAt, RequestedBy, LastAwardId,
            AwardCount, DoneCount, RisesCount, FallsCount, LeavesCount, OpenCount, BeforeFen, AfterFen, Version)
        SELECT @RehearsalId, @AppliesOn, @ParametersJson, @Reasons, @RehearsalState, @RequestedAt, @RequestedBy, @LastAwardId,
            COUNT(*), 0, 0, 0, 0, 0, 0, 0, 1
        FROM Award WHERE AwardState = 'InPayment'
        """;

    public static Task AddAsync(Session session, StandardRehearsalRow row) => session.ExecuteAsync(AddSql, new
    {
        row.RehearsalId,
        row.AppliesOn,
        row.ParametersJson,
        row.Reasons,
        row.RehearsalState,
        row.RequestedAt,
        row.RequestedBy,
        row.LastAwardId,
    });

    private const string FindSql = """
        SELECT RehearsalId, AppliesOn, ParametersJson, Reasons, RehearsalState, RequestedAt, RequestedBy, FinishedAt, LastAwardId,
               AwardCount, DoneCount, RisesCount, FallsCount, LeavesCount, OpenCount, BeforeFen, AfterFen, Version
        FROM StandardRehearsal WHERE RehearsalId = @RehearsalId
        """;

    public static Task<StandardRehearsalRow?> FindAsync(Session session, Guid rehearsalId) =>
        session.FirstOrDefaultAsync<StandardRehearsalRow>(FindSql, new { RehearsalId = rehearsalId });

    private const string RunningSql = """
        SELECT RehearsalId, AppliesOn, ParametersJson, Reasons, RehearsalState, RequestedAt, RequestedBy, FinishedAt, LastAwardId,
               AwardCount, DoneCount, RisesCount, FallsCount, LeavesCount, OpenCount, BeforeFen, AfterFen, Version
        FROM StandardRehearsal WHERE RehearsalState = 'Running'
        ORDER BY RehearsalId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The one to go on with: the oldest that runs.</summary>
    public static Task<StandardRehearsalRow?> RunningAsync(Session session) =>
        session.FirstOrDefaultAsync<StandardRehearsalRow>(RunningSql, new { Take = 1 });

    private const string AwardsSql = """
        SELECT d.AwardId, w.CaseFileId, w.MonthlyFen, a.InputJson
        FROM Decision d
        JOIN Award w ON w.AwardId = d.AwardId
        JOIN Assessment a ON a.AssessmentId = d.AssessmentId
        WHERE d.AwardId > @AfterAwardId AND w.AwardState = 'InPayment'
            AND NOT EXISTS (SELECT 1 FROM Decision n WHERE n.AwardId = d.AwardId AND n.DecisionId > d.DecisionId)
        ORDER BY d.AwardId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The next awards in payment, with what the newest decision on each rests on.</summary>
    public static Task<IReadOnlyList<AwardToRehearse>> AwardsAsync(Session session, Guid after, int take) =>
        session.ListAsync<AwardToRehearse>(AwardsSql, new { AfterAwardId = after, Take = take });

    private const string AdvanceSql = """
        UPDATE StandardRehearsal SET LastAwardId = @LastAwardId, DoneCount = @DoneCount, RisesCount = @RisesCount, FallsCount = @FallsCount,
            LeavesCount = @LeavesCount, OpenCount = @OpenCount, BeforeFen = @BeforeFen, AfterFen = @AfterFen,
            RehearsalState = @RehearsalState, FinishedAt = @FinishedAt
        WHERE RehearsalId = @RehearsalId AND LastAwardId = @BeforeLastAwardId AND RehearsalState = 'Running'
        """;

    private const string AddRowSql = """
        INSERT INTO StandardRehearsalRow (RehearsalId, AwardId, CaseFileId, RehearsedChange, OldMonthlyFen, NewMonthlyFen)
        VALUES (@RehearsalId, @AwardId, @CaseFileId, @RehearsedChange, @OldMonthlyFen, @NewMonthlyFen)
        """;

    /// <summary>Writes how far it has come, with the changes found on the way.</summary>
    /// <returns>False where it was moved on or cancelled meanwhile; then nothing is written.</returns>
    public static async Task<bool> AdvanceAsync(Session session, StandardRehearsalRow before, StandardRehearsalRow next, IReadOnlyList<RehearsedAwardRow> changes)
    {
        var advanced = await session.ExecuteAsync(AdvanceSql, new
        {
            next.LastAwardId,
            next.DoneCount,
            next.RisesCount,
            next.FallsCount,
            next.LeavesCount,
            next.OpenCount,
            next.BeforeFen,
            next.AfterFen,
            next.RehearsalState,
            next.FinishedAt,
            next.RehearsalId,
            BeforeLastAwardId = before.LastAwardId,
        });
        if (advanced != 1)
        {
            return false;
        }

        foreach (var change in changes)
        {
            await session.ExecuteAsync(AddRowSql, new
            {
                next.RehearsalId,
                change.AwardId,
                change.CaseFileId,
                change.RehearsedChange,
                change.OldMonthlyFen,
                change.NewMonthlyFen,
            });
        }

        return true;
    }

    private const string CancelSql = """
        UPDATE StandardRehearsal SET RehearsalState = 'Cancelled', FinishedAt = @FinishedAt, Version = Version + 1
        WHERE RehearsalId = @RehearsalId AND Version = @Version AND RehearsalState = 'Running'
        """;

    /// <returns>Whether it was still running.</returns>
    public static async Task<bool> CancelAsync(Session session, StandardRehearsalRow row, DateTimeOffset now) =>
        await session.ExecuteAsync(CancelSql, new { FinishedAt = now, row.RehearsalId, row.Version }) == 1;

    private const string RowsSql = """
        SELECT r.AwardId, r.CaseFileId, f.CaseNumber, r.RehearsedChange, r.OldMonthlyFen, r.NewMonthlyFen
        FROM StandardRehearsalRow r JOIN CaseFile f ON f.CaseFileId = r.CaseFileId
        WHERE r.RehearsalId = @RehearsalId AND r.AwardId > @AfterAwardId
        ORDER BY r.AwardId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The awards that would change, by id.</summary>
    public static Task<IReadOnlyList<RehearsedAwardRow>> RowsAsync(Session session, Guid rehearsalId, Guid after, int take) =>
        session.ListAsync<RehearsedAwardRow>(RowsSql, new { RehearsalId = rehearsalId, AfterAwardId = after, Take = take });
}

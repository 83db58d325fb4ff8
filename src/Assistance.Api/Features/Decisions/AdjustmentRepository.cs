using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Decisions;

internal sealed record AdjustmentRow
{
    public Guid AdjustmentId { get; init; }

    public Guid AwardId { get; init; }

    public Guid CaseFileId { get; init; }

    public AdjustmentState AdjustmentState { get; init; }

    public ChangeKind ChangeKind { get; init; }

    public DateOnly ChangedOn { get; init; }

    public Guid ChangedPersonId { get; init; }

    public DateTimeOffset ReportedAt { get; init; }

    public string ReportedBy { get; init; } = "";

    public int SnapshotNumber { get; init; }

    public int RoundNumber { get; init; }

    public Guid? AssessmentId { get; init; }

    public DecisionKind? DecisionKind { get; init; }

    public Money OldMonthlyFen { get; init; }

    public long? NewMonthlyFen { get; init; }

    public bool IsHearingNeeded { get; init; }

    public string? BasisCode { get; init; }

    public string? ProposedBy { get; init; }

    public int Version { get; init; }

    /// <summary>The proposal as the domain judges it; only of a proposed adjustment.</summary>
    public ProposedChange Proposal => new(DecisionKind, OldMonthlyFen, new Money(NewMonthlyFen!.Value), IsHearingNeeded, BasisCode!);
}

internal sealed class HearingRow
{
    public Guid HearingId { get; init; }

    public Guid AdjustmentId { get; init; }

    public Guid AssessmentId { get; init; }

    public DateOnly ProposalToldOn { get; init; }

    public DateOnly HeardOn { get; init; }

    public HearingAnswer HearingAnswer { get; init; }

    public string HearingStatement { get; init; } = "";

    public bool IsAdopted { get; init; }

    public string Reasons { get; init; } = "";

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";

    public PriorHearing Hearing => new()
    {
        ProposalToldOn = ProposalToldOn,
        HeardOn = HeardOn,
        Answer = HearingAnswer,
        Statement = HearingStatement,
        IsAdopted = IsAdopted,
        Reasons = Reasons,
    };
}

/// <summary>Adjustments of awards, from the reported change to the decision, and the hearings on the way.</summary>
internal static class AdjustmentRepository
{
    private const string AddSql = """
        INSERT INTO AwardAdjustment (AdjustmentId, AwardId, CaseFileId, AdjustmentState, ChangeKind, ChangedOn, ChangedPersonId, ReportedAt, ReportedBy,
            SnapshotNumber, RoundNumber, OldMonthlyFen, IsHearingNeeded, Version)
        VALUES (@AdjustmentId, @AwardId, @CaseFileId, @AdjustmentState, @ChangeKind, @ChangedOn, @ChangedPersonId, @ReportedAt, @ReportedBy,
            @SnapshotNumber, @RoundNumber, @OldMonthlyFen, 0, @Version)
        """;

    public static Task AddAsync(Session session, AdjustmentRow row) => session.ExecuteAsync(AddSql, new
    {
        row.AdjustmentId,
        row.AwardId,
        row.CaseFileId,
        row.AdjustmentState,
        row.ChangeKind,
        row.ChangedOn,
        row.ChangedPersonId,
        row.ReportedAt,
        row.ReportedBy,
        row.SnapshotNumber,
        row.RoundNumber,
        row.OldMonthlyFen,
        row.Version,
    });

    private const string FindSql = """
        SELECT j.AdjustmentId, j.AwardId, j.CaseFileId, j.AdjustmentState, j.ChangeKind, j.ChangedOn, j.ChangedPersonId, j.ReportedAt, j.ReportedBy,
               j.SnapshotNumber, j.RoundNumber, j.AssessmentId, j.DecisionKind, j.OldMonthlyFen, j.NewMonthlyFen, j.IsHearingNeeded,
               j.BasisCode, j.ProposedBy, j.Version
        FROM AwardAdjustment j
        JOIN Award w ON w.AwardId = j.AwardId
        JOIN ApplicationOffice o ON o.ApplicationId = w.ApplicationId
        WHERE j.AdjustmentId = @AdjustmentId AND o.DivisionCode = @DivisionCode
        """;

    public static Task<AdjustmentRow?> FindAsync(Session session, Guid adjustmentId, Officer officer) =>
        session.FirstOrDefaultAsync<AdjustmentRow>(FindSql, new { AdjustmentId = adjustmentId, DivisionCode = officer.Division });

    /// <exception cref="ProblemException">404: it does not exist, or not for this office.</exception>
    public static async Task<AdjustmentRow> GetAsync(Session session, Guid adjustmentId, Officer officer) =>
        await FindAsync(session, adjustmentId, officer) ?? throw ProblemException.NotFound();

    private const string NewestSql = """
        SELECT AdjustmentId, RoundNumber, AdjustmentState FROM AwardAdjustment WHERE AwardId = @AwardId
        ORDER BY RoundNumber DESC
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<AdjustmentRow?> NewestAsync(Session session, Guid awardId) =>
        session.FirstOrDefaultAsync<AdjustmentRow>(NewestSql, new { AwardId = awardId, Take = 1 });

    private const string SaveSql = """
        UPDATE AwardAdjustment SET AdjustmentState = @AdjustmentState, AssessmentId = @AssessmentId, DecisionKind = @DecisionKind,
            NewMonthlyFen = @NewMonthlyFen, IsHearingNeeded = @IsHearingNeeded, BasisCode = @BasisCode, ProposedBy = @ProposedBy,
            Version = @Version
        WHERE AdjustmentId = @AdjustmentId AND Version = @ExpectedVersion
        """;

    /// <exception cref="ProblemException">412: somebody else saved it meanwhile.</exception>
    public static async Task<AdjustmentRow> SaveAsync(Session session, AdjustmentRow row)
    {
        var next = row with { Version = row.Version + 1 };
        var affected = await session.ExecuteAsync(SaveSql, new
        {
            next.AdjustmentState,
            next.AssessmentId,
            next.DecisionKind,
            next.NewMonthlyFen,
            next.IsHearingNeeded,
            next.BasisCode,
            next.ProposedBy,
            next.Version,
            next.AdjustmentId,
            ExpectedVersion = row.Version,
        });
        return affected == 1 ? next : throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
    }

    private const string AddHearingSql = """
        INSERT INTO PriorHearing (HearingId, AdjustmentId, AssessmentId, ProposalToldOn, HeardOn, HearingAnswer, HearingStatement,
            IsAdopted, Reasons, RecordedAt, RecordedBy)
        VALUES (@HearingId, @AdjustmentId, @AssessmentId, @ProposalToldOn, @HeardOn, @HearingAnswer, @HearingStatement,
            @IsAdopted, @Reasons, @RecordedAt, @RecordedBy)
        """;

    public static Task AddHearingAsync(Session session, HearingRow row) => session.ExecuteAsync(AddHearingSql, new
    {
        row.HearingId,
        row.AdjustmentId,
        row.AssessmentId,
        row.ProposalToldOn,
        row.HeardOn,
        row.HearingAnswer,
        row.HearingStatement,
        row.IsAdopted,
        row.Reasons,
        row.RecordedAt,
        row.RecordedBy,
    });

    private const string HearingSql = """
        SELECT HearingId, AdjustmentId, AssessmentId, ProposalToldOn, HeardOn, HearingAnswer, HearingStatement, IsAdopted, Reasons,
               RecordedAt, RecordedBy
        FROM PriorHearing WHERE AdjustmentId = @AdjustmentId AND AssessmentId = @AssessmentId
        ORDER BY RecordedAt DESC
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The newest hearing on the present proposal; one on an earlier assessment does not count.</summary>
    public static async Task<PriorHearing?> HearingAsync(Session session, AdjustmentRow row) => row.AssessmentId is { } assessmentId
        ? (await session.FirstOrDefaultAsync<HearingRow>(HearingSql, new { row.AdjustmentId, AssessmentId = assessmentId, Take = 1 }))?.Hearing
        : null;
}

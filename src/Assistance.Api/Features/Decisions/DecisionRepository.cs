using Assistance.Api.Data;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Decisions;

internal sealed record DecisionRow
{
    public Guid DecisionId { get; init; }

    public Guid CaseFileId { get; init; }

    public Guid ApplicationId { get; init; }

    public Guid? AwardId { get; init; }

    public Guid? AdjustmentId { get; init; }

    public Guid AssessmentId { get; init; }

    public DecisionKind DecisionKind { get; init; }

    public DateTimeOffset DecidedAt { get; init; }

    public string DecidedBy { get; init; } = "";

    public Money OldMonthlyFen { get; init; }

    public Money NewMonthlyFen { get; init; }

    public DateOnly? EffectiveMonthOn { get; init; }

    public string BasisCode { get; init; } = "";

    public string Reasons { get; init; } = "";
}

/// <summary>Decisions: added, never changed.</summary>
internal static class DecisionRepository
{
    private const string AddSql = """
        INSERT INTO Decision (DecisionId, CaseFileId, ApplicationId, AwardId, AdjustmentId, AssessmentId, DecisionKind, DecidedAt, DecidedBy,
            OldMonthlyFen, NewMonthlyFen, EffectiveMonthOn, BasisCode, Reasons)
        VALUES (@DecisionId, @CaseFileId, @ApplicationId, @AwardId, @AdjustmentId, @AssessmentId, @DecisionKind, @DecidedAt, @DecidedBy,
            @OldMonthlyFen, @NewMonthlyFen, @EffectiveMonthOn, @BasisCode, @Reasons)
        """;

    public static Task AddAsync(Session session, DecisionRow row) => session.ExecuteAsync(AddSql, row);

    private const string FindSql = """
        SELECT d.DecisionId, d.CaseFileId, d.ApplicationId, d.AwardId, d.AdjustmentId, d.AssessmentId, d.DecisionKind, d.DecidedAt,
               d.DecidedBy, d.OldMonthlyFen, d.NewMonthlyFen, d.EffectiveMonthOn, d.BasisCode, d.Reasons
        FROM Decision d JOIN ApplicationOffice o ON o.ApplicationId = d.ApplicationId
        WHERE d.DecisionId = @DecisionId AND o.DivisionCode = @DivisionCode
        """;

    public static Task<DecisionRow?> FindAsync(Session session, Guid decisionId, Officer officer) =>
        session.FirstOrDefaultAsync<DecisionRow>(FindSql, new { DecisionId = decisionId, DivisionCode = officer.Division });
}

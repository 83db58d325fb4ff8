using Assistance.Api.Data;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Decisions;

/// <summary>An award as it stands; amounts are fen per month.</summary>
public sealed record AwardResponse
{
    public required Guid AwardId { get; init; }

    public required Guid CaseFileId { get; init; }

    public required Guid ApplicationId { get; init; }

    public required Programme Programme { get; init; }

    public required AwardState State { get; init; }

    public required long MonthlyFen { get; init; }

    /// <summary>The first month paid.</summary>
    public required DateOnly FirstMonthOn { get; init; }

    /// <summary>From when the present amount holds; of a stopped award the first month without payment.</summary>
    public required DateOnly EffectiveMonthOn { get; init; }

    /// <summary>The version, which is also the ETag that acts are sent with.</summary>
    public required int Version { get; init; }
}

/// <summary>An adjustment as it stands; amounts are fen per month.</summary>
public sealed record AdjustmentResponse
{
    public required Guid AdjustmentId { get; init; }

    public required Guid AwardId { get; init; }

    public required AdjustmentState State { get; init; }

    public required ChangeKind ChangeKind { get; init; }

    public required DateOnly ChangedOn { get; init; }

    public DecisionKind? ProposedKind { get; init; }

    public required long OldMonthlyFen { get; init; }

    public long? NewMonthlyFen { get; init; }

    public required bool NeedsPriorHearing { get; init; }

    /// <summary>Whether the household was heard on the present proposal.</summary>
    public required bool WasHeard { get; init; }

    /// <summary>The version, which is also the ETag that acts are sent with.</summary>
    public required int Version { get; init; }
}

/// <summary>A decision as signed; amounts are fen per month.</summary>
public sealed record SignedDecisionResponse(
    Guid DecisionId,
    Guid ApplicationId,
    Guid? AwardId,
    DecisionKind Kind,
    DateTimeOffset DecidedAt,
    long OldMonthlyFen,
    long NewMonthlyFen,
    DateOnly? EffectiveMonthOn,
    string LegalBasisCode,
    string Reasons);

/// <summary>Reads awards, their adjustments and decisions; each read is recorded.</summary>
public sealed class GetAward(Database database, AccessLog access)
{
    public async Task<AwardResponse?> AwardAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(session => AwardRepository.FindAsync(session, id, officer), cancellation);
        if (row is null)
        {
            return null;
        }

        await access.RecordAsync(officer, row.CaseFileId, nameof(GetAward), cancellation);
        return new AwardResponse
        {
            AwardId = row.AwardId,
            CaseFileId = row.CaseFileId,
            ApplicationId = row.ApplicationId,
            Programme = row.Programme,
            State = row.AwardState,
            MonthlyFen = row.MonthlyFen.Fen,
            FirstMonthOn = row.FirstMonthOn,
            EffectiveMonthOn = row.EffectiveMonthOn,
            Version = row.Version,
        };
    }

    public async Task<AdjustmentResponse?> AdjustmentAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        var (row, hearing) = await database.ReadAsync(
            async session => await AdjustmentRepository.FindAsync(session, id, officer) is { } found
                ? (found, await AdjustmentRepository.HearingAsync(session, found))
                : ((AdjustmentRow?)null, (PriorHearing?)null),
            cancellation);
        if (row is null)
        {
            return null;
        }

        await access.RecordAsync(officer, row.CaseFileId, "GetAwardAdjustment", cancellation);
        return new AdjustmentResponse
        {
            AdjustmentId = row.AdjustmentId,
            AwardId = row.AwardId,
            State = row.AdjustmentState,
            ChangeKind = row.ChangeKind,
            ChangedOn = row.ChangedOn,
            ProposedKind = row.DecisionKind,
            OldMonthlyFen = row.OldMonthlyFen.Fen,
            NewMonthlyFen = row.NewMonthlyFen,
            NeedsPriorHearing = row.IsHearingNeeded,
            WasHeard = hearing is not null,
            Version = row.Version,
        };
    }

    public async Task<SignedDecisionResponse?> DecisionAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(session => DecisionRepository.FindAsync(session, id, officer), cancellation);
        if (row is null)
        {
            return null;
        }

        await access.RecordAsync(officer, row.CaseFileId, "GetDecision", cancellation);
        return new SignedDecisionResponse(
            row.DecisionId,
            row.ApplicationId,
            row.AwardId,
            row.DecisionKind,
            row.DecidedAt.ToOffset(ChinaTime.Offset),
            row.OldMonthlyFen.Fen,
            row.NewMonthlyFen.Fen,
            row.EffectiveMonthOn,
            row.BasisCode,
            row.Reasons);
    }
}

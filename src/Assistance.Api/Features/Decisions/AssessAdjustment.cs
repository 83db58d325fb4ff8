using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Decisions;

/// <summary>What a reassessment proposes, and whether the household must be heard first. Amounts are fen per month.</summary>
public sealed record AssessAdjustmentResponse
{
    public required AdjustmentState State { get; init; }

    /// <summary>The proposed decision; absent where the amount stays.</summary>
    public DecisionKind? ProposedKind { get; init; }

    public required long OldMonthlyFen { get; init; }

    public required long NewMonthlyFen { get; init; }

    /// <summary>Whether a prior hearing has to be recorded before the decision (Act art. 48).</summary>
    public required bool NeedsPriorHearing { get; init; }

    public required LegalBasisResponse LegalBasis { get; init; }

    public required AssessmentResponse Assessment { get; init; }
}

/// <summary>Assesses the changed household anew and proposes what follows for the award (57 art. 31).</summary>
public sealed class AssessAdjustment(ActRunner runner, ReferenceStore reference, IOptions<DistrictOptions> district)
{
    public Task<ActResult<AssessAdjustmentResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => AssessAsync(session, id, act), cancellation);

    private async Task<Answer<AssessAdjustmentResponse>> AssessAsync(Session session, Guid id, Act act)
    {
        var adjustment = await AdjustmentRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(adjustment.Version);
        var award = await AwardRepository.GetAsync(session, adjustment.AwardId, act.Officer);
        (await ApplicationRepository.GetAsync(session, award.ApplicationId, act.Officer)).RequireAcceptingOffice(act.Officer);
        AdjustmentActs.Require(AdjustmentAct.Assess, adjustment.AdjustmentState);
        var caseFile = await CaseFileRepository.GetAsync(session, adjustment.CaseFileId);
        var input = await AssessmentInputs.GatherAsync(
            session, caseFile, award.Programme, reference.Current, district.Value.Code, act.Today);
        var assessment = Assessor.Assess(input);
        if (assessment.Outcome == Outcome.NeedsReview)
        {
            throw Refusals.AssessmentNeedsReview(assessment.Deciding.Select(finding => finding.Code));
        }

        var row = await AssessmentRepository.AddAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber, input, assessment, act);
        var proposal = ProposedChange.From(award.MonthlyFen, assessment);
        adjustment = await AdjustmentRepository.SaveAsync(session, adjustment with
        {
            AdjustmentState = proposal.Kind is null ? AdjustmentState.Unchanged : AdjustmentState.Proposed,
            AssessmentId = row.AssessmentId,
            DecisionKind = proposal.Kind,
            NewMonthlyFen = proposal.NewMonthlyFen.Fen,
            IsHearingNeeded = proposal.NeedsPriorHearing,
            BasisCode = proposal.BasisCode,
            ProposedBy = act.Officer.Id,
        });
        await CaseEvents.AppendAsync(session, adjustment.CaseFileId, AssessApplication.EventOf(assessment), act.Now, act.Officer);
        await CaseEvents.AppendAsync(session, adjustment.CaseFileId, EventOf(proposal), act.Now, act.Officer);
        return new Answer<AssessAdjustmentResponse>(ResponseOf(adjustment, proposal, row.AssessmentId, award.Programme, assessment, act), $"/v1/award-adjustments/{id}", adjustment.Version);
    }

    private static CaseEvent EventOf(ProposedChange proposal) => new(
        proposal.Kind is null ? "AdjustmentUnchanged" : "AdjustmentProposed",
        proposal.BasisCode,
        new Dictionary<string, string>
        {
            ["kind"] = proposal.Kind?.ToString() ?? "",
            ["oldFen"] = proposal.OldMonthlyFen.Fen.ToString(CultureInfo.InvariantCulture),
            ["newFen"] = proposal.NewMonthlyFen.Fen.ToString(CultureInfo.InvariantCulture),
            ["hearing"] = proposal.NeedsPriorHearing ? "true" : "false",
        });

    private AssessAdjustmentResponse ResponseOf(
        AdjustmentRow adjustment, ProposedChange proposal, Guid assessmentId, Programme programme, Assessment assessment, Act act) => new()
        {
            State = adjustment.AdjustmentState,
            ProposedKind = proposal.Kind,
            OldMonthlyFen = proposal.OldMonthlyFen.Fen,
            NewMonthlyFen = proposal.NewMonthlyFen.Fen,
            NeedsPriorHearing = proposal.NeedsPriorHearing,
            LegalBasis = LegalBasisResponse.Of(reference.Current.LegalBasis(proposal.BasisCode, act.Today), act.Language),
            Assessment = AssessmentResponse.Of(assessmentId, programme, assessment, act.Today, reference.Current, act.Language),
        };
}

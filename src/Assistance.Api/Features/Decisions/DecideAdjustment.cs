using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Notices;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Decisions;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Decisions;

/// <summary>The district's decision on a proposal.</summary>
[Example("""
    { "kind": "Reduce", "reasons": "家庭收入增加，按差额重新核算。" }
    """)]
public sealed record DecideAdjustmentRequest
{
    /// <summary>The decision made; it must be the proposed one.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>Why, in words that the household can read; they go into the notice.</summary>
    [Text(2000)]
    public required string Reasons { get; init; }
}

/// <summary>
/// Increases, reduces or stops an award (Act art. 47; 57 art. 31 and 32): by the district, by somebody other than the
/// proposer, and a reduction or a stop only after the household was heard (Act art. 48). Takes effect from the next month.
/// </summary>
public sealed class DecideAdjustment(ActRunner runner, NoticeComposer notices, ReferenceStore reference)
{
    public Task<ActResult<DecisionResponse>> HandleAsync(Guid id, DecideAdjustmentRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => DecideAsync(session, id, request, act), cancellation);

    private async Task<Answer<DecisionResponse>> DecideAsync(Session session, Guid id, DecideAdjustmentRequest request, Act act)
    {
        var adjustment = await AdjustmentRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(adjustment.Version);
        ConfirmApplication.RequireDistrict(act);
        AdjustmentActs.Require(AdjustmentAct.Decide, adjustment.AdjustmentState);
        DecisionRules.RequireAnotherOfficer(adjustment.ProposedBy!, act.Officer.Id);
        var hearing = await AdjustmentRepository.HearingAsync(session, adjustment);
        adjustment.Proposal.RequireDecidable(hearing);
        if (request.Kind != adjustment.DecisionKind)
        {
            throw Refusals.OpinionContradictsAssessment(request.Kind.ToString(), adjustment.DecisionKind.ToString()!);
        }

        var caseFile = await CaseFileRepository.GetAsync(session, adjustment.CaseFileId);
        var award = await AwardRepository.GetAsync(session, adjustment.AwardId, act.Officer);
        var assessment = await AssessmentRepository.CurrentAsync(session, caseFile, award.Programme);
        if (assessment.AssessmentId != adjustment.AssessmentId)
        {
            throw Refusals.AssessmentOutdated();
        }

        if (award.AwardState != AwardState.InPayment)
        {
            throw Refusals.WrongState(nameof(AdjustmentAct.Decide), award.AwardState.ToString(), [nameof(AwardState.InPayment)]);
        }

        var decision = new DecisionRow
        {
            DecisionId = Guid.CreateVersion7(act.Now),
            CaseFileId = adjustment.CaseFileId,
            ApplicationId = award.ApplicationId,
            AwardId = award.AwardId,
            AdjustmentId = id,
            AssessmentId = assessment.AssessmentId,
            DecisionKind = request.Kind,
            DecidedAt = act.Now,
            DecidedBy = act.Officer.Id,
            OldMonthlyFen = award.MonthlyFen,
            NewMonthlyFen = adjustment.Proposal.NewMonthlyFen,
            EffectiveMonthOn = DecisionRules.EffectiveMonth(act.Today),
            BasisCode = adjustment.BasisCode!,
            Reasons = request.Reasons.Trim(),
        };
        await DecisionRepository.AddAsync(session, decision);
        await ApplyAsync(session, award, decision);
        var (noticeId, number) = await notices.IssueAsync(session, decision, assessment, await MatterOfAsync(session, adjustment, act), hearing, act.Now);
        adjustment = await AdjustmentRepository.SaveAsync(session, adjustment with { AdjustmentState = AdjustmentState.Decided });
        await CaseEvents.AppendAsync(session, adjustment.CaseFileId, ConfirmApplication.EventOf(decision, number), act.Now, act.Officer);
        return new Answer<DecisionResponse>(
            ConfirmApplication.ResponseOf(decision, noticeId, number), $"/v1/decisions/{decision.DecisionId}", adjustment.Version);
    }

    private static async Task ApplyAsync(Session session, AwardRow award, DecisionRow decision)
    {
        var isStop = decision.DecisionKind == DecisionKind.Stop;
        await AwardRepository.SaveAsync(session, award with
        {
            AwardState = isStop ? AwardState.Stopped : AwardState.InPayment,
            MonthlyFen = decision.NewMonthlyFen,
            EffectiveMonthOn = decision.EffectiveMonthOn!.Value,
        });
        if (isStop)
        {
            await CaseEnding.EndAsync(session, award.CaseFileId, award.ApplicationId, award.Programme);
        }
    }

    private async Task<string> MatterOfAsync(Session session, AdjustmentRow adjustment, Act act) =>
        reference.Current.Texts.Sentence("notice.matter.Change", new Dictionary<string, string>
        {
            ["change"] = adjustment.ChangeKind.ToString(),
            ["on"] = adjustment.ChangedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["name"] = (await PersonRepository.OfCaseAsync(session, adjustment.CaseFileId))[adjustment.ChangedPersonId].PersonName,
        }, act.Today, Language.Zh);
}

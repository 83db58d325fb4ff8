using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Domain.Decisions;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Decisions;

/// <summary>How the household was heard on a proposed reduction or stop.</summary>
[Example("""
    {
      "proposalToldOn": "2026-09-01",
      "heardOn": "2026-09-03",
      "answer": "Spoke",
      "statement": "希望维持原来的数额。",
      "isAdopted": false,
      "reasons": "核算结果与事实一致。"
    }
    """)]
public sealed record HearHouseholdRequest : ICheckedRequest
{
    /// <summary>When the household was told what is proposed and why.</summary>
    [NotInTheFuture]
    public required DateOnly ProposalToldOn { get; init; }

    [NotInTheFuture]
    public required DateOnly HeardOn { get; init; }

    public required HearingAnswer Answer { get; init; }

    /// <summary>What the household said, in its own words; absent only where it declined to speak.</summary>
    [Text(4000)]
    public string? Statement { get; init; }

    /// <summary>Whether what it said was adopted; the proposal then falls and the household is assessed anew. Absent where it declined.</summary>
    public bool? IsAdopted { get; init; }

    /// <summary>Why it was adopted or not; absent where it declined.</summary>
    [Text(2000)]
    public string? Reasons { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (HeardOn < ProposalToldOn)
        {
            yield return new Fault("$.heardOn", "before-told", "听取意见不能早于告知拟作出的决定。", "The household cannot be heard before it was told.");
        }

        (string Member, bool IsGiven)[] ofAStatement = [("statement", Statement is not null), ("isAdopted", IsAdopted is not null), ("reasons", Reasons is not null)];
        foreach (var (member, isGiven) in ofAStatement.Where(member => member.IsGiven != (Answer == HearingAnswer.Spoke)))
        {
            yield return isGiven
                ? new Fault($"$.{member}", "not-for-this-answer", "家庭表示不陈述时不填写。", "Leave out where the household declined.")
                : new Fault($"$.{member}", "missing", "请记录陈述内容、是否采纳及理由。", "Record what was said, whether it was adopted, and why.");
        }
    }
}

/// <summary>The recorded hearing.</summary>
public sealed record HearHouseholdResponse(Guid HearingId, bool IsAdopted);

/// <summary>Records that the household was heard on the present proposal (听取意见, Act art. 48).</summary>
public sealed class HearHousehold(ActRunner runner)
{
    public Task<ActResult<HearHouseholdResponse>> HandleAsync(Guid id, HearHouseholdRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => HearAsync(session, id, request, act), cancellation);

    private static async Task<Answer<HearHouseholdResponse>> HearAsync(Session session, Guid id, HearHouseholdRequest request, Act act)
    {
        var adjustment = await AdjustmentRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(adjustment.Version);
        var award = await AwardRepository.GetAsync(session, adjustment.AwardId, act.Officer);
        (await ApplicationRepository.GetAsync(session, award.ApplicationId, act.Officer)).RequireAcceptingOffice(act.Officer);
        AdjustmentActs.Require(AdjustmentAct.Hear, adjustment.AdjustmentState);
        if (!adjustment.IsHearingNeeded)
        {
            throw Refusals.HearingNotNeeded(adjustment.DecisionKind.ToString()!);
        }

        // What was adopted stays adopted; the way on is a new assessment.
        if (await AdjustmentRepository.HearingAsync(session, adjustment) is { IsAdopted: true })
        {
            throw Refusals.HearingAdopted();
        }

        var proposal = (await AssessmentRepository.FindAsync(session, adjustment.AssessmentId!.Value))!;
        if (request.ProposalToldOn < ChinaTime.DayOf(proposal.AssessedAt))
        {
            throw ProblemException.Invalid(new Fault("$.proposalToldOn", "before-proposal", "不能早于提出拟作决定的日期。", "Must not be before the proposal was made."));
        }

        var row = new HearingRow
        {
            HearingId = Guid.CreateVersion7(act.Now),
            AdjustmentId = id,
            AssessmentId = adjustment.AssessmentId.Value,
            ProposalToldOn = request.ProposalToldOn,
            HeardOn = request.HeardOn,
            HearingAnswer = request.Answer,
            HearingStatement = request.Statement ?? "",
            IsAdopted = request.IsAdopted ?? false,
            Reasons = request.Reasons?.Trim() ?? "",
            RecordedAt = act.Now,
            RecordedBy = act.Officer.Id,
        };
        await AdjustmentRepository.AddHearingAsync(session, row);
        adjustment = await AdjustmentRepository.SaveAsync(session, adjustment);
        await CaseEvents.AppendAsync(session, adjustment.CaseFileId, new CaseEvent("HouseholdHeard", LegalBases.PriorHearing, new Dictionary<string, string>
        {
            ["answer"] = request.Answer.ToString(),
            ["adopted"] = row.IsAdopted ? "true" : "false",
        }), act.Now, act.Officer);
        return new Answer<HearHouseholdResponse>(new HearHouseholdResponse(row.HearingId, row.IsAdopted), $"/v1/award-adjustments/{id}", adjustment.Version);
    }
}

using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Decisions;

/// <summary>
/// What a reassessment means for an award: the kind of decision it calls for, the amounts per month before and after, and
/// whether the household must be heard first (Act art. 48: before every reduction and every stop).
/// </summary>
/// <param name="Kind">Null where nothing changes (57 art. 31: without a clear change the amount stays).</param>
public sealed record ProposedChange(DecisionKind? Kind, Money OldMonthlyFen, Money NewMonthlyFen, bool NeedsPriorHearing, string BasisCode)
{
    /// <exception cref="RuleViolation">assessment-needs-review: nothing is proposed while something is open, least of all an end on an unproven death.</exception>
    public static ProposedChange From(Money currentMonthlyFen, Assessment assessment)
    {
        if (assessment.Outcome == Outcome.NeedsReview)
        {
            throw Refusals.AssessmentNeedsReview(assessment.Deciding.Select(finding => finding.Code));
        }

        // Nobody is left to be heard, so this end has its own rule and basis and no hearing.
        if (assessment.NobodySurvives)
        {
            return new ProposedChange(DecisionKind.Stop, currentMonthlyFen, Money.Zero, NeedsPriorHearing: false, LegalBases.DeathWithinThreeMonths);
        }

        if (assessment.Outcome == Outcome.Ineligible)
        {
            return new ProposedChange(DecisionKind.Stop, currentMonthlyFen, Money.Zero, NeedsPriorHearing: true, LegalBases.AdjustByChange);
        }

        return assessment.MonthlyFen.CompareTo(currentMonthlyFen) switch
        {
            < 0 => new ProposedChange(DecisionKind.Reduce, currentMonthlyFen, assessment.MonthlyFen, NeedsPriorHearing: true, LegalBases.AdjustByChange),
            > 0 => new ProposedChange(DecisionKind.Increase, currentMonthlyFen, assessment.MonthlyFen, NeedsPriorHearing: false, LegalBases.AdjustByChange),
            _ => new ProposedChange(null, currentMonthlyFen, currentMonthlyFen, NeedsPriorHearing: false, LegalBases.PeriodicReview),
        };
    }

    /// <summary>The gate of Act art. 48.</summary>
    /// <exception cref="RuleViolation">nothing-to-decide, prior-hearing-missing or hearing-adopted-reassess.</exception>
    public void RequireDecidable(PriorHearing? hearing)
    {
        if (Kind is not { } kind)
        {
            throw Refusals.NothingToDecide();
        }

        if (!NeedsPriorHearing)
        {
            return;
        }

        if (hearing is null)
        {
            throw Refusals.HearingMissing(kind.ToString());
        }

        if (hearing.IsAdopted)
        {
            throw Refusals.HearingAdopted();
        }
    }
}

/// <summary>How a household answered when it was offered to be heard.</summary>
public enum HearingAnswer
{
    Spoke,
    Declined,
}

/// <summary>
/// 听取意见: the household was told what is proposed and why, could answer, and what became of its answer (Act art. 48).
/// An adopted answer means that the proposal falls and the household is assessed anew.
/// </summary>
public sealed record PriorHearing
{
    public required DateOnly ProposalToldOn { get; init; }

    public required DateOnly HeardOn { get; init; }

    public required HearingAnswer Answer { get; init; }

    /// <summary>What the household said, in its own words; empty only where it declined.</summary>
    public required string Statement { get; init; }

    public required bool IsAdopted { get; init; }

    /// <summary>Why the answer was adopted or not.</summary>
    public required string Reasons { get; init; }
}

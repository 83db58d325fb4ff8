using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Decisions;

/// <summary>准予, 不予, 增发, 减发, 停发.</summary>
public enum DecisionKind
{
    Grant,
    Refuse,
    Increase,
    Reduce,
    Stop,
}

/// <summary>The street's opinion on an application (57 art. 19).</summary>
public enum ReviewOpinion
{
    ProposeGrant,
    ProposeRefusal,
}

/// <summary>Gates on the way from an assessment to a decision.</summary>
public static class DecisionRules
{
    /// <summary>An opinion follows the assessment: nothing open is decided, and neither grant nor refusal contradicts it.</summary>
    /// <exception cref="RuleViolation">assessment-needs-review or opinion-contradicts-assessment.</exception>
    public static void RequireOpinionFits(ReviewOpinion opinion, Assessment assessment)
    {
        if (assessment.Outcome == Outcome.NeedsReview)
        {
            throw Refusals.AssessmentNeedsReview(assessment.Deciding.Select(finding => finding.Code));
        }

        if (opinion == ReviewOpinion.ProposeGrant != (assessment.Outcome == Outcome.Eligible))
        {
            throw Refusals.OpinionContradictsAssessment(opinion.ToString(), assessment.Outcome.ToString());
        }
    }

    /// <summary>Whoever reviewed cannot confirm: street and district look independently (Act art. 44).</summary>
    /// <exception cref="RuleViolation">own-review.</exception>
    public static void RequireAnotherOfficer(string reviewerId, string confirmerId)
    {
        if (reviewerId == confirmerId)
        {
            throw Refusals.OwnReview();
        }
    }

    /// <summary>
    /// The month a decision takes effect in: the one after it. Stated for grants (57 art. 21); taken for changes too, so that
    /// none reaches back in time.
    /// </summary>
    public static DateOnly EffectiveMonth(DateOnly decidedOn) => ChinaTime.FirstOfNextMonth(decidedOn);
}

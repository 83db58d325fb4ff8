using Assistance.Domain.Assessments;
using Assistance.Domain.HomeVisits;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Postings;

/// <summary>How an objection or a complaint came in.</summary>
public enum ReceivedWay
{
    InPerson,
    Phone,
    Letter,
    Online,
}

/// <summary>How the street looks into an objection (57 art. 19(2)).</summary>
public enum ObjectionAnswer
{
    /// <summary>重新组织调查: the household's means are investigated anew.</summary>
    Reinvestigated,

    /// <summary>民主评议: a meeting in the community; no step of the procedure where nobody objects.</summary>
    DemocraticReview,
}

/// <summary>What the street thinks of its opinion after it has looked into an objection.</summary>
public enum ObjectionOutcome
{
    Upheld,

    /// <summary>The opinion holds no more; a new one is to be given.</summary>
    Changed,
}

/// <summary>What a programme makes of an objection, from dated rows of <c>seeds/parameters.csv</c>.</summary>
/// <param name="AllowsDemocraticReview">Whether a democratic review alone answers it (57 art. 19; TK art. 15 asks for an investigation).</param>
/// <param name="NeedsSecondPosting">Whether the opinion is posted again whatever became of it (TK art. 15; 57 art. 19 does not ask for it).</param>
public sealed record ObjectionRule(bool AllowsDemocraticReview, bool NeedsSecondPosting, string BasisCode)
{
    /// <exception cref="RuleViolation">no-parameter-in-force: nothing is known of the programme's postings, and nothing is lent from another's.</exception>
    public static ObjectionRule Of(Programme programme, PolicyParameters parameters, DateOnly on)
    {
        var (review, posting) = programme switch
        {
            Programme.SubsistenceAllowance => (ParameterCodes.SubsistenceAllowanceDemocraticReview, ParameterCodes.SubsistenceAllowanceSecondPosting),
            Programme.MarginalLowIncome => (ParameterCodes.MarginalLowIncomeDemocraticReview, ParameterCodes.MarginalLowIncomeSecondPosting),
            Programme.ExtremePovertySupport => (ParameterCodes.ExtremePovertyDemocraticReview, ParameterCodes.ExtremePovertySecondPosting),
            _ => throw Refusals.NoStandardInForce($"{programme}.second-posting", on),
        };
        return new ObjectionRule(parameters.Number(review, on) == 1, parameters.Number(posting, on) == 1, parameters.InForce(posting, on).BasisCode);
    }
}

/// <summary>Objections to what is posted (公示异议, 57 art. 19(2); TK art. 15).</summary>
public static class PostingObjections
{
    /// <summary>
    /// An objection counts where it comes in while the posting runs, its last day included: the file goes up when the days have
    /// passed without one. What comes later is a complaint (57 art. 20(2)).
    /// </summary>
    /// <exception cref="RuleViolation">objection-outside-the-posting.</exception>
    public static void RequireWithin(DateOnly receivedOn, DateOnly postedOn, DateOnly endsOn)
    {
        if (receivedOn < postedOn || receivedOn > endsOn)
        {
            throw Refusals.ObjectionOutsideThePosting(postedOn, endsOn);
        }
    }

    /// <summary>A new investigation is one of the street itself, made after the objection came in.</summary>
    /// <param name="visits">Those recorded after the objection was.</param>
    /// <exception cref="RuleViolation">reinvestigation-missing.</exception>
    public static void RequireReinvestigation(IEnumerable<HomeVisit> visits, DivisionCode street, DateOnly receivedOn)
    {
        if (!visits.Any(visit => visit.VisitingDivision == street && visit.VisitedOn >= receivedOn))
        {
            throw Refusals.ReinvestigationMissing();
        }
    }

    /// <exception cref="RuleViolation">democratic-review-is-no-answer, or democratic-review-too-early.</exception>
    public static void RequireDemocraticReview(ObjectionRule rule, DateOnly heldOn, DateOnly receivedOn)
    {
        if (!rule.AllowsDemocraticReview)
        {
            throw Refusals.DemocraticReviewIsNoAnswer(rule.BasisCode);
        }

        if (heldOn < receivedOn)
        {
            throw Refusals.DemocraticReviewTooEarly(receivedOn);
        }
    }

    /// <summary>
    /// Where the application stands once an objection is answered: with a changed opinion it is reviewed anew; with an upheld
    /// one the posting runs on, or the opinion is posted a second time where the programme asks for that.
    /// </summary>
    public static ApplicationState StateAfter(ObjectionOutcome outcome, ApplicationState state, ObjectionRule rule) => (outcome, state) switch
    {
        (ObjectionOutcome.Changed, _) => ApplicationState.Accepted,
        (ObjectionOutcome.Upheld, ApplicationState.Posted) when rule.NeedsSecondPosting => ApplicationState.Reviewed,
        _ => state,
    };
}

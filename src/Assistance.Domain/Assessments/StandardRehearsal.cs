using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>What another standard would mean for an award.</summary>
public enum RehearsedChange
{
    Unchanged,
    Rises,
    Falls,

    /// <summary>The household would not be eligible any more.</summary>
    Leaves,

    /// <summary>It is open; somebody would have to look.</summary>
    NeedsReview,
}

/// <summary>Whether a rehearsal goes on.</summary>
public enum RehearsalState
{
    Running,
    Finished,
    Cancelled,
}

/// <summary>One award under another standard; fen a month.</summary>
public sealed record RehearsedAward(RehearsedChange Change, Money OldMonthlyFen, Money NewMonthlyFen)
{
    /// <summary>
    /// Assesses what an award rests on with other parameters and everything else as it was, so that what comes out is the
    /// standard's doing alone.
    /// </summary>
    /// <param name="parameters">Every row that an assessment may ask for, those that are supposed among them.</param>
    public static RehearsedAward Of(Money paid, AssessmentInput input, IReadOnlyList<PolicyParameter> parameters)
    {
        var assessment = Assessor.Assess(input with { Parameters = parameters });
        var next = assessment.Outcome == Outcome.Ineligible ? Money.Zero : assessment.MonthlyFen;
        return new RehearsedAward(
            assessment.Outcome switch
            {
                Outcome.Ineligible => RehearsedChange.Leaves,
                Outcome.NeedsReview => RehearsedChange.NeedsReview,
                _ when next > paid => RehearsedChange.Rises,
                _ when next < paid => RehearsedChange.Falls,
                _ => RehearsedChange.Unchanged,
            },
            paid,
            // What is open stays as it is until somebody has looked.
            assessment.Outcome == Outcome.NeedsReview ? paid : next);
    }
}

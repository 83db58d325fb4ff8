namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// The household fits none of the programmes above this one (分层: Act art. 13; GX art. 4(1)): whoever fits a higher one is led to
/// it and not kept here. While a higher one is open this one is too.
/// </summary>
public sealed class NoHigherProgrammeFits(IReadOnlyList<ProgrammeScreening> higher, string basis) : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy) =>
        higher.FirstOrDefault(screening => screening.Outcome == Outcome.Eligible) is { } fitting
            ? this.Found(Outcome.Ineligible, "higher-programme-fits", [basis], ("programme", fitting.Programme.ToString()))
            : higher.FirstOrDefault(screening => screening.Outcome == Outcome.NeedsReview) is { } open
                ? this.Found(Outcome.NeedsReview, "higher-programme-open", [basis], ("programme", open.Programme.ToString()))
                : this.Found(Outcome.Eligible, "no-higher-programme-fits", [basis]);
}

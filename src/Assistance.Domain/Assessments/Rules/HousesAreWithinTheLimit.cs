using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// Houses owned do not exceed the number allowed (Act art. 18; 57 art. 14). Registers count a jointly owned house for each
/// owner: where only that could make the difference somebody has to look, and nobody is refused for owning a home together.
/// </summary>
public sealed class HousesAreWithinTheLimit(Programme programme = Programme.SubsistenceAllowance) : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var allowed = input.Number(ParameterCodes.HousesAllowedOf(programme));
        var (outcome, code) = economy.Houses <= allowed ? (Outcome.Eligible, "houses-within-limit")
            : economy.HousesForCertain > allowed ? (Outcome.Ineligible, "houses-above-limit")
            : (Outcome.NeedsReview, "houses-maybe-joint");
        return this.Found(
            outcome,
            code,
            PropertyLimits.BasesOf(programme),
            ("houses", economy.Houses.Text()),
            ("allowed", allowed.Text()))
            .By(ParameterCodes.HousesAllowedOf(programme));
    }
}

using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// Houses owned do not exceed the number allowed (Act art. 18; 57 art. 14). Registers count a jointly owned house for each
/// owner: where only that could make the difference somebody has to look, and nobody is refused for owning a home together.
/// </summary>
public sealed class HousesAreWithinTheLimit : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var allowed = input.HousesAllowed.Value;
        var (outcome, code) = economy.Houses <= allowed ? (Outcome.Eligible, "houses-within-limit")
            : economy.HousesForCertain > allowed ? (Outcome.Ineligible, "houses-above-limit")
            : (Outcome.NeedsReview, "houses-maybe-joint");
        return this.Found(
            outcome,
            code,
            [LegalBases.BelowTheStandard, LegalBases.PropertyDefined],
            ("houses", economy.Houses.Text()),
            ("allowed", checked((int)allowed).Text()));
    }
}

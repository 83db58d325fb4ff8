using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>Houses owned do not exceed the number allowed (Act art. 18; 57 art. 14).</summary>
public sealed class HousesAreWithinTheLimit : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var allowed = input.HousesAllowed.Value;
        var isWithin = economy.Houses <= allowed;
        return this.Found(
            isWithin ? Outcome.Eligible : Outcome.Ineligible,
            isWithin ? "houses-within-limit" : "houses-above-limit",
            [LegalBases.BelowTheStandard, LegalBases.PropertyDefined],
            ("houses", economy.Houses.Text()),
            ("allowed", checked((int)allowed).Text()));
    }
}

using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>A death that was reported is on record with a department before money is decided on it (N22 part 3(2)).</summary>
public sealed class ReportedDeathsAreOnRecord : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var unconfirmed = Unconfirmed(input);
        return unconfirmed == 0
            ? this.Found(Outcome.Eligible, "deaths-on-record", [LegalBases.DeathWithinThreeMonths],
                ("members", input.Household.Members.Count(member => member.DiedOn is not null).Text()))
            : this.Found(Outcome.NeedsReview, "death-not-on-record", [LegalBases.DeathWithinThreeMonths], ("members", unconfirmed.Text()));
    }

    /// <summary>Members reported dead of whose death no department has a record. A child without a number cannot be looked up.</summary>
    internal static int Unconfirmed(AssessmentInput input) => input.Household.Members.Count(member =>
        member is { DiedOn: not null, HasIdentityNumber: true } && !input.FactsOf(member.PersonId, FactKind.DiedOn).Any());
}

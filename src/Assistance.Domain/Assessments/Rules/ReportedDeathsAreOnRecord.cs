using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>A death that was reported is on record with a department before money is decided on it (N22 part 3(2)).</summary>
public sealed class ReportedDeathsAreOnRecord : IAssessmentRule
{
    private static readonly string[] Bases = [LegalBases.DeathWithinThreeMonths];

    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var reported = input.Household.Members.Count(member => member.DiedOn is not null);
        var unconfirmed = Unconfirmed(input);
        return (reported, unconfirmed) switch
        {
            (0, _) => this.Found(Outcome.Eligible, "no-death-reported", Bases),
            (_, 0) => this.Found(Outcome.Eligible, "deaths-on-record", Bases, ("members", reported.Text())),
            _ => this.Found(Outcome.NeedsReview, "death-not-on-record", Bases, ("members", unconfirmed.Text())),
        };
    }

    /// <summary>Members reported dead of whose death no department has a record. A child without a number cannot be looked up.</summary>
    internal static int Unconfirmed(AssessmentInput input) => input.Household.Members.Count(member =>
        member is { DiedOn: not null, HasIdentityNumber: true }
        && !input.FactsOf(member.PersonId, FactKind.DiedOn).Concat(input.FactsOf(member.PersonId, FactKind.CrematedOn)).Any());
}

using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// Nobody owes the applicant support, or none of them is able to give it (特困人员认定办法 art. 4(3) and 8). Who lives with the
/// applicant as spouse, parent or child owes it as well; whether somebody is able the office finds out, and silence is no "unable".
/// </summary>
public sealed class NobodyAbleOwesSupport : IAssessmentRule
{
    private static readonly string[] Bases = [LegalBases.ExtremePoverty, LegalBases.ObligorUnable];

    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var on = input.AssessedOn;
        var within = input.Household.LivingOn(on)
            .Where(member => member.Relationship is Relationship.Spouse or Relationship.Parent or Relationship.Child && !member.IsMinorOn(on))
            .Select(AbilityOf).ToList();
        var all = within.Concat(input.Household.Obligors.Select(obligor => obligor.Ability)).ToList();
        var (able, open) = (all.Count(ability => ability == ObligorAbility.Able), all.Count(ability => ability == ObligorAbility.NotLookedInto));
        return (able, open) switch
        {
            ( > 0, _) => this.Found(Outcome.Ineligible, "obligor-able", Bases, ("able", able.Text())),
            (_, > 0) => this.Found(Outcome.NeedsReview, "obligor-not-looked-into", Bases, ("open", open.Text())),
            _ => this.Found(Outcome.Eligible, "no-obligor-able", Bases, ("obligors", all.Count.Text())),
        };
    }

    // Art. 8(5), where what was declared decides it; the property that it asks for besides is the household's own, and judged.
    private static ObligorAbility AbilityOf(HouseholdMember member) =>
        !member.HasLegalCapacity || member.Absence?.Kind is AbsenceKind.DeclaredMissing or AbsenceKind.Imprisonment
            ? ObligorAbility.WithoutCapacityMissingOrInPrison
            : ObligorAbility.NotLookedInto;
}

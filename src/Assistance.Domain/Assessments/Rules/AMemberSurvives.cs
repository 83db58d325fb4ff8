using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// An allowance is a household's, and a household has at least one living member. Where nobody survives the award ends by
/// this rule alone (Act art. 47; N22 part 1(3): handled within three months of the death); nobody is left to be heard, so
/// the register and not somebody's word has to say that they died.
/// </summary>
public sealed class AMemberSurvives : IAssessmentRule
{
    private static readonly string[] Bases = [LegalBases.AdjustByChange, LegalBases.DeathWithinThreeMonths];

    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var living = economy.Members + economy.NotCounted;
        if (living > 0)
        {
            return this.Found(Outcome.Eligible, "member-survives", [LegalBases.HouseholdMembers], ("members", living.Text()));
        }

        var unconfirmed = ReportedDeathsAreOnRecord.Unconfirmed(input);
        return unconfirmed == 0
            ? this.Found(Outcome.Ineligible, "nobody-survives", Bases,
                ("diedOn", input.Household.Members.Max(member => member.DiedOn)!.Value.Text()))
            : this.Found(Outcome.NeedsReview, "death-not-on-record", Bases, ("members", unconfirmed.Text()));
    }
}

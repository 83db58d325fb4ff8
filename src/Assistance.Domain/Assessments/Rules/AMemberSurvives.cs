using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// An allowance is a household's, and a household has at least one living member. Where nobody survives the award ends by
/// this rule alone (Act art. 47; N22 part 1(3): handled within three months of the death); nobody is left to be heard.
/// </summary>
public sealed class AMemberSurvives : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy) =>
        economy.Members == 0
            ? this.Found(Outcome.Ineligible, "nobody-survives", [LegalBases.AdjustByChange, LegalBases.DeathWithinThreeMonths],
                ("diedOn", input.Household.Members.Max(member => member.DiedOn)!.Value.Text()))
            : this.Found(Outcome.Eligible, "member-survives", [LegalBases.HouseholdMembers], ("members", economy.Members.Text()));
}

using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// A member whom the death register holds, but the household counts as living, is cleared up first (N22 part 1(3)): the death
/// is reported, or an officer settled that the register is wrong. Of whom the register has said nothing, that is told: its
/// silence is no word that they live, and holds up no household either, since none can show that it lives by a paper.
/// </summary>
public sealed class NoMemberIsRecordedDead : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var recorded = input.Disagreements.Count(disagreement => disagreement is { Field: DisagreementField.Death, Declared.Value.On: null }
            && input.ResolutionOf(disagreement) is not { Kind: ResolutionKind.DeclaredHolds });
        return recorded == 0
            ? this.Found(Outcome.Eligible, "no-member-recorded-dead", [LegalBases.DeathWithinThreeMonths], ("unanswered", input.DeathUnanswered.Text()))
            : this.Found(Outcome.NeedsReview, "member-recorded-dead", [LegalBases.DeathWithinThreeMonths], ("members", recorded.Text()));
    }
}

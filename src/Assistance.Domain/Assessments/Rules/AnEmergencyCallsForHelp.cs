using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// 急难型: an emergency was declared and help cannot wait; neither income nor property is asked about before it (Act art. 29 and 50;
/// 临时救助意见 2018 part 2(1) and (2)).
/// </summary>
public sealed class AnEmergencyCallsForHelp(Emergency emergency) : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy) =>
        this.Found(Outcome.Eligible, "emergency-declared", [LegalBases.TemporaryAssistanceDefined, LegalBases.AidFirst],
            ("kind", emergency.Kind.ToString()), ("occurredOn", emergency.OccurredOn.Text()), ("neededFen", emergency.NeededFen.Text()));
}

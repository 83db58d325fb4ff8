using Assistance.Domain.Decisions;
using NUnit.Framework;
using static Assistance.Domain.Decisions.AdjustmentState;

namespace Assistance.Domain.Tests.Decisions;

/// <summary>From a reported change to the decision (Act art. 46 to 48): every act in every state.</summary>
public sealed class AdjustmentActsTests
{
    private static readonly Dictionary<AdjustmentAct, AdjustmentState[]> Allowed = new()
    {
        [AdjustmentAct.ReportChange] = [], // LAW-46: it opens one
        [AdjustmentAct.Verify] = [Reported, Proposed], // 57-17
        [AdjustmentAct.Assess] = [Reported, Proposed], // LAW-47
        [AdjustmentAct.Hear] = [Proposed], // LAW-48: there is something to be heard on
        [AdjustmentAct.Decide] = [Proposed], // LAW-47
    };

    [Test]
    public void An_act_is_allowed_in_its_states_and_refused_in_all_others(
        [Values] AdjustmentAct act, [Values] AdjustmentState state)
    {
        if (Allowed[act].Contains(state))
        {
            Assert.That(() => AdjustmentActs.Require(act, state), Throws.Nothing);
            return;
        }

        var refusal = Refused.With("wrong-state", () => AdjustmentActs.Require(act, state));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Arguments["act"], Is.EqualTo(act.ToString()));
            Assert.That(refusal.Arguments["state"], Is.EqualTo(state.ToString()));
            Assert.That(refusal.Arguments["allowed"], Is.EqualTo(string.Join(", ", Allowed[act])));
        }
    }
}

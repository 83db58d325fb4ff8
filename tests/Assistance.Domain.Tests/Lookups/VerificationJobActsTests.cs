using Assistance.Domain.Lookups;
using NUnit.Framework;
using static Assistance.Domain.Lookups.VerificationJobState;

namespace Assistance.Domain.Tests.Lookups;

/// <summary>What can be done to a bulk re-check, in every state; and what the re-check of a case comes to.</summary>
public sealed class VerificationJobActsTests
{
    private static readonly Dictionary<VerificationJobAct, VerificationJobState[]> Allowed = new()
    {
        [VerificationJobAct.Pause] = [Running],
        [VerificationJobAct.Resume] = [Paused],
        [VerificationJobAct.Cancel] = [Running, Paused],
    };

    [Test]
    public void An_act_is_allowed_in_its_states_and_refused_in_all_others([Values] VerificationJobAct act, [Values] VerificationJobState state)
    {
        if (Allowed[act].Contains(state))
        {
            Assert.That(() => VerificationJobActs.Require(act, state), Throws.Nothing);
            return;
        }

        var refusal = Refused.With("wrong-state", () => VerificationJobActs.Require(act, state));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Arguments["act"], Is.EqualTo(act.ToString()));
            Assert.That(refusal.Arguments["state"], Is.EqualTo(state.ToString()));
            Assert.That(refusal.Arguments["allowed"], Is.EqualTo(string.Join(", ", Allowed[act])));
        }
    }

    [TestCase(0, 0, VerificationJobRowState.Unchanged)]
    [TestCase(0, 1, VerificationJobRowState.Failed)]
    [TestCase(1, 0, VerificationJobRowState.Changed)]
    [TestCase(1, 1, VerificationJobRowState.Changed)]
    public void A_change_is_a_change_whatever_else_is_not_known(int changed, int failed, VerificationJobRowState result) =>
        Assert.That(VerificationJobRowStates.Of(changed, failed), Is.EqualTo(result));

    [TestCase(VerificationJobRowState.Waiting, false)]
    [TestCase(VerificationJobRowState.Asking, false)]
    [TestCase(VerificationJobRowState.Awaiting, false)]
    [TestCase(VerificationJobRowState.Unchanged, true)]
    [TestCase(VerificationJobRowState.Changed, true)]
    [TestCase(VerificationJobRowState.Failed, true)]
    [TestCase(VerificationJobRowState.NobodyToAsk, true)]
    [TestCase(VerificationJobRowState.Cancelled, true)]
    public void A_case_is_over_with_its_result(VerificationJobRowState state, bool isOver) => Assert.That(state.IsOver, Is.EqualTo(isOver));
}

using Assistance.Domain.Parameters;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Parameters;

/// <summary>Two people stand for a number that decides over many households (Act art. 19).</summary>
public sealed class ParameterUploadActsTests
{
    [TestCase(ParameterUploadAct.Activate, "second", null)]
    [TestCase(ParameterUploadAct.Reject, "second", null)]
    [TestCase(ParameterUploadAct.Withdraw, "first", null)]
    [TestCase(ParameterUploadAct.Activate, "first", "own-proposal")]
    [TestCase(ParameterUploadAct.Reject, "first", "own-proposal")]
    [TestCase(ParameterUploadAct.Withdraw, "second", "not-the-proposer")]
    public void One_proposes_another_activates_or_rejects_and_the_first_takes_it_back(ParameterUploadAct act, string officer, string? refusal)
    {
        void Act() => ParameterUploadActs.Require(act, ParameterUploadState.Proposed, proposedBy: "first", officer);

        if (refusal is null)
        {
            Assert.That(Act, Throws.Nothing);
        }
        else
        {
            Assert.That(Refused.With(refusal, Act).Basis, Is.EqualTo(LegalBases.ProvinceSetsTheStandard));
        }
    }

    [Test]
    public void What_is_closed_stays_closed(
        [Values] ParameterUploadAct act,
        [Values(ParameterUploadState.Activated, ParameterUploadState.Withdrawn, ParameterUploadState.Rejected)] ParameterUploadState state,
        [Values("first", "second")] string officer)
    {
        var refusal = Refused.With("wrong-state", () => ParameterUploadActs.Require(act, state, proposedBy: "first", officer));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Arguments["act"], Is.EqualTo(act.ToString()));
            Assert.That(refusal.Arguments["state"], Is.EqualTo(state.ToString()));
            Assert.That(refusal.Arguments["allowed"], Is.EqualTo("Proposed"));
        }
    }
}

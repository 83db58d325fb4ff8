using Assistance.Domain.Intake;
using NUnit.Framework;
using static Assistance.Domain.Intake.ApplicationState;

namespace Assistance.Domain.Tests.Intake;

/// <summary>The order of the procedure, 57 chapters 2 to 4: every act in every state.</summary>
public sealed class ApplicationActsTests
{
    private static readonly Dictionary<ApplicationAct, ApplicationState[]> Allowed = new()
    {
        [ApplicationAct.Submit] = [], // LAW-37: what is there is not handed in again
        [ApplicationAct.SealDisclosure] = [Received], // 57-10
        [ApplicationAct.AcknowledgeDisclosure] = [Received, Accepted], // 57-10
        [ApplicationAct.OverrideDisclosure] = [Received, Accepted], // 57-10, the exception to it
        [ApplicationAct.WaiveItem] = [Received, Accepted],
        [ApplicationAct.Contest] = [Received, Accepted, Reviewed, Posted, WithDistrict, Granted], // 57-18, 57-31
        [ApplicationAct.SupplyItem] = [Received, Accepted], // 57-10; a promise may be made good after acceptance
        [ApplicationAct.ReturnSupply] = [Received, Accepted], // 57-10
        [ApplicationAct.Accept] = [Received], // 57-10
        [ApplicationAct.Verify] = [Received, Accepted, Reviewed, Posted, WithDistrict], // 57-17, 57-18
        [ApplicationAct.Assess] = [Accepted, Reviewed, Posted, WithDistrict], // 57-15, 57-19
        [ApplicationAct.Review] = [Accepted], // 57-19
        [ApplicationAct.Post] = [Reviewed], // 57-19
        [ApplicationAct.RecordPostingObjection] = [Posted], // 57-19
        [ApplicationAct.AnswerPostingObjection] = [Accepted, Reviewed, Posted], // 57-19
        [ApplicationAct.ExtendPeriod] = [Accepted, Reviewed, Posted, WithDistrict], // 57-22
        [ApplicationAct.RecordComplaint] = [Accepted, Reviewed, Posted, WithDistrict], // 57-20
        [ApplicationAct.ReportToDistrict] = [Reviewed, Posted], // 57-19
        [ApplicationAct.Confirm] = [WithDistrict], // 57-20
        [ApplicationAct.TakeUp] = [Received, Accepted, Reviewed, Posted, WithDistrict, TransferredOut], // LAW-64
        [ApplicationAct.RequestArbitration] = [Received, Accepted], // the local notice
        [ApplicationAct.Arbitrate] = [Received, Accepted], // the local notice
        [ApplicationAct.Move] = [Received, Accepted, Reviewed, Posted, WithDistrict],
        [ApplicationAct.DetermineComposition] = [Received, Accepted, Reviewed, Posted, WithDistrict], // 57-7
        [ApplicationAct.ReportChange] = [Received, Accepted, Reviewed, Posted, WithDistrict], // LAW-46
        [ApplicationAct.RecordAgentMandate] = [Received, Accepted, Reviewed, Posted, WithDistrict, Granted], // 57-6
        [ApplicationAct.RecordRelatedStaff] = [Accepted, Reviewed, Posted, WithDistrict], // 57-11
        [ApplicationAct.RecordHomeVisit] = [Accepted, Reviewed, Posted, WithDistrict], // 57-15, 57-20
        [ApplicationAct.ResolveDisagreement] = [Received, Accepted, Reviewed, Posted, WithDistrict, Granted], // 57-17, 57-31
        [ApplicationAct.RecordConsent] = [Received, Accepted, Reviewed, Posted, WithDistrict, Granted], // LAW-40, 57-9
        [ApplicationAct.RevokeConsent] = Enum.GetValues<ApplicationState>(), // LAW-40, PIPL 15
    };

    [Test]
    public void An_act_is_allowed_in_its_states_and_refused_in_all_others(
        [Values] ApplicationAct act, [Values] ApplicationState state)
    {
        if (Allowed[act].Contains(state))
        {
            Assert.That(() => ApplicationActs.Require(act, state), Throws.Nothing);
            return;
        }

        var refusal = Refused.With("wrong-state", () => ApplicationActs.Require(act, state));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Arguments["act"], Is.EqualTo(act.ToString()));
            Assert.That(refusal.Arguments["state"], Is.EqualTo(state.ToString()));
            Assert.That(refusal.Arguments["allowed"], Is.EqualTo(string.Join(", ", Allowed[act])));
        }
    }

    [Test]
    public void What_is_decided_or_passed_on_is_open_no_more() =>
        Assert.That(Enum.GetValues<ApplicationState>().Where(state => state.IsOpen), Is.EqualTo(new[]
        {
            ApplicationState.Received, ApplicationState.Accepted, ApplicationState.Reviewed, ApplicationState.Posted, ApplicationState.WithDistrict,
        }));
}

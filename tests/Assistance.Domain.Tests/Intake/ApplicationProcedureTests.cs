using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Intake;

/// <summary>What the tables of the procedures must be to be read by gates, by people and by other systems.</summary>
public sealed class ApplicationProcedureTests
{
    // Who does what by the division of the work between window, street and district (57 art. 2; Act art. 44), written out once more.
    private static readonly Dictionary<OfficerRole, ApplicationAct[]> OfOneRoleAlone = new()
    {
        [OfficerRole.Reviewer] =
        [
            ApplicationAct.Verify, ApplicationAct.Assess, ApplicationAct.Review, ApplicationAct.Post, ApplicationAct.AnswerPostingObjection, ApplicationAct.ReportToDistrict,
            ApplicationAct.DetermineComposition,
        ],
        [OfficerRole.Confirmer] = [ApplicationAct.Confirm],
        [OfficerRole.Supervisor] = [ApplicationAct.OverrideDisclosure, ApplicationAct.WaiveItem, ApplicationAct.ExtendPeriod, ApplicationAct.Arbitrate],
    };

    private static readonly IEnumerable<ClockStep> Steps =
        ApplicationProcedure.Table.Acts.SelectMany(row => row.Clocks).Concat(AdjustmentProcedure.Table.Acts.SelectMany(row => row.Clocks));

    [Test]
    public void Every_act_has_one_row()
    {
        Assert.That(ApplicationProcedure.Table.Acts.Select(row => row.Act), Is.EquivalentTo(Enum.GetValues<ApplicationAct>()));
        Assert.That(AdjustmentProcedure.Table.Acts.Select(row => row.Act), Is.EquivalentTo(Enum.GetValues<AdjustmentAct>()));
    }

    [Test]
    public void Every_state_is_reached_and_only_what_is_decided_or_passed_on_ends()
    {
        var changes = ApplicationProcedure.Table.Acts.SelectMany(row => row.Changes).ToList();

        Assert.That(changes.Select(change => change.To).Distinct(), Is.EquivalentTo(Enum.GetValues<ApplicationState>()));
        Assert.That(
            Enum.GetValues<ApplicationState>().Where(state => !changes.Exists(change => change.From == state)),
            Is.EqualTo(Enum.GetValues<ApplicationState>().Where(state => !state.IsOpen)));
    }

    [Test]
    public void What_only_reviewer_confirmer_or_supervisor_may_do_is_given_to_nobody_else()
    {
        foreach (var (role, acts) in OfOneRoleAlone)
        {
            Assert.That(
                ApplicationProcedure.Table.Acts.Where(row => row.Roles.SequenceEqual([role])).Select(row => row.Act), Is.EquivalentTo(acts), $"{role}");
        }
    }

    [Test]
    public void Auditors_and_departments_do_nothing() =>
        Assert.That(
            ApplicationProcedure.Table.Acts.SelectMany(row => row.Roles).Concat(AdjustmentProcedure.Table.Acts.SelectMany(row => row.Roles)),
            Has.None.EqualTo(OfficerRole.Auditor).And.None.EqualTo(OfficerRole.Department));

    [Test]
    public void Every_clock_that_starts_is_met_by_an_act_or_by_the_service()
    {
        Assert.That(Steps.Select(step => step.Clock).Distinct(), Is.EquivalentTo(ProcedureClocks.Rules.Select(rule => rule.Code)));
        foreach (var rule in ProcedureClocks.Rules)
        {
            Assert.That(Steps.Any(step => step.Clock == rule.Code && step.Effect == ClockEffect.Starts), rule.Code);
            Assert.That(rule.IsMetByTheService || Steps.Any(step => step.Clock == rule.Code && step.Effect == ClockEffect.Meets), rule.Code);
        }
    }

    // 57 art. 22 and N22 part 4(1) exclude no time.
    [Test]
    public void Nothing_lets_a_clock_pause() => Assert.That(Steps.Select(step => step.Effect), Has.None.EqualTo(ClockEffect.Pauses));
}

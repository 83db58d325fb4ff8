using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Intake;

public sealed class ProcedureClocksTests
{
    private static readonly ProcedurePeriods Periods = new(
        StartInvestigation: 3, StartVerification: 4, DistrictOpinion: 10, Total: 30, TotalExtended: 45, TakeUp: 2, Arbitration: 3);

    private static readonly DateOnly Day = new(2026, 9, 21);

    [TestCase(false, 30, "2026-11-09", "57-22", TestName = "57_22_the_whole_takes_thirty_working_days_from_acceptance")]
    [TestCase(true, 45, "2026-11-30", "N22-4-1", TestName = "N22_4_1_where_residence_differs_the_whole_takes_forty_five_working_days")]
    public void Acceptance_starts_the_whole(bool residenceDiffers, int days, string dueOn, string basis) =>
        Assert.That(
            ProcedureClocks.FromAcceptance(Programme.SubsistenceAllowance, Day, residenceDiffers, Periods, Seeds.Calendar).Single(clock => clock.Code == "Total"),
            Is.EqualTo(new ProcedureClock("Total", "Acceptance", Day, days, new DueDate(Seeds.Day(dueOn)!.Value, false), basis)));

    [TestCase(false)]
    [TestCase(true)]
    public void Acceptance_starts_the_investigation_whatever_the_residence(bool residenceDiffers)
    {
        var clocks = ProcedureClocks.FromAcceptance(Programme.SubsistenceAllowance, Day, residenceDiffers, Periods, Seeds.Calendar);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clocks, Has.Count.EqualTo(2));
            Assert.That(clocks, Has.Exactly(1).EqualTo(
                new ProcedureClock("StartInvestigation", "Acceptance", Day, 3, new DueDate(new DateOnly(2026, 9, 24), false), "57-15")));
        }
    }

    // 57 art. 22 and N22 part 4(1): an objection to the posting is a special ground, once.
    [TestCase(Programme.SubsistenceAllowance, ExtensionGround.PostingObjection, 30, "N22-4-1")]
    [TestCase(Programme.SubsistenceAllowance, ExtensionGround.AppliedElsewhere, 30, "N22-4-1")]
    [TestCase(Programme.MarginalLowIncome, ExtensionGround.HardInvestigation, 30, "N22-4-1")]
    [TestCase(Programme.MarginalLowIncome, ExtensionGround.PostingObjection, 30, "N22-4-1")]
    [TestCase(Programme.SubsistenceAllowance, ExtensionGround.HardInvestigation, 45, null)]
    [TestCase(Programme.MarginalLowIncome, ExtensionGround.PostingObjection, 45, null)]
    [TestCase(Programme.EssentialExpenditureHardship, ExtensionGround.HardInvestigation, 30, "GX-8")]
    [TestCase(Programme.EssentialExpenditureHardship, ExtensionGround.HardInvestigation, 45, null)]
    [TestCase(Programme.EssentialExpenditureHardship, ExtensionGround.PostingObjection, 30, null)]
    [TestCase(Programme.ExtremePovertySupport, ExtensionGround.HardInvestigation, 30, null)]
    public void The_whole_is_extended_once_and_on_the_grounds_of_the_programme_alone(Programme programme, ExtensionGround ground, int days, string? basis) =>
        Assert.That(
            ProcedureClocks.Extended(programme, ground, Day, days, Periods, Seeds.Calendar),
            Is.EqualTo(basis is null ? null : new ProcedureClock("Total", "Acceptance", Day, 45, new DueDate(new DateOnly(2026, 11, 30), false), basis)));

    // 57 art. 17
    [Test]
    public void The_request_of_the_street_starts_the_verification() =>
        Assert.That(
            ProcedureClocks.VerificationFrom(Day, Periods, Seeds.Calendar),
            Is.EqualTo(new ProcedureClock("StartVerification", "VerificationRequested", Day, 4, new DueDate(new DateOnly(2026, 9, 28), false), "57-17")));

    // 57 art. 20
    [Test]
    public void The_districts_receipt_of_the_file_starts_its_opinion() =>
        Assert.That(
            ProcedureClocks.DistrictOpinionFrom(Day, Periods, Seeds.Calendar),
            Is.EqualTo(new ProcedureClock("DistrictOpinion", "ReportToDistrict", Day, 10, new DueDate(new DateOnly(2026, 10, 12), false), "57-20")));

    // Act art. 64: without delay; the days are a sample.
    [Test]
    public void A_transfer_starts_the_days_to_take_it_up() =>
        Assert.That(
            ProcedureClocks.TakeUpFrom(Day, Periods, Seeds.Calendar),
            Is.EqualTo(new ProcedureClock("TakeUp", "Transfer", Day, 2, new DueDate(new DateOnly(2026, 9, 23), false), "LAW-64")));

    [Test]
    public void A_request_to_arbitrate_starts_the_days_to_decide() =>
        Assert.That(
            ProcedureClocks.ArbitrationFrom(Day, Periods, Seeds.Calendar),
            Is.EqualTo(new ProcedureClock("Arbitration", "ArbitrationRequested", Day, 3, new DueDate(new DateOnly(2026, 9, 24), false), "PC-RESIDENCE")));

    // 57 speaks of the subsistence allowance and, by N22, of marginal low income; GX art. 8 of its own whole; nothing is lent to the others.
    [TestCase(Programme.SubsistenceAllowance, "StartInvestigation 57-15, Total 57-22")]
    [TestCase(Programme.MarginalLowIncome, "StartInvestigation 57-15, Total 57-22")]
    [TestCase(Programme.EssentialExpenditureHardship, "Total GX-8")]
    [TestCase(Programme.ExtremePovertySupport, "")]
    [TestCase(Programme.TemporaryAssistance, "")]
    [TestCase(Programme.MedicalAssistance, "")]
    public void A_programme_runs_on_its_own_periods_and_on_nobody_elses(Programme programme, string clocks) =>
        Assert.That(
            string.Join(", ", ProcedureClocks.FromAcceptance(programme, Day, false, Periods, Seeds.Calendar).Select(clock => $"{clock.Code} {clock.BasisCode}")),
            Is.EqualTo(clocks));

    [Test]
    public void A_clock_that_runs_into_2027_is_provisional() =>
        Assert.That(
            ProcedureClocks.FromAcceptance(Programme.SubsistenceAllowance, new DateOnly(2026, 12, 1), false, Periods, Seeds.Calendar).Single(clock => clock.Code == "Total").Due.IsProvisional);
}

using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Lookups;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>N22 part 3(2).</summary>
public sealed class ReportedDeathsAreOnRecordTests
{
    private static readonly string[] Bases = ["N22-1-3"];

    [Test]
    public void Where_nobody_was_reported_dead_nothing_is_open() =>
        new ReportedDeathsAreOnRecord().On(AnInput()).Holds(Outcome.Eligible, "no-death-reported", Bases);

    [Test]
    public void A_reported_death_on_record_is_not_open() =>
        new ReportedDeathsAreOnRecord().On(AnInput(ABoringHousehold().WhereDied(Child, Today), ADeath(Child, Today)))
            .Holds(Outcome.Eligible, "deaths-on-record", Bases, "members=1");

    [Test]
    public void A_reported_death_on_no_record_needs_review() =>
        new ReportedDeathsAreOnRecord().On(AnInput(ABoringHousehold().WhereDied(Child, Today)))
            .Holds(Outcome.NeedsReview, "death-not-on-record", Bases, "members=1");

    [Test]
    public void The_record_of_one_does_not_confirm_the_death_of_another() =>
        new ReportedDeathsAreOnRecord().On(AnInput(ABoringHousehold().WhereDied(Child, Today), ADeath(Mother, Today)))
            .Holds(Outcome.NeedsReview, "death-not-on-record", Bases, "members=1");

    [Test]
    public void Another_fact_about_the_dead_does_not_confirm_the_death() =>
        new ReportedDeathsAreOnRecord().On(AnInput(ABoringHousehold().WhereDied(Child, Today), ACount(FactKind.HousesOwned, 0, Child)))
            .Holds(Outcome.NeedsReview, "death-not-on-record", Bases, "members=1");

    [Test]
    public void The_death_of_a_newborn_without_a_number_cannot_be_looked_up()
    {
        var household = ABoringHousehold().WhereDied(Child, Today).Where(Child, member => member with { HasIdentityNumber = false });

        new ReportedDeathsAreOnRecord().On(AnInput(household)).Holds(Outcome.Eligible, "deaths-on-record", Bases, "members=1");
    }
}

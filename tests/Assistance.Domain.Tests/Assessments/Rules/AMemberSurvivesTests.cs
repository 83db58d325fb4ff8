using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Households;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>Act art. 47; N22 part 1(3).</summary>
public sealed class AMemberSurvivesTests
{
    private static readonly string[] Bases = ["LAW-47", "N22-1-3"];

    private static readonly Household Nobody =
        ABoringHousehold().WhereDied(Mother, new DateOnly(2026, 9, 8)).WhereDied(Child, new DateOnly(2026, 9, 2));

    [Test]
    public void A_household_with_a_living_member_goes_on() =>
        new AMemberSurvives().On(AnInput(ABoringHousehold().WhereDied(Mother, Today)))
            .Holds(Outcome.Eligible, "member-survives", ["57-7"], "members=1");

    [Test]
    public void Where_all_deaths_are_on_record_the_household_has_ended_with_the_last_of_them() =>
        new AMemberSurvives().On(AnInput(Nobody, ADeath(Mother, new DateOnly(2026, 9, 8)), ADeath(Child, new DateOnly(2026, 9, 2))))
            .Holds(Outcome.Ineligible, "nobody-survives", Bases, "diedOn=2026-09-08");

    [Test]
    public void Where_one_death_is_on_no_record_somebody_has_to_look() =>
        new AMemberSurvives().On(AnInput(Nobody, ADeath(Mother, new DateOnly(2026, 9, 8))))
            .Holds(Outcome.NeedsReview, "death-not-on-record", Bases, "members=1");

    [Test]
    public void Where_no_death_is_on_record_somebody_has_to_look() =>
        new AMemberSurvives().On(AnInput(Nobody)).Holds(Outcome.NeedsReview, "death-not-on-record", Bases, "members=2");
}

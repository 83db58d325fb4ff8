using Assistance.Domain.Households;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Households;

public sealed class HouseholdTests
{
    private static readonly DateOnly DiedOn = new(2026, 9, 1);

    [TestCase("2026-08-31", true)]
    [TestCase("2026-09-01", false, TestName = "A_member_does_not_count_on_the_day_of_death")]
    [TestCase("2026-09-02", false)]
    public void A_member_counts_until_the_day_of_death(string day, bool counts) =>
        Assert.That(
            ABoringHousehold().WhereDied(Child, DiedOn).LivingOn(Seeds.Day(day)!.Value).Any(member => member.PersonId == Child),
            Is.EqualTo(counts));

    [Test]
    public void The_death_of_one_leaves_the_others() =>
        Assert.That(
            ABoringHousehold().WhereDied(Child, DiedOn).LivingOn(Today).Select(member => member.PersonId), Is.EqualTo([Mother]));

    [Test]
    public void The_dead_still_belong_to_the_household()
    {
        var household = ABoringHousehold().WhereDied(Child, DiedOn);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(household.Has(Child));
            Assert.That(household.Has(Stranger), Is.False);
        }
    }

    [TestCase("2032-05-05", true)]
    [TestCase("2032-05-06", false, TestName = "Nobody_is_a_minor_on_the_eighteenth_birthday")]
    [TestCase("2032-05-07", false)]
    public void A_child_is_a_minor_until_eighteen(string day, bool isMinor) =>
        Assert.That(AMember(Child, Relationship.Child, new DateOnly(2014, 5, 6)).IsMinorOn(Seeds.Day(day)!.Value), Is.EqualTo(isMinor));
}

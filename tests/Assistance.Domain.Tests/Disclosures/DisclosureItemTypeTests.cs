using Assistance.Domain.Disclosures;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Disclosures;

public sealed class DisclosureItemTypeTests
{
    [Test]
    public void An_item_of_the_household_concerns_nobody_in_particular() =>
        Assert.That(Concerned(ItemCircumstance.Household, ABoringHousehold()), Is.EqualTo(new Guid?[] { null }));

    [TestCase(false, 0)]
    [TestCase(true, 1)]
    public void An_item_of_a_differing_residence_is_needed_only_then(bool residenceDiffers, int items) =>
        Assert.That(
            Concerned(ItemCircumstance.ResidenceDiffers, ABoringHousehold(), residenceDiffers), Is.EqualTo(new Guid?[items]));

    [Test]
    public void An_item_of_each_member_concerns_all_of_them() =>
        Assert.That(Concerned(ItemCircumstance.EachMember, ABoringHousehold()), Is.EqualTo(new Guid?[] { Mother, Child }));

    [TestCase(ItemCircumstance.EachMember)]
    [TestCase(ItemCircumstance.MemberWithoutIdentityNumber)]
    [TestCase(ItemCircumstance.FullTimeStudent)]
    [TestCase(ItemCircumstance.MemberWithDeposits)]
    public void Nothing_is_asked_of_the_dead(ItemCircumstance circumstance)
    {
        var household = (ABoringHousehold() with { Properties = [Deposit(Mother), Deposit(Child)] })
            .Where(Mother, member => member with { HasIdentityNumber = false, IsFullTimeStudent = true })
            .Where(Child, member => member with { HasIdentityNumber = false, IsFullTimeStudent = true, DiedOn = Today });

        Assert.That(Concerned(circumstance, household), Is.EqualTo(new Guid?[] { Mother }));
    }

    [Test]
    public void A_birth_certificate_is_asked_only_where_there_is_no_number() =>
        Assert.That(
            Concerned(ItemCircumstance.MemberWithoutIdentityNumber, ABoringHousehold().Where(Child, member => member with { HasIdentityNumber = false })),
            Is.EqualTo(new Guid?[] { Child }));

    [Test]
    public void Proof_of_enrolment_is_asked_only_of_students() =>
        Assert.That(
            Concerned(ItemCircumstance.FullTimeStudent, ABoringHousehold().Where(Child, member => member with { IsFullTimeStudent = true })),
            Is.EqualTo(new Guid?[] { Child }));

    [Test]
    public void A_statement_of_deposits_is_asked_only_of_who_has_some() =>
        Assert.That(
            Concerned(ItemCircumstance.MemberWithDeposits, ABoringHousehold().With(
                Deposit(Child), new DeclaredProperty(Mother, PropertyKind.Securities, new Money(100)))),
            Is.EqualTo(new Guid?[] { Child }));

    [Test]
    public void Every_circumstance_has_a_rule([Values] ItemCircumstance circumstance) =>
        Assert.That(() => Concerned(circumstance, ABoringHousehold()), Throws.Nothing);

    [Test]
    public void A_circumstance_without_a_rule_fails() =>
        Assert.That(() => Concerned((ItemCircumstance)99, ABoringHousehold()), Throws.TypeOf<InvalidOperationException>().With.Message.Contains("99"));

    [Test]
    public void Whatever_a_household_can_be_asked_for_it_has_a_way_to_meet() =>
        Assert.That(Seeds.DisclosureItems.Where(type => !type.IsMetByTheForm && type.Ways.Count == 0), Is.Empty);

    private static DeclaredProperty Deposit(Guid personId) => new(personId, PropertyKind.Deposit, new Money(100));

    private static Guid?[] Concerned(ItemCircumstance circumstance, Household household, bool residenceDiffers = false) =>
        [.. (Seeds.DisclosureItems[0] with { Circumstance = circumstance }).Concerns(household, Today, residenceDiffers).Select(member => member?.PersonId)];
}

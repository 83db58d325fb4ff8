using Assistance.Domain.Households;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Households;

/// <summary>Act art. 46; 57 art. 30.</summary>
public sealed class CircumstanceChangeTests
{
    private static readonly Guid Newborn = new("00000000-0000-7000-8000-000000000003");

    [Test]
    public void A_birth_adds_the_newborn_and_changes_nothing_else()
    {
        var household = ABoringHousehold();
        var newborn = AMember(Newborn, Relationship.Child, Today) with { HasIdentityNumber = false };

        var after = new CircumstanceChange { Kind = ChangeKind.MemberBorn, ChangedOn = Today, PersonId = Newborn, NewMember = newborn }.ApplyTo(household);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Members, Is.EqualTo([.. household.Members, newborn]));
            Assert.That(after.Incomes, Is.EqualTo(household.Incomes));
            Assert.That(after.Properties, Is.EqualTo(household.Properties));
        }
    }

    [Test]
    public void A_death_is_noted_with_its_day_and_the_others_live_on()
    {
        var after = ADeathOf(Child).ApplyTo(ABoringHousehold());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Members.Single(member => member.PersonId == Child).DiedOn, Is.EqualTo(Today));
            Assert.That(after.Members.Single(member => member.PersonId == Mother).DiedOn, Is.Null);
            Assert.That(after.Incomes, Is.EqualTo(ABoringHousehold().Incomes));
        }
    }

    [Test]
    public void A_changed_income_replaces_everything_declared_of_that_member_and_nothing_of_the_others()
    {
        var household = ABoringHousehold().With(
            new DeclaredIncome(Mother, IncomeKind.Wages, new Money(600_00)),
            new DeclaredIncome(Mother, IncomeKind.SupportReceived, new Money(100_00)),
            new DeclaredIncome(Child, IncomeKind.Scholarship, new Money(50_00)));
        var pension = new DeclaredIncome(Mother, IncomeKind.Pension, new Money(400_00));

        var after = AnIncomeOf(Mother, pension).ApplyTo(household);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Incomes, Is.EquivalentTo([pension, new DeclaredIncome(Child, IncomeKind.Scholarship, new Money(50_00))]));
            Assert.That(after.Members, Is.EqualTo(household.Members));
        }
    }

    [Test]
    public void An_income_that_ended_leaves_none() =>
        Assert.That(AnIncomeOf(Mother).ApplyTo(ABoringHousehold()).Incomes, Is.Empty);

    [Test]
    public void The_state_before_a_change_is_left_as_it_was()
    {
        var before = ABoringHousehold();

        _ = ADeathOf(Child).ApplyTo(before);

        Assert.That(before.LivingOn(Today).Count(), Is.EqualTo(2));
    }

    [TestCase(ChangeKind.MemberDied)]
    [TestCase(ChangeKind.IncomeChanged)]
    public void A_change_of_a_stranger_is_refused(ChangeKind kind)
    {
        var change = new CircumstanceChange { Kind = kind, ChangedOn = Today, PersonId = Stranger };

        var refusal = Refused.With("member-not-in-household", () => change.ApplyTo(ABoringHousehold()));

        Assert.That(refusal.Basis, Is.EqualTo(LegalBases.HouseholdMembers));
    }

    [TestCase(ChangeKind.MemberDied)]
    [TestCase(ChangeKind.IncomeChanged)]
    public void A_change_of_a_member_who_had_died_before_is_refused(ChangeKind kind)
    {
        var household = ABoringHousehold().WhereDied(Child, Today.AddDays(-1));
        var change = new CircumstanceChange { Kind = kind, ChangedOn = Today, PersonId = Child };

        Refused.With("member-not-in-household", () => change.ApplyTo(household));
    }

    [Test]
    public void A_death_told_twice_for_the_same_day_stays_one_death()
    {
        var once = ADeathOf(Child).ApplyTo(ABoringHousehold());

        Assert.That(ADeathOf(Child).ApplyTo(once).Members, Is.EqualTo(once.Members));
    }

    private static CircumstanceChange ADeathOf(Guid personId) =>
        new() { Kind = ChangeKind.MemberDied, ChangedOn = Today, PersonId = personId };

    private static CircumstanceChange AnIncomeOf(Guid personId, params DeclaredIncome[] incomes) =>
        new() { Kind = ChangeKind.IncomeChanged, ChangedOn = Today, PersonId = personId, Incomes = incomes };
}

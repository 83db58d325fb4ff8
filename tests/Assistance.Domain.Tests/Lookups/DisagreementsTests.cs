using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Lookups;

/// <summary>57 art. 17 (what is looked up) and 18 (re-check): declared against source A against source B.</summary>
public sealed class DisagreementsTests
{
    // 57 art. 13: income; each row what was declared against what a department states.
    [TestCase(FactKind.MonthlyWage, IncomeKind.Wages, DisagreementField.Wages)]
    [TestCase(FactKind.MonthlyTaxedWage, IncomeKind.Wages, DisagreementField.Wages)]
    [TestCase(FactKind.MonthlyTaxedBusinessIncome, IncomeKind.BusinessNet, DisagreementField.BusinessIncome)]
    [TestCase(FactKind.MonthlyPension, IncomeKind.Pension, DisagreementField.Pension)]
    [TestCase(FactKind.MonthlyUnemploymentBenefit, IncomeKind.UnemploymentBenefit, DisagreementField.UnemploymentBenefit)]
    [TestCase(FactKind.MonthlyPreferentialPension, IncomeKind.PreferentialPension, DisagreementField.PreferentialPension)]
    public void Income_differs_by_a_fen_and_agrees_to_the_fen(FactKind stated, IncomeKind declared, DisagreementField field)
    {
        var household = ABoringHousehold().With(new DeclaredIncome(Mother, declared, new Money(500_00)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FieldsOf(household, AnAmount(stated, 500_00)), Is.Empty);
            Assert.That(FieldsOf(household, AnAmount(stated, 500_01)), Is.EqualTo([field]));
        }
    }

    // 57 art. 14: property.
    [TestCase(FactKind.DepositBalance, PropertyKind.Deposit, DisagreementField.Deposits)]
    [TestCase(FactKind.SecuritiesValue, PropertyKind.Securities, DisagreementField.Securities)]
    [TestCase(FactKind.PolicyCashValue, PropertyKind.CommercialInsurance, DisagreementField.CommercialInsurance)]
    [TestCase(FactKind.PaymentBalance, PropertyKind.InternetFinance, DisagreementField.PaymentBalance)]
    public void Assets_differ_by_a_fen_and_agree_to_the_fen(FactKind stated, PropertyKind declared, DisagreementField field)
    {
        var household = ABoringHousehold().With(new DeclaredProperty(Mother, declared, new Money(500_00)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FieldsOf(household, AnAmount(stated, 500_00)), Is.Empty);
            Assert.That(FieldsOf(household, AnAmount(stated, 499_99)), Is.EqualTo([field]));
        }
    }

    [TestCase(FactKind.HousesOwned, PropertyKind.House, DisagreementField.Houses)]
    [TestCase(FactKind.VehiclesOwned, PropertyKind.Vehicle, DisagreementField.Vehicles)]
    [TestCase(FactKind.VesselsOwned, PropertyKind.Vehicle, DisagreementField.Vehicles)]
    public void Houses_and_vehicles_differ_by_their_number(FactKind stated, PropertyKind declared, DisagreementField field)
    {
        var household = ABoringHousehold().With(new DeclaredProperty(Mother, declared, Money.Zero, 1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FieldsOf(household, ACount(stated, 1)), Is.Empty);
            Assert.That(FieldsOf(household, ACount(stated, 2)), Is.EqualTo([field]));
        }
    }

    [Test]
    public void Vehicles_and_vessels_are_added_up() =>
        Assert.That(
            FieldsOf(ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.Vehicle, Money.Zero, 1)), ACount(FactKind.VehiclesOwned, 1), ACount(FactKind.VesselsOwned, 1)),
            Is.EqualTo([DisagreementField.Vehicles]));

    [Test]
    public void What_was_not_declared_was_declared_to_be_none()
    {
        var wages = Of(ABoringHousehold().With(Array.Empty<DeclaredIncome>()), AnAmount(FactKind.MonthlyWage, 800_00)).Single();

        Assert.That(wages.Statements.Select(statement => (statement.Source, statement.Value.AmountFen?.Fen)), Is.EqualTo(new (LookupSource?, long?)[]
        {
            (null, 0), (LookupSource.SocialInsurance, 800_00),
        }));
    }

    // 57 art. 17; a department without a record states nothing at all.
    [Test]
    public void Silence_and_no_record_are_no_statement_of_none() =>
        Assert.That(FieldsOf(ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.Deposit, new Money(1)))), Is.Empty);

    [Test]
    public void Each_statement_has_its_provenance()
    {
        var stated = Of(null, AnAmount(FactKind.MonthlyTaxedWage, 700_00) with { LookupId = AnotherLookup }, AnAmount(FactKind.MonthlyWage, 800_00)).Single();

        Assert.That(stated.Statements, Is.EqualTo(
        [
            new Statement { Value = new StatedValue(new Money(WageFen)) },
            new Statement
            {
                Source = LookupSource.SocialInsurance, LookupId = ALookup, AnsweredAt = Now, ValidUntilOn = Today.AddDays(30),
                Value = new StatedValue(new Money(800_00)),
            },
            new Statement
            {
                Source = LookupSource.Tax, LookupId = AnotherLookup, AnsweredAt = Now, ValidUntilOn = Today.AddDays(30),
                Value = new StatedValue(new Money(700_00)),
            },
        ]));
    }

    [Test]
    public void Two_departments_may_differ_though_one_agrees_with_the_household() =>
        Assert.That(FieldsOf(null, AnAmount(FactKind.MonthlyWage, WageFen), AnAmount(FactKind.MonthlyTaxedWage, WageFen + 1)), Is.EqualTo([DisagreementField.Wages]));

    [Test]
    public void Two_jobs_that_one_department_states_are_added_up() =>
        Assert.That(FieldsOf(null, AnAmount(FactKind.MonthlyWage, WageFen - 100_00), AnAmount(FactKind.MonthlyWage, 100_00)), Is.Empty);

    [TestCase("2026-09-11", null, TestName = "A_wage_that_begins_tomorrow_is_no_statement")]
    [TestCase(null, "2026-09-09", TestName = "A_wage_that_ended_yesterday_is_no_statement")]
    public void Facts_outside_their_dates_are_left_out(string? from, string? to) =>
        Assert.That(FieldsOf(null, AnAmount(FactKind.MonthlyWage, 900_00) with { FromOn = Seeds.Day(from ?? ""), ToOn = Seeds.Day(to ?? "") }), Is.Empty);

    [TestCase("140213060", 0, TestName = "A_move_between_streets_is_no_difference")]
    [TestCase("110101", 1, TestName = "Another_district_is_a_difference")]
    public void Registrations_are_compared_down_to_the_district(string registered, int differences) =>
        Assert.That(Of(null, ARegistration(registered)), Has.Count.EqualTo(differences));

    [Test]
    public void The_grade_of_a_disability_may_differ_and_so_may_its_being_declared()
    {
        var declared = ABoringHousehold().Where(Mother, member => member with { Disability = new Disability(DisabilityKind.Visual, 2) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FieldsOf(declared, ACount(FactKind.DisabilityGrade, 2)), Is.Empty);
            Assert.That(FieldsOf(declared, ACount(FactKind.DisabilityGrade, 3)), Is.EqualTo([DisagreementField.Disability]));
            Assert.That(FieldsOf(null, ACount(FactKind.DisabilityGrade, 2)), Is.EqualTo([DisagreementField.Disability]));
        }
    }

    [Test]
    public void An_enrolment_that_was_not_declared_differs()
    {
        var student = ABoringHousehold().Where(Child, member => member with { IsFullTimeStudent = true });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FieldsOf(student, ASince(FactKind.EnrolledSince, Today, Child)), Is.Empty);
            Assert.That(FieldsOf(null, ASince(FactKind.EnrolledSince, Today, Child)), Is.EqualTo([DisagreementField.Enrolment]));
        }
    }

    // 57 art. 7(1): a spouse is a member wherever they live.
    [Test]
    public void A_marriage_without_a_declared_spouse_differs()
    {
        var spouse = ABoringHousehold().Where(Child, member => member with { Relationship = Relationship.Spouse });
        var married = ASince(FactKind.MarriedSince, Today.AddYears(-9));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FieldsOf(null, married), Is.EqualTo([DisagreementField.Marriage]));
            Assert.That(FieldsOf(spouse, married), Is.Empty);
            Assert.That(FieldsOf(spouse.WhereDied(Child, Today), married), Is.Empty, "The register need not know of the death.");
            Assert.That(FieldsOf(null, married with { PersonId = Child }), Is.Empty, "Of others the form says nothing.");
        }
    }

    // N22 part 1(3) and 3(2): deaths and cremations.
    [Test]
    public void A_death_on_record_differs_from_the_living_and_from_another_day()
    {
        var dead = ABoringHousehold().WhereDied(Child, Today.AddDays(-5));
        var cremated = ASince(FactKind.CrematedOn, Today.AddDays(-3), Child);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FieldsOf(null, ADeath(Child, Today)), Is.EqualTo([DisagreementField.Death]));
            Assert.That(FieldsOf(dead, ADeath(Child, Today.AddDays(-5))), Is.Empty);
            Assert.That(FieldsOf(dead, ADeath(Child, Today.AddDays(-4))), Is.EqualTo([DisagreementField.Death]));
            Assert.That(FieldsOf(null, cremated), Is.EqualTo([DisagreementField.Death]));
            Assert.That(FieldsOf(dead, cremated), Is.Empty, "A cremation bears out a death before it.");
            Assert.That(FieldsOf(dead, ASince(FactKind.CrematedOn, Today.AddDays(-6), Child)), Is.EqualTo([DisagreementField.Death]));
        }
    }

    [Test]
    public void Of_the_dead_nothing_else_is_compared() =>
        Assert.That(FieldsOf(ABoringHousehold().WhereDied(Mother, Today), AnAmount(FactKind.MonthlyWage, 1)), Is.Empty);

    [Test]
    public void Of_a_stranger_nothing_is_compared() => Assert.That(Of(null, AnAmount(FactKind.MonthlyWage, 1, Stranger)), Is.Empty);

    [Test]
    public void The_same_statements_have_the_same_hash_whichever_query_brought_them()
    {
        var before = Of(null, AnAmount(FactKind.MonthlyWage, 800_00)).Single();
        var asked = Of(null, AnAmount(FactKind.MonthlyWage, 800_00) with { LookupId = AnotherLookup, AnsweredAt = Now.AddDays(1) }).Single();

        Assert.That(asked.StatementsHash, Is.EqualTo(before.StatementsHash));
    }

    [Test]
    public void Whoever_states_something_else_makes_another_hash()
    {
        var stated = new[] { AnAmount(FactKind.MonthlyWage, 800_00), AnAmount(FactKind.MonthlyTaxedWage, 700_00) };
        string[] hashes =
        [
            Of(null, stated).Single().StatementsHash,
            Of(null, stated[0], stated[1] with { AmountFen = new Money(700_01) }).Single().StatementsHash,
            Of(null, stated[0]).Single().StatementsHash,
            Of(ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, Money.Zero)), stated).Single().StatementsHash,
            Of(null, stated[0] with { AmountFen = new Money(700_00) }, stated[1] with { AmountFen = new Money(800_00) }).Single().StatementsHash,
            Of(null, stated[0] with { PersonId = Child }, stated[1] with { PersonId = Child }).Single().StatementsHash,
        ];

        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public void Only_departments_that_say_otherwise_are_against_the_declared() =>
        Assert.That(
            Of(null, AnAmount(FactKind.MonthlyWage, WageFen), AnAmount(FactKind.MonthlyTaxedWage, 700_00)).Single().AgainstTheDeclared.Select(statement => statement.Source),
            Is.EqualTo([LookupSource.Tax]));

    [Test]
    public void Statements_disagree_exactly_where_two_differ() =>
        Gen.Select(Gen.Long[0, 3], Gen.Long[0, 3], Gen.Long[0, 3]).Sample((declared, insured, taxed) =>
            (Of(ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, new Money(declared))),
                AnAmount(FactKind.MonthlyWage, insured), AnAmount(FactKind.MonthlyTaxedWage, taxed)).Count == 1)
            == !(declared == insured && insured == taxed));

    private static IReadOnlyList<Disagreement> Of(Household? household, params LookupFact[] facts) =>
        Disagreements.Of(household ?? ABoringHousehold(), facts, Today);

    private static IEnumerable<DisagreementField> FieldsOf(Household? household, params LookupFact[] facts) =>
        Of(household, facts).Select(disagreement => disagreement.Field);
}

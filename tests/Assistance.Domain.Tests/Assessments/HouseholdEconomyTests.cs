using Assistance.Domain.Assessments;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments;

/// <summary>Income by 57 art. 13, property by art. 14.</summary>
public sealed class HouseholdEconomyTests
{
    private static readonly IncomeKind[] Excluded =
    [
        IncomeKind.PreferentialPension, IncomeKind.FamilyPlanningAward, IncomeKind.Scholarship, IncomeKind.SocialAssistance,
    ];

    [TestCase(600_00, 500_00, 600_00, FigureOrigin.Declared, FigureReason.DeclaredIsMore, TestName = "The_household_declared_more")]
    [TestCase(600_00, 600_01, 600_01, FigureOrigin.Department, FigureReason.DepartmentStatesNoLess, TestName = "The_department_states_one_fen_more")]
    [TestCase(600_00, 600_00, 600_00, FigureOrigin.Department, FigureReason.DepartmentStatesNoLess, TestName = "Both_say_the_same")]
    [TestCase(0, 800_00, 800_00, FigureOrigin.Department, FigureReason.DepartmentStatesNoLess, TestName = "Nothing_was_declared")]
    public void The_larger_of_the_declared_and_the_stated_counts(long declared, long stated, long counted, FigureOrigin origin, FigureReason reason)
    {
        var household = ABoringHousehold().With(declared == 0 ? [] : [Wage(declared)]);

        var line = HouseholdEconomy.Of(AnInput(household, AnAmount(FactKind.MonthlyWage, stated))).Incomes.Single();

        Assert.That(line, Is.EqualTo(new IncomeLine
        {
            PersonId = Mother,
            Kind = IncomeKind.Wages,
            IncomeClass = IncomeClass.Wages,
            DeclaredFen = new Money(declared),
            DepartmentFen = new Money(stated),
            Origin = origin,
            Reason = reason,
            Source = LookupSource.SocialInsurance,
            LookupId = ALookup,
            CountedFen = new Money(counted),
            BasisCode = "57-13",
        }));
    }

    [Test]
    public void Where_no_department_states_anything_the_word_of_the_household_counts()
    {
        var line = HouseholdEconomy.Of(AnInput()).Incomes.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.CountedFen, Is.EqualTo(new Money(WageFen)));
            Assert.That(line.Origin, Is.EqualTo(FigureOrigin.Declared));
            Assert.That(line.DepartmentFen, Is.Null);
            Assert.That(line.Source, Is.Null);
            Assert.That(line.LookupId, Is.Null);
        }
    }

    [TestCase(700_00, 800_00, 800_00, LookupSource.Tax)]
    [TestCase(800_00, 700_00, 800_00, LookupSource.SocialInsurance)]
    public void One_wage_stated_by_two_departments_is_counted_once(long insured, long taxed, long counted, LookupSource source)
    {
        var input = AnInput(
            null,
            AnAmount(FactKind.MonthlyWage, insured),
            AnAmount(FactKind.MonthlyTaxedWage, taxed) with { LookupId = AnotherLookup });

        var line = HouseholdEconomy.Of(input).Incomes.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.CountedFen, Is.EqualTo(new Money(counted)));
            Assert.That(line.Source, Is.EqualTo(source));
            Assert.That(line.LookupId, Is.EqualTo(source == LookupSource.Tax ? AnotherLookup : ALookup));
        }
    }

    [Test]
    public void Two_jobs_stated_by_one_department_are_added() =>
        Assert.That(
            HouseholdEconomy.Of(AnInput(null, AnAmount(FactKind.MonthlyWage, 500_00), AnAmount(FactKind.MonthlyWage, 300_00))).MonthlyIncomeFen,
            Is.EqualTo(new Money(800_00)));

    [Test]
    public void Two_wages_declared_are_added() =>
        Assert.That(
            HouseholdEconomy.Of(AnInput(ABoringHousehold().With(Wage(500_00), Wage(300_00)))).MonthlyIncomeFen, Is.EqualTo(new Money(800_00)));

    [Test]
    public void Two_kinds_of_income_are_added_and_each_has_its_line()
    {
        var household = ABoringHousehold().With(Wage(500_00), new DeclaredIncome(Mother, IncomeKind.SupportReceived, new Money(100_00)));

        var economy = HouseholdEconomy.Of(AnInput(household, AnAmount(FactKind.MonthlyPension, 50_00)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(economy.MonthlyIncomeFen, Is.EqualTo(new Money(650_00)));
            Assert.That(
                economy.Incomes.Select(line => line.Kind),
                Is.EqualTo([IncomeKind.Wages, IncomeKind.Pension, IncomeKind.SupportReceived]));
        }
    }

    [TestCase(FactKind.MonthlyWage, IncomeKind.Wages, IncomeClass.Wages)]
    [TestCase(FactKind.MonthlyTaxedWage, IncomeKind.Wages, IncomeClass.Wages)]
    [TestCase(FactKind.MonthlyPension, IncomeKind.Pension, IncomeClass.TransferNet)]
    [TestCase(FactKind.MonthlyUnemploymentBenefit, IncomeKind.UnemploymentBenefit, IncomeClass.TransferNet)]
    [TestCase(FactKind.MonthlyTaxedBusinessIncome, IncomeKind.BusinessNet, IncomeClass.BusinessNet)]
    public void What_a_department_states_is_income_of_its_kind(FactKind fact, IncomeKind kind, IncomeClass incomeClass)
    {
        var line = HouseholdEconomy.Of(AnInput(ABoringHousehold().With(Array.Empty<DeclaredIncome>()), AnAmount(fact, 10_00))).Incomes.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.Kind, Is.EqualTo(kind));
            Assert.That(line.IncomeClass, Is.EqualTo(incomeClass));
            Assert.That(line.CountedFen, Is.EqualTo(new Money(10_00)));
        }
    }

    [Test]
    public void Facts_of_other_kinds_are_no_income() =>
        Assert.That(
            HouseholdEconomy.Of(AnInput(null, ACount(FactKind.HousesOwned, 1), ACount(FactKind.VehiclesOwned, 1), ARegistration(Street))).Incomes,
            Has.Count.EqualTo(1));

    [Test]
    public void The_incomes_of_all_members_are_added()
    {
        var household = ABoringHousehold().With(Wage(500_00), new DeclaredIncome(Child, IncomeKind.Wages, new Money(100_00)));

        var economy = HouseholdEconomy.Of(AnInput(household, AnAmount(FactKind.MonthlyWage, 150_00, Child)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(economy.MonthlyIncomeFen, Is.EqualTo(new Money(650_00)));
            Assert.That(economy.Incomes.Select(line => (line.PersonId, line.CountedFen.Fen)), Is.EqualTo([(Mother, 500_00L), (Child, 150_00L)]));
        }
    }

    [Test]
    public void The_income_of_a_stranger_does_not_count() =>
        Assert.That(
            HouseholdEconomy.Of(AnInput(
                ABoringHousehold().With(new DeclaredIncome(Stranger, IncomeKind.Wages, new Money(500_00))),
                AnAmount(FactKind.MonthlyWage, 500_00, Stranger))).MonthlyIncomeFen,
            Is.EqualTo(Money.Zero));

    // 57 art. 13: (1) honours and awards, (2) assistance itself.
    [TestCaseSource(nameof(Excluded))]
    public void An_excluded_kind_is_shown_and_does_not_count(IncomeKind kind)
    {
        var economy = HouseholdEconomy.Of(AnInput(ABoringHousehold().With(new DeclaredIncome(Mother, kind, new Money(500_00)))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(economy.MonthlyIncomeFen, Is.EqualTo(Money.Zero));
            Assert.That(economy.Incomes.Single().CountedFen, Is.EqualTo(Money.Zero));
            Assert.That(economy.Incomes.Single().DeclaredFen, Is.EqualTo(new Money(500_00)));
        }
    }

    [Test]
    public void Every_kind_that_is_not_excluded_counts([Values] IncomeKind kind)
    {
        var household = ABoringHousehold().With(new DeclaredIncome(Mother, kind, new Money(500_00)));

        Assert.That(
            HouseholdEconomy.Of(AnInput(household)).MonthlyIncomeFen, Is.EqualTo(Excluded.Contains(kind) ? Money.Zero : new Money(500_00)));
    }

    // 57 art. 13(3): "during the Fourteenth Five-Year Plan".
    [TestCase("2025-12-31", 0)]
    [TestCase("2026-01-01", 200_00)]
    public void The_central_basic_pension_was_excluded_to_the_end_of_2025(string day, long counted)
    {
        var household = ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.BasicPensionCentral, new Money(200_00)));

        var economy = HouseholdEconomy.Of(AnInput(household) with { AssessedOn = Seeds.Day(day)!.Value });

        Assert.That(economy.MonthlyIncomeFen, Is.EqualTo(new Money(counted)));
    }

    [Test]
    public void A_kind_without_a_rule_in_force_is_refused_and_not_guessed()
    {
        var input = AnInput() with { AssessedOn = new DateOnly(2021, 6, 30) };

        var refusal = Refused.With("no-parameter-in-force", () => HouseholdEconomy.Of(input));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Arguments["parameter"], Is.EqualTo("income-kind.Wages"));
            Assert.That(refusal.Arguments["on"], Is.EqualTo("2021-06-30"));
        }
    }

    [TestCase("2026-09-11", null, 600_00, TestName = "A_wage_that_begins_tomorrow_does_not_count")]
    [TestCase("2026-09-10", null, 900_00)]
    [TestCase(null, "2026-09-09", 600_00, TestName = "A_wage_that_ended_yesterday_does_not_count")]
    [TestCase(null, "2026-09-10", 900_00)]
    public void Facts_outside_their_dates_are_left_out(string? from, string? to, long counted)
    {
        var fact = AnAmount(FactKind.MonthlyWage, 900_00) with { FromOn = Seeds.Day(from ?? ""), ToOn = Seeds.Day(to ?? "") };

        Assert.That(HouseholdEconomy.Of(AnInput(null, fact)).MonthlyIncomeFen, Is.EqualTo(new Money(counted)));
    }

    // N22 part 1(3)
    [Test]
    public void The_dead_neither_earn_nor_own_nor_count()
    {
        var household = ABoringHousehold().WhereDied(Mother, Today) with
        {
            Properties =
            [
                new DeclaredProperty(Mother, PropertyKind.Deposit, new Money(1)),
                new DeclaredProperty(Mother, PropertyKind.House, new Money(1)),
                new DeclaredProperty(Mother, PropertyKind.Vehicle, new Money(1)),
            ],
        };

        var economy = HouseholdEconomy.Of(AnInput(
            household, AnAmount(FactKind.MonthlyWage, 900_00), ACount(FactKind.HousesOwned, 1), ACount(FactKind.VehiclesOwned, 1)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(economy.Members, Is.EqualTo(1));
            Assert.That(economy.Incomes, Is.Empty);
            Assert.That(economy.MonthlyIncomeFen, Is.EqualTo(Money.Zero));
            Assert.That(economy.FinancialAssetsFen, Is.EqualTo(Money.Zero));
            Assert.That(economy.Houses, Is.Zero);
            Assert.That(economy.Vehicles, Is.Zero);
        }
    }

    [TestCase(PropertyKind.Deposit, true)]
    [TestCase(PropertyKind.Securities, true)]
    [TestCase(PropertyKind.CommercialInsurance, true)]
    [TestCase(PropertyKind.Claims, true)]
    [TestCase(PropertyKind.InternetFinance, true)]
    [TestCase(PropertyKind.Vehicle, false)]
    [TestCase(PropertyKind.House, false)]
    [TestCase(PropertyKind.OtherImmovable, false)]
    public void Financial_assets_are_those_of_57_art_14(PropertyKind kind, bool isFinancial)
    {
        var household = ABoringHousehold().With(
            new DeclaredProperty(Mother, kind, new Money(500)), new DeclaredProperty(Child, kind, new Money(30)));

        Assert.That(HouseholdEconomy.Of(AnInput(household)).FinancialAssetsFen, Is.EqualTo(new Money(isFinancial ? 530 : 0)));
    }

    [TestCase(0, 0, 0)]
    [TestCase(1, 0, 1, TestName = "A_house_declared_and_not_on_record_counts")]
    [TestCase(0, 1, 1, TestName = "A_house_on_record_and_not_declared_counts")]
    [TestCase(1, 1, 1, TestName = "A_house_declared_and_on_record_is_one_house")]
    [TestCase(1, 2, 2)]
    [TestCase(3, 2, 3)]
    public void Houses_are_the_larger_of_the_declared_and_the_recorded(int declared, int recorded, int houses)
    {
        var household = ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.House, Money.Zero, declared));

        Assert.That(HouseholdEconomy.Of(AnInput(household, ACount(FactKind.HousesOwned, recorded))).Houses, Is.EqualTo(houses));
    }

    [Test]
    public void Houses_and_vehicles_of_all_members_are_added()
    {
        var household = ABoringHousehold().With(
            new DeclaredProperty(Mother, PropertyKind.House, Money.Zero, 1),
            new DeclaredProperty(Mother, PropertyKind.House, Money.Zero, 1),
            new DeclaredProperty(Mother, PropertyKind.Vehicle, Money.Zero, 1));

        var economy = HouseholdEconomy.Of(AnInput(
            household, ACount(FactKind.HousesOwned, 1, Child), ACount(FactKind.VehiclesOwned, 2, Child)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(economy.Houses, Is.EqualTo(3));
            Assert.That(economy.Vehicles, Is.EqualTo(3));
        }
    }

    // 57 art. 14: what life and production need may be exempted.
    [TestCase(1, PropertyExemption.None, 0, 1)]
    [TestCase(1, PropertyExemption.DisabilityVehicle, 0, 0)]
    [TestCase(1, PropertyExemption.LivelihoodVehicle, 0, 0)]
    [TestCase(1, PropertyExemption.DisabilityVehicle, 1, 0, TestName = "An_exempt_vehicle_that_is_on_record_is_still_exempt")]
    [TestCase(1, PropertyExemption.DisabilityVehicle, 2, 1, TestName = "A_second_vehicle_on_record_counts_beside_an_exempt_one")]
    [TestCase(2, PropertyExemption.LivelihoodVehicle, 2, 0)]
    [TestCase(2, PropertyExemption.None, 1, 2)]
    [TestCase(0, PropertyExemption.None, 1, 1)]
    public void Vehicles_are_counted_less_the_exempt_ones(int declared, PropertyExemption exemption, int recorded, int vehicles)
    {
        var household = ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.Vehicle, Money.Zero, declared, exemption));

        Assert.That(HouseholdEconomy.Of(AnInput(household, ACount(FactKind.VehiclesOwned, recorded))).Vehicles, Is.EqualTo(vehicles));
    }

    [Test]
    public void The_exempt_vehicle_of_one_member_does_not_exempt_that_of_another()
    {
        var household = ABoringHousehold().With(
            new DeclaredProperty(Mother, PropertyKind.Vehicle, Money.Zero, 1, PropertyExemption.DisabilityVehicle));

        Assert.That(HouseholdEconomy.Of(AnInput(household, ACount(FactKind.VehiclesOwned, 1, Child))).Vehicles, Is.EqualTo(1));
    }

    [Test]
    public void A_vehicle_on_record_until_yesterday_does_not_count() =>
        Assert.That(
            HouseholdEconomy.Of(AnInput(null, ACount(FactKind.VehiclesOwned, 1) with { ToOn = Today.AddDays(-1) })).Vehicles, Is.Zero);

    [Test]
    public void The_share_of_each_is_rounded_down_for_reading()
    {
        var household = ABoringHousehold().With(Wage(100_01));

        Assert.That(HouseholdEconomy.Of(AnInput(household)).PerCapitaFen, Is.EqualTo(new Money(50_00)));
    }

    [Test]
    public void Where_nobody_survives_there_is_no_share() =>
        Assert.That(
            HouseholdEconomy.Of(AnInput(ABoringHousehold().WhereDied(Mother, Today).WhereDied(Child, Today))).PerCapitaFen, Is.EqualTo(Money.Zero));

    [Test]
    public void The_income_is_the_sum_of_its_lines_and_never_less_than_what_was_declared_of_kinds_that_count() =>
        Gen.Select(Gen.Long[0, 5_000_00].Array[0, 6], Gen.Long[0, 5_000_00].Array[0, 6]).Sample(
            (declared, stated) =>
            {
                var economy = HouseholdEconomy.Of(AnInput(
                    ABoringHousehold().With([.. declared.Select(Wage)]), [.. stated.Select(fen => AnAmount(FactKind.MonthlyWage, fen))]));
                return economy.MonthlyIncomeFen == economy.Incomes.Sum(line => line.CountedFen)
                    && economy.MonthlyIncomeFen.Fen == Math.Max(declared.Sum(), stated.Sum());
            },
            iter: 1_000);

    private static DeclaredIncome Wage(long fen) => new(Mother, IncomeKind.Wages, new Money(fen));
}

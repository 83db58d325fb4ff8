using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Lookups;

public sealed class LookupFactTests
{
    private const long Most = 100_000_000_00;

    private static readonly FactKind[] Amounts =
    [
        FactKind.MonthlyWage, FactKind.MonthlyPension, FactKind.MonthlyUnemploymentBenefit, FactKind.MonthlyTaxedWage,
        FactKind.HousingFundBalance, FactKind.PolicyCashValue, FactKind.PaymentBalance, FactKind.MedicalSelfPaid, FactKind.MonthlyPreferentialPension,
    ];

    private static readonly FactKind[] SignedAmounts = [FactKind.MonthlyTaxedBusinessIncome, FactKind.DepositBalance, FactKind.SecuritiesValue];

    private static readonly FactKind[] Counts = [FactKind.HousesOwned, FactKind.VehiclesOwned, FactKind.VesselsOwned, FactKind.BusinessesOwned];

    private static readonly FactKind[] Days = [FactKind.DiedOn, FactKind.CrematedOn];

    private static readonly FactKind[] Periods = [FactKind.UnemployedSince, FactKind.MarriedSince, FactKind.EnrolledSince];

    [TestCaseSource(nameof(SignedAmounts))]
    public void An_account_may_be_overdrawn_and_a_business_may_lose(FactKind kind)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(AnAmount(kind, -1).IsPlausible(Today));
            Assert.That(AnAmount(kind, -Most).IsPlausible(Today));
            Assert.That(AnAmount(kind, -Most - 1).IsPlausible(Today), Is.False);
            Assert.That(AnAmount(kind, Most).IsPlausible(Today));
            Assert.That(AnAmount(kind, Most + 1).IsPlausible(Today), Is.False);
        }
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(4, true)]
    [TestCase(5, false)]
    public void A_disability_has_one_of_four_grades(int grade, bool isPlausible) =>
        Assert.That(ACount(FactKind.DisabilityGrade, grade).IsPlausible(Today), Is.EqualTo(isPlausible));

    [TestCaseSource(nameof(Periods))]
    public void A_period_has_begun_and_may_have_an_end(FactKind kind)
    {
        var begun = ACount(kind, 0) with { Count = null, FromOn = Today };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(begun.IsPlausible(Today));
            Assert.That((begun with { ToOn = Today.AddYears(1) }).IsPlausible(Today));
            Assert.That((begun with { ToOn = Today.AddDays(-1) }).IsPlausible(Today), Is.False);
            Assert.That((begun with { FromOn = Today.AddDays(1) }).IsPlausible(Today), Is.False);
            Assert.That((begun with { FromOn = null }).IsPlausible(Today), Is.False);
            Assert.That((begun with { Count = 1 }).IsPlausible(Today), Is.False);
        }
    }

    [TestCaseSource(nameof(Days))]
    public void A_day_has_come_and_has_no_end(FactKind kind)
    {
        var day = ACount(kind, 0) with { Count = null, FromOn = Today };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(day.IsPlausible(Today));
            Assert.That((day with { ToOn = Today }).IsPlausible(Today), Is.False);
            Assert.That((day with { FromOn = Today.AddDays(1) }).IsPlausible(Today), Is.False);
        }
    }

    [Test]
    public void Every_kind_is_in_one_of_the_tables() => Assert.That(
        Amounts.Concat(SignedAmounts).Concat(Counts).Concat(Days).Concat(Periods).Append(FactKind.RegisteredDivision).Append(FactKind.DisabilityGrade),
        Is.EquivalentTo(Enum.GetValues<FactKind>()));

    [TestCaseSource(nameof(Amounts))]
    public void An_amount_is_plausible_from_nothing_to_a_hundred_million_yuan(FactKind kind)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(AnAmount(kind, 0).IsPlausible(Today));
            Assert.That(AnAmount(kind, Most).IsPlausible(Today));
            Assert.That(AnAmount(kind, -1).IsPlausible(Today), Is.False);
            Assert.That(AnAmount(kind, Most + 1).IsPlausible(Today), Is.False);
            Assert.That((AnAmount(kind, 0) with { AmountFen = null }).IsPlausible(Today), Is.False);
            Assert.That((AnAmount(kind, 0) with { AmountFen = null, Count = 1 }).IsPlausible(Today), Is.False);
        }
    }

    [TestCase(null, null, true)]
    [TestCase("2026-01-01", null, true)]
    [TestCase(null, "2026-01-01", true)]
    [TestCase("2026-01-01", "2026-01-01", true)]
    [TestCase("2026-01-02", "2026-01-01", false, TestName = "An_amount_that_ends_before_it_begins_is_not_plausible")]
    public void An_amount_holds_from_a_day_to_a_later_one(string? from, string? to, bool isPlausible) =>
        Assert.That(
            (AnAmount(FactKind.MonthlyWage, 100) with { FromOn = Seeds.Day(from ?? ""), ToOn = Seeds.Day(to ?? "") }).IsPlausible(Today),
            Is.EqualTo(isPlausible));

    [TestCaseSource(nameof(Counts))]
    public void A_count_is_plausible_from_none_to_a_thousand(FactKind kind)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ACount(kind, 0).IsPlausible(Today));
            Assert.That(ACount(kind, 1_000).IsPlausible(Today));
            Assert.That(ACount(kind, -1).IsPlausible(Today), Is.False);
            Assert.That(ACount(kind, 1_001).IsPlausible(Today), Is.False);
            Assert.That((ACount(kind, 0) with { Count = null }).IsPlausible(Today), Is.False);
            Assert.That((ACount(kind, 0) with { Count = null, AmountFen = new Money(1) }).IsPlausible(Today), Is.False);
        }
    }

    [TestCase("2026-09-09", true)]
    [TestCase("2026-09-10", true, TestName = "Somebody_may_have_died_today")]
    [TestCase("2026-09-11", false, TestName = "Nobody_died_tomorrow")]
    public void A_death_lies_in_the_past(string diedOn, bool isPlausible) =>
        Assert.That(ADeath(Child, Seeds.Day(diedOn)!.Value).IsPlausible(Today), Is.EqualTo(isPlausible));

    [Test]
    public void A_death_without_a_day_is_not_plausible() =>
        Assert.That((ADeath(Child, Today) with { FromOn = null }).IsPlausible(Today), Is.False);

    [TestCase("140213", true)]
    [TestCase("140213053", true)]
    [TestCase("140213053001", true)]
    [TestCase("1402", false, TestName = "A_registration_is_known_to_the_district_at_least")]
    [TestCase("14021", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void A_registration_states_a_division(string? code, bool isPlausible) =>
        Assert.That((ARegistration(Street) with { DivisionCode = code }).IsPlausible(Today), Is.EqualTo(isPlausible));

    [Test]
    public void What_a_department_may_not_state_is_not_plausible()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((AnAmount(FactKind.MonthlyWage, 100) with { Source = LookupSource.Tax }).IsPlausible(Today), Is.False);
            Assert.That((ADeath(Child, Today) with { Source = LookupSource.HouseholdRegistration }).IsPlausible(Today), Is.False);
            Assert.That((ACount(FactKind.HousesOwned, 1) with { Source = LookupSource.Vehicles }).IsPlausible(Today), Is.False);
            Assert.That((ARegistration(Street) with { Source = LookupSource.Death }).IsPlausible(Today), Is.False);
        }
    }

    [TestCase(null, null, true)]
    [TestCase("2026-09-10", null, true, TestName = "A_fact_holds_from_its_first_day")]
    [TestCase("2026-09-11", null, false)]
    [TestCase(null, "2026-09-10", true, TestName = "A_fact_holds_to_the_end_of_its_last_day")]
    [TestCase(null, "2026-09-09", false)]
    [TestCase("2026-01-01", "2026-12-31", true)]
    public void A_fact_holds_between_its_dates(string? from, string? to, bool holds) =>
        Assert.That(
            (AnAmount(FactKind.MonthlyWage, 100) with { FromOn = Seeds.Day(from ?? ""), ToOn = Seeds.Day(to ?? "") }).HoldsOn(Today),
            Is.EqualTo(holds));
}

using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>Act art. 18: below the standard; 57 art. 13 and 23.</summary>
public sealed class PerCapitaIncomeIsBelowTheStandardTests
{
    private static readonly string[] Bases = ["LAW-18", "57-13"];

    [Test]
    public void Income_one_fen_below_the_standard_is_below_it() =>
        Evaluate(1_499_99).Holds(
            Outcome.Eligible, "income-below-standard", Bases,
            "incomeFen=149999", "members=2", "perCapitaFen=74999", "standardFen=75000", "standardFromOn=2026-07-01");

    [Test]
    public void Income_equal_to_the_standard_is_not_below_it() =>
        Evaluate(1_500_00).Holds(
            Outcome.Ineligible, "income-not-below-standard", Bases,
            "incomeFen=150000", "members=2", "perCapitaFen=75000", "standardFen=75000", "standardFromOn=2026-07-01");

    [Test]
    public void Income_one_fen_above_the_standard_is_not_below_it_though_its_share_is_rounded_down_to_it() =>
        Evaluate(1_500_01).Holds(
            Outcome.Ineligible, "income-not-below-standard", Bases,
            "incomeFen=150001", "members=2", "perCapitaFen=75000", "standardFen=75000", "standardFromOn=2026-07-01");

    [Test]
    public void No_income_is_below_the_standard() =>
        Assert.That(Evaluate(0).Outcome, Is.EqualTo(Outcome.Eligible));

    private static Finding Evaluate(long wageFen) => new PerCapitaIncomeIsBelowTheStandard().On(AnInput(
        ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, new Money(wageFen)))));
}

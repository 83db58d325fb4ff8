using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>Act art. 18; 57 art. 14: 24 months of 750 yuan for each of two members are 36,000.</summary>
public sealed class FinancialAssetsAreWithinTheLimitTests
{
    private static readonly string[] Bases = ["LAW-18", "57-14"];

    [TestCase(0)]
    [TestCase(35_999_99)]
    [TestCase(36_000_00, TestName = "Assets_equal_to_the_limit_are_within_it")]
    public void Assets_up_to_the_limit_are_within_it(long fen) =>
        Evaluate(fen).Holds(
            Outcome.Eligible, "assets-within-limit", Bases, $"assetsFen={fen}", "limitFen=3600000", "members=2", "months=24");

    [Test]
    public void Assets_one_fen_above_the_limit_are_above_it() =>
        Evaluate(36_000_01).Holds(
            Outcome.Ineligible, "assets-above-limit", Bases, "assetsFen=3600001", "limitFen=3600000", "members=2", "months=24");

    private static Finding Evaluate(long fen) => new FinancialAssetsAreWithinTheLimit().On(AnInput(
        ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.Deposit, new Money(fen)))));
}

using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Lookups;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>Act art. 18; 57 art. 14.</summary>
public sealed class HousesAreWithinTheLimitTests
{
    private static readonly string[] Bases = ["LAW-18", "57-14"];

    [TestCase(0)]
    [TestCase(1, TestName = "As_many_houses_as_allowed_are_within_the_limit")]
    public void Houses_up_to_the_limit_are_within_it(int houses) =>
        Evaluate(houses).Holds(Outcome.Eligible, "houses-within-limit", Bases, "allowed=1", $"houses={houses}");

    [Test]
    public void One_house_more_is_above_the_limit() =>
        Evaluate(2).Holds(Outcome.Ineligible, "houses-above-limit", Bases, "allowed=1", "houses=2");

    [Test]
    public void A_house_on_record_for_two_owners_is_looked_into_and_refuses_nobody() =>
        new HousesAreWithinTheLimit().On(AnInput(null, ACount(FactKind.HousesOwned, 1, Mother), ACount(FactKind.HousesOwned, 1, Child)))
            .Holds(Outcome.NeedsReview, "houses-maybe-joint", Bases, "allowed=1", "houses=2");

    private static Finding Evaluate(int houses) => new HousesAreWithinTheLimit().On(AnInput(null, ACount(FactKind.HousesOwned, houses)));
}

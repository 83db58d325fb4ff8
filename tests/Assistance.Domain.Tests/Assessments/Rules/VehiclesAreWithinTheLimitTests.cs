using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Lookups;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>Act art. 18; 57 art. 14.</summary>
public sealed class VehiclesAreWithinTheLimitTests
{
    private static readonly string[] Bases = ["LAW-18", "57-14"];

    [TestCase(0, 0, TestName = "No_vehicle_is_within_the_limit_of_none")]
    [TestCase(1, 2)]
    [TestCase(2, 2, TestName = "As_many_vehicles_as_allowed_are_within_the_limit")]
    public void Vehicles_up_to_the_limit_are_within_it(int vehicles, int allowed) =>
        Evaluate(vehicles, allowed).Holds(
            Outcome.Eligible, "vehicles-within-limit", Bases, $"allowed={allowed}", $"vehicles={vehicles}");

    [TestCase(1, 0)]
    [TestCase(3, 2)]
    public void One_vehicle_more_is_above_the_limit(int vehicles, int allowed) =>
        Evaluate(vehicles, allowed).Holds(
            Outcome.Ineligible, "vehicles-above-limit", Bases, $"allowed={allowed}", $"vehicles={vehicles}");

    private static Finding Evaluate(int vehicles, int allowed) => new VehiclesAreWithinTheLimit().On(
        AnInput(null, ACount(FactKind.VehiclesOwned, vehicles)).With(ParameterCodes.VehiclesAllowed, allowed));
}

using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>Motor vehicles and vessels, less those exempt for disability or livelihood, do not exceed the number allowed (Act art. 18; 57 art. 14).</summary>
public sealed class VehiclesAreWithinTheLimit(Programme programme = Programme.SubsistenceAllowance) : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var allowed = input.Number(ParameterCodes.VehiclesAllowedOf(programme));
        var isWithin = economy.Vehicles <= allowed;
        return this.Found(
            isWithin ? Outcome.Eligible : Outcome.Ineligible,
            isWithin ? "vehicles-within-limit" : "vehicles-above-limit",
            PropertyLimits.BasesOf(programme),
            ("vehicles", economy.Vehicles.Text()),
            ("allowed", allowed.Text()))
            .By(ParameterCodes.VehiclesAllowedOf(programme));
    }
}

using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// The household's income per member is below the local standard (Act art. 18; 57 art. 13 and 23). Below is strictly less:
/// an income equal to the standard is not eligible. Compared as income against standard × members, so nothing is rounded.
/// </summary>
public sealed class PerCapitaIncomeIsBelowTheStandard : IAssessmentRule
{
    private static readonly string[] Bases = [LegalBases.BelowTheStandard, LegalBases.IncomeDefined];

    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var row = input.Parameter(ParameterCodes.Standard);
        var standard = new Money(row.Value);
        var isBelow = economy.MonthlyIncomeFen < standard * economy.Members;
        return this.Found(
            isBelow ? Outcome.Eligible : Outcome.Ineligible,
            isBelow ? "income-below-standard" : "income-not-below-standard",
            Bases,
            ("incomeFen", economy.MonthlyIncomeFen.Text()),
            ("members", economy.Members.Text()),
            ("perCapitaFen", economy.PerCapitaFen.Text()),
            ("standardFen", standard.Text()),
            ("standardFromOn", row.FromOn.Text()))
            .By(ParameterCodes.Standard);
    }
}

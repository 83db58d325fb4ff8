using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// The household's income per member is below the line of marginal low income, a percentage of the standard that the province
/// sets (Act art. 21; 57 art. 8). Below is strictly less; compared as income against line × members, so nothing is rounded.
/// </summary>
public sealed class PerCapitaIncomeIsBelowTheMarginalLine : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var standard = input.Amount(ParameterCodes.Standard);
        var percent = input.Number(ParameterCodes.MarginalLinePercent);
        var isBelow = economy.MonthlyIncomeFen * 100 < standard * percent * economy.Members;
        return this.Found(
            isBelow ? Outcome.Eligible : Outcome.Ineligible,
            isBelow ? "income-below-marginal-line" : "income-not-below-marginal-line",
            [LegalBases.BelowTheMarginalLine, LegalBases.SinglePersonFiling],
            ("incomeFen", economy.MonthlyIncomeFen.Text()),
            ("members", economy.Members.Text()),
            ("perCapitaFen", economy.PerCapitaFen.Text()),
            ("percent", percent.Text()),
            ("lineFen", new Money(standard.Fen * percent / 100).Text()))
            .By(ParameterCodes.Standard, ParameterCodes.MarginalLinePercent);
    }
}

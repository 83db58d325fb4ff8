using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// Deposits, securities, insurance, claims and internet finance per member do not exceed a number of months of the standard
/// (Act art. 18; 57 art. 14; the number is the province's to set, art. 23).
/// </summary>
public sealed class FinancialAssetsAreWithinTheLimit(Programme programme = Programme.SubsistenceAllowance) : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var months = input.Number(ParameterCodes.AssetsLimitOf(programme));
        var limit = input.Amount(ParameterCodes.Standard) * months * economy.Members;
        var isWithin = economy.FinancialAssetsFen <= limit;
        return this.Found(
            isWithin ? Outcome.Eligible : Outcome.Ineligible,
            isWithin ? "assets-within-limit" : "assets-above-limit",
            PropertyLimits.BasesOf(programme),
            ("assetsFen", economy.FinancialAssetsFen.Text()),
            ("limitFen", limit.Text()),
            ("months", months.Text()),
            ("members", economy.Members.Text()))
            .By(ParameterCodes.AssetsLimitOf(programme), ParameterCodes.Standard);
    }
}

using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// Deposits, securities, insurance, claims and internet finance per member do not exceed a number of months of the standard
/// (Act art. 18; 57 art. 14; the number is the province's to set, art. 23).
/// </summary>
public sealed class FinancialAssetsAreWithinTheLimit : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var months = checked((int)input.FinancialAssetsMultiple.Value);
        var limit = new Money(input.Standard.Value) * months * economy.Members;
        var isWithin = economy.FinancialAssetsFen <= limit;
        return this.Found(
            isWithin ? Outcome.Eligible : Outcome.Ineligible,
            isWithin ? "assets-within-limit" : "assets-above-limit",
            [LegalBases.BelowTheStandard, LegalBases.PropertyDefined],
            ("assetsFen", economy.FinancialAssetsFen.Text()),
            ("limitFen", limit.Text()),
            ("months", months.Text()),
            ("members", economy.Members.Text()));
    }
}

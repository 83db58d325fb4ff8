using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// The household's income per member is below last year's local disposable income per head (Act art. 22; GX art. 4(2);
/// 临时救助意见 2018 part 2(1)). Below is strictly less; twelve months of income are compared with the year, so nothing is rounded.
/// </summary>
public sealed class PerCapitaIncomeIsBelowDisposableIncome(Programme programme) : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var row = input.Parameter(ParameterCodes.DisposableIncome);
        var isBelow = economy.MonthlyIncomeFen * 12 < new Money(row.Value) * economy.Members;
        return this.Found(
            isBelow ? Outcome.Eligible : Outcome.Ineligible,
            isBelow ? "income-below-disposable" : "income-not-below-disposable",
            programme == Programme.TemporaryAssistance ? [LegalBases.TemporaryAssistanceKinds] : [LegalBases.EssentialExpenditure, LegalBases.EssentialExpenditureConditions],
            ("yearlyIncomeFen", (economy.MonthlyIncomeFen * 12).Text()),
            ("members", economy.Members.Text()),
            ("disposableFen", new Money(row.Value).Text()),
            ("disposableFromOn", row.FromOn.Text()))
            .By(ParameterCodes.DisposableIncome);
    }
}

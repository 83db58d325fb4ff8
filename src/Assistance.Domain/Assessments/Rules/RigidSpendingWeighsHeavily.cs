using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// What the household could not avoid spending in the twelve months before takes up more of its income than the share that
/// the city sets (Act art. 22; GX art. 4(4) and 5). More is strictly more. Where there is no income no share can be computed:
/// then any such spending is more than the household can bear, and none is none.
/// </summary>
public sealed class RigidSpendingWeighsHeavily(Programme programme = Programme.EssentialExpenditureHardship) : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var percent = input.Number(ParameterCodes.EssentialExpenditureRatio);
        var income = economy.GrossMonthlyFen * 12;
        var weighsHeavily = economy.RigidSpendingYearlyFen * 100 > income * percent;
        return this.Found(
            weighsHeavily ? Outcome.Eligible : Outcome.Ineligible,
            weighsHeavily ? "rigid-spending-above-share" : "rigid-spending-within-share",
            programme == Programme.TemporaryAssistance
                ? [LegalBases.TemporaryAssistanceDefined, LegalBases.TemporaryAssistanceKinds]
                : [LegalBases.EssentialExpenditure, LegalBases.EssentialExpenditureConditions, LegalBases.EssentialExpenditureDefined],
            ("spendingFen", economy.RigidSpendingYearlyFen.Text()),
            ("yearlyIncomeFen", income.Text()),
            ("percent", percent.Text()))
            .By(ParameterCodes.EssentialExpenditureRatio);
    }
}

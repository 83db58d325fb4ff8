using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// 无生活来源 (特困人员认定办法 art. 6): the household's income per member is below the standard, where the basic pension set by the centre, social
/// insurance and preferential pensions are left out, without the end date that 57 art. 13 gives. Below is strictly less.
/// </summary>
public sealed class TheApplicantHasNoMeansOfLivelihood : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var leftOut = economy.Incomes.Where(line => line.Kind is IncomeKind.BasicPensionCentral or IncomeKind.PreferentialPension).Sum(line => line.CountedFen);
        var income = Money.Max(Money.Zero, economy.MonthlyIncomeFen - leftOut);
        var standard = input.Amount(ParameterCodes.Standard);
        var isBelow = income < standard * economy.Members;
        return this.Found(
            isBelow ? Outcome.Eligible : Outcome.Ineligible,
            isBelow ? "no-means-of-livelihood" : "means-of-livelihood",
            [LegalBases.ExtremePoverty, LegalBases.NoMeansOfLivelihood],
            ("incomeFen", income.Text()),
            ("leftOutFen", leftOut.Text()),
            ("members", economy.Members.Text()),
            ("standardFen", standard.Text()))
            .By(ParameterCodes.Standard);
    }
}

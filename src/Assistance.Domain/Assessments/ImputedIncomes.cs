using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>
/// Income that nobody declared and no department states, reckoned with only where the district has set a sum for it: what
/// somebody fit for work could earn, and what those who owe support can be expected to pay (57 art. 13(4)).
/// </summary>
internal static class ImputedIncomes
{
    private static readonly FactKind[] EarningsStated = [FactKind.MonthlyWage, FactKind.MonthlyTaxedWage, FactKind.MonthlyPension];

    /// <summary>The household's incomes with those that are to be imputed.</summary>
    public static IReadOnlyList<IncomeLine> AddTo(List<IncomeLine> incomes, IReadOnlyList<HouseholdMember> counted, AssessmentInput input) =>
        [.. incomes, .. Labour(incomes, counted, input), .. Support(incomes, counted, input)];

    /// <summary>The parameters that an imputed income rests on.</summary>
    public static IEnumerable<string> ParametersOf(IncomeLine line) => line.Reason switch
    {
        FigureReason.FitForWork => [ParameterCodes.ImputedLabourIncome],
        FigureReason.SupportExpected => [ParameterCodes.SupportPercent, ParameterCodes.SupportFreePercent],
        _ => [],
    };

    private static IEnumerable<IncomeLine> Labour(List<IncomeLine> incomes, IReadOnlyList<HouseholdMember> counted, AssessmentInput input) =>
        input.Find(ParameterCodes.ImputedLabourIncome) is not { Value: > 0 } sum ? []
        : counted
            .Where(member => IsFitForWork(member, input.AssessedOn) && !member.IsEmployed
                && !incomes.Any(line => line.PersonId == member.PersonId && line.IncomeClass is IncomeClass.Wages or IncomeClass.BusinessNet && line.CountedFen > Money.Zero))
            .Select(member => Line(member.PersonId, IncomeKind.Wages, IncomeClass.Wages, new Money(sum.Value), FigureReason.FitForWork, sum.BasisCode));

    // From the end of compulsory schooling to the age at which 特困人员认定办法 art. 5 takes nobody for fit any more.
    private static bool IsFitForWork(HouseholdMember member, DateOnly on) =>
        member.BornOn.AddYears(16) <= on && member.BornOn.AddYears(60) > on
        && member is { IsFullTimeStudent: false, CannotSupportSelf: false, HasCertifiedMajorIllness: false, HasLegalCapacity: true }
        && member.Disability?.IsSevere != true;

    // Above what the household says that it receives already.
    private static IEnumerable<IncomeLine> Support(List<IncomeLine> incomes, IReadOnlyList<HouseholdMember> counted, AssessmentInput input)
    {
        if (input.Find(ParameterCodes.SupportPercent) is not { Value: > 0 } percent || counted.Count == 0)
        {
            return [];
        }

        var free = input.Amount(ParameterCodes.Standard).Fen * input.Number(ParameterCodes.SupportFreePercent) / 100;
        var expected = input.Household.Obligors
            .Where(obligor => obligor.Ability is ObligorAbility.Able or ObligorAbility.NotLookedInto)
            .Sum(obligor => new Money(Math.Max(0, EarningsOf(obligor, input) - free) * percent.Value / 100));
        var missing = expected - incomes.Where(line => line.Kind == IncomeKind.SupportReceived).Sum(line => line.CountedFen);
        var recipient = counted.FirstOrDefault(member => member.Relationship == Relationship.Self) ?? counted[0];
        return missing > Money.Zero
            ? [Line(recipient.PersonId, IncomeKind.SupportReceived, IncomeClass.TransferNet, missing, FigureReason.SupportExpected, percent.BasisCode)]
            : [];
    }

    // Two departments can state the same wage, so the larger statement is taken.
    private static long EarningsOf(Obligor obligor, AssessmentInput input) =>
        EarningsStated.SelectMany(kind => input.FactsOf(obligor.PersonId, kind)).Select(fact => fact.AmountFen?.Fen ?? 0).DefaultIfEmpty().Max();

    private static IncomeLine Line(Guid personId, IncomeKind kind, IncomeClass incomeClass, Money counted, FigureReason reason, string basis) => new()
    {
        PersonId = personId,
        Kind = kind,
        IncomeClass = incomeClass,
        DeclaredFen = Money.Zero,
        Origin = FigureOrigin.Imputed,
        Reason = reason,
        CountedFen = counted,
        BasisCode = basis,
    };
}

using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>Whose figure was taken.</summary>
public enum FigureOrigin
{
    Declared,
    Department,
}

/// <summary>One kind of income of one member: what was declared, what departments state, which was taken, and what counts.</summary>
public sealed record IncomeLine
{
    public required Guid PersonId { get; init; }

    public required IncomeKind Kind { get; init; }

    public required IncomeClass IncomeClass { get; init; }

    public required Money DeclaredFen { get; init; }

    public Money? DepartmentFen { get; init; }

    public required FigureOrigin Origin { get; init; }

    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    /// <summary>What enters the household's income: zero where the kind is excluded.</summary>
    public required Money CountedFen { get; init; }

    public required string BasisCode { get; init; }
}

/// <summary>
/// The household's income and property on the day, each figure with its origin (57 art. 13 and 14). Where a department
/// states more than was declared its figure is taken; where the household declared more, its own word is.
/// </summary>
public sealed record HouseholdEconomy
{
    private static readonly Dictionary<FactKind, IncomeKind> IncomeFacts = new()
    {
        [FactKind.MonthlyWage] = IncomeKind.Wages,
        [FactKind.MonthlyTaxedWage] = IncomeKind.Wages,
        [FactKind.MonthlyPension] = IncomeKind.Pension,
        [FactKind.MonthlyUnemploymentBenefit] = IncomeKind.UnemploymentBenefit,
        [FactKind.MonthlyTaxedBusinessIncome] = IncomeKind.BusinessNet,
    };

    /// <summary>The members who count (57 art. 7 and 8): by whom the income is divided and whom the allowance covers.</summary>
    public required int Members { get; init; }

    /// <summary>Living members who do not count, or of whom it is not clear yet.</summary>
    public int NotCounted { get; init; }

    public required IReadOnlyList<IncomeLine> Incomes { get; init; }

    public required Money MonthlyIncomeFen { get; init; }

    public required Money FinancialAssetsFen { get; init; }

    public required int Vehicles { get; init; }

    /// <summary>Houses of all members added up; one owned jointly is counted for each owner.</summary>
    public required int Houses { get; init; }

    /// <summary>The most that any one member owns: so many there are for certain.</summary>
    public required int HousesForCertain { get; init; }

    /// <summary>Rounded down to the fen, for reading; the rules compare without dividing.</summary>
    public Money PerCapitaFen => Members == 0 ? Money.Zero : MonthlyIncomeFen.ShareOf(Members);

    public static HouseholdEconomy Of(AssessmentInput input)
    {
        var counted = input.Household.CountedOn(input.AssessedOn, checked((int)input.LongAbsenceMonths.Value)).ToList();
        var incomes = counted.SelectMany(member => IncomesOf(member.PersonId, input)).ToList();
        var houses = counted.ConvertAll(member => Math.Max(
            DeclaredCount(input, member.PersonId, PropertyKind.House),
            RecordedCount(input, member.PersonId, FactKind.HousesOwned)));
        return new HouseholdEconomy
        {
            Members = counted.Count,
            NotCounted = input.Household.LivingOn(input.AssessedOn).Count() - counted.Count,
            Incomes = incomes,
            MonthlyIncomeFen = incomes.Sum(line => line.CountedFen),
            FinancialAssetsFen = Properties(input, counted).Where(IsFinancial).Sum(property => property.ValueFen),
            Vehicles = counted.Sum(member => VehiclesOf(member.PersonId, input)),
            Houses = houses.Sum(),
            HousesForCertain = houses.DefaultIfEmpty().Max(),
        };
    }

    private static IEnumerable<IncomeLine> IncomesOf(Guid personId, AssessmentInput input)
    {
        var declared = input.Household.Incomes.Where(income => income.PersonId == personId).ToLookup(income => income.Kind);
        var stated = IncomeFacts.Keys.SelectMany(kind => input.FactsOf(personId, kind)).ToLookup(fact => IncomeFacts[fact.Kind]);
        return declared.Select(kind => kind.Key).Union(stated.Select(kind => kind.Key)).Order()
            .Select(kind => Line(personId, kind, declared[kind].Sum(income => income.MonthlyFen), [.. stated[kind]], input));
    }

    private static IncomeLine Line(Guid personId, IncomeKind kind, Money declared, IReadOnlyList<LookupFact> facts, AssessmentInput input)
    {
        var rule = input.IncomeKinds.Where(row => row.Kind == kind).InForceOn(input.AssessedOn)
            ?? throw Refusals.NoStandardInForce($"income-kind.{kind}", input.AssessedOn);
        // Two departments can state the same wage, so the larger statement is taken and they are not added up.
        // Several statements of one source are several jobs or pensions, and are.
        var highest = facts.GroupBy(fact => fact.Source)
            .Select(source => (Amount: source.Sum(fact => fact.AmountFen ?? Money.Zero), Fact: source.First()))
            .OrderByDescending(source => source.Amount).Cast<(Money Amount, LookupFact Fact)?>().FirstOrDefault();
        var departmentFen = highest?.Amount;
        var fromDepartment = departmentFen is { } stated && stated >= declared;
        var taken = fromDepartment ? departmentFen!.Value : declared;
        return new IncomeLine
        {
            PersonId = personId,
            Kind = kind,
            IncomeClass = rule.IncomeClass,
            DeclaredFen = declared,
            DepartmentFen = departmentFen,
            Origin = fromDepartment ? FigureOrigin.Department : FigureOrigin.Declared,
            Source = highest?.Fact.Source,
            LookupId = highest?.Fact.LookupId,
            CountedFen = rule.IsCounted ? taken : Money.Zero,
            BasisCode = rule.BasisCode,
        };
    }

    private static int VehiclesOf(Guid personId, AssessmentInput input)
    {
        var declared = input.Household.Properties.Where(property => property.PersonId == personId && property.Kind == PropertyKind.Vehicle).ToList();
        var exempt = declared.Where(vehicle => vehicle.Exemption != PropertyExemption.None).Sum(vehicle => vehicle.Count);
        var owned = Math.Max(declared.Sum(vehicle => vehicle.Count), RecordedCount(input, personId, FactKind.VehiclesOwned));
        return owned - exempt;
    }

    private static int DeclaredCount(AssessmentInput input, Guid personId, PropertyKind kind) =>
        input.Household.Properties.Where(property => property.PersonId == personId && property.Kind == kind).Sum(property => property.Count);

    private static int RecordedCount(AssessmentInput input, Guid personId, FactKind kind) =>
        input.FactsOf(personId, kind).Select(fact => fact.Count ?? 0).DefaultIfEmpty().Max();

    private static IEnumerable<DeclaredProperty> Properties(AssessmentInput input, IReadOnlyList<HouseholdMember> counted) =>
        input.Household.Properties.Where(property => counted.Any(member => member.PersonId == property.PersonId));

    private static bool IsFinancial(DeclaredProperty property) => property.Kind
        is PropertyKind.Deposit or PropertyKind.Securities or PropertyKind.CommercialInsurance
        or PropertyKind.Claims or PropertyKind.InternetFinance;
}

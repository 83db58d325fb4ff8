using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>Whose figure was taken.</summary>
public enum FigureOrigin
{
    Declared,
    Department,

    /// <summary>An officer settled which holds, where statements differ.</summary>
    Resolved,

    /// <summary>Neither declared nor stated, but to be reckoned with by a local rule.</summary>
    Imputed,
}

/// <summary>Why a figure was taken and no other.</summary>
public enum FigureReason
{
    NoDepartmentStatesOne,
    DepartmentStatesNoLess,
    DeclaredIsMore,
    OfficerSettledIt,

    /// <summary>Fit for work and without any (劳动力系数), where the district has set a sum.</summary>
    FitForWork,

    /// <summary>What those who owe support can be expected to pay (57 art. 13(4)), where the district has set how.</summary>
    SupportExpected,
}

/// <summary>Why something is taken off the household's income (57 art. 13).</summary>
public enum DeductionKind
{
    /// <summary>必要的就业成本 (57 art. 13(1)).</summary>
    WorkCost,

    /// <summary>Rigid spending on a severe disability or a serious illness (57 art. 13, last paragraph).</summary>
    RigidSpending,
}

/// <summary>What is taken off a month for one member.</summary>
public sealed record DeductionLine(Guid PersonId, DeductionKind Kind, Money MonthlyFen, string ParameterCode, string BasisCode);

/// <summary>One kind of income of one member: what was declared, what departments state, which was taken, and what counts.</summary>
public sealed record IncomeLine
{
    public required Guid PersonId { get; init; }

    public required IncomeKind Kind { get; init; }

    public required IncomeClass IncomeClass { get; init; }

    public required Money DeclaredFen { get; init; }

    public Money? DepartmentFen { get; init; }

    public required FigureOrigin Origin { get; init; }

    public FigureReason Reason { get; init; }

    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    /// <summary>The officer's resolution that the figure follows; null where none decided it.</summary>
    public Guid? ResolutionId { get; init; }

    /// <summary>What enters the household's income: zero where the kind is excluded.</summary>
    public required Money CountedFen { get; init; }

    public required string BasisCode { get; init; }
}

/// <summary>One kind of financial asset of one member: what was declared, what departments state, which counts.</summary>
public sealed record AssetLine
{
    public required Guid PersonId { get; init; }

    public required PropertyKind Kind { get; init; }

    public required Money DeclaredFen { get; init; }

    public Money? DepartmentFen { get; init; }

    public required FigureOrigin Origin { get; init; }

    public FigureReason Reason { get; init; }

    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    public Guid? ResolutionId { get; init; }

    public required Money CountedFen { get; init; }

    public required string BasisCode { get; init; }
}

/// <summary>Houses or vehicles of one member: how many were declared, how many departments state, how many count.</summary>
public sealed record CountLine
{
    public required Guid PersonId { get; init; }

    public required PropertyKind Kind { get; init; }

    public required int Declared { get; init; }

    public int? Department { get; init; }

    public required FigureOrigin Origin { get; init; }

    public FigureReason Reason { get; init; }

    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    public Guid? ResolutionId { get; init; }

    /// <summary>Vehicles that are exempt for disability or livelihood are taken off.</summary>
    public required int Counted { get; init; }

    public required string BasisCode { get; init; }
}

/// <summary>
/// The household's income and property on the day, each figure with its origin (57 art. 13 and 14). Where statements differ
/// and an officer settled which holds, that is taken (art. 18); otherwise the highest: a department's where it states more
/// than was declared, the household's own word where it declared more.
/// </summary>
public sealed record HouseholdEconomy
{
    private static readonly PropertyKind[] FinancialAssets =
        [PropertyKind.Deposit, PropertyKind.Securities, PropertyKind.CommercialInsurance, PropertyKind.Claims, PropertyKind.InternetFinance];

    private static readonly PropertyKind[] CountedProperty = [PropertyKind.House, PropertyKind.Vehicle];

    /// <summary>The members who count (57 art. 7 and 8): by whom the income is divided and whom the allowance covers.</summary>
    public required int Members { get; init; }

    /// <summary>Living members who do not count, or of whom it is not clear yet.</summary>
    public int NotCounted { get; init; }

    public required IReadOnlyList<IncomeLine> Incomes { get; init; }

    /// <summary>Before anything is taken off.</summary>
    public required Money GrossMonthlyFen { get; init; }

    /// <summary>What is taken off.</summary>
    public IReadOnlyList<DeductionLine> Deductions { get; init; } = [];

    /// <summary>What is left; never below zero.</summary>
    public required Money MonthlyIncomeFen { get; init; }

    /// <summary>What could not be avoided spending on the members in the twelve months before (GX art. 5).</summary>
    public required Money RigidSpendingYearlyFen { get; init; }

    /// <summary>The codes of the parameters that the figures rest on.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The financial assets that were declared or stated.</summary>
    public IReadOnlyList<AssetLine> Assets { get; init; } = [];

    public required Money FinancialAssetsFen { get; init; }

    /// <summary>The houses and vehicles that were declared or stated.</summary>
    public IReadOnlyList<CountLine> PropertyCounts { get; init; } = [];

    public required int Vehicles { get; init; }

    /// <summary>Houses of all members added up; one owned jointly is counted for each owner.</summary>
    public required int Houses { get; init; }

    /// <summary>The most that any one member owns: so many there are for certain.</summary>
    public required int HousesForCertain { get; init; }

    /// <summary>Rounded down to the fen, for reading; the rules compare without dividing.</summary>
    public Money PerCapitaFen => Members == 0 ? Money.Zero : MonthlyIncomeFen.ShareOf(Members);

    public static HouseholdEconomy Of(AssessmentInput input)
    {
        var counted = CountedIn(input).ToList();
        var incomes = ImputedIncomes.AddTo([.. counted.SelectMany(member => IncomesOf(member, input))], counted, input);
        var deductions = counted.SelectMany(member => DeductionsOf(member, incomes, input)).ToList();
        var gross = incomes.Sum(line => line.CountedFen);
        var ids = counted.Select(member => member.PersonId).ToHashSet();
        var assets = counted.SelectMany(member => AssetsOf(member, input)).ToList();
        var counts = counted.SelectMany(member => CountsOf(member, input)).ToList();
        var houses = counts.Where(line => line.Kind == PropertyKind.House).ToList();
        return new HouseholdEconomy
        {
            Members = counted.Count,
            NotCounted = input.Household.LivingOn(input.AssessedOn).Count() - counted.Count,
            Incomes = incomes,
            GrossMonthlyFen = gross,
            Deductions = deductions,
            MonthlyIncomeFen = Money.Max(Money.Zero, gross - deductions.Sum(line => line.MonthlyFen)),
            RigidSpendingYearlyFen = input.Household.Expenditures.Where(spent => ids.Contains(spent.PersonId)).Sum(spent => spent.YearlyFen),
            Parameters = [.. deductions.Select(line => line.ParameterCode).Concat(incomes.SelectMany(ImputedIncomes.ParametersOf)).Distinct().Order(StringComparer.Ordinal)],
            Assets = assets,
            FinancialAssetsFen = assets.Sum(line => line.CountedFen),
            PropertyCounts = counts,
            Vehicles = counts.Where(line => line.Kind == PropertyKind.Vehicle).Sum(line => line.Counted),
            Houses = houses.Sum(line => line.Counted),
            HousesForCertain = houses.Select(line => line.Counted).DefaultIfEmpty().Max(),
        };
    }

    /// <summary>The members who count.</summary>
    public static IEnumerable<HouseholdMember> CountedIn(AssessmentInput input) =>
        input.Household.CountedOn(input.AssessedOn, input.Number(ParameterCodes.LongAbsenceMonths));

    private static IEnumerable<DeductionLine> DeductionsOf(HouseholdMember member, IReadOnlyList<IncomeLine> incomes, AssessmentInput input)
    {
        var wages = incomes.Where(line => line.PersonId == member.PersonId && line.IncomeClass == IncomeClass.Wages && line.Origin != FigureOrigin.Imputed)
            .Sum(line => line.CountedFen);
        var isGravelyIll = member.HasCertifiedMajorIllness || member.Disability?.IsSevere == true;
        var spent = input.Household.Expenditures
            .Where(spent => isGravelyIll && spent.PersonId == member.PersonId && spent.Kind is ExpenditureKind.Medical or ExpenditureKind.Rehabilitation)
            .Sum(spent => spent.YearlyFen);
        return new[]
        {
            Line(DeductionKind.WorkCost, input.Find(ParameterCodes.WorkCost), cost => Math.Min(cost, wages.Fen)),
            Line(DeductionKind.RigidSpending, input.Find(ParameterCodes.RigidSpendingDeducted), percent => spent.Fen * percent / 1_200),
        }.OfType<DeductionLine>();

        DeductionLine? Line(DeductionKind kind, PolicyParameter? row, Func<long, long> taken) =>
            row is not null && new Money(taken(row.Value)) is { Fen: > 0 } amount
                ? new DeductionLine(member.PersonId, kind, amount, row.Code, row.BasisCode)
                : null;
    }

    private static IEnumerable<IncomeLine> IncomesOf(HouseholdMember member, AssessmentInput input) =>
        from kind in Enum.GetValues<IncomeKind>()
        let declared = input.Household.Incomes.Where(income => income.PersonId == member.PersonId && income.Kind == kind).ToList()
        let figure = Figure.Of(input, member, Disagreements.FieldOf(kind), declared.Sum(income => income.MonthlyFen).Fen)
        where declared.Count > 0 || figure.Stated is not null
        let rule = input.IncomeKinds.Where(row => row.Kind == kind).InForceOn(input.AssessedOn)
            ?? throw Refusals.NoStandardInForce($"income-kind.{kind}", input.AssessedOn)
        select new IncomeLine
        {
            PersonId = member.PersonId,
            Kind = kind,
            IncomeClass = rule.IncomeClass,
            DeclaredFen = new Money(figure.Declared),
            DepartmentFen = figure.Stated?.Value.AmountFen,
            Origin = figure.Origin,
            Reason = figure.Reason,
            Source = figure.Stated?.Source,
            LookupId = figure.Stated?.LookupId,
            ResolutionId = figure.ResolutionId,
            // A loss makes no other income smaller.
            CountedFen = rule.IsCounted ? Money.Max(Money.Zero, new Money(figure.Taken)) : Money.Zero,
            BasisCode = rule.BasisCode,
        };

    private static IEnumerable<AssetLine> AssetsOf(HouseholdMember member, AssessmentInput input) =>
        from kind in FinancialAssets
        let declared = PropertiesOf(input, member, kind)
        let figure = Figure.Of(input, member, Disagreements.FieldOf(kind), declared.Sum(property => property.ValueFen).Fen)
        where declared.Count > 0 || figure.Stated is not null
        select new AssetLine
        {
            PersonId = member.PersonId,
            Kind = kind,
            DeclaredFen = new Money(figure.Declared),
            DepartmentFen = figure.Stated?.Value.AmountFen,
            Origin = figure.Origin,
            Reason = figure.Reason,
            Source = figure.Stated?.Source,
            LookupId = figure.Stated?.LookupId,
            ResolutionId = figure.ResolutionId,
            // An overdrawn account makes no other asset smaller.
            CountedFen = Money.Max(Money.Zero, new Money(figure.Taken)),
            BasisCode = LegalBases.PropertyDefined,
        };

    private static IEnumerable<CountLine> CountsOf(HouseholdMember member, AssessmentInput input) =>
        from kind in CountedProperty
        let declared = PropertiesOf(input, member, kind)
        let figure = Figure.Of(input, member, Disagreements.FieldOf(kind), declared.Sum(property => property.Count))
        where declared.Count > 0 || figure.Stated is not null
        let exempt = declared.Where(property => property.Exemption != PropertyExemption.None).Sum(property => property.Count)
        select new CountLine
        {
            PersonId = member.PersonId,
            Kind = kind,
            Declared = checked((int)figure.Declared),
            Department = figure.Stated?.Value.Count,
            Origin = figure.Origin,
            Reason = figure.Reason,
            Source = figure.Stated?.Source,
            LookupId = figure.Stated?.LookupId,
            ResolutionId = figure.ResolutionId,
            Counted = Math.Max(0, checked((int)figure.Taken) - exempt),
            BasisCode = LegalBases.PropertyDefined,
        };

    private static IReadOnlyList<DeclaredProperty> PropertiesOf(AssessmentInput input, HouseholdMember member, PropertyKind kind) =>
        [.. input.Household.Properties.Where(property => property.PersonId == member.PersonId && property.Kind == kind)];

    /// <summary>A figure as it is taken, in fen or things.</summary>
    /// <param name="Stated">The department's statement that it is or was compared with: the one that was settled to hold, else the highest.</param>
    private sealed record Figure(long Declared, Statement? Stated, long Taken, FigureOrigin Origin, Guid? ResolutionId = null)
    {
        public FigureReason Reason => Origin switch
        {
            FigureOrigin.Resolved => FigureReason.OfficerSettledIt,
            FigureOrigin.Department => FigureReason.DepartmentStatesNoLess,
            _ => Stated is null ? FigureReason.NoDepartmentStatesOne : FigureReason.DeclaredIsMore,
        };

        public static Figure Of(AssessmentInput input, HouseholdMember member, DisagreementField? field, long declared)
        {
            var statements = field is null ? [] : Disagreements.StatementsOf(input.Household, input.Facts, input.AssessedOn, member, field.Value);
            // Two departments can state the same wage, so the larger statement is taken and they are not added up.
            if (statements.Where(statement => statement.Source is not null).MaxBy(statement => statement.Value.Number) is not { } highest)
            {
                return new Figure(declared, null, declared, FigureOrigin.Declared);
            }

            var resolution = input.ResolutionOf(new Disagreement(member.PersonId, field!.Value, statements));
            var settled = resolution?.Source is { } source ? statements.First(statement => statement.Source == source) : highest;
            return resolution?.Kind switch
            {
                ResolutionKind.DeclaredHolds => new Figure(declared, highest, declared, FigureOrigin.Resolved, resolution.ResolutionId),
                ResolutionKind.SourceHolds => new Figure(declared, settled, settled.Value.Number, FigureOrigin.Resolved, resolution.ResolutionId),
                ResolutionKind.BothHold => new Figure(declared, settled, Both(resolution, statements, declared), FigureOrigin.Resolved, resolution.ResolutionId),
                _ when highest.Value.Number >= declared => new Figure(declared, highest, highest.Value.Number, FigureOrigin.Department),
                _ => new Figure(declared, highest, declared, FigureOrigin.Declared),
            };
        }

        // Statements that say the same are about the same thing.
        private static long Both(DisagreementResolution resolution, IReadOnlyList<Statement> statements, long declared) =>
            resolution.Source is { } source
                ? checked(declared + statements.First(statement => statement.Source == source).Value.Number)
                : statements.Select(statement => statement.Value.Number).Distinct().Sum();
    }
}

using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Tests;

/// <summary>
/// Valid, boring, synthetic by default: a mother and her child in 迎宾街道, with a wage of 600 yuan against a standard of
/// 750, no property, and departments that agree with everything. A test changes only what it is about.
/// </summary>
internal static class SyntheticHouseholds
{
    public const long StandardFen = 750_00;
    public const long WageFen = 600_00;
    public const string Street = "140213053";

    public static readonly DateOnly Today = new(2026, 9, 10);
    public static readonly DateTimeOffset Now = new(2026, 9, 10, 9, 30, 0, TimeSpan.FromHours(8));

    public static readonly Guid Mother = new("00000000-0000-7000-8000-000000000001");
    public static readonly Guid Child = new("00000000-0000-7000-8000-000000000002");
    public static readonly Guid Stranger = new("00000000-0000-7000-8000-0000000000ff");
    public static readonly Guid ALookup = new("00000000-0000-7000-8000-00000000a001");
    public static readonly Guid AnotherLookup = new("00000000-0000-7000-8000-00000000a002");

    public static Household ABoringHousehold() => new()
    {
        Members = [AMember(), AMember(Child, Relationship.Child, new DateOnly(2014, 5, 6))],
        Incomes = [new DeclaredIncome(Mother, IncomeKind.Wages, new Money(WageFen))],
        Properties = [],
    };

    public static HouseholdMember AMember(Guid? personId = null, Relationship relationship = Relationship.Self, DateOnly? bornOn = null) => new()
    {
        PersonId = personId ?? Mother,
        Relationship = relationship,
        BornOn = bornOn ?? new DateOnly(1985, 3, 12),
        RegisteredDivisionCode = Street,
    };

    public static Household With(this Household household, params DeclaredIncome[] incomes) => household with { Incomes = incomes };

    public static Household With(this Household household, params DeclaredProperty[] properties) => household with { Properties = properties };

    /// <summary>The household with one member changed.</summary>
    public static Household Where(this Household household, Guid personId, Func<HouseholdMember, HouseholdMember> change) => household with
    {
        Members = [.. household.Members.Select(member => member.PersonId == personId ? change(member) : member)],
    };

    public static Household WhereDied(this Household household, Guid personId, DateOnly diedOn) =>
        household.Where(personId, member => member with { DiedOn = diedOn });

    public static Household WhereAway(this Household household, Guid personId, AbsenceKind kind, DateOnly sinceOn) =>
        household.Where(personId, member => member with { LivesWithHousehold = false, Absence = new Absence(kind, sinceOn) });

    public static AssessmentInput AnInput(Household? household = null, params LookupFact[] facts) => new()
    {
        Programme = Programme.SubsistenceAllowance,
        AssessedOn = Today,
        DistrictCode = "140213",
        Household = household ?? ABoringHousehold(),
        Facts = facts,
        Gaps = [],
        IncomeKinds = Seeds.IncomeKinds,
        Parameters = SyntheticParameters,
    };

    /// <summary>Round numbers, none of them a sample: 750 yuan, and for each class of households limits of its own.</summary>
    private static readonly PolicyParameter[] SyntheticParameters =
    [
        AParameter(ParameterCodes.Standard, StandardFen),
        AParameter(ParameterCodes.Rounding, 1),
        AParameter(ParameterCodes.MarginalLinePercent, 150),
        AParameter(ParameterCodes.DisposableIncome, 36_000_00),
        AParameter(ParameterCodes.EssentialExpenditureRatio, 60),
        AParameter(ParameterCodes.ExtremePovertyPercent, 130),
        AParameter(ParameterCodes.EmergencyMonths, 6),
        AParameter(ParameterCodes.SmallSumMonths, 1),
        AParameter(ParameterCodes.ExpenditureShare, 30),
        AParameter(ParameterCodes.LongAbsenceMonths, 6),
        .. LimitsOf(Programme.SubsistenceAllowance, 24, 0, 1),
        .. LimitsOf(Programme.ExtremePovertySupport, 24, 0, 1),
        .. LimitsOf(Programme.MarginalLowIncome, 36, 1, 1),
        .. LimitsOf(Programme.EssentialExpenditureHardship, 48, 1, 2),
        .. LimitsOf(Programme.TemporaryAssistance, 48, 1, 2),
    ];

    /// <summary>The input with one parameter of another value; added where it has none.</summary>
    public static AssessmentInput With(this AssessmentInput input, string code, long value) => input.With(AParameter(code, value));

    public static AssessmentInput With(this AssessmentInput input, PolicyParameter parameter) => input with
    {
        Parameters = [.. input.Parameters.Where(row => row.Code != parameter.Code), parameter],
    };

    private static PolicyParameter[] LimitsOf(Programme programme, int months, int vehicles, int houses) =>
    [
        AParameter(ParameterCodes.AssetsLimitOf(programme), months),
        AParameter(ParameterCodes.VehiclesAllowedOf(programme), vehicles),
        AParameter(ParameterCodes.HousesAllowedOf(programme), houses),
    ];

    public static PolicyParameter AParameter(string code, long value) => new()
    {
        Code = code,
        Value = value,
        Unit = "count",
        FromOn = new DateOnly(2026, 7, 1),
        BasisCode = LegalBases.ProvinceSetsTheStandard,
        IsSample = false,
    };

    /// <summary>A department's statement of a sort that carries an amount.</summary>
    public static LookupFact AnAmount(FactKind kind, long fen, Guid? personId = null) =>
        AFact(kind, personId) with { AmountFen = new Money(fen) };

    /// <summary>A department's statement of how many houses or vehicles a person owns.</summary>
    public static LookupFact ACount(FactKind kind, int count, Guid? personId = null) => AFact(kind, personId) with { Count = count };

    public static LookupFact ADeath(Guid personId, DateOnly diedOn) => AFact(FactKind.DiedOn, personId) with { FromOn = diedOn };

    public static LookupFact ARegistration(string divisionCode, Guid? personId = null) =>
        AFact(FactKind.RegisteredDivision, personId) with { DivisionCode = divisionCode };

    /// <summary>A department's statement that something has held since a day, and still does.</summary>
    public static LookupFact ASince(FactKind kind, DateOnly fromOn, Guid? personId = null) => AFact(kind, personId) with { FromOn = fromOn };

    private static LookupFact AFact(FactKind kind, Guid? personId) => new()
    {
        LookupId = ALookup,
        PersonId = personId ?? Mother,
        Source = LookupSources.All.Single(source => LookupSources.MayState(source).Contains(kind)),
        Kind = kind,
        AnsweredAt = Now,
        ValidUntilOn = Today.AddDays(30),
    };

    public static PriorHearing AHearing() => new()
    {
        ProposalToldOn = Today,
        HeardOn = Today.AddDays(3),
        Answer = HearingAnswer.Spoke,
        Statement = "工资只发了一个月。",
        IsAdopted = false,
        Reasons = "社保记录显示连续缴费。",
    };

    /// <summary>Never anybody's: the district's code, which exists only since 2018, before an earlier birth date.</summary>
    public static string AnIdentityNumber(DateOnly bornOn, int sequence)
    {
        var digits = FormattableString.Invariant($"140213{bornOn:yyyyMMdd}{sequence:000}");
        return digits + IdentityNumber.CheckCharacterOf(digits);
    }
}

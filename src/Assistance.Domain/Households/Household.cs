using Assistance.Domain.Shared;

namespace Assistance.Domain.Households;

/// <summary>A member's relationship to the applicant (57 art. 7).</summary>
public enum Relationship
{
    Self,
    Spouse,
    Child,
    Parent,
    Grandparent,
    Grandchild,
    Sibling,
    OtherDependant,
}

/// <summary>A member as declared; whether one counts is decided by <see cref="HouseholdComposition"/>. Names and identity numbers stay with the person's own record: no rule needs them.</summary>
public sealed record HouseholdMember
{
    public required Guid PersonId { get; init; }

    public required Relationship Relationship { get; init; }

    public required DateOnly BornOn { get; init; }

    /// <summary>The district (6 digits) or finer division of the household registration.</summary>
    public required string RegisteredDivisionCode { get; init; }

    public bool IsFullTimeStudent { get; init; }

    /// <summary>Whether the person has an identity number to be looked up by; a newborn may have none yet.</summary>
    public bool HasIdentityNumber { get; init; } = true;

    /// <summary>Whether the member lives with the others; a student at school and a spouse working elsewhere do not.</summary>
    public bool LivesWithHousehold { get; init; } = true;

    /// <summary>Why and since when the member is away, where that is known.</summary>
    public Absence? Absence { get; init; }

    /// <summary>An adult child who cannot live independently for a reason other than full-time education (57 art. 7(3)).</summary>
    public bool CannotSupportSelf { get; init; }

    /// <summary>As the disability certificate states it.</summary>
    public Disability? Disability { get; init; }

    /// <summary>Whether a local department certified a major illness (57 art. 8(2)).</summary>
    public bool HasCertifiedMajorIllness { get; init; }

    public bool IsEmployed { get; init; }

    public bool HasLegalCapacity { get; init; } = true;

    public DateOnly? DiedOn { get; init; }

    public bool IsMinorOn(DateOnly day) => BornOn.AddYears(18) > day;

    /// <summary>Whether somebody else has to sign for the member: a minor, or somebody without capacity.</summary>
    public bool NeedsGuardianOn(DateOnly day) => IsMinorOn(day) || !HasLegalCapacity;

    public Absence? AbsenceOn(DateOnly day) => Absence is { } absence && absence.SinceOn <= day ? absence : null;
}

/// <summary>Why a member is away (57 art. 7 and 8).</summary>
public enum AbsenceKind
{
    /// <summary>宗教教职人员: living apart from the family in a place of worship.</summary>
    ReligiousLife,

    Imprisonment,

    /// <summary>强制隔离戒毒.</summary>
    CompulsoryRehabilitation,

    /// <summary>宣告失踪, by a court.</summary>
    DeclaredMissing,

    LivesElsewhere,
}

/// <summary>A member's absence, without a break since a day.</summary>
public sealed record Absence(AbsenceKind Kind, DateOnly SinceOn);

/// <summary>The kinds of the disability certificate (残疾人证).</summary>
public enum DisabilityKind
{
    Visual,
    Hearing,
    Speech,
    Physical,
    Intellectual,
    Mental,
    Multiple,
}

/// <summary>A certified disability.</summary>
/// <param name="Grade">From 1, the gravest, to 4.</param>
public sealed record Disability(DisabilityKind Kind, int Grade)
{
    /// <summary>重度残疾: grades 1 and 2.</summary>
    public bool IsSevere => Grade <= 2;
}

/// <summary>For whom is applied: the household as the unit (57 art. 4), or one person alone (57 art. 8).</summary>
public enum FilingKind
{
    Household,
    SinglePerson,
}

/// <summary>On which ground a person may file alone.</summary>
public enum SinglePersonGround
{
    /// <summary>In a household of marginal low income: disability of grade 1 or 2, or of grade 3 if intellectual or mental (57 art. 8(1)).</summary>
    Disability,

    /// <summary>In a household of marginal low income: a certified major illness (57 art. 8(2)).</summary>
    MajorIllness,

    /// <summary>Clergy living apart in a place of worship for three years or more (57 art. 8(3)).</summary>
    ReligiousLife,

    /// <summary>Another ground that the county or a higher government set (57 art. 8(4)).</summary>
    SetByTheCounty,

    /// <summary>An adult without work who is severely disabled (N22 part 1(1)); no marginal low income is asked for.</summary>
    UnemployedSevereDisability,
}

/// <summary>Who applies, and on which ground where it is one person alone.</summary>
public sealed record Filing(FilingKind Kind = FilingKind.Household, SinglePersonGround? Ground = null);

/// <summary>
/// Somebody who owes a member support by law and lives elsewhere: no member and never counted. What the obligor pays is
/// income of the member who receives it (57 art. 13); the obligor's own means are looked up only with consent (Act art. 41).
/// </summary>
/// <param name="Relationship">To the applicant.</param>
/// <param name="Ability">Whether the obligor can fulfil the duty, as the office found (特困人员认定办法 art. 8).</param>
public sealed record Obligor(Guid PersonId, Relationship Relationship, bool HasIdentityNumber = true, ObligorAbility Ability = ObligorAbility.NotLookedInto);

/// <summary>Whether somebody who owes support can give it; unable on one of the grounds of 特困人员认定办法 art. 8.</summary>
public enum ObligorAbility
{
    NotLookedInto,

    Able,

    /// <summary>Is in extreme poverty too (art. 8(1)).</summary>
    InExtremePoverty,

    /// <summary>Receives the subsistence allowance and is 60 or older (art. 8(2)).</summary>
    OnAllowanceFrom60,

    /// <summary>Is 70 or older, of low income and little property (art. 8(3)).</summary>
    LowIncomeFrom70,

    /// <summary>Is severely disabled, or intellectually or mentally of grade 3, of low income and little property (art. 8(4)).</summary>
    DisabledOnLowIncome,

    /// <summary>Has no legal capacity, was declared missing or is in prison, with little property (art. 8(5)).</summary>
    WithoutCapacityMissingOrInPrison,

    /// <summary>Another ground that the province set (art. 8(6)).</summary>
    SetByTheProvince,
}

/// <summary>What the office decided on a member whose standing needed review.</summary>
/// <param name="Counts">Whether the member counts.</param>
/// <param name="ClearedDoubts">The doubts about the declared relationship that were looked into and cleared.</param>
public sealed record Determination(Guid PersonId, bool Counts, IReadOnlyList<RelationshipDoubtKind>? ClearedDoubts = null)
{
    public bool Clears(RelationshipDoubtKind doubt) => ClearedDoubts?.Contains(doubt) == true;
}

/// <summary>Kinds of income; <c>seeds/income-kinds.csv</c> says of each, by date, its class in 57 art. 13 and whether it counts.</summary>
public enum IncomeKind
{
    Wages,
    BusinessNet,
    PropertyNet,
    Pension,
    UnemploymentBenefit,
    SupportReceived,
    OtherTransfer,
    Other,
    PreferentialPension,
    FamilyPlanningAward,
    Scholarship,
    SocialAssistance,
    BasicPensionCentral,
}

/// <summary>What the household declares a member to receive, per month.</summary>
public sealed record DeclaredIncome(Guid PersonId, IncomeKind Kind, Money MonthlyFen);

/// <summary>Kinds of property by 57 art. 14.</summary>
public enum PropertyKind
{
    Deposit,
    Securities,
    CommercialInsurance,
    Claims,
    InternetFinance,
    Vehicle,
    House,
    OtherImmovable,
}

/// <summary>Property necessary for life or production, which may be exempted (57 art. 14).</summary>
public enum PropertyExemption
{
    None,
    DisabilityVehicle,
    LivelihoodVehicle,
}

/// <summary>What the household declares a member to own: its value, and for houses and vehicles how many.</summary>
public sealed record DeclaredProperty(Guid PersonId, PropertyKind Kind, Money ValueFen, int Count = 1, PropertyExemption Exemption = PropertyExemption.None);

/// <summary>Spending that a household cannot avoid (刚性支出, GX art. 6 and 7).</summary>
public enum ExpenditureKind
{
    /// <summary>What basic, major-illness and supplementary insurance and assistance left to be paid.</summary>
    Medical,

    /// <summary>By the fees of public schools.</summary>
    Education,

    /// <summary>Rehabilitation of a disability, less what was granted for it.</summary>
    Rehabilitation,

    Living,

    Other,
}

/// <summary>What the household declares to have spent on a member in the twelve months before the application.</summary>
public sealed record DeclaredExpenditure(Guid PersonId, ExpenditureKind Kind, Money YearlyFen);

/// <summary>Why temporary assistance is asked for at once (临时救助意见 2018 part 2(1)).</summary>
public enum EmergencyKind
{
    Accident,
    SuddenIllness,
    OtherHardship,
}

/// <summary>An emergency of a household, and what is needed to get through it.</summary>
public sealed record Emergency(EmergencyKind Kind, DateOnly OccurredOn, Money NeededFen);

/// <summary>One state of a household as declared on a day. A change of circumstances makes a new one and leaves the old.</summary>
public sealed record Household
{
    public required IReadOnlyList<HouseholdMember> Members { get; init; }

    public required IReadOnlyList<DeclaredIncome> Incomes { get; init; }

    public required IReadOnlyList<DeclaredProperty> Properties { get; init; }

    public Filing Filing { get; init; } = new();

    public IReadOnlyList<Obligor> Obligors { get; init; } = [];

    public IReadOnlyList<DeclaredExpenditure> Expenditures { get; init; } = [];

    public Emergency? Emergency { get; init; }

    public IReadOnlyList<Determination> Determinations { get; init; } = [];

    /// <summary>The members alive on the day (N22 part 1(3)), whether or not they count.</summary>
    public IEnumerable<HouseholdMember> LivingOn(DateOnly day) =>
        Members.Where(member => member.DiedOn is not { } diedOn || diedOn > day);

    /// <summary>The members by whom the income is divided, and whose income and property count (57 art. 7 and 8).</summary>
    public IEnumerable<HouseholdMember> CountedOn(DateOnly day, int longAbsenceMonths)
    {
        var composition = HouseholdComposition.Of(this, day, longAbsenceMonths);
        return LivingOn(day).Where(member => composition.StandingOf(member.PersonId) == Standing.Counts);
    }

    /// <summary>The newest determination on a member.</summary>
    public Determination? DeterminationOf(Guid personId) => Determinations.LastOrDefault(determination => determination.PersonId == personId);

    public bool HasCleared(Guid personId, RelationshipDoubtKind doubt) => DeterminationOf(personId)?.Clears(doubt) == true;

    public bool Has(Guid personId) => Members.Any(member => member.PersonId == personId);
}

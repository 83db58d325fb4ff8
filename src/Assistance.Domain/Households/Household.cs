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

/// <summary>A cohabiting member. Names and identity numbers stay with the person's own record: no rule needs them.</summary>
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

    public DateOnly? DiedOn { get; init; }

    public bool IsMinorOn(DateOnly day) => BornOn.AddYears(18) > day;
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

/// <summary>One state of a household as declared on a day. A change of circumstances makes a new one and leaves the old.</summary>
public sealed record Household
{
    public required IReadOnlyList<HouseholdMember> Members { get; init; }

    public required IReadOnlyList<DeclaredIncome> Incomes { get; init; }

    public required IReadOnlyList<DeclaredProperty> Properties { get; init; }

    /// <summary>The members who count: those alive on the day (57 art. 7; N22 part 1(3)).</summary>
    public IEnumerable<HouseholdMember> LivingOn(DateOnly day) =>
        Members.Where(member => member.DiedOn is not { } diedOn || diedOn > day);

    public bool Has(Guid personId) => Members.Any(member => member.PersonId == personId);
}

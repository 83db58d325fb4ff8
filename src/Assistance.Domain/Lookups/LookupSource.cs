namespace Assistance.Domain.Lookups;

/// <summary>Departments that answer look-ups (Act art. 41; 57 art. 17; N22 part 3(2) for death records).</summary>
public enum LookupSource
{
    HouseholdRegistration,
    SocialInsurance,
    Tax,
    RealEstate,
    Vehicles,
    Death,
}

/// <summary>
/// Where a look-up stands. <c>NotFound</c> is the department's answer that it has no record, which is not "has
/// none"; <c>Unavailable</c> is no answer at all, which is neither.
/// </summary>
public enum LookupState
{
    Pending,
    Answered,
    NotFound,
    Unavailable,

    /// <summary>The answer was malformed, about somebody else, or impossible: set aside and not believed.</summary>
    SetAside,
}

/// <summary>What a department can state about a person. Each kind fixes which of a fact's fields it carries.</summary>
public enum FactKind
{
    /// <summary>Division code of the household registration.</summary>
    RegisteredDivision,

    /// <summary>Insured wage per month, in fen.</summary>
    MonthlyWage,

    /// <summary>Pension per month, in fen.</summary>
    MonthlyPension,

    /// <summary>Unemployment benefit per month, in fen.</summary>
    MonthlyUnemploymentBenefit,

    /// <summary>Taxed wage per month, in fen.</summary>
    MonthlyTaxedWage,

    /// <summary>Taxed business income per month, net, in fen.</summary>
    MonthlyTaxedBusinessIncome,

    /// <summary>Houses owned: how many.</summary>
    HousesOwned,

    /// <summary>Motor vehicles owned: how many.</summary>
    VehiclesOwned,

    /// <summary>Date of death.</summary>
    DiedOn,
}

public static class LookupSources
{
    private static readonly Dictionary<LookupSource, FactKind[]> Answers = new()
    {
        [LookupSource.HouseholdRegistration] = [FactKind.RegisteredDivision],
        [LookupSource.SocialInsurance] = [FactKind.MonthlyWage, FactKind.MonthlyPension, FactKind.MonthlyUnemploymentBenefit],
        [LookupSource.Tax] = [FactKind.MonthlyTaxedWage, FactKind.MonthlyTaxedBusinessIncome],
        [LookupSource.RealEstate] = [FactKind.HousesOwned],
        [LookupSource.Vehicles] = [FactKind.VehiclesOwned],
        [LookupSource.Death] = [FactKind.DiedOn],
    };

    public static IReadOnlyList<LookupSource> All { get; } = Enum.GetValues<LookupSource>();

    /// <summary>Whether a department may state this kind of fact; anything else in its answer is not believed.</summary>
    public static bool MayState(LookupSource source, FactKind kind) => Answers[source].Contains(kind);

    /// <summary>Whether a state is final: no attempt will follow by itself.</summary>
    public static bool IsSettled(LookupState state) => state != LookupState.Pending;
}

namespace Assistance.Domain.Lookups;

/// <summary>Departments and institutions that answer look-ups (Act art. 41; 57 art. 17; N22 part 3(2)).</summary>
public enum LookupSource
{
    /// <summary>公安户籍.</summary>
    HouseholdRegistration,

    /// <summary>人社: social insurance and employment.</summary>
    SocialInsurance,

    Tax,

    RealEstate,

    /// <summary>Motor vehicles and vessels.</summary>
    Vehicles,

    /// <summary>卫健 and 殡葬: deaths and cremations.</summary>
    Death,

    /// <summary>市场监管.</summary>
    MarketRegistration,

    /// <summary>住房公积金.</summary>
    HousingFund,

    Banks,

    CommercialInsurance,

    Securities,

    /// <summary>非银行支付机构 (Act art. 41).</summary>
    PaymentInstitutions,

    /// <summary>民政婚姻登记.</summary>
    Marriage,

    /// <summary>医保.</summary>
    MedicalInsurance,

    /// <summary>残联.</summary>
    DisabilityFederation,

    Education,

    /// <summary>退役军人事务.</summary>
    Veterans,
}

/// <summary>
/// Where a look-up stands. <c>NotFound</c> is the department's answer that it has no record, which is not "has
/// none"; <c>Unavailable</c> is no answer at all, which is neither.
/// </summary>
public enum LookupState
{
    /// <summary>Still to be asked.</summary>
    Pending,

    /// <summary>The department took the query and answers later.</summary>
    Submitted,

    Answered,

    NotFound,

    /// <summary>No answer yet; it is still asked for a while, and an answer that comes late counts.</summary>
    Unavailable,

    /// <summary>The answer was malformed, about somebody else, or impossible: set aside and not believed.</summary>
    SetAside,

    /// <summary>Not asked any more: the consent ended, or the case closed.</summary>
    Cancelled,
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

    /// <summary>Registered as unemployed since.</summary>
    UnemployedSince,

    /// <summary>Taxed wage per month, in fen.</summary>
    MonthlyTaxedWage,

    /// <summary>Taxed business income per month, net, in fen; negative where the business lost.</summary>
    MonthlyTaxedBusinessIncome,

    /// <summary>Houses owned: how many.</summary>
    HousesOwned,

    /// <summary>Motor vehicles owned: how many.</summary>
    VehiclesOwned,

    /// <summary>Vessels owned: how many.</summary>
    VesselsOwned,

    /// <summary>Date of death.</summary>
    DiedOn,

    /// <summary>Date of cremation.</summary>
    CrematedOn,

    /// <summary>Businesses of which the person is the registered owner: how many.</summary>
    BusinessesOwned,

    /// <summary>Balance of the housing fund, in fen.</summary>
    HousingFundBalance,

    /// <summary>Balance of all accounts, in fen; negative where overdrawn.</summary>
    DepositBalance,

    /// <summary>Cash value of policies, in fen.</summary>
    PolicyCashValue,

    /// <summary>Market value of securities and funds, in fen; negative where bought on credit and lost.</summary>
    SecuritiesValue,

    /// <summary>Balance of payment accounts, in fen.</summary>
    PaymentBalance,

    /// <summary>Married since; open-ended while the marriage lasts.</summary>
    MarriedSince,

    /// <summary>Paid for treatment by the person after all insurance, in fen, from one day to another.</summary>
    MedicalSelfPaid,

    /// <summary>Grade of a disability certificate, 1 to 4, valid until a day.</summary>
    DisabilityGrade,

    /// <summary>Enrolled full-time since, until the day of graduation.</summary>
    EnrolledSince,

    /// <summary>Preferential pension (优待抚恤金) per month, in fen.</summary>
    MonthlyPreferentialPension,
}

/// <summary>Which field of a fact carries what it states.</summary>
public enum FactField
{
    /// <summary>Fen, never below zero.</summary>
    Amount,

    /// <summary>Fen, below zero too.</summary>
    SignedAmount,

    Count,

    Division,

    /// <summary>A day that has come, and no end.</summary>
    Day,

    /// <summary>Since a day that has come, until another where known.</summary>
    Period,
}

public static class LookupSources
{
    private static readonly Dictionary<LookupSource, FactKind[]> Answers = new()
    {
        [LookupSource.HouseholdRegistration] = [FactKind.RegisteredDivision],
        [LookupSource.SocialInsurance] =
            [FactKind.MonthlyWage, FactKind.MonthlyPension, FactKind.MonthlyUnemploymentBenefit, FactKind.UnemployedSince],
        [LookupSource.Tax] = [FactKind.MonthlyTaxedWage, FactKind.MonthlyTaxedBusinessIncome],
        [LookupSource.RealEstate] = [FactKind.HousesOwned],
        [LookupSource.Vehicles] = [FactKind.VehiclesOwned, FactKind.VesselsOwned],
        [LookupSource.Death] = [FactKind.DiedOn, FactKind.CrematedOn],
        [LookupSource.MarketRegistration] = [FactKind.BusinessesOwned],
        [LookupSource.HousingFund] = [FactKind.HousingFundBalance],
        [LookupSource.Banks] = [FactKind.DepositBalance],
        [LookupSource.CommercialInsurance] = [FactKind.PolicyCashValue],
        [LookupSource.Securities] = [FactKind.SecuritiesValue],
        [LookupSource.PaymentInstitutions] = [FactKind.PaymentBalance],
        [LookupSource.Marriage] = [FactKind.MarriedSince],
        [LookupSource.MedicalInsurance] = [FactKind.MedicalSelfPaid],
        [LookupSource.DisabilityFederation] = [FactKind.DisabilityGrade],
        [LookupSource.Education] = [FactKind.EnrolledSince],
        [LookupSource.Veterans] = [FactKind.MonthlyPreferentialPension],
    };

    public static IReadOnlyList<LookupSource> All { get; } = Enum.GetValues<LookupSource>();

    /// <summary>What a department may state; anything else in its answer is not believed.</summary>
    public static IReadOnlyList<FactKind> MayState(LookupSource source) => Answers[source];

    public static FactField FieldOf(FactKind kind) => kind switch
    {
        FactKind.RegisteredDivision => FactField.Division,
        FactKind.HousesOwned or FactKind.VehiclesOwned or FactKind.VesselsOwned or FactKind.BusinessesOwned or FactKind.DisabilityGrade => FactField.Count,
        FactKind.DiedOn or FactKind.CrematedOn => FactField.Day,
        FactKind.UnemployedSince or FactKind.MarriedSince or FactKind.EnrolledSince => FactField.Period,
        FactKind.MonthlyTaxedBusinessIncome or FactKind.DepositBalance or FactKind.SecuritiesValue => FactField.SignedAmount,
        _ => FactField.Amount,
    };

    /// <summary>Whether a department tells of income or property, which is all that is asked about an obligor (Act art. 41; 57 art. 9).</summary>
    public static bool TellsMeans(LookupSource source) => source is LookupSource.SocialInsurance or LookupSource.Tax or LookupSource.RealEstate
        or LookupSource.Vehicles or LookupSource.Banks or LookupSource.CommercialInsurance or LookupSource.Securities
        or LookupSource.PaymentInstitutions or LookupSource.HousingFund or LookupSource.MarketRegistration;

    /// <summary>Whether a state is final for now: nothing is on its way that the case has to wait for.</summary>
    public static bool IsSettled(LookupState state) => state is not (LookupState.Pending or LookupState.Submitted);
}

using System.Reflection;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>
/// One dated row of <c>seeds/parameters.csv</c>: a number that a government may change, with its basis. A row without an
/// official source is a sample and says so, as does every document computed from it.
/// </summary>
public sealed record PolicyParameter : IDated
{
    public required string Code { get; init; }

    /// <summary>Amounts in fen per month; otherwise a count, days, working days, months, or 1 for yes and 0 for no, as the unit says.</summary>
    public required long Value { get; init; }

    public required string Unit { get; init; }

    public required DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public required string BasisCode { get; init; }

    public string? DocumentNumber { get; init; }

    public required bool IsSample { get; init; }
}

/// <summary>Codes of the parameters that rules and procedures ask for.</summary>
public static class ParameterCodes
{
    public const string Standard = "subsistence-allowance.standard";
    public const string FinancialAssetsMultiple = "subsistence-allowance.financial-assets.months-of-standard";
    public const string VehiclesAllowed = "subsistence-allowance.vehicles.allowed";
    public const string HousesAllowed = "subsistence-allowance.houses.allowed";
    public const string Rounding = "subsistence-allowance.rounding";
    public const string MarginalLinePercent = "marginal-low-income.line.percent-of-standard";
    public const string DisposableIncome = "district.disposable-income.yearly";
    public const string EssentialExpenditureRatio = "essential-expenditure.ratio.percent";
    public const string ExtremePovertyPercent = "extreme-poverty.basic-living.percent-of-standard";
    public const string EmergencyMonths = "temporary-assistance.emergency.months-of-standard";
    public const string SmallSumMonths = "temporary-assistance.small-sum.months-of-standard";
    public const string ExpenditureShare = "temporary-assistance.expenditure.percent";
    public const string WorkCost = "income.work-cost.monthly";
    public const string RigidSpendingDeducted = "income.rigid-spending.deducted-percent";
    public const string ImputedLabourIncome = "income.imputed-labour.monthly";
    public const string SupportPercent = "income.support.percent-of-excess";
    public const string SupportFreePercent = "income.support.free-percent-of-standard";
    public const string EvidenceValidDays = "disclosure.evidence.valid-days";
    public const string LongAbsenceMonths = "composition.long-absence.months";
    public const string PostingDays = "procedure.posting.days";
    public const string PublicationDays = "procedure.publication.days";
    public const string SubsistenceAllowanceDemocraticReview = "subsistence-allowance.objection.democratic-review";
    public const string SubsistenceAllowanceSecondPosting = "subsistence-allowance.objection.second-posting";
    public const string MarginalLowIncomeDemocraticReview = "marginal-low-income.objection.democratic-review";
    public const string MarginalLowIncomeSecondPosting = "marginal-low-income.objection.second-posting";
    public const string ExtremePovertyDemocraticReview = "extreme-poverty-support.objection.democratic-review";
    public const string ExtremePovertySecondPosting = "extreme-poverty-support.objection.second-posting";
    public const string StartInvestigation = "procedure.start-investigation.working-days";
    public const string StartVerification = "procedure.start-verification.working-days";
    public const string DistrictOpinion = "procedure.district-opinion.working-days";
    public const string Total = "procedure.total.working-days";
    public const string TotalExtended = "procedure.total-extended.working-days";
    public const string TakeUp = "procedure.take-up.working-days";
    public const string Arbitration = "procedure.arbitration.working-days";
    public const string ReconsiderationDays = "remedies.reconsideration.days";
    public const string LitigationMonths = "remedies.litigation.months";
    public const string DraftDays = "intake.draft.days";
    public const string HomeVisitors = "home-visit.visitors.least";
    public const string NoticeableMonthlyChange = "periodic-review.noticeable-change.monthly";
    public const string NoticeableAssetsChange = "periodic-review.noticeable-change.assets";

    /// <summary>How many steps an allowance by tiers can have.</summary>
    public const int MostTiers = 9;

    // Every code that an assessment may ask for begins with one of these.
    private static readonly string[] OfAssessments =
    [
        "subsistence-allowance.", "marginal-low-income.", "essential-expenditure.", "extreme-poverty.", "temporary-assistance.",
        "income.", "top-up.", "district.", LongAbsenceMonths,
    ];

    /// <summary>The limits of property of every programme that has rules.</summary>
    public static IEnumerable<string> Limits =>
        ProgrammeRules.Screened.SelectMany(programme => new[] { AssetsLimitOf(programme), VehiclesAllowedOf(programme), HousesAllowedOf(programme) });

    /// <summary>What a district may leave unset, so that it does not apply there.</summary>
    public static IEnumerable<string> Optional =>
    [
        WorkCost, RigidSpendingDeducted, ImputedLabourIncome, SupportPercent, SupportFreePercent,
        .. Enum.GetValues<TopUpCategory>().Select(TopUpOf),
        .. Enumerable.Range(1, MostTiers).SelectMany(tier => new[] { TierLimit(tier), TierAmount(tier) }),
    ];

    /// <summary>Every code that may be asked for: a row of another one would be asked for by nobody.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(
    [.. typeof(ParameterCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue()).OfType<string>(), .. Limits, .. Optional]);

    /// <summary>The unit of a code that has no row yet.</summary>
    public static string UnitOfOptional(string code) => code.EndsWith(".monthly", StringComparison.Ordinal) ? "fen/month" : "percent";

    /// <summary>Whether an assessment may ask for a parameter, so that its row is kept with the input.</summary>
    public static bool IsOfAssessments(string code) => OfAssessments.Any(prefix => code.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The limit of financial assets of a programme, in months of the standard a member.</summary>
    public static string AssetsLimitOf(Programme programme) => $"{PrefixOf(programme)}.financial-assets.months-of-standard";

    public static string VehiclesAllowedOf(Programme programme) => $"{PrefixOf(programme)}.vehicles.allowed";

    public static string HousesAllowedOf(Programme programme) => $"{PrefixOf(programme)}.houses.allowed";

    /// <summary>Up to which income a member, in percent of the standard, a tier holds; none in force where the difference is paid (57 art. 23).</summary>
    public static string TierLimit(int tier) => $"subsistence-allowance.tier-{tier}.up-to-percent";

    /// <summary>What a tier pays a member and month.</summary>
    public static string TierAmount(int tier) => $"subsistence-allowance.tier-{tier}.monthly";

    /// <summary>What a category of 分类施保 adds, in percent of the standard a month.</summary>
    public static string TopUpOf(TopUpCategory category) => category switch
    {
        TopUpCategory.Aged => "top-up.aged.percent-of-standard",
        TopUpCategory.Minor => "top-up.minor.percent-of-standard",
        TopUpCategory.SevereDisability => "top-up.severe-disability.percent-of-standard",
        _ => "top-up.serious-illness.percent-of-standard",
    };

    private static string PrefixOf(Programme programme) => programme switch
    {
        Programme.SubsistenceAllowance => "subsistence-allowance",
        Programme.MarginalLowIncome => "marginal-low-income",
        Programme.EssentialExpenditureHardship => "essential-expenditure",
        Programme.ExtremePovertySupport => "extreme-poverty",
        Programme.TemporaryAssistance => "temporary-assistance",
        _ => throw Refusals.NoRulesForProgramme(programme.ToString()),
    };
}

/// <summary>The parameter rows, asked for by code and day.</summary>
public sealed class PolicyParameters(IEnumerable<PolicyParameter> rows)
{
    private readonly ILookup<string, PolicyParameter> byCode = rows.ToLookup(row => row.Code);

    /// <exception cref="RuleViolation">no-parameter-in-force: no row covers the day, so nothing is computed from a guess.</exception>
    public PolicyParameter InForce(string code, DateOnly on) =>
        byCode[code].InForceOn(on) ?? throw Refusals.NoStandardInForce(code, on);

    /// <summary>One row of every code that has one on the day, by code.</summary>
    public IEnumerable<PolicyParameter> AllInForce(DateOnly on) =>
        byCode.OrderBy(rows => rows.Key, StringComparer.Ordinal).Select(rows => rows.InForceOn(on)).OfType<PolicyParameter>();

    public int Number(string code, DateOnly on) => checked((int)InForce(code, on).Value);
}

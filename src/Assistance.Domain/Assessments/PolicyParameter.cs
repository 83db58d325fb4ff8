using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>
/// One dated row of <c>seeds/parameters.csv</c>: a number that a government may change, with its basis. A row without an
/// official source is a sample and says so, as does every document computed from it.
/// </summary>
public sealed record PolicyParameter : IDated
{
    public required string Code { get; init; }

    /// <summary>Amounts in fen per month; otherwise a count, days, working days or months, as the unit says.</summary>
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
    public const string EvidenceValidDays = "disclosure.evidence.valid-days";
    public const string LongAbsenceMonths = "composition.long-absence.months";
    public const string PostingDays = "procedure.posting.days";
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
}

/// <summary>The parameter rows, asked for by code and day.</summary>
public sealed class PolicyParameters(IEnumerable<PolicyParameter> rows)
{
    private readonly ILookup<string, PolicyParameter> byCode = rows.ToLookup(row => row.Code);

    /// <exception cref="RuleViolation">no-parameter-in-force: no row covers the day, so nothing is computed from a guess.</exception>
    public PolicyParameter InForce(string code, DateOnly on) =>
        byCode[code].InForceOn(on) ?? throw Refusals.NoStandardInForce(code, on);

    public int Number(string code, DateOnly on) => checked((int)InForce(code, on).Value);
}

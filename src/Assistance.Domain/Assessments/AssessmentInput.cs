using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>
/// Everything an assessment is computed from, stored beside its result: the household as declared, the departments' facts,
/// what could not be looked up, and the very parameter rows used. The same input gives the same result for ever.
/// </summary>
public sealed record AssessmentInput
{
    public required Programme Programme { get; init; }

    public required DateOnly AssessedOn { get; init; }

    public required string DistrictCode { get; init; }

    public required Household Household { get; init; }

    public required IReadOnlyList<LookupFact> Facts { get; init; }

    /// <summary>Look-ups of members who count or may count that gave no answer, and for which nothing was supplied instead.</summary>
    public required IReadOnlyList<EvidenceGap> Gaps { get; init; }

    /// <summary>Living members who count or may count, of whom the death register has said nothing that holds: neither a yes nor a no.</summary>
    public int DeathUnanswered { get; init; }

    /// <summary>How officers settled where statements differ, the oldest first; one that stands for other statements has no effect.</summary>
    public IReadOnlyList<DisagreementResolution> Resolutions { get; init; } = [];

    public required IReadOnlyList<IncomeKindRule> IncomeKinds { get; init; }

    public required PolicyParameter Standard { get; init; }

    public required PolicyParameter FinancialAssetsMultiple { get; init; }

    public required PolicyParameter VehiclesAllowed { get; init; }

    public required PolicyParameter HousesAllowed { get; init; }

    public required PolicyParameter LongAbsenceMonths { get; init; }

    /// <summary>Who counts, by which rule; follows from the household and the day, and is stored with them to be read.</summary>
    public HouseholdComposition Composition =>
        HouseholdComposition.Of(Household, AssessedOn, checked((int)LongAbsenceMonths.Value));

    /// <summary>Where statements about the members differ; follows from household, facts and day, and is stored with them to be read.</summary>
    public IReadOnlyList<Disagreement> Disagreements => Lookups.Disagreements.Of(Household, Facts, AssessedOn);

    /// <summary>Whether any number used is a sample and no official one.</summary>
    public bool UsesSamples =>
        Standard.IsSample || FinancialAssetsMultiple.IsSample || VehiclesAllowed.IsSample || HousesAllowed.IsSample
        || LongAbsenceMonths.IsSample;

    /// <summary>The newest resolution of what stands now; null where it is open.</summary>
    public DisagreementResolution? ResolutionOf(Disagreement disagreement) => Resolutions.LastOrDefault(resolution => resolution.IsOf(disagreement));

    public IEnumerable<LookupFact> FactsOf(Guid personId, FactKind kind) =>
        Facts.Where(fact => fact.PersonId == personId && fact.Kind == kind && fact.HoldsOn(AssessedOn));
}

/// <summary>A means that nobody has shown yet: silence of a department is never taken for a "no".</summary>
public sealed record EvidenceGap(Guid PersonId, LookupSource Source, LookupState State);

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

    /// <summary>The parameter rows in force on the day, of every code that an assessment may ask for; those not set are not there.</summary>
    public required IReadOnlyList<PolicyParameter> Parameters { get; init; }

    /// <summary>Who counts, by which rule; follows from the household and the day, and is stored with them to be read.</summary>
    public HouseholdComposition Composition =>
        HouseholdComposition.Of(Household, AssessedOn, Number(ParameterCodes.LongAbsenceMonths));

    /// <summary>Where statements about the members differ; follows from household, facts and day, and is stored with them to be read.</summary>
    public IReadOnlyList<Disagreement> Disagreements => Lookups.Disagreements.Of(Household, Facts, AssessedOn);

    /// <summary>The row of a parameter; null where the district has not set it, and what it rules does not apply.</summary>
    public PolicyParameter? Find(string code) => Parameters.FirstOrDefault(row => row.Code == code);

    /// <exception cref="RuleViolation">no-parameter-in-force: nothing is computed from a guess.</exception>
    public PolicyParameter Parameter(string code) => Find(code) ?? throw Refusals.NoStandardInForce(code, AssessedOn);

    /// <inheritdoc cref="Parameter"/>
    public Money Amount(string code) => new(Parameter(code).Value);

    /// <inheritdoc cref="Parameter"/>
    public int Number(string code) => checked((int)Parameter(code).Value);

    /// <summary>The newest resolution of what stands now; null where it is open.</summary>
    public DisagreementResolution? ResolutionOf(Disagreement disagreement) => Resolutions.LastOrDefault(resolution => resolution.IsOf(disagreement));

    public IEnumerable<LookupFact> FactsOf(Guid personId, FactKind kind) =>
        Facts.Where(fact => fact.PersonId == personId && fact.Kind == kind && fact.HoldsOn(AssessedOn));
}

/// <summary>A means that nobody has shown yet: silence of a department is never taken for a "no".</summary>
public sealed record EvidenceGap(Guid PersonId, LookupSource Source, LookupState State);

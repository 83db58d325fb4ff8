using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Assessments;

/// <summary>What to suppose; whatever is not named stays as it is.</summary>
[Example("""
    {
      "on": "2027-01-01",
      "parameters": [{ "code": "subsistence-allowance.standard", "value": 80000 }],
      "incomes": [{ "personId": "019970c1-0000-7000-8000-000000000001", "kind": "Wages", "monthlyFen": 90000 }]
    }
    """)]
public sealed record SimulateAssessmentRequest : ICheckedRequest
{
    /// <summary>The day on which it would be assessed, with the parameters in force then; today unless told.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Parameters of another value; at most 20.</summary>
    public IReadOnlyList<SupposedParameterRequest> Parameters { get; init; } = [];

    /// <summary>Incomes a month in the place of what was declared and of what departments state; at most 50.</summary>
    public IReadOnlyList<SupposedIncomeRequest> Incomes { get; init; } = [];

    /// <summary>Property likewise; at most 50.</summary>
    public IReadOnlyList<SupposedPropertyRequest> Properties { get; init; } = [];

    /// <summary>Members who would leave the household; at most 20.</summary>
    public IReadOnlyList<Guid> Leaving { get; init; } = [];

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        foreach (var (path, count, most) in new[] { ("$.parameters", Parameters.Count, 20), ("$.incomes", Incomes.Count, 50), ("$.properties", Properties.Count, 50), ("$.leaving", Leaving.Count, 20) })
        {
            if (count > most)
            {
                yield return new Fault(path, "too-many", $"至多{most}项。", $"At most {most}.");
            }
        }

        if (On < check.Today)
        {
            yield return new Fault("$.on", "in-the-past", "只能模拟今天或者以后；过去的核算请用重算比对。", "Only today or later can be supposed; what is past is replayed.");
        }

        foreach (var fault in SupposedParameterRequest.Check("$.parameters", Parameters))
        {
            yield return fault;
        }
    }
}

/// <summary>A parameter as supposed, in its own unit.</summary>
public sealed record SupposedParameterRequest
{
    [Text(100)]
    public required string Code { get; init; }

    [Within(0, 100_000_000_00)]
    public required long Value { get; init; }

    internal static IEnumerable<Fault> Check(string path, IReadOnlyList<SupposedParameterRequest> parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (!ParameterCodes.IsOfAssessments(parameters[i].Code))
            {
                yield return new Fault($"{path}[{i}].code", "unknown-parameter", "核算不使用该参数，请见参数列表。", "No assessment uses this parameter; see the list of parameters.");
            }
            else if (parameters.Take(i).Any(earlier => earlier.Code == parameters[i].Code))
            {
                yield return new Fault($"{path}[{i}].code", "given-twice", "同一参数重复。", "This parameter is given twice.");
            }
        }
    }

    /// <summary>The rows as supposed: no official ones, whatever they stand in for.</summary>
    internal static IReadOnlyList<PolicyParameter> RowsOf(IReadOnlyList<SupposedParameterRequest> parameters, IReadOnlyList<PolicyParameter> present, DateOnly on) =>
    [
        .. parameters.Select(parameter => (parameter, Row: present.FirstOrDefault(row => row.Code == parameter.Code))).Select(supposed => new PolicyParameter
        {
            Code = supposed.parameter.Code,
            Value = supposed.parameter.Value,
            Unit = supposed.Row?.Unit ?? "",
            FromOn = on,
            BasisCode = supposed.Row?.BasisCode ?? LegalBases.ProvinceSetsTheStandard,
            IsSample = true,
        }),
    ];
}

/// <summary>An income as supposed; zero is none.</summary>
public sealed record SupposedIncomeRequest
{
    public required Guid PersonId { get; init; }

    public required IncomeKind Kind { get; init; }

    /// <summary>Fen per month.</summary>
    [Within(0, 100_000_000_00)]
    public required long MonthlyFen { get; init; }
}

/// <summary>Property as supposed.</summary>
public sealed record SupposedPropertyRequest
{
    public required Guid PersonId { get; init; }

    public required PropertyKind Kind { get; init; }

    /// <summary>Value in fen.</summary>
    [Within(0, 10_000_000_000_00)]
    public long ValueFen { get; init; }

    /// <summary>How many, for houses and vehicles; none is 0.</summary>
    [Within(0, 1_000)]
    public int Count { get; init; }
}

/// <summary>What would come about, and how; nothing of it is saved.</summary>
public sealed record SimulationResponse(DateOnly On, AssessmentResponse Assessment, ExplanationResponse Explanation);

/// <summary>Assesses a household as it would be under a supposition (模拟核算); saves nothing but that it was looked at.</summary>
internal sealed class SimulateAssessment(
    Database database, AccessLog access, ReferenceStore reference, IOptions<DistrictOptions> district, TimeProvider time)
{
    /// <exception cref="RuleViolation">lookups-pending, no-rules-for-programme, no-parameter-in-force or member-not-in-household.</exception>
    public async Task<SimulationResponse?> HandleAsync(
        Guid id, SimulateAssessmentRequest request, Officer officer, Language language, CancellationToken cancellation)
    {
        var on = request.On ?? time.Today;
        var input = await database.ReadAsync(
            async session =>
            {
                if (await ApplicationRepository.FindAsync(session, id, officer) is not { } application)
                {
                    return (default, null);
                }

                var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
                return (application.CaseFileId, (AssessmentInput?)await AssessmentInputs.GatherAsync(
                    session, caseFile, application.Programme, reference.Current, district.Value.Code, time.Today));
            },
            cancellation);
        if (input is not (var caseFileId, { } present))
        {
            return null;
        }

        await access.RecordAsync(officer, caseFileId, nameof(SimulateAssessment), cancellation);
        var supposed = SuppositionOf(request, present, on).ApplyTo(present with { AssessedOn = on, Parameters = AssessmentInputs.ParametersOf(reference.Current, on) });
        var assessment = Assessor.Assess(supposed);
        return new SimulationResponse(
            on,
            AssessmentResponse.Of(Guid.Empty, supposed.Programme, assessment, on, reference.Current, language),
            ExplanationResponse.Of(Explanation.Of(supposed, assessment), on, reference.Current, language));
    }

    private static Supposition SuppositionOf(SimulateAssessmentRequest request, AssessmentInput present, DateOnly on)
    {
        if (request.Incomes.Select(income => income.PersonId).Concat(request.Properties.Select(property => property.PersonId)).Concat(request.Leaving)
            .Any(person => !present.Household.Has(person)))
        {
            throw Refusals.MemberNotInHousehold();
        }

        return new Supposition
        {
            Incomes = [.. request.Incomes.Select(income => new DeclaredIncome(income.PersonId, income.Kind, new Money(income.MonthlyFen)))],
            Properties = [.. request.Properties.Select(property => new DeclaredProperty(property.PersonId, property.Kind, new Money(property.ValueFen), property.Count))],
            Leaving = request.Leaving,
            Parameters = SupposedParameterRequest.RowsOf(request.Parameters, present.Parameters, on),
        };
    }
}

using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Decisions;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Rehearsals;

/// <summary>Which standard is rehearsed: the parameters in force on a day, and those of another value.</summary>
[Example("""
    {
      "on": "2027-01-01",
      "parameters": [{ "code": "subsistence-allowance.standard", "value": 80000 }],
      "reasons": "2027年标准调整测算。"
    }
    """)]
public sealed record StartStandardRehearsalRequest : ICheckedRequest
{
    /// <summary>The day whose parameters hold; one to come, or today.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Parameters of another value than on that day; at most 20.</summary>
    public IReadOnlyList<SupposedParameterRequest> Parameters { get; init; } = [];

    [Text(2_000)]
    public required string Reasons { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (On < check.Today)
        {
            yield return new Fault("$.on", "in-the-past", "只能测算今天或者以后。", "Only today or later can be rehearsed.");
        }

        if (Parameters.Count > 20)
        {
            yield return new Fault("$.parameters", "too-many", "至多20项。", "At most 20.");
        }

        foreach (var fault in SupposedParameterRequest.Check("$.parameters", Parameters))
        {
            yield return fault;
        }
    }
}

/// <summary>That a rehearsal was taken, or ended.</summary>
public sealed record StandardRehearsalStateResponse(Guid RehearsalId, RehearsalState State);

/// <summary>
/// Takes a rehearsal of another standard against everything in payment (标准调整测算): who rises, falls or leaves, and the monthly
/// budget. Computed by and by, from what each award rests on; nothing is changed by it.
/// </summary>
internal sealed class StartStandardRehearsal(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<StandardRehearsalStateResponse>> HandleAsync(StartStandardRehearsalRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(
            act,
            async session =>
            {
                ConfirmApplication.RequireDistrict(act);
                var present = AssessmentInputs.ParametersOf(reference.Current, request.On);
                var supposed = SupposedParameterRequest.RowsOf(request.Parameters, present, request.On);
                var row = new StandardRehearsalRow
                {
                    RehearsalId = Guid.CreateVersion7(act.Now),
                    AppliesOn = request.On,
                    ParametersJson = ApiJson.Write<IReadOnlyList<PolicyParameter>>([.. present.Where(one => supposed.All(other => other.Code != one.Code)), .. supposed]),
                    Reasons = request.Reasons.Trim(),
                    RehearsalState = RehearsalState.Running,
                    RequestedAt = act.Now,
                    RequestedBy = act.Officer.Id,
                    Version = 1,
                };
                await StandardRehearsalRepository.AddAsync(session, row);
                return new Answer<StandardRehearsalStateResponse>(
                    new StandardRehearsalStateResponse(row.RehearsalId, row.RehearsalState), $"/v1/standard-rehearsals/{row.RehearsalId}", row.Version);
            },
            cancellation);

    /// <summary>Ends one that runs; what it found until then stays.</summary>
    public Task<ActResult<StandardRehearsalStateResponse>> CancelAsync(Guid id, Act act, CancellationToken cancellation) => runner.RunAsync(
        act,
        async session =>
        {
            ConfirmApplication.RequireDistrict(act);
            var row = await StandardRehearsalRepository.FindAsync(session, id) ?? throw ProblemException.NotFound();
            act.RequireVersion(row.Version);
            if (!await StandardRehearsalRepository.CancelAsync(session, row, act.Now))
            {
                throw Refusals.WrongState("Cancel", row.RehearsalState.ToString(), [nameof(RehearsalState.Running)]);
            }

            return new Answer<StandardRehearsalStateResponse>(
                new StandardRehearsalStateResponse(id, RehearsalState.Cancelled), $"/v1/standard-rehearsals/{id}", row.Version + 1);
        },
        cancellation);
}

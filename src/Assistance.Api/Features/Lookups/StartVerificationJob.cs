using Assistance.Api.Features.Decisions;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>Whose awards are re-checked, and why.</summary>
[Example("""
    { "divisionCode": "140213054", "programme": "SubsistenceAllowance", "reasons": "2026年下半年定期核查。" }
    """)]
public sealed record StartVerificationJobRequest : ICheckedRequest
{
    /// <summary>The district, or a street of it.</summary>
    [KnownDivision]
    public required string DivisionCode { get; init; }

    /// <summary>The programme; absent for all.</summary>
    public Programme? Programme { get; init; }

    [Text(2_000)]
    public required string Reasons { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (check.HasDivision(DivisionCode)
            && (DivisionCode.Length is not (6 or 9) || !DivisionCode.StartsWith(check.DistrictCode, StringComparison.Ordinal)))
        {
            yield return new Fault("$.divisionCode", "not-of-this-district", "应为本区（6 位）或者本区的街道（9 位）。", "Must be this district, 6 digits, or a street of it, 9 digits.");
        }
    }
}

/// <summary>The state of a bulk re-check after an act.</summary>
public sealed record VerificationJobStateResponse(Guid JobId, VerificationJobState State);

/// <summary>
/// Has everybody of the awards in payment of a division checked anew (定期核查, 57 art. 31; Act art. 47): taken at once, listed
/// and asked by and by. Nothing on file serves, since fresh answers are the point; nothing is adjusted by it.
/// </summary>
public sealed class StartVerificationJob(ActRunner runner)
{
    public Task<ActResult<VerificationJobStateResponse>> HandleAsync(StartVerificationJobRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(
            act,
            async session =>
            {
                ConfirmApplication.RequireDistrict(act);
                if (!act.Officer.Division.Contains(DivisionCode.Parse(request.DivisionCode)))
                {
                    throw Refusals.NotTheDistrict();
                }

                var job = new VerificationJobRow
                {
                    JobId = Guid.CreateVersion7(act.Now),
                    DivisionCode = request.DivisionCode,
                    Programme = request.Programme,
                    JobState = VerificationJobState.Running,
                    Reasons = request.Reasons.Trim(),
                    RequestedAt = act.Now,
                    RequestedBy = act.Officer.Id,
                    Version = 1,
                };
                await VerificationJobRepository.AddAsync(session, job);
                return new Answer<VerificationJobStateResponse>(
                    new VerificationJobStateResponse(job.JobId, job.JobState), $"/v1/verification-jobs/{job.JobId}", job.Version);
            },
            cancellation);
}

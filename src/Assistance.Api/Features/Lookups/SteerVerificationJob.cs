using Assistance.Api.Features.Decisions;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Pauses a bulk re-check, lets it go on, or ends it. Nothing new is begun from the commit on; what departments were asked
/// by then is finished, since their answers are on their way.
/// </summary>
public sealed class SteerVerificationJob(ActRunner runner)
{
    public Task<ActResult<VerificationJobStateResponse>> PauseAsync(Guid id, Act act, CancellationToken cancellation) =>
        HandleAsync(id, VerificationJobAct.Pause, VerificationJobState.Paused, act, cancellation);

    public Task<ActResult<VerificationJobStateResponse>> ResumeAsync(Guid id, Act act, CancellationToken cancellation) =>
        HandleAsync(id, VerificationJobAct.Resume, VerificationJobState.Running, act, cancellation);

    public Task<ActResult<VerificationJobStateResponse>> CancelAsync(Guid id, Act act, CancellationToken cancellation) =>
        HandleAsync(id, VerificationJobAct.Cancel, VerificationJobState.Cancelled, act, cancellation);

    private Task<ActResult<VerificationJobStateResponse>> HandleAsync(
        Guid id, VerificationJobAct what, VerificationJobState next, Act act, CancellationToken cancellation) => runner.RunAsync(
        act,
        async session =>
        {
            var job = await VerificationJobRepository.FindAsync(session, id, act.Officer) ?? throw ProblemException.NotFound();
            ConfirmApplication.RequireDistrict(act);
            act.RequireVersion(job.Version);
            VerificationJobActs.Require(what, job.JobState);
            job = await VerificationJobRepository.SteerAsync(session, job with { JobState = next, ChangedAt = act.Now, ChangedBy = act.Officer.Id });
            return new Answer<VerificationJobStateResponse>(
                new VerificationJobStateResponse(job.JobId, job.JobState), $"/v1/verification-jobs/{job.JobId}", job.Version);
        },
        cancellation);
}

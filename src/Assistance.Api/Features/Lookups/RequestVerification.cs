using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Decisions;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>The new round of look-ups that was called for.</summary>
public sealed record RequestVerificationResponse(int Round);

/// <summary>
/// Asks the departments again (57 art. 17 and 18): an answer has expired, a register has caught up, a department is back.
/// The household is never asked for what such a round can answer.
/// </summary>
public sealed class RequestVerification(ActRunner runner, LookupSignal signal)
{
    public async Task<ActResult<RequestVerificationResponse>> ForApplicationAsync(Guid id, Act act, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(
            act,
            async session =>
            {
                var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
                act.RequireVersion(application.Version);
                application.Require(ApplicationAct.Verify, act.Officer);
                var round = await AddAsync(session, application.CaseFileId, act);
                application = await ApplicationRepository.SaveAsync(session, application);
                return new Answer<RequestVerificationResponse>(round, $"/v1/applications/{id}/lookups", application.Version);
            },
            cancellation);
        signal.Raise();
        return result;
    }

    public async Task<ActResult<RequestVerificationResponse>> ForAdjustmentAsync(Guid id, Act act, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(
            act,
            async session =>
            {
                var adjustment = await AdjustmentRepository.GetAsync(session, id, act.Officer);
                act.RequireVersion(adjustment.Version);
                var award = await AwardRepository.GetAsync(session, adjustment.AwardId, act.Officer);
                (await ApplicationRepository.GetAsync(session, award.ApplicationId, act.Officer)).RequireAcceptingOffice(act.Officer);
                AdjustmentActs.Require(AdjustmentAct.Verify, adjustment.AdjustmentState);
                var round = await AddAsync(session, adjustment.CaseFileId, act);
                adjustment = await AdjustmentRepository.SaveAsync(session, adjustment);
                return new Answer<RequestVerificationResponse>(round, $"/v1/applications/{award.ApplicationId}/lookups", adjustment.Version);
            },
            cancellation);
        signal.Raise();
        return result;
    }

    private static async Task<RequestVerificationResponse> AddAsync(Session session, Guid caseFileId, Act act)
    {
        var pending = (await LookupRepository.OfCaseAsync(session, caseFileId)).Count(lookup => !LookupSources.IsSettled(lookup.LookupState));
        if (pending > 0 || await MeansVerificationRepository.IsWaitingAsync(session, caseFileId))
        {
            throw Refusals.LookupsPending(Math.Max(1, pending));
        }

        var caseFile = await CaseFileRepository.GetAsync(session, caseFileId);
        return new RequestVerificationResponse(await MeansVerificationRepository.AddNextAsync(session, caseFileId, caseFile.SnapshotNumber,
            new VerificationCause(LookupPurpose.MeansVerification, act.Officer.Id, IsReuseAllowed: false), act.Now));
    }
}

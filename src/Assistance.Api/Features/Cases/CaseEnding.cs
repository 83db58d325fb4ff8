using Assistance.Api.Data;
using Assistance.Api.Features.Decisions;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Cases;

/// <summary>What of a case still goes on, and what ends with the last of it.</summary>
internal static class CaseEnding
{
    /// <summary>The applications that are worked on, or whose award is in payment; none once the case is closed.</summary>
    public static async Task<IReadOnlyList<ApplicationRow>> OpenAsync(Session session, Guid caseFileId)
    {
        var inPayment = await AwardRepository.InPaymentAsync(session, caseFileId);
        return
        [
            .. (await ApplicationRepository.OfCaseAsync(session, caseFileId))
                .Where(application => application.ApplicationState.IsOpen || inPayment.Contains(application.ApplicationId)),
        ];
    }

    /// <summary>
    /// Ends what an application claimed: everybody of the case may apply again. Where nothing else of the case goes on it is
    /// closed, and no department is asked for it any more (Act art. 70(6)); an answer that is on its way is dropped.
    /// </summary>
    public static async Task EndAsync(Session session, Guid caseFileId, Guid applicationId, Programme programme)
    {
        await CaseFileRepository.ReleaseAsync(session, caseFileId, programme);
        if ((await OpenAsync(session, caseFileId)).All(application => application.ApplicationId == applicationId))
        {
            await LookupRepository.CancelOfCaseAsync(session, caseFileId, LookupBar.CaseClosed);
        }
    }
}

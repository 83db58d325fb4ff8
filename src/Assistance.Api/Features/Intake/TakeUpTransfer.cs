using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>The office that answers for the application from here on.</summary>
public sealed record TakeUpTransferResponse(ApplicationState State, string AcceptingDivisionCode, DateTimeOffset ReceivedAt);

/// <summary>
/// Takes up an application that was sent on: by the office it came to or, for one to another district, by this district when
/// that authority has confirmed it. There is no sending back (local notice; Act art. 64): a street can only ask the district
/// to arbitrate.
/// </summary>
internal sealed class TakeUpTransfer(ActRunner runner, Transfers transfers)
{
    public Task<ActResult<TakeUpTransferResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) => runner.RunAsync(
        act,
        async session =>
        {
            var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
            act.RequireVersion(application.Version);
            application.Require(ApplicationAct.TakeUp, act.Officer);
            var transfer = await TransferRepository.OpenAsync(session, id) ?? throw Refusals.NothingToTakeUp();
            application = await ApplicationRepository.SaveAsync(session, await transfers.TakeUpAsync(session, application, transfer, act));
            return new Answer<TakeUpTransferResponse>(
                new TakeUpTransferResponse(application.ApplicationState, application.AcceptingDivisionCode, act.Now.ToOffset(ChinaTime.Offset)),
                $"/v1/applications/{id}/transfers",
                application.Version);
        },
        cancellation);
}

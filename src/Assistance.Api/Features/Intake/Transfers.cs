using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Intake;

/// <summary>Sends applications from office to office and takes them up, each with its clock, its event and who may see it.</summary>
internal sealed class Transfers(ReferenceStore reference, IOptions<DistrictOptions> district)
{
    /// <summary>Sends an application on. Who has it goes on with it until the other office has taken it up.</summary>
    /// <param name="routing">For a move: the routing that holds once it is taken up.</param>
    public async Task SendAsync(
        Session session, ApplicationRow application, TransferKind kind, string to, string? reasons, RoutingDecision? routing, Act act)
    {
        var clock = ProcedureClocks.TakeUpFrom(act.Today, reference.Current.Periods(act.Today), reference.Current.Calendar);
        await TransferRepository.AddAsync(session, new TransferRow
        {
            TransferId = Guid.CreateVersion7(act.Now),
            ApplicationId = application.ApplicationId,
            TransferKind = kind,
            FromDivisionCode = kind is TransferKind.Intake or TransferKind.Outward ? application.ReceivingDivisionCode : application.AcceptingDivisionCode,
            ToDivisionCode = to,
            BasisCode = clock.BasisCode,
            Reasons = reasons,
            RoutingJson = routing is null ? null : ApiJson.Write(routing),
            SentAt = act.Now,
            SentBy = act.Officer.Id,
            DueOn = clock.Due.On,
            IsDueProvisional = clock.Due.IsProvisional,
        });
    }

    /// <summary>Takes up what was sent: from here on the office it came to answers for it.</summary>
    /// <exception cref="RuleViolation">nothing-to-take-up or not-the-receiving-office.</exception>
    public async Task<ApplicationRow> TakeUpAsync(Session session, ApplicationRow application, TransferRow transfer, Act act)
    {
        transfer.Transfer.RequireReceiver(act.Officer.Division.Value, district.Value.Code);
        await TransferRepository.ReceiveAsync(session, transfer.TransferId, act.Now, act.Officer.Id);
        if (transfer is { TransferKind: TransferKind.Move, RoutingJson: { } routingJson })
        {
            application = await HandOverAsync(session, application, ApiJson.Read<RoutingDecision>(routingJson), routingJson);
        }

        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("TransferTakenUp", LegalBases.OneWindow, new Dictionary<string, string>
        {
            ["from"] = transfer.FromDivisionCode,
            ["to"] = transfer.ToDivisionCode,
            ["kind"] = transfer.TransferKind.ToString(),
        }), act.Now, act.Officer);
        return application;
    }

    private static async Task<ApplicationRow> HandOverAsync(Session session, ApplicationRow application, RoutingDecision routing, string routingJson)
    {
        if (application.AcceptingDivisionCode != application.ReceivingDivisionCode)
        {
            await ApplicationRepository.RemoveOfficeAsync(session, application.ApplicationId, application.AcceptingDivisionCode);
        }

        var isOutward = routing.Outcome != RoutingOutcome.AcceptedHere;
        if (isOutward)
        {
            await CaseFileRepository.ReleaseAsync(session, application.CaseFileId, application.Programme);
        }

        return application with
        {
            ApplicationState = isOutward ? ApplicationState.TransferredOut : application.ApplicationState,
            AcceptingDivisionCode = routing.AcceptingDivision!.Value.Value,
            IsResidenceDiffering = routing.ResidenceDiffers,
            RoutingJson = routingJson,
        };
    }
}

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
        Session session, ApplicationRow application, TransferKind kind, string from, string to, string? reasons, RoutingDecision? routing, Act act)
    {
        var clock = ProcedureClocks.TakeUpFrom(act.Today, reference.Current.Periods(act.Today), reference.Current.Calendar);
        await TransferRepository.AddAsync(session, new TransferRow
        {
            TransferId = Guid.CreateVersion7(act.Now),
            ApplicationId = application.ApplicationId,
            TransferKind = kind,
            FromDivisionCode = from,
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

    /// <summary>
    /// Withdraws a transfer that nobody has taken up, because something newer decides; the office it was offered to sees the
    /// application no longer, unless it received or accepts it.
    /// </summary>
    public async Task WithdrawAsync(Session session, ApplicationRow application, TransferRow waiting, Act act)
    {
        await TransferRepository.WithdrawAsync(session, waiting.TransferId, act.Now);
        if (waiting.ToDivisionCode != application.ReceivingDivisionCode && waiting.ToDivisionCode != application.AcceptingDivisionCode
            && waiting.ToDivisionCode != district.Value.Code)
        {
            await ApplicationRepository.RemoveOfficeAsync(session, application.ApplicationId, waiting.ToDivisionCode);
        }
    }

    /// <summary>Takes up what was sent: from here on the office it came to answers for it.</summary>
    /// <exception cref="RuleViolation">nothing-to-take-up or not-the-receiving-office.</exception>
    public async Task<ApplicationRow> TakeUpAsync(Session session, ApplicationRow application, TransferRow transfer, Act act)
    {
        transfer.Transfer.RequireReceiver(act.Officer.Division.Value, district.Value.Code);
        await TransferRepository.ReceiveAsync(session, transfer.TransferId, act.Now, act.Officer.Id);
        if (transfer.RoutingJson is { } routingJson)
        {
            application = await HandOverAsync(session, application, ApiJson.Read<RoutingDecision>(routingJson));
        }

        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("TransferTakenUp", LegalBases.OneWindow, new Dictionary<string, string>
        {
            ["from"] = transfer.FromDivisionCode,
            ["to"] = transfer.ToDivisionCode,
            ["kind"] = transfer.TransferKind.ToString(),
        }), act.Now, act.Officer);
        return application;
    }

    /// <summary>
    /// Gives an application the routing that holds from now on. Nothing starts anew; only where residence and registration
    /// differ by it for the first time, the whole period becomes the longer one, from its own first day (N22 part 4(1)).
    /// </summary>
    public async Task<ApplicationRow> RouteAsync(Session session, ApplicationRow application, RoutingDecision routing)
    {
        var routed = application with { IsResidenceDiffering = routing.ResidenceDiffers, RoutingJson = ApiJson.Write(routing) };
        if (application.AcceptedAt is not { } acceptedAt || application.IsResidenceDiffering || !routing.ResidenceDiffers)
        {
            return routed;
        }

        var acceptedOn = ChinaTime.DayOf(acceptedAt);
        var clocks = ProcedureClocks.FromAcceptance(
            application.Programme, acceptedOn, residenceDiffers: true, reference.Current.Periods(acceptedOn), reference.Current.Calendar);
        if (clocks.FirstOrDefault(clock => clock.Code == ProcedureClocks.Total) is not { } total)
        {
            return routed;
        }

        await ApplicationRepository.RemoveClockAsync(session, application.ApplicationId, ProcedureClocks.Total);
        await ApplicationRepository.AddClockAsync(session, application.ApplicationId, total);
        return routed with { DueOn = total.Due.On, IsDueProvisional = total.Due.IsProvisional };
    }

    private async Task<ApplicationRow> HandOverAsync(Session session, ApplicationRow application, RoutingDecision routing)
    {
        if (application.AcceptingDivisionCode != application.ReceivingDivisionCode)
        {
            await ApplicationRepository.RemoveOfficeAsync(session, application.ApplicationId, application.AcceptingDivisionCode);
        }

        var isOutward = routing.Outcome != RoutingOutcome.AcceptedHere;
        if (isOutward)
        {
            await CaseEnding.EndAsync(session, application.CaseFileId, application.ApplicationId, application.Programme);
        }

        return (await RouteAsync(session, application, routing)) with
        {
            ApplicationState = isOutward ? ApplicationState.TransferredOut : application.ApplicationState,
            AcceptingDivisionCode = routing.AcceptingDivision!.Value.Value,
        };
    }
}

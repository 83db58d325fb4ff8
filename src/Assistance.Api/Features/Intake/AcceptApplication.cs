using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>What acceptance started.</summary>
/// <param name="DueOn">The last day of the whole procedure; absent for a programme whose periods are not in the system.</param>
public sealed record AcceptApplicationResponse(ApplicationState State, DateTimeOffset AcceptedAt, DateOnly? DueOn, bool IsDueProvisional);

/// <summary>
/// Accepts a complete application (受理, 57 art. 10): the disclosure is sealed and nothing of it is outstanding. The clocks
/// of its programme start: for the subsistence allowance investigation 3 working days, the whole 30, or 45 where residence and
/// registration differ.
/// </summary>
internal sealed class AcceptApplication(ActRunner runner, ReferenceStore reference, Transfers transfers)
{
    public Task<ActResult<AcceptApplicationResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => AcceptAsync(session, id, act), cancellation);

    private async Task<Answer<AcceptApplicationResponse>> AcceptAsync(Session session, Guid id, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.Accept, act.Officer);
        var disclosure = await DisclosureReader.ReadAsync(session, application, reference.Current, act.Today);
        if (!disclosure.IsSealed)
        {
            throw Refusals.DisclosureNotSealed();
        }

        // What another programme of the same form still lacks holds up that one, and not this.
        var items = disclosure.Items.Where(item => item.Programmes.Contains(application.Programme));
        if (items.Where(item => item.IsOutstanding).Select(item => item.ItemCode).Distinct().ToList() is { Count: > 0 } outstanding)
        {
            throw Refusals.ItemsOutstanding(outstanding);
        }

        // Known by now at the latest: a department may have answered what was outstanding, without any act of ours.
        await ApplicationRepository.CompleteAsync(session, application, application.Programme, act.Today);
        var periods = reference.Current.Periods(act.Today);
        var clocks = ProcedureClocks.FromAcceptance(application.Programme, act.Today, application.IsResidenceDiffering, periods, reference.Current.Calendar);
        foreach (var clock in clocks)
        {
            await ApplicationRepository.AddClockAsync(session, id, clock);
        }

        // Accepting it is the strongest way of taking it up.
        if (await TransferRepository.OpenAsync(session, id) is { TransferKind: not TransferKind.Move } transfer)
        {
            application = await transfers.TakeUpAsync(session, application, transfer, act);
        }

        var due = clocks.FirstOrDefault(clock => clock.Code == ProcedureClocks.Total)?.Due;
        application = await ApplicationRepository.SaveAsync(session, application with
        {
            ApplicationState = ApplicationState.Accepted,
            AcceptedAt = act.Now,
            DueOn = due?.On,
            IsDueProvisional = due?.IsProvisional == true,
        });
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("ApplicationAccepted", LegalBases.ToldOnce, new Dictionary<string, string>
        {
            ["accepting"] = application.AcceptingDivisionCode,
            ["dueOn"] = due?.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            ["provisional"] = due?.IsProvisional == true ? "true" : "false",
        }), act.Now, act.Officer);
        return new Answer<AcceptApplicationResponse>(
            new AcceptApplicationResponse(application.ApplicationState, act.Now.ToOffset(ChinaTime.Offset), due?.On, due?.IsProvisional == true),
            $"/v1/applications/{id}",
            application.Version);
    }
}

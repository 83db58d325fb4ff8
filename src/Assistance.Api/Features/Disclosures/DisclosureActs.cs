using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;

namespace Assistance.Api.Features.Disclosures;

/// <summary>What an act on a disclosure works with.</summary>
internal sealed record DisclosureAct(Session Session, Act Act, ApplicationRow Application, DisclosureStanding Standing)
{
    /// <summary>Whether somebody is a living member of the household; an obligor is none, though of the case.</summary>
    public bool IsMember(Guid personId) => Standing.Household.LivingOn(Act.Today).Any(member => member.PersonId == personId);

    /// <summary>The list is shared: what one programme has gone on from is not taken away from it by way of another.</summary>
    /// <exception cref="Domain.Shared.RuleViolation">wrong-state of the application that has gone on.</exception>
    public async Task RequireOpenForAllAsync(DisclosureItem item, ApplicationAct act)
    {
        foreach (var sister in await ApplicationRepository.OfCaseAsync(Session, Application.CaseFileId))
        {
            if (sister.ApplicationState.IsOpen && item.Programmes.Contains(sister.Programme))
            {
                ApplicationActs.Require(act, sister.ApplicationState);
            }
        }
    }

    /// <exception cref="Domain.Shared.RuleViolation">disclosure-not-sealed.</exception>
    public void RequireSealed()
    {
        if (!Standing.IsSealed)
        {
            throw Domain.Shared.Refusals.DisclosureNotSealed();
        }
    }
}

/// <summary>The mandate that an agent acts by, and what it has to cover.</summary>
internal sealed record AgentAct(Guid? MandateId, MandateScope Scope);

/// <summary>
/// Runs an act on the disclosure of an application's case: the office sees it, the version fits, the state allows it; then
/// the change, its event, and the list as it stands afterwards. The disclosure is shared, so the sister applications of the
/// case get a new version too.
/// </summary>
internal sealed class DisclosureActs(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<DisclosureResponse>> RunAsync(
        Guid id, Act act, ApplicationAct allowed, Func<DisclosureAct, Task<CaseEvent>> change, CancellationToken cancellation) =>
        RunAsync(id, act, allowed, agent: null, change, cancellation);

    /// <summary>Whose office may do it is in the act's row of the procedure: taking papers is any window's, asking and returning is not.</summary>
    /// <param name="agent">For an act that an agent may do for the household.</param>
    public Task<ActResult<DisclosureResponse>> RunAsync(
        Guid id, Act act, ApplicationAct allowed, AgentAct? agent, Func<DisclosureAct, Task<CaseEvent>> change, CancellationToken cancellation) =>
        runner.RunAsync(
            act,
            async session =>
            {
                var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
                act.RequireVersion(application.Version);
                application.Require(allowed, act.Officer);
                var mandate = agent?.MandateId is { } mandateId
                    ? await AgentMandateRepository.GetCoveringAsync(session, application.CaseFileId, mandateId, agent.Scope, act.Today)
                    : null;
                var before = await DisclosureReader.ReadAsync(session, application, reference.Current, act.Today);
                var happened = await change(new DisclosureAct(session, act, application, before));
                application = await ApplicationRepository.SaveAsync(session, application);
                await ApplicationRepository.TouchSistersAsync(session, application);
                var after = await DisclosureReader.ReadAsync(session, application, reference.Current, act.Today);
                foreach (var programme in after.CompleteProgrammes)
                {
                    await ApplicationRepository.CompleteAsync(session, application, programme, act.Today);
                }

                await CaseEvents.AppendAsync(session, application.CaseFileId, happened.Through(mandate), act.Now, act.Officer);
                return new Answer<DisclosureResponse>(
                    await DisclosureComposer.ComposeAsync(session, application, after, reference.Current, act.Language),
                    $"/v1/applications/{id}/disclosure",
                    application.Version);
            },
            cancellation);
}

using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;

namespace Assistance.Api.Features.Households;

/// <summary>How a consent stands after it was given, revoked or refused, and what the household has to show itself by it.</summary>
/// <param name="ToBring">The items of this person that are now for the household to bring: to be told at once.</param>
public sealed record ConsentChangeResponse(PersonConsentResponse Consent, IReadOnlyList<DisclosureItemResponse> ToBring);

/// <summary>What an act on a consent works with.</summary>
/// <param name="Mandate">The mandate of the agent who came for the household; null where it came itself.</param>
internal sealed record ConsentAct(Session Session, Act Act, CaseFileRow CaseFile, CaseConsents Consents, AgentMandateRow? Mandate);

/// <summary>
/// Runs an act on the consent of a person of an application's case, at any window that sees it. The items follow from the
/// consents, so that what was read of the case's applications is stale afterwards.
/// </summary>
internal sealed class ConsentActs(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<ConsentChangeResponse>> RunAsync(
        Guid id, Guid personId, Act act, ApplicationAct allowed, AgentAct agent, Func<ConsentAct, Task<CaseEvent>> change, CancellationToken cancellation) =>
        runner.RunAsync(
            act,
            async session =>
            {
                var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
                act.RequireVersion(application.Version);
                application.Require(allowed, act.Officer);
                var mandate = agent.MandateId is { } mandateId
                    ? await AgentMandateRepository.GetCoveringAsync(session, application.CaseFileId, mandateId, agent.Scope, act.Today)
                    : null;
                var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
                var happened = await change(new ConsentAct(session, act, caseFile, await CaseConsents.ReadAsync(session, caseFile), mandate));
                application = await ApplicationRepository.SaveAsync(session, application);
                await ApplicationRepository.TouchSistersAsync(session, application);
                await CaseEvents.AppendAsync(session, caseFile.CaseFileId, happened.Through(mandate), act.Now, act.Officer);
                return new Answer<ConsentChangeResponse>(
                    await ResponseAsync(session, application, caseFile, personId, act), $"/v1/applications/{id}/consents", application.Version);
            },
            cancellation);

    private async Task<ConsentChangeResponse> ResponseAsync(Session session, ApplicationRow application, CaseFileRow caseFile, Guid personId, Act act)
    {
        var standing = await DisclosureReader.ReadAsync(session, application, reference.Current, act.Today);
        var consents = await CaseConsents.ReadAsync(session, caseFile);
        return new ConsentChangeResponse(
            consents.ResponseOf(personId, await PersonRepository.OfCaseAsync(session, caseFile.CaseFileId), act.Today),
            await DisclosureComposer.ItemsAsync(
                session, application, standing, standing.Items.Where(item => item.PersonId == personId && ToldOnce.IsToBring(item)), reference.Current, act.Language));
    }
}

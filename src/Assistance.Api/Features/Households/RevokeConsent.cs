using Assistance.Api.Events;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Households;

/// <summary>That a person lets departments be asked about them no longer, or not at all.</summary>
[Example("""
    { "personId": "019970c1-0000-7000-8000-000000000001", "reasons": "本人不再同意核对。" }
    """)]
public sealed record RevokeConsentRequest
{
    public required Guid PersonId { get; init; }

    /// <summary>Why, where the person says so; nobody has to.</summary>
    [Text(2_000)]
    public string? Reasons { get; init; }

    /// <summary>The mandate of the agent who says so for the person; absent where the person did.</summary>
    public Guid? MandateId { get; init; }
}

/// <summary>
/// Records that a person revokes a consent, or refuses to give one (Act arts 40 and 41). Nothing is asked about them from here
/// on, whatever is on its way is dropped, and nothing new rests on what was answered: the items are the household's to show
/// again. What follows from it for an award is for others to decide.
/// </summary>
internal sealed class RevokeConsent(ConsentActs acts)
{
    public Task<ActResult<ConsentChangeResponse>> HandleAsync(Guid id, RevokeConsentRequest request, Act act, CancellationToken cancellation) =>
        acts.RunAsync(id, request.PersonId, act, ApplicationAct.RevokeConsent, new AgentAct(request.MandateId, MandateScope.Contest),
            work => RevokeAsync(work, request), cancellation);

    private static async Task<CaseEvent> RevokeAsync(ConsentAct work, RevokeConsentRequest request)
    {
        ConsentRules.RequireMaySpeakFor(work.Consents.Household, request.PersonId, work.Mandate is { } mandate ? mandate.WardPersonId ?? mandate.GrantedByPersonId : request.PersonId, work.Act.Today);
        var standing = work.Consents.StandingOf(request.PersonId, work.Act.Today);
        if (standing is ConsentStanding.Revoked or ConsentStanding.Refused)
        {
            throw Refusals.ConsentAlreadyRefused();
        }

        var consent = work.Consents.NewestOf(request.PersonId);
        if (consent is not null)
        {
            await ConsentRepository.RevokeAsync(work.Session, consent.ConsentId, work.Act.Officer.Id, work.Act.Now);
            await LookupRepository.CancelAsync(work.Session, consent.ConsentId, LookupBar.ConsentRevoked);
        }

        await ConsentRepository.AddAsync(work.Session, new RefusalRow
        {
            RefusalId = Guid.CreateVersion7(work.Act.Now),
            CaseFileId = work.CaseFile.CaseFileId,
            PersonId = request.PersonId,
            ConsentId = consent?.ConsentId,
            Reasons = request.Reasons?.Trim(),
            RecordedAt = work.Act.Now,
            RecordedBy = work.Act.Officer.Id,
        });
        return new CaseEvent(consent is null ? "ConsentRefused" : "ConsentRevoked", RecordConsent.BasisOf(work.Consents, request.PersonId), new Dictionary<string, string>());
    }
}

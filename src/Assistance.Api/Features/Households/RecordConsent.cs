using System.Globalization;
using Assistance.Api.Events;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Households;

/// <summary>A consent to verification that is handed in after the form.</summary>
[Example("""
    { "personId": "019970c1-0000-7000-8000-000000000001", "signedOn": "2026-09-21", "endsOn": "2027-09-20" }
    """)]
public sealed record RecordConsentRequest : ICheckedRequest
{
    /// <summary>The member or obligor whom departments may be asked about.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Who signed for a minor or for somebody without capacity: an adult member, or the guardian on record. Absent where the person signed.</summary>
    public Guid? SignerPersonId { get; init; }

    [NotInTheFuture]
    public required DateOnly SignedOn { get; init; }

    /// <summary>The last day on which it holds; absent where it holds until it is revoked.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>The mandate of the agent who brought the signed paper; absent where the household did itself.</summary>
    public Guid? MandateId { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (EndsOn < SignedOn)
        {
            yield return new Fault("$.endsOn", "before-signed", "授权期限不能早于签署日期。", "It cannot end before it was signed.");
        }
        else if (EndsOn < check.Today)
        {
            yield return new Fault("$.endsOn", "ended-already", "授权期限已过。", "It has ended already.");
        }
    }
}

/// <summary>
/// Records a consent to verification (Act arts 40 and 41; 57 art. 9). It takes the place of one that stands, and the
/// departments are asked about this person at once; what is on file already is not asked again.
/// </summary>
internal sealed class RecordConsent(ConsentActs acts, VerificationRounds rounds, LookupSignal signal)
{
    public async Task<ActResult<ConsentChangeResponse>> HandleAsync(Guid id, RecordConsentRequest request, Act act, CancellationToken cancellation)
    {
        IReadOnlyCollection<LookupSource> toAsk = [];
        var result = await acts.RunAsync(
            id,
            request.PersonId,
            act,
            ApplicationAct.RecordConsent,
            new AgentAct(request.MandateId, MandateScope.SupplyMaterials),
            async work =>
            {
                var happened = await RecordAsync(work, request);
                toAsk = await rounds.AskAboutAsync(work.Session, work.CaseFile, request.PersonId,
                    new VerificationCause(LookupPurpose.MeansVerification, act.Officer.Id, IsReuseAllowed: true), act.Now);
                return happened;
            },
            cancellation);
        foreach (var source in toAsk)
        {
            signal.Raise(source);
        }

        return result;
    }

    private static async Task<CaseEvent> RecordAsync(ConsentAct work, RecordConsentRequest request)
    {
        var signer = request.SignerPersonId ?? request.PersonId;
        var guardians = await AgentMandateRepository.GuardiansAsync(work.Session, work.CaseFile.CaseFileId, request.PersonId, work.Act.Today);
        ConsentRules.RequireMaySign(work.Consents.Household, request.PersonId, signer, guardians, work.Act.Today);
        RequireNewest(work.Consents, request);
        if (work.Consents.NewestOf(request.PersonId) is { RevokedAt: null } standing)
        {
            await ConsentRepository.RevokeAsync(work.Session, standing.ConsentId, work.Act.Officer.Id, work.Act.Now);
            await LookupRepository.CancelAsync(work.Session, standing.ConsentId, LookupBar.ConsentRevoked);
        }

        await ConsentRepository.AddAsync(work.Session, new ConsentRow
        {
            ConsentId = Guid.CreateVersion7(work.Act.Now),
            CaseFileId = work.CaseFile.CaseFileId,
            PersonId = request.PersonId,
            SignerPersonId = signer,
            SignedOn = request.SignedOn,
            EndsOn = request.EndsOn,
            RecordedAt = work.Act.Now,
            RecordedBy = work.Act.Officer.Id,
        });
        var arguments = new Dictionary<string, string> { ["signedOn"] = Text(request.SignedOn) };
        if (request.EndsOn is { } endsOn)
        {
            arguments["endsOn"] = Text(endsOn);
        }

        return new CaseEvent("ConsentRecorded", BasisOf(work.Consents, request.PersonId), arguments);
    }

    // An older paper does not undo what the person said since.
    private static void RequireNewest(CaseConsents consents, RecordConsentRequest request)
    {
        var since = new[] { consents.NewestOf(request.PersonId)?.SignedOn, consents.NewestRefusalOf(request.PersonId) is { } refusal ? ChinaTime.DayOf(refusal.RecordedAt) : null }.Max();
        if (request.SignedOn < since)
        {
            throw ProblemException.Invalid(new Fault("$.signedOn", "older-than-the-last-word",
                "签署日期早于此人最近一次授权、撤销或者拒绝的日期。", "It was signed before the person's last consent, revocation or refusal."));
        }
    }

    internal static string BasisOf(CaseConsents consents, Guid personId) =>
        consents.IsObligor(personId) ? LegalBases.DepartmentsVerify : LegalBases.ConsentToVerification;

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

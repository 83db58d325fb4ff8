using System.Runtime.InteropServices;
using System.Text.Json;
using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Drafts;

/// <summary>The whole form as it now is.</summary>
[Example("""
    { "form": { "programmes": ["SubsistenceAllowance"], "contactPhone": "0352-5550199", "members": [{ "name": "样例", "relationship": "Self" }] } }
    """)]
public sealed record SaveDraftRequest
{
    /// <summary>The form, incomplete and wrong as it may be; it takes the place of what was saved before.</summary>
    [AnyObject]
    public required JsonElement Form { get; init; }
}

/// <summary>Saves a draft over its last version, as a client does by itself while the clerk types.</summary>
internal sealed class SaveDraft(
    Database database, PersonalDataProtector protector, ReferenceStore reference, RequestCheckFactory checks, TimeProvider time)
{
    public async Task<DraftResponse> HandleAsync(
        Guid id, SaveDraftRequest request, Precondition precondition, Officer officer, Language language, CancellationToken cancellation)
    {
        var now = time.Now;
        var cipher = protector.Protect(JsonMarshal.GetRawUtf8Value(request.Form));
        var saved = await database.WriteAsync(
            async session =>
            {
                var draft = await DraftRepository.GetAsync(session, id, officer, ChinaTime.DayOf(now));
                if (IsRepeated(draft, request.Form, precondition, officer))
                {
                    return draft;
                }

                precondition.Require(draft.Version);
                return await DraftRepository.SaveAsync(session, draft with
                {
                    FormCipher = cipher,
                    SavedAt = now,
                    SavedBy = officer.Id,
                    ExpiresOn = BeginDraft.ExpiryOf(ChinaTime.DayOf(now), reference.Current),
                });
            },
            cancellation);
        return DraftResponse.Of(saved, request.Form, DraftResponse.FaultsOf(request.Form, checks.Create(), language));
    }

    // The answer to the same save was lost on its way: there is nothing stale about asking for it again.
    private bool IsRepeated(DraftRow draft, JsonElement form, Precondition precondition, Officer officer) =>
        precondition.Version == draft.Version - 1
        && draft.SavedBy == officer.Id
        && JsonMarshal.GetRawUtf8Value(form).SequenceEqual(protector.Unprotect(draft.FormCipher));
}

using System.Text.Json;
using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;

namespace Assistance.Api.Features.Drafts;

/// <summary>Reads a draft of the officer's office, to go on with it; the read is recorded.</summary>
internal sealed class GetDraft(Database database, AccessLog access, PersonalDataProtector protector, RequestCheckFactory checks, TimeProvider time)
{
    public async Task<DraftResponse?> HandleAsync(Guid id, Officer officer, Language language, CancellationToken cancellation)
    {
        var draft = await database.ReadAsync(session => DraftRepository.FindAsync(session, id, officer, time.Today), cancellation);
        if (draft is null)
        {
            return null;
        }

        await access.RecordAsync(officer, $"/v1/application-drafts/{id}", nameof(GetDraft), cancellation);
        var form = JsonElement.Parse(protector.Unprotect(draft.FormCipher));
        return DraftResponse.Of(draft, form, DraftResponse.FaultsOf(form, checks.Create(), language));
    }
}

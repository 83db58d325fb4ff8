using System.Runtime.InteropServices;
using System.Text.Json;
using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Drafts;

/// <summary>A form begun: as much of it as there is.</summary>
[Example("""
    { "form": { "programmes": ["SubsistenceAllowance"], "contactPhone": "0352-5550199" } }
    """)]
public sealed record BeginDraftRequest
{
    /// <summary>The form so far, incomplete and wrong as it may be; none is an empty one.</summary>
    [AnyObject]
    public JsonElement? Form { get; init; }
}

/// <summary>Begins a draft of the one form, so that a clerk can pause and a colleague can go on.</summary>
internal sealed class BeginDraft(ActRunner runner, PersonalDataProtector protector, ReferenceStore reference, RequestCheckFactory checks)
{
    /// <summary>More than any window has waiting; what is above it was forgotten.</summary>
    public const int MostOfAnOffice = 500;

    private static readonly JsonElement Blank = JsonElement.Parse("{}");

    public Task<ActResult<DraftResponse>> HandleAsync(BeginDraftRequest request, Act act, CancellationToken cancellation)
    {
        var form = request.Form ?? Blank;
        var draft = new DraftRow
        {
            DraftId = Guid.CreateVersion7(act.Now),
            DivisionCode = act.Officer.Division.Value,
            FormCipher = protector.Protect(JsonMarshal.GetRawUtf8Value(form)),
            SavedAt = act.Now,
            SavedBy = act.Officer.Id,
            ExpiresOn = ExpiryOf(act.Today, reference.Current),
            Version = 1,
        };
        var response = DraftResponse.Of(draft, form, DraftResponse.FaultsOf(form, checks.Create(), act.Language));
        return runner.RunAsync(act, session => AddAsync(session, draft, response, act), cancellation);
    }

    private static async Task<Answer<DraftResponse>> AddAsync(Session session, DraftRow draft, DraftResponse response, Act act)
    {
        if (await DraftRepository.CountAsync(session, act.Officer, act.Today) >= MostOfAnOffice)
        {
            throw Refusals.TooManyDrafts(MostOfAnOffice);
        }

        await DraftRepository.AddAsync(session, draft);
        return new Answer<DraftResponse>(response, $"/v1/application-drafts/{draft.DraftId}", draft.Version);
    }

    /// <summary>The day that a draft saved today expires on (PIPL art. 19: kept no longer than its purpose needs).</summary>
    internal static DateOnly ExpiryOf(DateOnly today, ReferenceData reference) =>
        today.AddDays(reference.Parameters.Number(ParameterCodes.DraftDays, today));
}

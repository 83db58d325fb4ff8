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
public sealed record BeginDraftRequest : ICheckedRequest
{
    /// <summary>The form so far, incomplete and wrong as it may be; none is an empty one.</summary>
    [AnyObject]
    public JsonElement? Form { get; init; }

    /// <summary>Starts from what is on file of a person who applied before, in whichever street; not together with a form.</summary>
    public StartFromFileRequest? StartFrom { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (Form is not null && StartFrom is not null)
        {
            yield return new Fault("$.startFrom", "form-or-file", "请只选一种：从档案开始，或者提交已填的表。", "Either start from the file or send a form, not both.");
        }

        if (StartFrom is { IsPersonPresent: false })
        {
            yield return new Fault("$.startFrom.isPersonPresent", "person-not-present",
                "只有本人在窗口时，才能从档案开始。", "The file is opened only while the person is at the window.");
        }
    }
}

/// <summary>Whose file to start from. Opening it is recorded with the officer's name (Act art. 70(6)).</summary>
public sealed record StartFromFileRequest
{
    [IdentityNumber]
    public required string IdentityNumber { get; init; }

    /// <summary>That the person, an adult of the household, is at the window and wants to apply.</summary>
    public required bool IsPersonPresent { get; init; }
}

/// <summary>Begins a draft of the one form, so that a clerk can pause and a colleague can go on.</summary>
internal sealed class BeginDraft(ActRunner runner, PersonalDataProtector protector, ReferenceStore reference, RequestCheckFactory checks)
{
    /// <summary>More than any window has waiting; what is above it was forgotten.</summary>
    public const int MostOfAnOffice = 500;

    private static readonly JsonElement Blank = JsonElement.Parse("{}");

    public Task<ActResult<DraftResponse>> HandleAsync(BeginDraftRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => BeginAsync(session, request, act), cancellation);

    private async Task<Answer<DraftResponse>> BeginAsync(Session session, BeginDraftRequest request, Act act)
    {
        if (await DraftRepository.CountAsync(session, act.Officer, act.Today) >= MostOfAnOffice)
        {
            throw Refusals.TooManyDrafts(MostOfAnOffice);
        }

        var onFile = request.StartFrom is { } startFrom
            ? await FormOnFile.FindAsync(session, protector, IdentityNumber.Parse(startFrom.IdentityNumber), act.Today)
            : null;
        if (request.StartFrom is not null)
        {
            // Recorded whether anything was found or not: that nothing is on file is told too.
            await SearchRecords.AddAsync(session, act.Officer, SearchKind.IdentityNumber, SearchPurpose.Application, onFile is null ? 0 : 1, act.Now);
        }

        if (onFile is not null)
        {
            await AccessRecords.AddAsync(session, act.Officer, onFile.CaseFileId, location: null, "StartFromFile", act.Now);
        }

        var form = onFile?.Form ?? request.Form ?? Blank;
        var draft = new DraftRow
        {
            DraftId = Guid.CreateVersion7(act.Now),
            DivisionCode = act.Officer.Division.Value,
            FormCipher = protector.Protect(JsonMarshal.GetRawUtf8Value(form)),
            TakenOverJson = ApiJson.Write(onFile?.TakenOver ?? []),
            SavedAt = act.Now,
            SavedBy = act.Officer.Id,
            ExpiresOn = ExpiryOf(act.Today, reference.Current),
            Version = 1,
        };
        await DraftRepository.AddAsync(session, draft);
        return new Answer<DraftResponse>(
            DraftResponse.Of(draft, form, DraftResponse.FaultsOf(form, checks.Create(), act.Language)),
            $"/v1/application-drafts/{draft.DraftId}",
            draft.Version);
    }

    /// <summary>The day that a draft saved today expires on (PIPL art. 19: kept no longer than its purpose needs).</summary>
    internal static DateOnly ExpiryOf(DateOnly today, ReferenceData reference) =>
        today.AddDays(reference.Parameters.Number(ParameterCodes.DraftDays, today));
}

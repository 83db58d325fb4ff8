using Assistance.Api.Data;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Attachments;

/// <summary>A file to come: a photograph or a PDF of a paper that an item of the sealed list asks for.</summary>
[Example("""
    { "itemKey": "residence-proof", "length": 482133, "contentHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "name": "租房合同第1页" }
    """)]
public sealed record BeginUploadRequest
{
    /// <summary>The item's key from the disclosure.</summary>
    [Text(100)]
    public required string ItemKey { get; init; }

    /// <summary>The bytes of the whole file; how many are allowed is configured, 10 MiB unless told.</summary>
    [FileLength]
    public required long Length { get; init; }

    /// <summary>SHA-256 of the whole file in hexadecimal.</summary>
    [Sha256]
    public required string ContentHash { get; init; }

    /// <summary>What the clerk calls it.</summary>
    [Text(100)]
    public string? Name { get; init; }
}

/// <summary>An upload that has begun: bytes are appended to it from its offset on.</summary>
public sealed record BeginUploadResponse
{
    public required Guid AttachmentId { get; init; }

    public required AttachmentState State { get; init; }

    /// <summary>How many bytes are stored, which is where the next ones go.</summary>
    public required long Offset { get; init; }

    public required long Length { get; init; }

    /// <summary>When it is given up unless bytes come; every one moves it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required UploadLimits Limits { get; init; }
}

/// <summary>What is taken: the most bytes of one file, the most attachments not used yet, and the types told from the bytes.</summary>
public sealed record UploadLimits(long MostBytes, int MostUnused, IReadOnlyList<string> MediaTypes);

/// <summary>
/// Begins the upload of a file for an item of the sealed list that the household is asked for; for anything else the bureau
/// may not take it (Act art. 62; 57 art. 10). An upload changes nothing of the application until it is supplied, so that it
/// is no event of the case yet and needs no version.
/// </summary>
internal sealed class BeginUpload(ActRunner runner, ReferenceStore reference, IOptions<AttachmentOptions> options)
{
    public Task<ActResult<BeginUploadResponse>> HandleAsync(Guid id, BeginUploadRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => BeginAsync(session, id, request, act), cancellation);

    private async Task<Answer<BeginUploadResponse>> BeginAsync(Session session, Guid id, BeginUploadRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        application.Require(ApplicationAct.SupplyItem, act.Officer);
        var disclosure = await DisclosureReader.ReadAsync(session, application, reference.Current, act.Today);
        if (!disclosure.IsSealed)
        {
            throw Refusals.DisclosureNotSealed();
        }

        disclosure.Gate.RequireMayBeTaken(request.ItemKey, disclosure.Find(request.ItemKey));
        if (await AttachmentRepository.UnusedAsync(session, id) >= options.Value.MostUnused)
        {
            throw Refusals.TooManyAttachments(options.Value.MostUnused);
        }

        var row = new AttachmentRow
        {
            AttachmentId = Guid.CreateVersion7(act.Now),
            ApplicationId = id,
            ItemKey = request.ItemKey,
            AttachmentName = request.Name?.Trim(),
            DeclaredLength = request.Length,
            ContentHash = request.ContentHash.ToLowerInvariant(),
            AttachmentState = AttachmentState.Uploading,
            CreatedAt = act.Now,
            CreatedBy = act.Officer.Id,
            ExpiresAt = act.Now + options.Value.AbandonedAfter,
        };
        await AttachmentRepository.AddAsync(session, row);
        return new Answer<BeginUploadResponse>(
            new BeginUploadResponse
            {
                AttachmentId = row.AttachmentId,
                State = row.AttachmentState,
                Offset = 0,
                Length = row.DeclaredLength,
                ExpiresAt = row.ExpiresAt.ToOffset(ChinaTime.Offset),
                Limits = new UploadLimits(options.Value.MostBytes, options.Value.MostUnused, UploadInspection.MediaTypes),
            },
            $"/v1/attachments/{row.AttachmentId}");
    }
}

using Assistance.Api.Data;
using Assistance.Api.Security;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Attachments;

/// <summary>An attachment as it stands.</summary>
public sealed record AttachmentResponse
{
    public required Guid AttachmentId { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string ItemKey { get; init; }

    public string? Name { get; init; }

    public required AttachmentState State { get; init; }

    /// <summary>How many bytes are stored, which is where the next ones go.</summary>
    public required long Offset { get; init; }

    public required long Length { get; init; }

    /// <summary>SHA-256 of the whole file, as it was declared; a complete file has it.</summary>
    public required string ContentHash { get; init; }

    /// <summary>As told from the bytes, once complete.</summary>
    public string? MediaType { get; init; }

    /// <summary>Why the file was not taken.</summary>
    public RejectionCause? Cause { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>When an unfinished upload is given up unless bytes come.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When it was supplied for its item.</summary>
    public DateTimeOffset? SuppliedAt { get; init; }
}

/// <summary>Reads an attachment, where its upload stands, and its file. What shows a name or a picture is recorded.</summary>
internal sealed class GetAttachment(Database database, IFileStore files, AccessLog access)
{
    public async Task<AttachmentResponse?> HandleAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        if (await FindAsync(id, officer, cancellation) is not { } row)
        {
            return null;
        }

        await access.RecordAsync(officer, row.CaseFileId, nameof(GetAttachment), cancellation);
        return new AttachmentResponse
        {
            AttachmentId = row.AttachmentId,
            ApplicationId = row.ApplicationId,
            ItemKey = row.ItemKey,
            Name = row.AttachmentName,
            State = row.AttachmentState,
            Offset = row.ReceivedLength,
            Length = row.DeclaredLength,
            ContentHash = row.ContentHash,
            MediaType = row.MediaType,
            Cause = row.RejectionCause,
            CreatedAt = row.CreatedAt.ToOffset(ChinaTime.Offset),
            CreatedBy = row.CreatedBy,
            ExpiresAt = row.AttachmentState == AttachmentState.Uploading ? row.ExpiresAt.ToOffset(ChinaTime.Offset) : null,
            CompletedAt = row.CompletedAt?.ToOffset(ChinaTime.Offset),
            SuppliedAt = row.SuppliedAt?.ToOffset(ChinaTime.Offset),
        };
    }

    /// <summary>Where the upload stands, and nothing that anybody is shown.</summary>
    public async Task<(long Offset, long Length)?> ProgressAsync(Guid id, Officer officer, CancellationToken cancellation) =>
        await FindAsync(id, officer, cancellation) is { } row ? (row.ReceivedLength, row.DeclaredLength) : null;

    /// <exception cref="RuleViolation">attachment-not-complete.</exception>
    public async Task<AttachmentRow?> ContentAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => AttachmentRepository.FindAsync(session, id, officer), cancellation) is not { } row)
        {
            return null;
        }

        if (row.AttachmentState != AttachmentState.Complete)
        {
            throw Refusals.AttachmentNotComplete(row.AttachmentState.ToString());
        }

        await access.RecordAsync(officer, row.CaseFileId, "GetAttachmentContent", cancellation);
        return row;
    }

    /// <exception cref="InvalidDataException">What is stored is not what was taken: the answer breaks off.</exception>
    public async Task WriteAsync(AttachmentRow row, Stream body, CancellationToken cancellation)
    {
        await foreach (var bytes in files.ReadAsync(row.AttachmentId, cancellation))
        {
            await body.WriteAsync(bytes, cancellation);
        }
    }

    // While bytes are awaited the file says how many there are: a crash may have come between it and its row.
    private async Task<AttachmentRow?> FindAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(session => AttachmentRepository.FindAsync(session, id, officer), cancellation);
        return row?.AttachmentState == AttachmentState.Uploading && await files.LengthAsync(id, cancellation) is { } length
            ? row with { ReceivedLength = length }
            : row;
    }
}

using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Attachments;

/// <summary>Bytes of a file and where they belong, as they arrive: the body is read by the handler and held by nobody.</summary>
public sealed class UploadChunk : IEndpointParameterMetadataProvider
{
    public const string MediaType = "application/offset+octet-stream";
    public const string OffsetHeader = "Upload-Offset";
    public const string LengthHeader = "Upload-Length";

    private readonly HttpContext http;
    private long? told;

    private UploadChunk(HttpContext http, long offset) => (this.http, Offset) = (http, offset);

    public long Offset { get; }

    /// <summary>How many bytes are announced; null where the client does not say.</summary>
    public long? Length => http.Request.ContentLength;

    public Stream Body => http.Request.Body;

    public static ValueTask<UploadChunk> BindAsync(HttpContext http)
    {
        if (http.Request.ContentType != MediaType)
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type");
        }

        return long.TryParse(http.Request.Headers[OffsetHeader].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? ValueTask.FromResult(new UploadChunk(http, offset))
            : throw ProblemException.Invalid(new Fault(OffsetHeader, "upload-offset",
                "请在请求头 Upload-Offset 中给出这些字节在文件中的起点。", "Send the header Upload-Offset: where in the file these bytes begin."));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([MediaType], typeof(Stream), isOptional: false));

    /// <summary>Has the answer, a refusal too, say in its header where the upload stands.</summary>
    internal void Tell(long offset)
    {
        if (told is null)
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers[OffsetHeader] = told!.Value.ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
        }

        told = offset;
    }
}

/// <summary>Where an upload stands after bytes were appended; with the last one, whether the file was taken.</summary>
public sealed record AppendToUploadResponse
{
    public required Guid AttachmentId { get; init; }

    public required AttachmentState State { get; init; }

    /// <summary>How many bytes are stored, which is where the next ones go.</summary>
    public required long Offset { get; init; }

    public required long Length { get; init; }

    /// <summary>As told from the bytes, once complete.</summary>
    public string? MediaType { get; init; }

    /// <summary>Why the file was not taken.</summary>
    public RejectionCause? Cause { get; init; }
}

/// <summary>
/// Appends bytes to an upload, at exactly the offset where it stands; the offset is what makes a repeat harmless. What arrived
/// of a broken body is kept, and the file itself, not its row, says how much that is. With the last byte the file is looked
/// at: its hash, its type. A file that is all there although nobody heard of it is finished by appending nothing at its end.
/// </summary>
internal sealed class AppendToUpload(Database database, IFileStore files, TimeProvider time, IOptions<AttachmentOptions> options)
{
    public async Task<AppendToUploadResponse> HandleAsync(Guid id, UploadChunk chunk, Officer officer, CancellationToken cancellation)
    {
        RequireUploading(await FindAsync(id, officer, cancellation), chunk);
        await using var file = await files.ClaimAsync(id, cancellation) ?? throw Refusals.UploadInProgress();
        // Again with the file in hand: from here on nobody else finishes it or gives it up.
        var row = await FindAsync(id, officer, cancellation);
        RequireUploading(row, chunk);
        if (file.Length > row.DeclaredLength)
        {
            await file.EmptyAsync();
        }

        chunk.Tell(file.Length);
        if (chunk.Offset != file.Length)
        {
            throw Refusals.UploadOffsetDiffers(file.Length);
        }

        if (chunk.Length > row.DeclaredLength - file.Length)
        {
            throw BeyondLength(row.DeclaredLength);
        }

        var interruption = await ReceiveAsync(chunk, file, row.DeclaredLength);
        // On the disk before the row says so. Not cancelled by the client any more: what it sent is kept, although it hung up.
        await file.FlushAsync();
        row = file.Length == row.DeclaredLength ? await FinishAsync(row, file, officer) : await SaveAsync(row, file.Length);
        chunk.Tell(row.ReceivedLength);
        interruption?.Throw();
        return new AppendToUploadResponse
        {
            AttachmentId = id,
            State = row.AttachmentState,
            Offset = row.ReceivedLength,
            Length = row.DeclaredLength,
            MediaType = row.MediaType,
            Cause = row.RejectionCause,
        };
    }

    private async Task<AttachmentRow> FindAsync(Guid id, Officer officer, CancellationToken cancellation) =>
        await database.ReadAsync(session => AttachmentRepository.FindAsync(session, id, officer), cancellation) ?? throw ProblemException.NotFound();

    private static void RequireUploading(AttachmentRow row, UploadChunk chunk)
    {
        if (row.AttachmentState == AttachmentState.Uploading)
        {
            // Once nothing can be supplied any more, nothing more is taken either.
            ApplicationActs.Require(ApplicationAct.SupplyItem, row.ApplicationState);
            return;
        }

        chunk.Tell(row.ReceivedLength);
        throw row.RejectionCause is { } cause
            ? Refusals.AttachmentRejected(cause.ToString())
            : Refusals.UploadOffsetDiffers(row.ReceivedLength);
    }

    private static ProblemException BeyondLength(long declared) => ProblemException.Invalid(new Fault("$", "beyond-length",
        $"超出所申报的文件长度 {declared} 字节，本次内容未保存。", $"More than the {declared} bytes that were declared; nothing of this request was kept."));

    /// <returns>What broke the body off, after what had arrived was stored; null when it came whole.</returns>
    private static async Task<ExceptionDispatchInfo?> ReceiveAsync(UploadChunk chunk, IFileClaim file, long declared)
    {
        // Room for one byte too many, so that it is noticed.
        var buffer = new byte[Math.Min(SealedSegments.Most, declared - file.Length + 1)];
        ExceptionDispatchInfo? interruption = null;
        int filled;
        do
        {
            (filled, interruption) = await FillAsync(chunk.Body, buffer);
            if (filled > declared - file.Length)
            {
                await file.RevertAsync();
                chunk.Tell(file.Length);
                throw BeyondLength(declared);
            }

            if (filled > 0)
            {
                await file.AppendAsync(buffer.AsMemory(0, filled));
            }
        }
        while (filled == buffer.Length);
        return interruption;
    }

    private static async Task<(int Filled, ExceptionDispatchInfo? Interruption)> FillAsync(Stream body, byte[] buffer)
    {
        var filled = 0;
        try
        {
            int read;
            // Not cancelled with the request: the body itself says when no more will come, after what can still be read of it.
            while (filled < buffer.Length && (read = await body.ReadAsync(buffer.AsMemory(filled), CancellationToken.None)) > 0)
            {
                filled += read;
            }

            return (filled, null);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return (filled, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private async Task<AttachmentRow> SaveAsync(AttachmentRow row, long received)
    {
        row = row with { ReceivedLength = received, ExpiresAt = time.Now + options.Value.AbandonedAfter };
        await database.WriteAsync(session => AttachmentRepository.SetReceivedAsync(session, row), CancellationToken.None);
        return row;
    }

    private async Task<AttachmentRow> FinishAsync(AttachmentRow row, IFileClaim file, Officer officer)
    {
        var (type, cause) = await InspectAsync(row, file);
        if (cause is not null)
        {
            // The bytes first: a crash in between leaves an upload to begin again, never bytes of a file that was not taken.
            await file.EmptyAsync();
        }

        var now = time.Now;
        row = row with
        {
            ReceivedLength = file.Length,
            MediaType = type,
            AttachmentState = cause is null ? AttachmentState.Complete : AttachmentState.Rejected,
            RejectionCause = cause,
            CompletedAt = now,
        };
        await database.WriteAsync(
            async session =>
            {
                await AttachmentRepository.FinishAsync(session, row);
                await CaseEvents.AppendAsync(session, row.CaseFileId, EventOf(row), now, officer);
            },
            CancellationToken.None);
        if (cause is not null)
        {
            await file.DeleteAsync();
        }

        return row;
    }

    private static CaseEvent EventOf(AttachmentRow row)
    {
        var arguments = new Dictionary<string, string> { ["item"] = row.ItemCode };
        if (row.RejectionCause is not { } cause)
        {
            return new CaseEvent("AttachmentReceived", LegalBases.MembersDuties, arguments);
        }

        arguments["cause"] = cause.ToString();
        return new CaseEvent("AttachmentRejected", LegalBases.MembersDuties, arguments);
    }

    private static async Task<(string? MediaType, RejectionCause? Cause)> InspectAsync(AttachmentRow row, IFileClaim file)
    {
        using var inspection = new UploadInspection();
        try
        {
            await foreach (var bytes in file.ReadAsync())
            {
                inspection.Add(bytes.Span);
            }
        }
        catch (InvalidDataException)
        {
            // The disk does not give back what was written: not the bytes that were declared, so they are to be sent again.
            return (null, RejectionCause.HashMismatch);
        }

        return inspection.Finish(row.ContentHash);
    }
}

using Assistance.Api.Data;

namespace Assistance.Api.Features.Attachments;

/// <summary>Deletes uploads that nobody went on with: what is of no use is not kept (PIPL art. 19, 47).</summary>
internal sealed class AbandonedUploads(Database database, IFileStore files, TimeProvider time)
{
    private const int Batch = 500;

    public async Task DeleteAsync(CancellationToken cancellation)
    {
        var now = time.Now;
        foreach (var id in await database.ReadAsync(session => AttachmentRepository.AbandonedAsync(session, now, Batch), cancellation))
        {
            await using var file = await files.ClaimAsync(id, cancellation);
            // Looked at again with the file in hand: while it is, nobody appends and moves the day.
            if (file is null || !await database.ReadAsync(session => AttachmentRepository.IsAbandonedAsync(session, id, now), cancellation))
            {
                continue;
            }

            // The bytes first: a crash in between leaves a row to come back to, never bytes that no row knows of.
            await file.EmptyAsync();
            await database.WriteAsync(session => AttachmentRepository.DeleteAsync(session, id), cancellation);
            await file.DeleteAsync();
        }
    }
}

using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;

namespace Assistance.Api.Features.Notices;

/// <summary>A notice as data, with the hash of the bytes that were stored.</summary>
public sealed record NoticeResponse(Guid NoticeId, Guid DecisionId, string ContentHash, NoticeContent Content);

/// <summary>Reads a notice as data or as the printable page; both reads are recorded.</summary>
public sealed class GetNotice(Database database, AccessLog access, ReferenceStore reference)
{
    public async Task<NoticeResponse?> HandleAsync(Guid id, Officer officer, CancellationToken cancellation) =>
        await FindAsync(id, officer, nameof(GetNotice), cancellation) is { } row
            ? new NoticeResponse(row.NoticeId, row.DecisionId, row.ContentHash, row.Content)
            : null;

    public async Task<string?> PageAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        if (await FindAsync(id, officer, "GetNoticePage", cancellation) is not { } row)
        {
            return null;
        }

        // By the template of the day it was issued on, so that an old notice prints as it was.
        return reference.Current.Texts.Page("notice", row.Content, row.Content.IssuedOn);
    }

    private async Task<NoticeRow?> FindAsync(Guid id, Officer officer, string purpose, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(session => NoticeRepository.FindAsync(session, id, officer), cancellation);
        if (row is not null)
        {
            await access.RecordAsync(officer, row.CaseFileId, purpose, cancellation);
        }

        return row;
    }
}

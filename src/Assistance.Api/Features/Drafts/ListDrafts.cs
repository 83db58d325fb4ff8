using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Drafts;

/// <summary>One draft of a list: nothing of what was typed.</summary>
public sealed record DraftListItem(Guid DraftId, int Version, DateTimeOffset SavedAt, string SavedBy, DateOnly ExpiresOn);

/// <summary>The drafts of the officer's office, oldest first, by key.</summary>
internal sealed class ListDrafts(Database database, TimeProvider time)
{
    public async Task<Page<DraftListItem>> HandleAsync(string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (key, size) = Paging.Parse(after, take);
        var rows = await database.ReadAsync(session => DraftRepository.PageAsync(session, officer, key, size + 1, time.Today), cancellation);
        return Paging.Of(rows, size, Item, row => row.DraftId);
    }

    private static DraftListItem Item(DraftListRow row) =>
        new(row.DraftId, row.Version, row.SavedAt.ToOffset(ChinaTime.Offset), row.SavedBy, row.ExpiresOn);
}

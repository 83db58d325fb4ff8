using System.Collections.Concurrent;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Puts on record that somebody sends in a department's name what it did not sign: for each source at most once a minute, so
/// that whoever keeps sending does not fill the database.
/// </summary>
internal sealed class ForgedMessages(SecurityLog security, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<LookupSource, DateTimeOffset> recorded = new();

    public async Task RecordAsync(LookupSource source, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (recorded.TryGetValue(source, out var last) ? now - last >= Between && recorded.TryUpdate(source, now, last) : recorded.TryAdd(source, now))
        {
            await security.RecordAsync(SecurityEventKind.CallbackNotGenuine, officer: null, caseFileId: null, source, "signature", cancellation);
        }
    }
}

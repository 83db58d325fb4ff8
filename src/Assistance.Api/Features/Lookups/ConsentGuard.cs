using Assistance.Api.Data;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// The last thing before a query leaves: looks once more whether it may. A turn at the department may have been waited for since
/// it was claimed, and a consent that was revoked meanwhile stops it (Act art. 40).
/// </summary>
internal sealed class ConsentGuard(Database database, TimeProvider time) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<Guid> Query = new("look-up");

    /// <summary>Names the look-up that a request is sent for; every request with which somebody is asked about carries it.</summary>
    public static void Mark(HttpRequestMessage request, Guid lookupId) => request.Options.Set(Query, lookupId);

    /// <exception cref="LookupStoppedException">The look-up was cancelled, or its consent ended.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        !request.Options.TryGetValue(Query, out var lookupId) || await database.ReadAsync(session => LookupRepository.MayBeSentAsync(session, lookupId, time.Today), cancellationToken)
            ? await base.SendAsync(request, cancellationToken)
            : throw new LookupStoppedException();
}

/// <summary>A query was not sent, since its look-up was cancelled meanwhile or its consent ended.</summary>
internal sealed class LookupStoppedException : Exception
{
    public LookupStoppedException()
        : base("The look-up was stopped.")
    {
    }
}

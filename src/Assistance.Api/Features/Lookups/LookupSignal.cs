using System.Collections.Frozen;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

/// <summary>Wakes the look-up worker after a commit. A hint only: the work itself is in the database.</summary>
public sealed class LookupSignal : IDisposable
{
    private readonly SemaphoreSlim rounds = new(0, 1);

    private readonly FrozenDictionary<LookupSource, SemaphoreSlim> sources =
        LookupSources.All.ToFrozenDictionary(source => source, _ => new SemaphoreSlim(0, 1));

    /// <summary>A round of verification waits to be spread.</summary>
    public void Raise() => Raise(rounds);

    /// <summary>A department has something to be asked.</summary>
    public void Raise(LookupSource source) => Raise(sources[source]);

    internal Task WaitAsync(TimeSpan longest, CancellationToken cancellation) => rounds.WaitAsync(longest, cancellation);

    internal Task WaitAsync(LookupSource source, TimeSpan longest, CancellationToken cancellation) => sources[source].WaitAsync(longest, cancellation);

    public void Dispose()
    {
        rounds.Dispose();
        foreach (var source in sources.Values)
        {
            source.Dispose();
        }
    }

    private static void Raise(SemaphoreSlim semaphore)
    {
        try
        {
            semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Raised already.
        }
    }
}

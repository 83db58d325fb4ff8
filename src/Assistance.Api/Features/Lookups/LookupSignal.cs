namespace Assistance.Api.Features.Lookups;

/// <summary>Wakes the look-up worker after a commit. A hint only: the work itself is in the database.</summary>
public sealed class LookupSignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0, 1);

    public void Raise()
    {
        try
        {
            raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // Raised already.
        }
    }

    public Task WaitAsync(TimeSpan longest, CancellationToken cancellation) => raised.WaitAsync(longest, cancellation);

    public void Dispose() => raised.Dispose();
}

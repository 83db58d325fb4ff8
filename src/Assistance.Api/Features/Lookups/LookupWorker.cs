using Assistance.Api.Data;
using Assistance.Domain.Lookups;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Runs the look-ups after commit, from durable rows. Each department has a pump of its own, which claims under a lease as
/// many as it may ask at one time, so that a slow or dead one holds up nobody else; each result is written in its own
/// transaction. Whatever a crash interrupts is claimed again once its lease has ended.
/// </summary>
internal sealed partial class LookupWorker(
    Database database,
    VerificationRounds rounds,
    Departments departments,
    LookupSettlement settlement,
    LookupSignal signal,
    IOptions<DepartmentOptions> options,
    TimeProvider time,
    ILogger<LookupWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly string owner = $"{Environment.MachineName[..Math.Min(24, Environment.MachineName.Length)]}-{Guid.NewGuid():N}";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.RunsLookups
            ? Task.WhenAll(LookupSources.All.Select(source => PumpAsync(source, stoppingToken)).Append(SpreadAsync(stoppingToken)))
            : Task.CompletedTask;

    private async Task SpreadAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await TryAsync(
                async () =>
                {
                    if (await rounds.SpreadAsync(cancellation) == 0)
                    {
                        await signal.WaitAsync(Poll, cancellation);
                    }
                },
                cancellation);
        }
    }

    private async Task PumpAsync(LookupSource source, CancellationToken cancellation)
    {
        var most = options.Value.Sources.GetValueOrDefault(source)?.MostAtOnce ?? 8;
        var running = new HashSet<Task>();
        while (!cancellation.IsCancellationRequested)
        {
            await TryAsync(
                async () =>
                {
                    var claimed = running.Count == most ? [] : await database.WriteAsync(
                        session => LookupRepository.ClaimAsync(session, source, owner, time.Now, options.Value.Lease, most - running.Count), cancellation);
                    running.UnionWith(claimed.Select(lookup => AskAsync(lookup, cancellation)));
                    var wake = running.Count == most ? [] : new[] { signal.WaitAsync(source, Poll, cancellation) };
                    await Task.WhenAny(running.Concat(wake));
                    running.RemoveWhere(task => task.IsCompleted);
                },
                cancellation);
        }

        await Task.WhenAll(running);
    }

    private async Task AskAsync(LookupRow lookup, CancellationToken cancellation)
    {
        Attempt attempt;
        try
        {
            attempt = await departments.AskAsync(lookup, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Claimed again once the lease has ended.
            return;
        }
        catch (Exception exception)
        {
            // Counted like any attempt, so that no fault of ours asks a department about somebody for ever.
            LogFailed(logger, exception.GetType().Name);
            attempt = new Attempt.Failed("internal", WasSent: true);
        }

        try
        {
            await database.WriteAsync(session => settlement.SettleAsync(session, lookup, attempt, owner), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception.GetType().Name);
        }
    }

    private async Task TryAsync(Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception.GetType().Name);
            await Task.Delay(Poll, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Look-up work failed with {Exception} and is tried again.")]
    private static partial void LogFailed(ILogger logger, string exception);
}

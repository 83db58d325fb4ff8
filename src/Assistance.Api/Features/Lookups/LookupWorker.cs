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
        var pause = new Pause();
        // Kept until it has ended: a wait that is left behind would take the signal meant for the next.
        Task? wake = null;
        while (!cancellation.IsCancellationRequested)
        {
            await TryAsync(
                async () =>
                {
                    running.UnionWith((await ClaimAsync(source, pause.HoldsAt(time.Now) ? 0 : most - running.Count, cancellation)).Select(lookup => AskAsync(lookup, pause, cancellation)));
                    wake = wake is null or { IsCompleted: true } ? signal.WaitAsync(source, Poll, cancellation) : wake;
                    await (running.Count == most ? Task.WhenAny(running) : Task.WhenAny(running.Append(wake)));
                    running.RemoveWhere(task => task.IsCompleted);
                },
                cancellation);
        }

        await Task.WhenAll(running);
    }

    // Looked for with a read, so that a department with nothing to be asked costs the writers nothing.
    private async Task<IReadOnlyList<LookupRow>> ClaimAsync(LookupSource source, int most, CancellationToken cancellation)
    {
        var due = most == 0 ? [] : await database.ReadAsync(session => LookupRepository.DueAsync(session, source, time.Now, most), cancellation);
        return due.Count == 0 ? [] : await database.WriteAsync(
            session => LookupRepository.ClaimAsync(session, due, owner, time.Now, options.Value.Lease), cancellation);
    }

    private async Task AskAsync(LookupRow lookup, Pause pause, CancellationToken cancellation)
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

        if (attempt is Attempt.Failed { RetryAfter: { } wait })
        {
            pause.Begin(time.Now, wait);
        }

        try
        {
            settlement.Alert(await database.WriteAsync(session => settlement.SettleAsync(session, lookup, attempt, owner), CancellationToken.None));
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

    /// <summary>
    /// Until when a department asked to be left alone (Retry-After), or its breaker does: then nothing else is claimed for it,
    /// to be turned away in its turn. Not longer than an hour on one word.
    /// </summary>
    private sealed class Pause
    {
        private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
        private long untilTicks;

        public void Begin(DateTimeOffset now, TimeSpan wait) =>
            Interlocked.Exchange(ref untilTicks, (now + (wait < Longest ? wait : Longest)).UtcTicks);

        public bool HoldsAt(DateTimeOffset now) => now.UtcTicks < Interlocked.Read(ref untilTicks);
    }

    [LoggerMessage(1, LogLevel.Error, "Look-up work failed with {Exception} and is tried again.")]
    private static partial void LogFailed(ILogger logger, string exception);
}

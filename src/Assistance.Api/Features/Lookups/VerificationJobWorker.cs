using System.Data.Common;
using Assistance.Api.Data;
using Assistance.Domain.Decisions;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Drives bulk re-checks from their rows: lists cases in bounded batches, begins a few at a time, and closes those whose
/// departments have answered. One instance at a time does it, under a lease; the look-ups themselves are everybody's. Where
/// it was interrupted the rows say how far it had come.
/// </summary>
internal sealed partial class VerificationJobWorker(
    Database database, AwardRechecks rechecks, LookupSignal signal, IOptions<DepartmentOptions> options, TimeProvider time, ILogger<VerificationJobWorker> logger)
    : BackgroundService
{
    private const string LeaseCode = "VerificationJobs";
    private const int MostJobs = 50;
    private const int Batch = 200;
    private static readonly TimeSpan IdlePause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(50);

    // A department that has everybody wait holds no place of the others.
    private static readonly TimeSpan LongestAsking = TimeSpan.FromMinutes(15);

    private readonly string owner = Guid.NewGuid().ToString("N");

    // Where to go on among the cases of each job that could not be moved on just now.
    private readonly Dictionary<(Guid JobId, VerificationJobRowState State), Guid> cursors = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.RunsLookups && !stoppingToken.IsCancellationRequested)
        {
            var moved = 0;
            try
            {
                moved = await PassAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(logger, exception.GetType().Name);
            }

            await Task.Delay(moved > 0 ? BusyPause : IdlePause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await database.WriteAsync(session => WorkLeases.ReleaseAsync(session, LeaseCode, owner), CancellationToken.None);
    }

    /// <summary>Moves every unfinished job on by a bounded amount.</summary>
    /// <returns>How many cases were moved on.</returns>
    private async Task<int> PassAsync(CancellationToken cancellation)
    {
        var jobs = await database.ReadAsync(session => VerificationJobRepository.UnfinishedAsync(session, MostJobs), cancellation);
        if (jobs.Count == 0)
        {
            cursors.Clear();
            return 0;
        }

        var now = time.Now;
        if (!await database.WriteAsync(session => WorkLeases.HoldAsync(session, LeaseCode, owner, now, now + options.Value.Lease), cancellation))
        {
            return 0;
        }

        var moved = 0;
        // The places are shared out, so that a small job is not kept waiting by a large one.
        var places = Math.Max(1, options.Value.JobRounds / Math.Max(1, jobs.Count(job => job.JobState == VerificationJobState.Running)));
        foreach (var job in jobs)
        {
            moved += job switch
            {
                { JobState: VerificationJobState.Running, IsListed: false } => await ListAsync(job, cancellation),
                { JobState: VerificationJobState.Cancelled } => await CancelRowsAsync(job, cancellation),
                _ => 0,
            };
            var (closed, asking) = await CloseAsync(job, cancellation);
            moved += closed + await CloseAwaitingAsync(job, cancellation);
            if (job.JobState == VerificationJobState.Running && asking < places)
            {
                moved += await BeginAsync(job, places - asking, cancellation);
            }

            await FinishAsync(job, cancellation);
        }

        return moved;
    }

    private Task<int> ListAsync(VerificationJobRow job, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            var page = await VerificationJobRepository.GrantedAsync(session, job.DivisionCode, job.ListedUntilId, Batch);
            // An office also sees what it received for another; whose case it is, is who accepts.
            var inPayment = page.Where(granted => granted.AwardState == AwardState.InPayment
                && (job.Programme is null || granted.Programme == job.Programme)
                && job.Division.Contains(DivisionCode.Parse(granted.AcceptingDivisionCode)));
            foreach (var granted in inPayment)
            {
                await VerificationJobRepository.AddRowAsync(session, job.JobId, granted);
            }

            var until = page.Count == 0 ? job.ListedUntilId : page[^1].ApplicationId;
            await VerificationJobRepository.SetListedAsync(session, job.JobId, until, isListed: page.Count < Batch, time.Now);
            return page.Count;
        },
        cancellation);

    private async Task<int> CancelRowsAsync(VerificationJobRow job, CancellationToken cancellation) => await database.WriteAsync(
        async session =>
        {
            var waiting = await VerificationJobRepository.WaitingAsync(session, job.JobId, Guid.Empty, Batch);
            foreach (var caseFileId in waiting)
            {
                await rechecks.EndAsync(session, job.JobId, caseFileId, VerificationJobRowState.Waiting, VerificationJobRowState.Cancelled, cause: null);
            }

            return waiting.Count;
        },
        cancellation);

    // Closes what is settled, and gives the places of those free that only wait for departments which answer later.
    private async Task<(int Moved, int Asking)> CloseAsync(VerificationJobRow job, CancellationToken cancellation)
    {
        var asking = await database.ReadAsync(
            session => VerificationJobRepository.UnderWayAsync(session, job.JobId, VerificationJobRowState.Asking, Guid.Empty, Batch + options.Value.JobRounds), cancellation);
        var now = time.Now;
        var moved = await Task.WhenAll(asking.Select(row => MoveAsync(
            job,
            row.CaseFileId,
            VerificationJobRowState.Asking,
            row switch
            {
                { IsSpread: false } => null,
                { PendingCount: 0, SubmittedCount: 0 } => session =>
                    rechecks.CloseAsync(session, job.JobId, row.CaseFileId, row.RoundNumber, VerificationJobRowState.Asking),
                { PendingCount: 0 } => session => AwardRechecks.SetAsideAsync(session, job.JobId, row.CaseFileId),
                _ when row.BegunAt + LongestAsking < now => session => AwardRechecks.SetAsideAsync(session, job.JobId, row.CaseFileId),
                _ => null,
            },
            cancellation)));
        var count = moved.Count(isMoved => isMoved);
        return (count, asking.Count - count);
    }

    private async Task<int> CloseAwaitingAsync(VerificationJobRow job, CancellationToken cancellation)
    {
        var rows = await NextAsync((job.JobId, VerificationJobRowState.Awaiting), Batch, (session, after, take) =>
            VerificationJobRepository.UnderWayAsync(session, job.JobId, VerificationJobRowState.Awaiting, after, take), row => row.CaseFileId, cancellation);
        var moved = await Task.WhenAll(rows.Where(row => row is { PendingCount: 0, SubmittedCount: 0 }).Select(row => MoveAsync(
            job,
            row.CaseFileId,
            VerificationJobRowState.Awaiting,
            session => rechecks.CloseAsync(session, job.JobId, row.CaseFileId, row.RoundNumber, VerificationJobRowState.Awaiting),
            cancellation)));
        return moved.Count(isMoved => isMoved);
    }

    private async Task<int> BeginAsync(VerificationJobRow job, int places, CancellationToken cancellation)
    {
        var waiting = await NextAsync((job.JobId, VerificationJobRowState.Waiting), places, (session, after, take) =>
            VerificationJobRepository.WaitingAsync(session, job.JobId, after, take), caseFileId => caseFileId, cancellation);
        var begun = await Task.WhenAll(waiting.Select(caseFileId => MoveAsync(
            job, caseFileId, VerificationJobRowState.Waiting, session => rechecks.BeginAsync(session, job.JobId, caseFileId), cancellation)));
        signal.Raise();
        return begun.Count(isBegun => isBegun);
    }

    private async Task FinishAsync(VerificationJobRow job, CancellationToken cancellation)
    {
        var (present, hasOpenRow) = await database.ReadAsync(
            async session => (await VerificationJobRepository.FindAsync(session, job.JobId), await VerificationJobRepository.HasOpenRowAsync(session, job.JobId)),
            cancellation);
        if (present is not null && !hasOpenRow && (present.IsListed || present.JobState == VerificationJobState.Cancelled))
        {
            var state = present.JobState == VerificationJobState.Cancelled ? VerificationJobState.Cancelled : VerificationJobState.Finished;
            await database.WriteAsync(session => VerificationJobRepository.FinishAsync(session, present, state, time.Now), cancellation);
        }
    }

    // The next rows after those looked at last, from the start again after the end: what cannot be moved on holds up no other.
    private async Task<IReadOnlyList<T>> NextAsync<T>(
        (Guid JobId, VerificationJobRowState State) place, int take, Func<Session, Guid, int, Task<IReadOnlyList<T>>> page, Func<T, Guid> key, CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(session => page(session, cursors.GetValueOrDefault(place), take), cancellation);
        cursors[place] = rows.Count == take ? key(rows[^1]) : Guid.Empty;
        return rows;
    }

    // Each case by itself: the fault of one holds up no other, and what is no fault of the database ends it rather than its being
    // tried for ever.
    private async Task<bool> MoveAsync(
        VerificationJobRow job, Guid caseFileId, VerificationJobRowState from, Func<Session, Task<bool>>? move, CancellationToken cancellation)
    {
        try
        {
            return move is not null && await database.WriteAsync(move, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(logger, exception.GetType().Name);
            var cause = exception is RuleViolation refused ? refused.Code : "internal";
            return exception is not DbException && await database.WriteAsync(
                session => rechecks.EndAsync(session, job.JobId, caseFileId, from, VerificationJobRowState.Failed, cause), cancellation);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A bulk re-check failed with {Exception} and is tried again.")]
    private static partial void LogFailed(ILogger logger, string exception);
}

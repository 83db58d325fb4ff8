using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Rehearsals;

/// <summary>
/// Goes through what is in payment for the rehearsals that run, the oldest first, a bounded batch at a time: read, assess on
/// every processor, and write how far it has come in one transaction. One instance does it, under a lease; where it was
/// interrupted the row says where to go on.
/// </summary>
internal sealed partial class StandardRehearsalWorker(Database database, TimeProvider time, ILogger<StandardRehearsalWorker> logger) : BackgroundService
{
    private const string LeaseCode = "StandardRehearsals";
    private const int Batch = 500;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly string owner = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var hasMoved = false;
            try
            {
                hasMoved = await PassAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(logger, exception.GetType().Name);
            }

            if (!hasMoved)
            {
                await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await database.WriteAsync(session => WorkLeases.ReleaseAsync(session, LeaseCode, owner), CancellationToken.None);
    }

    /// <returns>Whether a rehearsal was moved on.</returns>
    private async Task<bool> PassAsync(CancellationToken cancellation)
    {
        if (await database.ReadAsync(StandardRehearsalRepository.RunningAsync, cancellation) is not { } rehearsal)
        {
            return false;
        }

        var now = time.Now;
        if (!await database.WriteAsync(session => WorkLeases.HoldAsync(session, LeaseCode, owner, now, now + Lease), cancellation))
        {
            return false;
        }

        var awards = await database.ReadAsync(session => StandardRehearsalRepository.AwardsAsync(session, rehearsal.LastAwardId, Batch), cancellation);
        var (next, changes) = Rehearse(rehearsal, awards);
        return await database.WriteAsync(session => StandardRehearsalRepository.AdvanceAsync(session, rehearsal, next, changes), cancellation);
    }

    private (StandardRehearsalRow Next, IReadOnlyList<RehearsedAwardRow> Changes) Rehearse(StandardRehearsalRow rehearsal, IReadOnlyList<AwardToRehearse> awards)
    {
        var parameters = ApiJson.Read<IReadOnlyList<PolicyParameter>>(rehearsal.ParametersJson);
        var rehearsed = new RehearsedAward[awards.Count];
        Parallel.For(0, awards.Count, i =>
            rehearsed[i] = RehearsedAward.Of(awards[i].MonthlyFen, ApiJson.Read<AssessmentInput>(awards[i].InputJson), parameters));
        int Count(RehearsedChange change) => rehearsed.Count(one => one.Change == change);
        var isLast = awards.Count < Batch;
        return (
            rehearsal with
            {
                LastAwardId = awards.Count == 0 ? rehearsal.LastAwardId : awards[^1].AwardId,
                DoneCount = rehearsal.DoneCount + awards.Count,
                RisesCount = rehearsal.RisesCount + Count(RehearsedChange.Rises),
                FallsCount = rehearsal.FallsCount + Count(RehearsedChange.Falls),
                LeavesCount = rehearsal.LeavesCount + Count(RehearsedChange.Leaves),
                OpenCount = rehearsal.OpenCount + Count(RehearsedChange.NeedsReview),
                BeforeFen = rehearsal.BeforeFen + rehearsed.Sum(one => one.OldMonthlyFen),
                AfterFen = rehearsal.AfterFen + rehearsed.Sum(one => one.NewMonthlyFen),
                RehearsalState = isLast ? RehearsalState.Finished : RehearsalState.Running,
                FinishedAt = isLast ? time.Now : null,
            },
            [
                .. awards.Zip(rehearsed).Where(one => one.Second.Change != RehearsedChange.Unchanged).Select(one => new RehearsedAwardRow
                {
                    AwardId = one.First.AwardId,
                    CaseFileId = one.First.CaseFileId,
                    RehearsedChange = one.Second.Change,
                    OldMonthlyFen = one.Second.OldMonthlyFen,
                    NewMonthlyFen = one.Second.NewMonthlyFen,
                }),
            ]);
    }

    [LoggerMessage(1, LogLevel.Error, "A rehearsal failed with {Exception} and is tried again.")]
    private static partial void LogFailed(ILogger logger, string exception);
}

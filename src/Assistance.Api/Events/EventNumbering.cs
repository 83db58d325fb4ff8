using Assistance.Api.Data;

namespace Assistance.Api.Events;

/// <summary>The one numbering worker of the event feed, under a lease among the instances.</summary>
internal sealed partial class EventNumbering(Database database, TimeProvider time, ILogger<EventNumbering> logger) : BackgroundService
{
    private const int Batch = 200;
    private const string LeaseCode = "EventFeed";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly string owner = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var numbered = 0;
            try
            {
                numbered = await database.WriteAsync(NumberAsync, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception.GetType().Name);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (numbered < Batch)
            {
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await database.WriteAsync(session => WorkLeases.ReleaseAsync(session, LeaseCode, owner), CancellationToken.None);
    }

    private async Task<int> NumberAsync(Session session)
    {
        var now = time.Now;
        return await WorkLeases.HoldAsync(session, LeaseCode, owner, now, now + Lease) ? await EventFeed.NumberAsync(session, Batch) : 0;
    }

    [LoggerMessage(1, LogLevel.Error, "Numbering events failed with {Exception} and is tried again.")]
    private static partial void LogFailed(ILogger logger, string exception);
}

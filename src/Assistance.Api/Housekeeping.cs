using Assistance.Api.Data;
using Assistance.Api.Features.Attachments;
using Assistance.Api.Features.Drafts;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;

namespace Assistance.Api;

/// <summary>
/// Forgets what is only kept for retries, answers under idempotency keys after a week and ids of writes after a day, drafts
/// from the day they expire on, uploads that nobody went on with, and the bodies of departments' answers at the end of their
/// retention period. Who asked, looked at or searched for what, why and when (<c>Lookup</c>, <c>AccessRecord</c>,
/// <c>SearchRecord</c>, <c>SecurityEvent</c>, <c>CaseEvent</c>) is kept for three years at least (政务数据共享条例 art. 29):
/// nothing deletes it.
/// </summary>
internal sealed partial class Housekeeping(
    Database database, AbandonedUploads abandonedUploads, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception.GetType().Name);
            }
        }
    }

    /// <summary>Forgets whatever is due, drafts and bodies in transactions of a bounded size.</summary>
    internal async Task SweepAsync(CancellationToken cancellation)
    {
        await database.WriteAsync(
            async session =>
            {
                await IdempotentAnswers.DeleteBeforeAsync(session, time.Now.AddDays(-7));
                await WriteOperations.DeleteBeforeAsync(session, time.Now.AddDays(-1));
            },
            cancellation);
        while (await database.WriteAsync(session => DraftRepository.DeleteExpiredAsync(session, time.Today, Batch), cancellation) == Batch)
        {
            // There may be more.
        }

        while (await database.WriteAsync(session => LookupAnswerRepository.DeleteBodiesAsync(session, time.Today, Batch), cancellation) == Batch)
        {
            // There may be more.
        }

        await abandonedUploads.DeleteAsync(cancellation);
    }

    [LoggerMessage(1, LogLevel.Warning, "Housekeeping failed with {Exception} and is tried again in an hour.")]
    private static partial void LogFailed(ILogger logger, string exception);
}

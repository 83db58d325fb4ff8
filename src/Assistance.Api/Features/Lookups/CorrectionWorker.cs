using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Sends requests for correction after commit, from durable rows claimed under a lease. One that a department did not take is
/// sent again, ever later: the clock of 10 working days (政务数据共享条例 art. 26) runs from the day on which it took it.
/// </summary>
internal sealed partial class CorrectionWorker(
    Database database,
    IServiceProvider services,
    ReferenceStore reference,
    IOptions<DepartmentOptions> options,
    TimeProvider time,
    ILogger<CorrectionWorker> logger) : BackgroundService
{
    private const int MostAtOnce = 16;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly string owner = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new HashSet<Task>();
        while (options.Value.RunsLookups && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                running.RemoveWhere(task => task.IsCompleted);
                running.UnionWith((await ClaimAsync(MostAtOnce - running.Count, stoppingToken)).Select(ticket => SendAsync(ticket, stoppingToken)));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception.GetType().Name);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running);
    }

    // Looked for with a read, so that a quiet hour costs the writers nothing.
    private async Task<IReadOnlyList<CorrectionTicketRow>> ClaimAsync(int most, CancellationToken cancellation)
    {
        var due = most == 0 ? [] : await database.ReadAsync(session => CorrectionTicketRepository.DueAsync(session, time.Now, most), cancellation);
        return due.Count == 0 ? [] : await database.WriteAsync(
            session => CorrectionTicketRepository.ClaimAsync(session, due, owner, time.Now, options.Value.Lease), cancellation);
    }

    private async Task SendAsync(CorrectionTicketRow ticket, CancellationToken cancellation)
    {
        Attempt? untaken;
        try
        {
            untaken = await RequestAsync(ticket, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Claimed again once the lease has ended; the same id twice is the same request.
            return;
        }
        catch (Exception exception)
        {
            // Counted like any attempt, so that no fault of ours asks a department at every turn.
            LogFailed(logger, exception.GetType().Name);
            untaken = new Attempt.Failed("internal", WasSent: true);
        }

        try
        {
            await database.WriteAsync(session => SettleAsync(session, ticket, untaken), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception.GetType().Name);
        }
    }

    /// <returns>Null where the department took it.</returns>
    private async Task<Attempt?> RequestAsync(CorrectionTicketRow ticket, CancellationToken cancellation)
    {
        if (!options.Value.Sources.TryGetValue(ticket.LookupSource, out var source))
        {
            return new Attempt.Failed("not-configured", WasSent: false);
        }

        // Not longer than the lease holds, the wait for a turn included.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.Lease / 2);
        try
        {
            return await services.GetRequiredKeyedService<IDepartmentAdapter>(source.Adapter).RequestCorrectionAsync(
                ticket.LookupSource,
                new DepartmentCorrectionRequest { TicketId = ticket.TicketId, QueryId = ticket.QueryId, Statement = ticket.Statement },
                limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Attempt.Failed("timeout", WasSent: true);
        }
    }

    private async Task SettleAsync(Session session, CorrectionTicketRow ticket, Attempt? untaken)
    {
        switch (untaken)
        {
            case Attempt.Failed failed:
                await CorrectionTicketRepository.PostponeAsync(session, ticket.TicketId, time.Now + (failed.RetryAfter ?? DelayAfter(ticket)), owner);
                return;
            case Attempt.Unbelievable { Cause: var cause }:
                await RefuseAsync(session, ticket, cause);
                return;
        }

        var due = reference.Current.Calendar.AddWorkingDays(time.Today, SharingClocks.CorrectionWorkingDays);
        var sent = ticket with { SentAt = time.Now, DueOn = due.On, IsDueProvisional = due.IsProvisional };
        if (await CorrectionTicketRepository.MarkSentAsync(session, sent, owner))
        {
            await CaseEvents.AppendAsync(session, ticket.CaseFileId, new CaseEvent("CorrectionSent", LegalBases.SharingCorrection, new Dictionary<string, string>
            {
                ["source"] = ticket.LookupSource.ToString(),
                ["dueOn"] = due.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["provisional"] = due.IsProvisional ? "true" : "false",
            }), time.Now, officer: null);
        }
    }

    // On record with the case, so that an officer takes it up with the department (政务数据共享条例 art. 26).
    private async Task RefuseAsync(Session session, CorrectionTicketRow ticket, string cause)
    {
        if (await CorrectionTicketRepository.RefuseAsync(session, ticket.TicketId, cause, owner))
        {
            await CaseEvents.AppendAsync(session, ticket.CaseFileId, new CaseEvent("CorrectionRefused", LegalBases.SharingCorrection, new Dictionary<string, string>
            {
                ["source"] = ticket.LookupSource.ToString(),
                ["cause"] = cause,
            }), time.Now, officer: null);
        }
    }

    private TimeSpan DelayAfter(CorrectionTicketRow ticket)
    {
        var delay = options.Value.RetryDelay * Math.Pow(2, Math.Min(ticket.AttemptCount, 20));
        return delay < LongestDelay ? delay : LongestDelay;
    }

    [LoggerMessage(1, LogLevel.Error, "Sending requests for correction failed with {Exception} and is tried again.")]
    private static partial void LogFailed(ILogger logger, string exception);
}

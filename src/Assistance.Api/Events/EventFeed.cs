using Assistance.Api.Data;
using Assistance.Api.Security;

namespace Assistance.Api.Events;

internal sealed class FeedEventRow
{
    public long FeedNumber { get; init; }

    public Guid CaseFileId { get; init; }

    public int EventNumber { get; init; }

    public string EventKind { get; init; } = "";

    public DateTimeOffset OccurredAt { get; init; }

    public string? BasisCode { get; init; }
}

/// <summary>
/// The events of all cases in one order that a reader can follow without losing any. The order is a number given after
/// commit: ids and instants become visible out of order, and a cursor over them would skip what commits late.
/// </summary>
internal static class EventFeed
{
    private const string Series = "EventFeed";

    private const string UnnumberedSql = """
        SELECT CaseFileId, EventNumber, EventKind, OccurredAt, BasisCode FROM CaseEvent
        WHERE FeedNumber IS NULL
        ORDER BY OccurredAt, CaseFileId, EventNumber
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string NumberSql = """
        UPDATE CaseEvent SET FeedNumber = @FeedNumber WHERE CaseFileId = @CaseFileId AND EventNumber = @EventNumber AND FeedNumber IS NULL
        """;

    /// <summary>Numbers the next committed events; only under the lease.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> NumberAsync(Session session, int take)
    {
        var events = await session.ListAsync<FeedEventRow>(UnnumberedSql, new { Take = take });
        if (events.Count == 0)
        {
            return 0;
        }

        var number = await NumberSeries.TakeAsync(session, Series, events.Count);
        foreach (var row in events)
        {
            await session.ExecuteAsync(NumberSql, new { FeedNumber = number++, row.CaseFileId, row.EventNumber });
        }

        return events.Count;
    }

    private const string PageSql = """
        SELECT e.FeedNumber, e.CaseFileId, e.EventNumber, e.EventKind, e.OccurredAt, e.BasisCode
        FROM CaseEvent e
        WHERE e.FeedNumber > @AfterFeedNumber AND EXISTS (
            SELECT 1 FROM Application a JOIN ApplicationOffice o ON o.ApplicationId = a.ApplicationId
            WHERE a.CaseFileId = e.CaseFileId AND o.DivisionCode = @DivisionCode)
        ORDER BY e.FeedNumber
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<FeedEventRow>> PageAsync(Session session, Officer officer, long after, int take) =>
        session.ListAsync<FeedEventRow>(PageSql, new { AfterFeedNumber = after, DivisionCode = officer.Division, Take = take });
}

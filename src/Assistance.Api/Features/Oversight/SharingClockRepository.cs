using Assistance.Api.Data;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Oversight;

/// <summary>A clock of the data-sharing regulation that runs for a department.</summary>
internal sealed class RunningClockRow
{
    /// <summary>The ticket's id, or the look-up's where it is no ticket's clock: the place in the list.</summary>
    public Guid ClockId => TicketId ?? LookupId;

    public Guid LookupId { get; init; }

    public Guid? TicketId { get; init; }

    public Guid CaseFileId { get; init; }

    public LookupSource LookupSource { get; init; }

    /// <summary>Null for a ticket's.</summary>
    public SharingClock? SharingClock { get; init; }

    public DateTimeOffset? AskedAt { get; init; }

    public DateOnly DueOn { get; init; }

    public bool IsDueProvisional { get; init; }
}

/// <summary>What departments answered in a month.</summary>
internal sealed class AnsweredMonthRow
{
    public LookupSource LookupSource { get; init; }

    public DateOnly MonthOn { get; init; }

    public int AnsweredCount { get; init; }

    public int LateCount { get; init; }

    public int DayCount { get; init; }
}

/// <summary>Queries of a last day that has passed, and no answer.</summary>
internal sealed class OverdueDayRow
{
    public LookupSource LookupSource { get; init; }

    public DateOnly DueOn { get; init; }

    public int LookupCount { get; init; }
}

/// <summary>The place in a list by due day: the day and the id after which it goes on, and the day before which it ends.</summary>
internal sealed record ClockRange(DateOnly From, DateOnly Until, Guid AfterId);

/// <summary>Running clocks by their last day, and what is summed of those that ended, each a range of an index.</summary>
internal static class SharingClockRepository
{
    private const string LookupsSql = """
        SELECT LookupId, CaseFileId, LookupSource, SharingClock, AskedAt, SharingDueOn AS DueOn, IsDueProvisional
        FROM Lookup
        WHERE LookupState IN ('Pending', 'Submitted', 'Unavailable') AND SharingDueOn >= @AfterSharingDueOn AND SharingDueOn < @UntilSharingDueOn
            AND (SharingDueOn > @AfterSharingDueOn OR LookupId > @AfterLookupId)
        ORDER BY SharingDueOn, LookupId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string LookupsOfSourceSql = """
        SELECT LookupId, CaseFileId, LookupSource, SharingClock, AskedAt, SharingDueOn AS DueOn, IsDueProvisional
        FROM Lookup
        WHERE LookupSource = @LookupSource AND LookupState IN ('Pending', 'Submitted', 'Unavailable')
            AND SharingDueOn >= @AfterSharingDueOn AND SharingDueOn < @UntilSharingDueOn
            AND (SharingDueOn > @AfterSharingDueOn OR LookupId > @AfterLookupId)
        ORDER BY SharingDueOn, LookupId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>Queries that wait for a department, the first last day first.</summary>
    /// <param name="source">The department; null for all.</param>
    public static Task<IReadOnlyList<RunningClockRow>> LookupsAsync(Session session, LookupSource? source, ClockRange range, int take)
    {
        var all = new { AfterSharingDueOn = range.From, UntilSharingDueOn = range.Until, AfterLookupId = range.AfterId, Take = take };
        return source is null
            ? session.ListAsync<RunningClockRow>(LookupsSql, all)
            : session.ListAsync<RunningClockRow>(
                LookupsOfSourceSql, new { LookupSource = source, all.AfterSharingDueOn, all.UntilSharingDueOn, all.AfterLookupId, all.Take });
    }

    // Few enough, open ones only, to be looked through for a department.
    private const string TicketsSql = """
        SELECT TicketId, LookupId, CaseFileId, LookupSource, SentAt AS AskedAt, DueOn, IsDueProvisional
        FROM CorrectionTicket
        WHERE TicketState = 'Sent' AND DueOn >= @AfterDueOn AND DueOn < @UntilDueOn
            AND (DueOn > @AfterDueOn OR TicketId > @AfterTicketId)
            AND (@LookupSource IS NULL OR LookupSource = @LookupSource)
        ORDER BY DueOn, TicketId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>Requests for correction that wait for a department, the first last day first.</summary>
    public static Task<IReadOnlyList<RunningClockRow>> TicketsAsync(Session session, LookupSource? source, ClockRange range, int take) =>
        session.ListAsync<RunningClockRow>(TicketsSql, new
        {
            AfterDueOn = range.From,
            UntilDueOn = range.Until,
            AfterTicketId = range.AfterId,
            LookupSource = source,
            Take = take,
        });

    private const string AnsweredSql = """
        SELECT LookupSource, AnsweredMonthOn AS MonthOn, COUNT(AnsweredMonthOn) AS AnsweredCount,
               SUM(CASE WHEN IsAnswerLate = 1 THEN 1 ELSE 0 END) AS LateCount, SUM(AnswerDayCount) AS DayCount
        FROM Lookup
        WHERE AnsweredMonthOn IS NOT NULL AND AnsweredMonthOn >= @AnsweredMonthOn AND AnsweredMonthOn <= @UntilAnsweredMonthOn
        GROUP BY AnsweredMonthOn, LookupSource
        ORDER BY AnsweredMonthOn, LookupSource
        """;

    /// <param name="until">The last month.</param>
    public static Task<IReadOnlyList<AnsweredMonthRow>> AnsweredAsync(Session session, DateOnly from, DateOnly until) =>
        session.ListAsync<AnsweredMonthRow>(AnsweredSql, new { AnsweredMonthOn = from, UntilAnsweredMonthOn = until });

    private const string OverdueSql = """
        SELECT LookupSource, SharingDueOn AS DueOn, COUNT(SharingDueOn) AS LookupCount
        FROM Lookup
        WHERE LookupState IN ('Pending', 'Submitted', 'Unavailable') AND SharingDueOn >= @SharingDueOn AND SharingDueOn < @UntilSharingDueOn
        GROUP BY SharingDueOn, LookupSource
        """;

    /// <param name="until">The day after the last one.</param>
    public static Task<IReadOnlyList<OverdueDayRow>> OverdueAsync(Session session, DateOnly from, DateOnly until) =>
        session.ListAsync<OverdueDayRow>(OverdueSql, new { SharingDueOn = from, UntilSharingDueOn = until });
}

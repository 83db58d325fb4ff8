using Assistance.Api.Data;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Oversight;

/// <summary>How many look-ups of a source are in a state that waits for somebody.</summary>
internal sealed class QueueRow
{
    public LookupSource LookupSource { get; init; }

    public LookupState LookupState { get; init; }

    public int LookupCount { get; init; }

    /// <summary>Of these, those that nothing is done about by itself.</summary>
    public int ParkedCount { get; init; }

    /// <summary>When the first of them is or was due.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

internal sealed class OverdueRow
{
    public LookupSource LookupSource { get; init; }

    public int LookupCount { get; init; }
}

/// <summary>Counts over the look-ups that wait, from indexes that hold nothing else.</summary>
internal static class DepartmentRepository
{
    private const string QueueSql = """
        SELECT LookupSource, LookupState, COUNT(LookupState) AS LookupCount, COUNT(ParkedAt) AS ParkedCount, MIN(DueAt) AS DueAt
        FROM Lookup WHERE LookupState IN ('Pending', 'Submitted', 'Unavailable', 'SetAside')
        GROUP BY LookupSource, LookupState
        """;

    public static Task<IReadOnlyList<QueueRow>> QueueAsync(Session session) => session.ListAsync<QueueRow>(QueueSql);

    private const string OverdueSql = """
        SELECT LookupSource, COUNT(LookupSource) AS LookupCount
        FROM Lookup WHERE LookupState IN ('Pending', 'Submitted', 'Unavailable') AND SharingDueOn < @SharingDueOn
        GROUP BY LookupSource
        """;

    /// <summary>Queries that a department has not answered by its last day.</summary>
    public static Task<IReadOnlyList<OverdueRow>> OverdueAsync(Session session, DateOnly today) =>
        session.ListAsync<OverdueRow>(OverdueSql, new { SharingDueOn = today });
}

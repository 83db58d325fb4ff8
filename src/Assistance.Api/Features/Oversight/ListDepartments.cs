using Assistance.Api.Data;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Oversight;

/// <summary>How every department does, one entry a source.</summary>
public sealed record DepartmentListResponse(IReadOnlyList<DepartmentResponse> Items);

/// <summary>How one department does.</summary>
public sealed record DepartmentResponse
{
    public required LookupSource Source { get; init; }

    /// <summary>Whether this deployment knows where it answers. One that it does not know is unavailable, never a "no".</summary>
    public required bool IsConfigured { get; init; }

    /// <summary>Whether the instance that answers here asks it at present.</summary>
    public required BreakerState Breaker { get; init; }

    public required RecentRequestsResponse Recent { get; init; }

    public required DepartmentQueueResponse Queue { get; init; }
}

/// <summary>The requests of the instance that answers here, over the last minutes; other instances count their own.</summary>
public sealed record RecentRequestsResponse
{
    /// <summary>How many minutes back it goes.</summary>
    public required int Minutes { get; init; }

    public required int Requests { get; init; }

    /// <summary>Requests that failed, or whose answer was not to be believed.</summary>
    public required int Errors { get; init; }

    /// <summary>The errors' part of the requests, from 0 to 1; absent where there were none.</summary>
    public decimal? ErrorRate { get; init; }

    /// <summary>Queries that it did not take: the breaker was open, or a limit of ours or of the department's was reached.</summary>
    public required int HeldBack { get; init; }

    /// <summary>Half of the requests had an outcome within so many milliseconds, to a tenth; absent where there were none.</summary>
    public double? P50Milliseconds { get; init; }

    public double? P95Milliseconds { get; init; }

    public double? P99Milliseconds { get; init; }
}

/// <summary>What waits for the department, of all instances.</summary>
public sealed record DepartmentQueueResponse
{
    /// <summary>Still to be asked.</summary>
    public required int Pending { get; init; }

    /// <summary>Since when the first of these should have been asked; absent where none is due.</summary>
    public DateTimeOffset? OldestPendingSince { get; init; }

    /// <summary>Taken by the department, which answers later.</summary>
    public required int Submitted { get; init; }

    /// <summary>Without an answer so far.</summary>
    public required int Unavailable { get; init; }

    /// <summary>Of these, those that are not asked again by themselves.</summary>
    public required int GivenUp { get; init; }

    /// <summary>Answers that were not believed.</summary>
    public required int SetAside { get; init; }

    /// <summary>Queries not answered by the department's last day of the data-sharing regulation.</summary>
    public required int Overdue { get; init; }
}

/// <summary>Shows how the departments do: of the requests what this instance saw, of the queue what the database holds.</summary>
internal sealed class ListDepartments(Database database, DepartmentHealth health, IOptions<DepartmentOptions> options, TimeProvider time)
{
    public async Task<DepartmentListResponse> HandleAsync(CancellationToken cancellation)
    {
        var (queue, overdue) = await database.ReadAsync(
            async session => (await DepartmentRepository.QueueAsync(session), await DepartmentRepository.OverdueAsync(session, time.Today)), cancellation);
        var waiting = queue.ToDictionary(row => (row.LookupSource, row.LookupState));
        var late = overdue.ToDictionary(row => row.LookupSource, row => row.LookupCount);
        return new DepartmentListResponse([.. LookupSources.All.Select(source => new DepartmentResponse
        {
            Source = source,
            IsConfigured = options.Value.Sources.ContainsKey(source),
            Breaker = health.StateOf(source),
            Recent = Recent(source),
            Queue = Queue(state => waiting.GetValueOrDefault((source, state)), late.GetValueOrDefault(source)),
        })]);
    }

    private RecentRequestsResponse Recent(LookupSource source)
    {
        var recent = health.RecentOf(source);
        return new RecentRequestsResponse
        {
            Minutes = options.Value.HealthMinutes,
            Requests = recent.Count,
            Errors = recent.ErrorCount,
            ErrorRate = recent.Count == 0 ? null : decimal.Round((decimal)recent.ErrorCount / recent.Count, 3, MidpointRounding.AwayFromZero),
            HeldBack = recent.HeldBackCount,
            P50Milliseconds = recent.Latencies.Percentile(0.5),
            P95Milliseconds = recent.Latencies.Percentile(0.95),
            P99Milliseconds = recent.Latencies.Percentile(0.99),
        };
    }

    private DepartmentQueueResponse Queue(Func<LookupState, QueueRow?> of, int overdue) => new()
    {
        Pending = of(LookupState.Pending)?.LookupCount ?? 0,
        OldestPendingSince = of(LookupState.Pending)?.DueAt is { } dueAt && dueAt <= time.Now ? dueAt.ToOffset(ChinaTime.Offset) : null,
        Submitted = of(LookupState.Submitted)?.LookupCount ?? 0,
        Unavailable = of(LookupState.Unavailable)?.LookupCount ?? 0,
        GivenUp = of(LookupState.Unavailable)?.ParkedCount ?? 0,
        SetAside = of(LookupState.SetAside)?.LookupCount ?? 0,
        Overdue = overdue,
    };
}

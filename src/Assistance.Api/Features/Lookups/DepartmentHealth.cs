using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Assistance.Domain.Lookups;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace Assistance.Api.Features.Lookups;

/// <summary>Whether an instance asks a department at present.</summary>
public enum BreakerState
{
    /// <summary>It is asked.</summary>
    Closed,

    /// <summary>One query is let through to see whether it is back.</summary>
    HalfOpen,

    /// <summary>It failed too often and is left alone for a moment.</summary>
    Open,
}

/// <summary>How an instance's requests to a department went of late.</summary>
/// <param name="Count">Requests that the department was sent.</param>
/// <param name="ErrorCount">Of these, those that failed or whose answer was not to be believed.</param>
/// <param name="HeldBackCount">Queries that it did not take: the breaker was open, or a limit of ours or of the department's was reached.</param>
internal sealed record RecentRequests(int Count, int ErrorCount, int HeldBackCount, LatencyHistogram Latencies);

/// <summary>
/// What this instance saw of each department over the last minutes, and its circuit breakers; the same goes to whatever
/// collects metrics. Kept in memory and bounded: a slot a minute and department, however many requests there are.
/// </summary>
internal sealed class DepartmentHealth
{
    /// <summary>The meter that a collector of metrics subscribes to.</summary>
    public const string MeterName = "Assistance.Departments";

    private readonly TimeProvider time;
    private readonly long started;
    private readonly FrozenDictionary<LookupSource, CircuitBreakerStateProvider> breakers;
    private readonly FrozenDictionary<LookupSource, Slot[]> slots;
    private readonly Histogram<double> duration;
    private readonly Counter<long> setAside;

    public DepartmentHealth(TimeProvider time, IMeterFactory meters, IOptions<DepartmentOptions> options)
    {
        this.time = time;
        started = time.GetTimestamp();
        breakers = LookupSources.All.ToFrozenDictionary(source => source, _ => new CircuitBreakerStateProvider());
        slots = LookupSources.All.ToFrozenDictionary(
            source => source, _ => Enumerable.Range(0, options.Value.HealthMinutes).Select(_ => new Slot()).ToArray());
        var meter = meters.Create(MeterName);
        duration = meter.CreateHistogram<double>("assistance.department.request.duration", "s", "How long a department took, by source and outcome.");
        setAside = meter.CreateCounter<long>("assistance.department.answers.set_aside", "{answer}", "Answers not to be believed, by source and cause.");
        meter.CreateObservableGauge(
            "assistance.department.breaker.state",
            () => LookupSources.All.Select(source => new Measurement<int>((int)StateOf(source), Tag("source", source.ToString()))),
            description: "0 closed, 1 half open, 2 open, by source.");
    }

    /// <summary>The state of a department's circuit breaker, to be wired into its pipeline.</summary>
    public CircuitBreakerStateProvider BreakerOf(LookupSource source) => breakers[source];

    public BreakerState StateOf(LookupSource source) => breakers[source].CircuitState switch
    {
        CircuitState.Closed => BreakerState.Closed,
        CircuitState.HalfOpen => BreakerState.HalfOpen,
        _ => BreakerState.Open,
    };

    /// <summary>Counts what a request brought.</summary>
    /// <param name="took">From when the query was put until its outcome, a wait for a turn included.</param>
    public void Record(LookupSource source, Attempt attempt, TimeSpan took)
    {
        var outcome = attempt switch
        {
            Attempt.Answered => "answered",
            Attempt.Taken => "taken",
            Attempt.Unbelievable { Cause: var cause } => cause,
            Attempt.Failed { Cause: var cause } => cause,
            _ => attempt.GetType().Name,
        };
        duration.Record(took.TotalSeconds, Tag("source", source.ToString()), Tag("outcome", outcome));

        var minute = Minute();
        var slot = slots[source][minute % slots[source].Length];
        lock (slot)
        {
            slot.BeginAt(minute);
            if (attempt is Attempt.Failed { WasSent: false })
            {
                slot.HeldBack++;
                return;
            }

            slot.Latencies.Add(took);
            slot.Errors += attempt is Attempt.Failed or Attempt.Unbelievable ? 1 : 0;
        }
    }

    public void CountSetAside(LookupSource source, string cause) => setAside.Add(1, Tag("source", source.ToString()), Tag("cause", cause));

    /// <summary>Sums the last minutes of a department.</summary>
    public RecentRequests RecentOf(LookupSource source)
    {
        var now = Minute();
        var latencies = new LatencyHistogram();
        var (errors, heldBack) = (0, 0);
        foreach (var slot in slots[source])
        {
            lock (slot)
            {
                if (slot.Minute > now - slots[source].Length)
                {
                    latencies.Add(slot.Latencies);
                    errors += slot.Errors;
                    heldBack += slot.HeldBack;
                }
            }
        }

        return new RecentRequests(latencies.Count, errors, heldBack, latencies);
    }

    // Of this process's life; the day may be moved in a sandbox, the seconds that a department takes are real.
    private long Minute() => (long)time.GetElapsedTime(started).TotalMinutes;

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private sealed class Slot
    {
        public long Minute { get; private set; } = long.MinValue;

        public LatencyHistogram Latencies { get; private set; } = new();

        public int Errors { get; set; }

        public int HeldBack { get; set; }

        /// <summary>Forgets what an earlier minute left here.</summary>
        public void BeginAt(long minute)
        {
            if (Minute != minute)
            {
                (Minute, Latencies, Errors, HeldBack) = (minute, new LatencyHistogram(), 0, 0);
            }
        }
    }
}

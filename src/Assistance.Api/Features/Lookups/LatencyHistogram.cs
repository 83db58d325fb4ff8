namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Counts of durations in buckets, each a tenth wider than the one before, from a millisecond to five minutes: a percentile
/// is right to a tenth however many were counted, in half a kilobyte.
/// </summary>
internal sealed class LatencyHistogram
{
    private const double Growth = 1.1;
    private const double Shortest = 1;
    private const double Longest = 300_000;

    private static readonly int Buckets = (int)Math.Ceiling(Math.Log(Longest / Shortest, Growth)) + 1;

    private readonly int[] counts = new int[Buckets];

    public int Count { get; private set; }

    public void Add(TimeSpan duration)
    {
        counts[BucketOf(duration.TotalMilliseconds)]++;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < Buckets; i++)
        {
            counts[i] += other.counts[i];
        }

        Count += other.Count;
    }

    /// <summary>The milliseconds within which so large a part of the requests was answered; null where there were none.</summary>
    /// <param name="part">Above 0 and at most 1.</param>
    public double? Percentile(double part)
    {
        if (Count == 0)
        {
            return null;
        }

        var wanted = (int)Math.Ceiling(part * Count);
        var bucket = -1;
        for (var seen = 0; seen < wanted;)
        {
            bucket++;
            seen += counts[bucket];
        }

        return Math.Round(Shortest * Math.Pow(Growth, bucket), 1);
    }

    private static int BucketOf(double milliseconds) =>
        Math.Clamp((int)Math.Ceiling(Math.Log(Math.Max(milliseconds, Shortest) / Shortest, Growth)), 0, Buckets - 1);
}

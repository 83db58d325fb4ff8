using Assistance.Api.Features.Lookups;

namespace Assistance.Api.Tests.Oversight;

public sealed class LatencyHistogramTests
{
    [Test]
    public void A_percentile_is_right_to_a_tenth()
    {
        var histogram = Of(Enumerable.Range(1, 1_000).Select(value => (double)value));

        Assert.Multiple(() =>
        {
            Assert.That(histogram.Percentile(0.5), Is.InRange(500, 550));
            Assert.That(histogram.Percentile(0.95), Is.InRange(950, 1_045));
            Assert.That(histogram.Percentile(0.99), Is.InRange(990, 1_089));
            Assert.That(histogram.Percentile(1), Is.InRange(1_000, 1_100));
        });
    }

    [Test]
    public void A_few_slow_ones_are_seen_in_the_last_percentile_alone()
    {
        var histogram = Of(Enumerable.Repeat(10.0, 98).Append(5_000).Append(5_000));

        Assert.That(histogram.Percentile(0.95), Is.InRange(10, 11));
        Assert.That(histogram.Percentile(0.99), Is.InRange(5_000, 5_500));
    }

    [Test]
    public void What_is_outside_its_range_is_counted_at_the_ends()
    {
        var histogram = Of([0, 3_600_000]);

        Assert.That(histogram.Count, Is.EqualTo(2));
        Assert.That(histogram.Percentile(0.5), Is.EqualTo(1));
        Assert.That(histogram.Percentile(1), Is.InRange(300_000, 330_000));
    }

    [Test]
    public void Two_are_added_up()
    {
        var histogram = Of([10]);
        histogram.Add(Of([1_000, 1_000, 1_000]));

        Assert.That(histogram.Count, Is.EqualTo(4));
        Assert.That(histogram.Percentile(0.5), Is.InRange(1_000, 1_100));
    }

    [Test]
    public void Nothing_has_no_percentile() => Assert.That(new LatencyHistogram().Percentile(0.99), Is.Null);

    private static LatencyHistogram Of(IEnumerable<double> milliseconds)
    {
        var histogram = new LatencyHistogram();
        foreach (var value in milliseconds)
        {
            histogram.Add(TimeSpan.FromMilliseconds(value));
        }

        return histogram;
    }
}

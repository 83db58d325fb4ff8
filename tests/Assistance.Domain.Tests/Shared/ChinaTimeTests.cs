using System.Globalization;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Shared;

public sealed class ChinaTimeTests
{
    [TestCase("2026-09-30T15:59:59Z", "2026-09-30")]
    [TestCase("2026-09-30T16:00:00Z", "2026-10-01", TestName = "A_day_in_China_begins_at_16_hours_of_the_day_before_in_Greenwich")]
    [TestCase("2026-10-01T00:00:00+08:00", "2026-10-01")]
    [TestCase("2026-09-30T18:00:00-07:00", "2026-10-01")]
    [TestCase("2026-07-01T00:30:00+09:00", "2026-06-30")]
    public void The_day_is_the_one_in_China(string instant, string day) =>
        Assert.That(ChinaTime.DayOf(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)), Is.EqualTo(Seeds.Day(day)));

    [TestCase("2026-09-01", "2026-10-01")]
    [TestCase("2026-09-30", "2026-10-01")]
    [TestCase("2026-01-31", "2026-02-01")]
    [TestCase("2026-12-15", "2027-01-01")]
    public void The_next_month_begins_on_its_first(string day, string first) =>
        Assert.That(ChinaTime.FirstOfNextMonth(Seeds.Day(day)!.Value), Is.EqualTo(Seeds.Day(first)));
}

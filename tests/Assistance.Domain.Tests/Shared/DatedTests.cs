using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Shared;

public sealed class DatedTests
{
    private static readonly Row[] Rows =
    [
        new("second", new DateOnly(2026, 7, 1), null),
        new("first", new DateOnly(2025, 1, 1), new DateOnly(2026, 6, 30)),
    ];

    [TestCase("2024-12-31", null, TestName = "Before_the_first_row_none_is_in_force")]
    [TestCase("2025-01-01", "first", TestName = "A_row_is_in_force_from_its_first_day")]
    [TestCase("2026-06-30", "first", TestName = "A_row_is_in_force_to_the_end_of_its_last_day")]
    [TestCase("2026-07-01", "second")]
    [TestCase("2099-12-31", "second", TestName = "An_open_row_stays_in_force")]
    public void The_row_of_the_day_is_taken(string day, string? name) =>
        Assert.That(Rows.InForceOn(Seeds.Day(day)!.Value)?.Name, Is.EqualTo(name));

    [Test]
    public void Between_a_closed_row_and_the_next_none_is_in_force()
    {
        Row[] rows =
        [
            new("first", new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31)),
            new("second", new DateOnly(2026, 7, 1), null),
        ];

        Assert.That(rows.InForceOn(new DateOnly(2026, 3, 1)), Is.Null);
    }

    [Test]
    public void Of_rows_that_overlap_the_newest_is_taken()
    {
        Row[] rows =
        [
            new("old", new DateOnly(2025, 1, 1), null),
            new("new", new DateOnly(2026, 1, 1), null),
            new("middle", new DateOnly(2025, 6, 1), null),
        ];

        Assert.That(rows.InForceOn(new DateOnly(2026, 3, 1))!.Name, Is.EqualTo("new"));
    }

    private sealed record Row(string Name, DateOnly FromOn, DateOnly? ToOn) : IDated;
}

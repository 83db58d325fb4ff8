using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Shared;

/// <summary>On the State Council's notices of 2023 to 2026 as shipped.</summary>
public sealed class WorkingCalendarTests
{
    private static readonly Gen<DateOnly> AnyDay = Gen.Int[0, 1_300].Select(days => new DateOnly(2023, 1, 1).AddDays(days));

    [TestCase("2026-09-18", 3, "2026-09-22", TestName = "A_make_up_Sunday_is_counted")]
    [TestCase("2026-09-30", 3, "2026-10-10", TestName = "The_week_of_the_National_Day_is_left_out_and_the_make_up_Saturday_ends_the_period")]
    [TestCase("2026-02-13", 3, "2026-02-25", TestName = "The_Spring_Festival_is_left_out")]
    [TestCase("2026-02-13", 10, "2026-03-05")]
    [TestCase("2026-05-06", 3, "2026-05-09")]
    [TestCase("2026-09-21", 30, "2026-11-09", TestName = "57_22_thirty_working_days")]
    [TestCase("2026-10-12", 45, "2026-12-14", TestName = "N22_4_1_forty_five_working_days")]
    [TestCase("2026-09-26", 1, "2026-09-28", TestName = "A_period_may_start_on_a_day_off")]
    [TestCase("2026-09-26", 0, "2026-09-26", TestName = "No_days_end_where_they_start")]
    public void Working_days_are_counted_from_the_day_after(string start, int days, string last) =>
        Assert.That(Seeds.Calendar.AddWorkingDays(Day(start), days), Is.EqualTo(new DueDate(Day(last), IsProvisional: false)));

    [TestCase("2026-09-18", "2026-09-22", 3, TestName = "A_make_up_Sunday_counts_as_passed")]
    [TestCase("2026-09-30", "2026-10-10", 3, TestName = "The_week_of_the_National_Day_does_not")]
    [TestCase("2026-09-24", "2026-09-27", 0, TestName = "Where_only_days_off_have_passed_none_has")]
    [TestCase("2026-09-21", "2026-09-21", 0)]
    [TestCase("2026-09-22", "2026-09-21", 0, TestName = "A_day_that_has_not_come_is_nothing_passed")]
    public void Working_days_that_have_passed_are_counted_from_the_day_after(string after, string until, int expected) =>
        Assert.That(Seeds.Calendar.CountWorkingDays(Day(after), Day(until)), Is.EqualTo(expected));

    [Test]
    public void A_period_of_working_days_is_as_long_as_what_has_passed_at_its_end() =>
        Gen.Select(AnyDay, Gen.Int[1, 60]).Sample((start, days) =>
            Seeds.Calendar.CountWorkingDays(start, Seeds.Calendar.AddWorkingDays(start, days).On) == days);

    [TestCase(2025, 248)]
    [TestCase(2026, 248)]
    public void A_year_has_the_working_days_of_its_notice(int year, int expected) =>
        Assert.That(
            Enumerable.Range(0, 365).Count(days => Seeds.Calendar.IsWorkingDay(new DateOnly(year, 1, 1).AddDays(days))), Is.EqualTo(expected));

    [TestCase("2026-09-10", true)]
    [TestCase("2026-09-12", false, TestName = "A_Saturday_is_off")]
    [TestCase("2026-09-13", false, TestName = "A_Sunday_is_off")]
    [TestCase("2026-09-20", true, TestName = "A_make_up_Sunday_is_a_working_day")]
    [TestCase("2026-09-25", false, TestName = "A_holiday_in_the_week_is_off")]
    public void A_day_is_a_working_day_by_the_notice_and_then_by_the_week(string day, bool expected) =>
        Assert.That(Seeds.Calendar.IsWorkingDay(Day(day)), Is.EqualTo(expected));

    [TestCase("2026-12-28", 3, "2026-12-31", false)]
    [TestCase("2026-12-28", 4, "2027-01-01", true, TestName = "A_period_that_reaches_2027_is_provisional")]
    [TestCase("2026-12-14", 30, "2027-01-25", true)]
    [TestCase("2022-12-31", 1, "2023-01-03", true, TestName = "A_period_that_starts_before_the_first_notice_is_provisional")]
    [TestCase("2027-03-01", 0, "2027-03-01", true)]
    public void A_period_that_touches_a_year_without_a_notice_is_provisional(string start, int days, string last, bool isProvisional) =>
        Assert.That(Seeds.Calendar.AddWorkingDays(Day(start), days), Is.EqualTo(new DueDate(Day(last), isProvisional)));

    [Test]
    public void A_period_across_a_year_without_a_notice_is_provisional_though_both_ends_have_one()
    {
        var calendar = new WorkingCalendar([], [2024, 2026]);

        Assert.That(calendar.AddWorkingDays(new DateOnly(2024, 12, 31), 262).IsProvisional);
    }

    [TestCase("2026-12-31", true)]
    [TestCase("2023-01-01", true)]
    [TestCase("2027-01-01", false)]
    [TestCase("2022-12-31", false)]
    public void A_year_is_covered_when_its_notice_is_loaded(string day, bool expected) =>
        Assert.That(Seeds.Calendar.Covers(Day(day)), Is.EqualTo(expected));

    [TestCase(-1)]
    [TestCase(WorkingCalendar.LongestPeriodInDays + 1)]
    public void A_period_that_cannot_be_meant_is_refused(int days) =>
        Assert.That(() => Seeds.Calendar.AddWorkingDays(new DateOnly(2026, 1, 5), days), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void The_longest_period_is_still_counted() =>
        Assert.That(
            Seeds.Calendar.AddWorkingDays(new DateOnly(2026, 1, 5), WorkingCalendar.LongestPeriodInDays).On, Is.GreaterThan(new DateOnly(2033, 1, 1)));

    // 民法典 201 (the first day is not counted) and 203, MSF-85 (a last day off moves).
    [TestCase("2026-09-09", 7, "2026-09-16", TestName = "57_19_seven_calendar_days_of_posting")]
    [TestCase("2026-09-18", 7, "2026-09-28", TestName = "MSF_85_a_last_day_in_a_holiday_moves_to_the_day_after_it")]
    [TestCase("2026-09-24", 7, "2026-10-08", TestName = "MSF_85_a_last_day_in_the_week_of_the_National_Day_moves_out_of_it")]
    [TestCase("2026-09-13", 7, "2026-09-20", TestName = "A_last_day_on_a_make_up_Sunday_stays")]
    [TestCase("2026-09-05", 7, "2026-09-14", TestName = "A_last_day_on_a_Saturday_moves_to_Monday")]
    [TestCase("2026-08-05", 60, "2026-10-08", TestName = "XF_20_sixty_days")]
    public void Calendar_days_end_on_a_working_day(string start, int days, string last) =>
        Assert.That(Seeds.Calendar.EndOfDays(Day(start), days), Is.EqualTo(new DueDate(Day(last), IsProvisional: false)));

    // 民法典 202: the same day of the last month, or its last day.
    [TestCase("2026-03-10", 6, "2026-09-10", TestName = "XS_46_six_months_end_on_the_same_day_of_the_month")]
    [TestCase("2026-04-05", 6, "2026-10-08", TestName = "MSF_85_six_months_that_end_in_a_holiday_move_out_of_it")]
    [TestCase("2025-08-31", 6, "2026-02-28", TestName = "Six_months_from_the_31st_end_with_February_on_a_make_up_Saturday")]
    [TestCase("2024-01-31", 1, "2024-02-29", TestName = "A_month_from_the_31st_of_January_ends_with_February_of_a_leap_year")]
    [TestCase("2025-03-31", 1, "2025-04-30")]
    [TestCase("2025-02-28", 1, "2025-03-28", TestName = "A_month_from_the_end_of_February_is_not_stretched")]
    public void Months_end_on_a_working_day(string start, int months, string last) =>
        Assert.That(Seeds.Calendar.EndOfMonths(Day(start), months), Is.EqualTo(new DueDate(Day(last), IsProvisional: false)));

    [Test]
    public void A_last_day_in_a_year_without_a_notice_is_provisional()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Seeds.Calendar.EndOfDays(new DateOnly(2026, 12, 24), 7), Is.EqualTo(new DueDate(new DateOnly(2026, 12, 31), false)));
            Assert.That(Seeds.Calendar.EndOfDays(new DateOnly(2026, 12, 28), 7), Is.EqualTo(new DueDate(new DateOnly(2027, 1, 4), true)));
            Assert.That(Seeds.Calendar.EndOfMonths(new DateOnly(2026, 8, 31), 6), Is.EqualTo(new DueDate(new DateOnly(2027, 3, 1), true)));
        }
    }

    [Test]
    public void A_last_day_that_moves_into_a_year_without_a_notice_is_provisional()
    {
        var calendar = new WorkingCalendar([], [2023]);

        Assert.That(
            calendar.EndOfDays(new DateOnly(2023, 12, 23), 7), Is.EqualTo(new DueDate(new DateOnly(2024, 1, 1), IsProvisional: true)));
    }

    [Test]
    public void A_longer_period_ends_later() =>
        Gen.Select(AnyDay, Gen.Int[0, 60]).Sample(
            (start, days) => Seeds.Calendar.AddWorkingDays(start, days).On < Seeds.Calendar.AddWorkingDays(start, days + 1).On, iter: 1_000);

    [Test]
    public void A_period_that_starts_later_does_not_end_earlier() =>
        Gen.Select(AnyDay, Gen.Int[0, 20], Gen.Int[0, 60]).Sample(
            (start, later, days) =>
                Seeds.Calendar.AddWorkingDays(start, days).On <= Seeds.Calendar.AddWorkingDays(start.AddDays(later), days).On,
            iter: 1_000);

    [Test]
    public void No_period_ends_on_a_day_off() =>
        Gen.Select(AnyDay, Gen.Int[1, 60]).Sample(
            (start, days) => Seeds.Calendar.IsWorkingDay(Seeds.Calendar.AddWorkingDays(start, days).On)
                && Seeds.Calendar.IsWorkingDay(Seeds.Calendar.EndOfDays(start, days).On)
                && Seeds.Calendar.IsWorkingDay(Seeds.Calendar.EndOfMonths(start, days).On),
            iter: 1_000);

    [Test]
    public void One_period_after_another_is_as_long_as_both_together() =>
        Gen.Select(AnyDay, Gen.Int[0, 40], Gen.Int[0, 40]).Sample(
            (start, a, b) => Seeds.Calendar.AddWorkingDays(Seeds.Calendar.AddWorkingDays(start, a).On, b).On
                == Seeds.Calendar.AddWorkingDays(start, a + b).On,
            iter: 1_000);

    [Test]
    public void A_last_day_moves_past_days_off_only() =>
        Gen.Select(AnyDay, Gen.Int[0, 90]).Sample(
            (start, days) =>
            {
                var last = Seeds.Calendar.EndOfDays(start, days).On;
                var moved = last.DayNumber - start.AddDays(days).DayNumber;
                return moved >= 0 && Enumerable.Range(0, moved).All(day => !Seeds.Calendar.IsWorkingDay(start.AddDays(days + day)));
            },
            iter: 1_000);

    private static DateOnly Day(string text) => Seeds.Day(text)!.Value;
}

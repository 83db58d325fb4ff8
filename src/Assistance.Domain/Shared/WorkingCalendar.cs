namespace Assistance.Domain.Shared;

/// <summary>A last day, and whether it rests on a year whose holiday notice is not loaded yet.</summary>
public sealed record DueDate(DateOnly On, bool IsProvisional);

/// <summary>
/// Working days as the State Council's yearly holiday notices make them: Monday to Friday, less the days off, plus the
/// make-up weekends. In a year without a notice only weekends are known, and every answer that touches it is provisional.
/// The day a period starts on is not counted (民法典 art. 201).
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>The longest period counted; a guard against a mistaken parameter, not a rule.</summary>
    public const int LongestPeriodInDays = 2_000;

    private readonly Dictionary<DateOnly, bool> exceptions;
    private readonly HashSet<int> coveredYears;

    /// <param name="exceptions">Days that differ from the week's pattern: true for a day off, false for a make-up working day.</param>
    /// <param name="coveredYears">Years whose notice is loaded whole.</param>
    public WorkingCalendar(IEnumerable<KeyValuePair<DateOnly, bool>> exceptions, IEnumerable<int> coveredYears)
    {
        this.exceptions = new Dictionary<DateOnly, bool>(exceptions);
        this.coveredYears = [.. coveredYears];
    }

    public bool Covers(DateOnly day) => coveredYears.Contains(day.Year);

    public bool IsWorkingDay(DateOnly day) =>
        exceptions.TryGetValue(day, out var isDayOff) ? !isDayOff : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The last day of a period of working days that starts on <paramref name="start"/>.</summary>
    public DueDate AddWorkingDays(DateOnly start, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workingDays, LongestPeriodInDays);
        var day = start;
        var isProvisional = !Covers(start);
        for (var counted = 0; counted < workingDays;)
        {
            day = day.AddDays(1);
            isProvisional |= !Covers(day);
            if (IsWorkingDay(day))
            {
                counted++;
            }
        }

        return new DueDate(day, isProvisional);
    }

    /// <summary>The working days after one day, up to and including another; none where the other is not later.</summary>
    public int CountWorkingDays(DateOnly after, DateOnly until)
    {
        var counted = 0;
        for (var day = after; day < until;)
        {
            day = day.AddDays(1);
            counted += IsWorkingDay(day) ? 1 : 0;
        }

        return counted;
    }

    /// <summary>The last day of a period of calendar days, moved off a day off to the next working day (民法典 art. 203).</summary>
    public DueDate EndOfDays(DateOnly start, int days) => MovedOffDaysOff(start.AddDays(days));

    /// <summary>The last day of a period of months: the same day of the month or the month's last (民法典 art. 202), moved off a day off.</summary>
    public DueDate EndOfMonths(DateOnly start, int months) => MovedOffDaysOff(start.AddMonths(months));

    private DueDate MovedOffDaysOff(DateOnly day)
    {
        var isProvisional = !Covers(day);
        while (!IsWorkingDay(day))
        {
            day = day.AddDays(1);
            isProvisional |= !Covers(day);
        }

        return new DueDate(day, isProvisional);
    }
}

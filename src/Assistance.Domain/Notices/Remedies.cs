using Assistance.Domain.Shared;

namespace Assistance.Domain.Notices;

/// <summary>The ways to contest a decision (Act art. 76).</summary>
public enum RemedyKind
{
    /// <summary>行政复议, to the district's people's government (行政复议法 art. 24).</summary>
    Reconsideration,

    /// <summary>行政诉讼, to the people's court (行政诉讼法 art. 46).</summary>
    Litigation,
}

/// <summary>One remedy with its last day, counted from the day the notice was served.</summary>
public sealed record Remedy(RemedyKind Kind, int Period, string PeriodUnit, DateOnly CountedFromOn, DueDate LastDay, string BasisCode);

public static class Remedies
{
    /// <summary>Reconsideration within 60 calendar days and litigation within 6 months of learning of the decision.</summary>
    /// <param name="servedOn">The day of service; it is not counted, and a last day off moves to the next working day.</param>
    public static IReadOnlyList<Remedy> For(DateOnly servedOn, int reconsiderationDays, int litigationMonths, WorkingCalendar calendar) =>
    [
        new(RemedyKind.Reconsideration, reconsiderationDays, "days", servedOn, calendar.EndOfDays(servedOn, reconsiderationDays), LegalBases.Reconsideration),
        new(RemedyKind.Litigation, litigationMonths, "months", servedOn, calendar.EndOfMonths(servedOn, litigationMonths), LegalBases.Litigation),
    ];
}

namespace Assistance.Domain.Shared;

/// <summary>A row in force from one day to another (both included; an open end is null).</summary>
public interface IDated
{
    DateOnly FromOn { get; }

    DateOnly? ToOn { get; }
}

public static class DatedRows
{
    /// <summary>
    /// The row in force on a day, or null. A day before the first row has none: it fails closed and never takes the oldest.
    /// </summary>
    public static T? InForceOn<T>(this IEnumerable<T> rows, DateOnly day)
        where T : class, IDated =>
        rows.Where(row => row.FromOn <= day && (row.ToOn is null || day <= row.ToOn)).MaxBy(row => row.FromOn);
}

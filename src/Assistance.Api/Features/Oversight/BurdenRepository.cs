using Assistance.Api.Data;
using Assistance.Api.Security;

namespace Assistance.Api.Features.Oversight;

/// <summary>What the lists sealed by a street in a month asked for.</summary>
internal sealed class SealedMonthRow
{
    public string AcceptingDivisionCode { get; init; } = "";

    public DateOnly MonthOn { get; init; }

    public int DisclosureCount { get; init; }

    public int AskedCount { get; init; }

    public int AnsweredCount { get; init; }

    public int OnFileCount { get; init; }

    public int SecondAskCount { get; init; }

    public int SecondAskedCount { get; init; }
}

/// <summary>The applications of a street that became complete in a month.</summary>
internal sealed class CompletedMonthRow
{
    public string AcceptingDivisionCode { get; init; } = "";

    public DateOnly MonthOn { get; init; }

    public int CompletedCount { get; init; }

    public int DayCount { get; init; }
}

/// <summary>Sums over the months asked for, each a range of an index that holds all that is summed.</summary>
internal static class BurdenRepository
{
    private const string SealedSql = """
        SELECT AcceptingDivisionCode, SealedMonthOn AS MonthOn, COUNT(SealedMonthOn) AS DisclosureCount, SUM(AskedCount) AS AskedCount,
               SUM(AnsweredCount) AS AnsweredCount, SUM(OnFileCount) AS OnFileCount,
               SUM(CASE WHEN DisclosureVersion > 1 THEN 1 ELSE 0 END) AS SecondAskCount,
               SUM(CASE WHEN DisclosureVersion > 1 THEN AskedCount ELSE 0 END) AS SecondAskedCount
        FROM Disclosure
        WHERE SealedMonthOn >= @SealedMonthOn AND SealedMonthOn <= @UntilSealedMonthOn
            AND AcceptingDivisionCode >= @AcceptingDivisionCode AND AcceptingDivisionCode < @UntilAcceptingDivisionCode
        GROUP BY SealedMonthOn, AcceptingDivisionCode
        ORDER BY SealedMonthOn, AcceptingDivisionCode
        """;

    /// <param name="until">The last month.</param>
    public static Task<IReadOnlyList<SealedMonthRow>> SealedAsync(Session session, Officer officer, DateOnly from, DateOnly until) =>
        session.ListAsync<SealedMonthRow>(SealedSql, new
        {
            SealedMonthOn = from,
            UntilSealedMonthOn = until,
            AcceptingDivisionCode = officer.Division,
            UntilAcceptingDivisionCode = officer.Division.RangeEnd,
        });

    private const string CompletedSql = """
        SELECT AcceptingDivisionCode, CompletedMonthOn AS MonthOn, COUNT(CompletedMonthOn) AS CompletedCount, SUM(CompletionDayCount) AS DayCount
        FROM Application
        WHERE CompletedMonthOn >= @CompletedMonthOn AND CompletedMonthOn <= @UntilCompletedMonthOn
            AND AcceptingDivisionCode >= @AcceptingDivisionCode AND AcceptingDivisionCode < @UntilAcceptingDivisionCode
        GROUP BY CompletedMonthOn, AcceptingDivisionCode
        ORDER BY CompletedMonthOn, AcceptingDivisionCode
        """;

    /// <param name="until">The last month.</param>
    public static Task<IReadOnlyList<CompletedMonthRow>> CompletedAsync(Session session, Officer officer, DateOnly from, DateOnly until) =>
        session.ListAsync<CompletedMonthRow>(CompletedSql, new
        {
            CompletedMonthOn = from,
            UntilCompletedMonthOn = until,
            AcceptingDivisionCode = officer.Division,
            UntilAcceptingDivisionCode = officer.Division.RangeEnd,
        });
}

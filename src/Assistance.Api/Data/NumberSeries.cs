namespace Assistance.Api.Data;

/// <summary>Numbers without gaps, one series a code: taken in the transaction that uses them, so a rollback gives them back.</summary>
internal static class NumberSeries
{
    private const string IncreaseSql = "UPDATE NumberSeries SET LastNumber = LastNumber + 1 WHERE SeriesCode = @SeriesCode";

    private const string BeginSql = "INSERT INTO NumberSeries (SeriesCode, LastNumber) VALUES (@SeriesCode, @LastNumber)";

    private const string CurrentSql = "SELECT LastNumber FROM NumberSeries WHERE SeriesCode = @SeriesCode";

    public static async Task<long> NextAsync(Session session, string series)
    {
        if (await session.ExecuteAsync(IncreaseSql, new { SeriesCode = series }) == 0)
        {
            await session.ExecuteAsync(BeginSql, new { SeriesCode = series, LastNumber = 1L });
            return 1;
        }

        return await session.FirstOrDefaultAsync<long>(CurrentSql, new { SeriesCode = series });
    }

    /// <returns>The last number taken; 0 where none was.</returns>
    public static Task<long> CurrentAsync(Session session, string series) => session.FirstOrDefaultAsync<long>(CurrentSql, new { SeriesCode = series });

    private const string AdvanceSql = "UPDATE NumberSeries SET LastNumber = @LastNumber WHERE SeriesCode = @SeriesCode";

    /// <summary>Takes several numbers at once.</summary>
    /// <returns>The first of them.</returns>
    public static async Task<long> TakeAsync(Session session, string series, int count)
    {
        var first = await NextAsync(session, series);
        await session.ExecuteAsync(AdvanceSql, new { LastNumber = first + count - 1, SeriesCode = series });
        return first;
    }
}

using System.Globalization;
using System.Text;
using Assistance.Api.Http;
using CsvHelper;

namespace Assistance.Api.Features.Oversight;

/// <summary>What figures by month have in common: the months asked for, and the table.</summary>
internal static class MonthlyFigures
{
    private const int MostMonths = 24;

    /// <param name="from">The first month, as yyyy-MM or its first day.</param>
    /// <param name="to">The last month.</param>
    /// <exception cref="ProblemException">400: not months, or too many.</exception>
    public static (DateOnly First, DateOnly Last) Parse(string? from, string? to)
    {
        var faults = new List<Fault>();
        var first = Parse("from", from, faults);
        var last = Parse("to", to, faults);
        if (faults.Count == 0 && (last < first || last >= first.AddMonths(MostMonths)))
        {
            faults.Add(new Fault("to", "out-of-range", $"应不早于 from，且最多 {MostMonths} 个月。", $"Not before from, and at most {MostMonths} months."));
        }

        return faults.Count == 0 ? (first, last) : throw ProblemException.Invalid(faults);
    }

    /// <summary>Rows as CSV, with a byte order mark, by which spreadsheet programs know that the headings are UTF-8.</summary>
    public static byte[] Csv(IEnumerable<IEnumerable<object?>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            foreach (var row in rows)
            {
                foreach (var value in row)
                {
                    csv.WriteField(value);
                }

                csv.NextRecord();
            }
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    public static string Text(DateOnly monthOn) => monthOn.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static DateOnly Parse(string path, string? text, List<Fault> faults)
    {
        if (DateOnly.TryParseExact(text, ["yyyy-MM", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month is { Day: 1, Year: < 9000 })
        {
            return month;
        }

        faults.Add(text is null
            ? new Fault(path, "missing", "请给出月份。", "Give the month.")
            : new Fault(path, "month", "应为月份，例如 2026-01 或 2026-01-01。", "Must be a month, for example 2026-01 or 2026-01-01."));
        return default;
    }
}

using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Oversight;

/// <summary>How departments keep the days of the data-sharing regulation, by source and month, and in all.</summary>
public sealed record SharingFiguresResponse
{
    /// <summary>The first day of the first month.</summary>
    public required DateOnly FromMonthOn { get; init; }

    /// <summary>The first day of the last month.</summary>
    public required DateOnly UntilMonthOn { get; init; }

    /// <summary>By month and source; one in which nothing happened is left out.</summary>
    public required IReadOnlyList<SourceSharingFigures> Sources { get; init; }

    public required SharingFigures Total { get; init; }
}

/// <summary>The figures of one source in one month.</summary>
public sealed record SourceSharingFigures(LookupSource Source, DateOnly MonthOn, SharingFigures Figures);

/// <summary>Counts of queries in the month of the department's first answer, and of those without one in the month of its last day.</summary>
public sealed record SharingFigures
{
    /// <summary>Answered by the last day.</summary>
    public required int AnsweredInTime { get; init; }

    public required int AnsweredLate { get; init; }

    /// <summary>Without an answer, though the last day has passed.</summary>
    public required int OpenOverdue { get; init; }

    /// <summary>Working days from the request to the answer, summed.</summary>
    public required int TotalWorkingDays { get; init; }

    /// <summary>The same on average, to one decimal; absent where nothing was answered.</summary>
    public decimal? MeanWorkingDays => AnsweredInTime + AnsweredLate == 0
        ? null
        : decimal.Round((decimal)TotalWorkingDays / (AnsweredInTime + AnsweredLate), 1, MidpointRounding.AwayFromZero);

    internal static SharingFigures Of(IEnumerable<AnsweredMonthRow> answered, IEnumerable<OverdueDayRow> overdue)
    {
        var months = answered.ToList();
        return new SharingFigures
        {
            AnsweredInTime = months.Sum(row => row.AnsweredCount - row.LateCount),
            AnsweredLate = months.Sum(row => row.LateCount),
            OpenOverdue = overdue.Sum(row => row.LookupCount),
            TotalWorkingDays = months.Sum(row => row.DayCount),
        };
    }
}

/// <summary>Counts how departments keep their days; what is not answered any more by itself counts as open until it is.</summary>
internal sealed class GetSharingFigures(Database database, ReferenceStore reference, TimeProvider time)
{
    private static readonly (string Zh, string En, Func<SharingFigures, object?> Value)[] Columns =
    [
        ("按期答复", "Answered in time", figures => figures.AnsweredInTime),
        ("逾期答复", "Answered late", figures => figures.AnsweredLate),
        ("逾期未答复", "Open and overdue", figures => figures.OpenOverdue),
        ("答复工作日合计", "Working days to answer", figures => figures.TotalWorkingDays),
        ("答复平均工作日", "Mean working days to answer", figures => figures.MeanWorkingDays),
    ];

    /// <param name="from">The first month, as yyyy-MM or its first day.</param>
    /// <param name="to">The last month.</param>
    public async Task<SharingFiguresResponse> HandleAsync(string? from, string? to, CancellationToken cancellation)
    {
        var (first, last) = MonthlyFigures.Parse(from, to);
        var today = time.Today;
        var after = last.AddMonths(1);
        var (answered, overdue) = await database.ReadAsync(
            async session => (
                await SharingClockRepository.AnsweredAsync(session, first, last),
                await SharingClockRepository.OverdueAsync(session, first, today < after ? today : after)),
            cancellation);
        var answeredBy = answered.ToLookup(row => (row.MonthOn, row.LookupSource));
        var overdueBy = overdue.ToLookup(row => (MonthOn: new DateOnly(row.DueOn.Year, row.DueOn.Month, 1), row.LookupSource));
        return new SharingFiguresResponse
        {
            FromMonthOn = first,
            UntilMonthOn = last,
            Sources =
            [
                .. answeredBy.Select(row => row.Key).Union(overdueBy.Select(row => row.Key)).Order()
                    .Select(key => new SourceSharingFigures(key.LookupSource, key.MonthOn, SharingFigures.Of(answeredBy[key], overdueBy[key]))),
            ],
            Total = SharingFigures.Of(answered, overdue),
        };
    }

    /// <summary>The same as a table.</summary>
    public byte[] Csv(SharingFiguresResponse response, Language language)
    {
        var isChinese = language == Language.Zh;
        string[] names = isChinese ? ["月份", "代码", "部门"] : ["Month", "Code", "Department"];
        return MonthlyFigures.Csv(
        [
            names.Concat(Columns.Select(column => isChinese ? column.Zh : column.En)),
            .. response.Sources.Select(source => Row(
                [MonthlyFigures.Text(source.MonthOn), source.Source.ToString(), reference.Current.Texts.Word(source.Source.ToString(), language)],
                source.Figures)),
            Row([isChinese ? "合计" : "Total", "", ""], response.Total),
        ]);
    }

    private static IEnumerable<object?> Row(string[] names, SharingFigures figures) => names.Concat(Columns.Select(column => column.Value(figures)));
}

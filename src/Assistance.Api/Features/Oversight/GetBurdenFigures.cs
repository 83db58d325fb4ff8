using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;

namespace Assistance.Api.Features.Oversight;

/// <summary>What the procedure asks of households, by street and month, and in all.</summary>
public sealed record BurdenFiguresResponse
{
    /// <summary>The first day of the first month.</summary>
    public required DateOnly FromMonthOn { get; init; }

    /// <summary>The first day of the last month.</summary>
    public required DateOnly UntilMonthOn { get; init; }

    /// <summary>By month and street; one in which nothing happened is left out.</summary>
    public required IReadOnlyList<StreetBurdenFigures> Streets { get; init; }

    public required BurdenFigures Total { get; init; }
}

/// <summary>The figures of one street in one month.</summary>
public sealed record StreetBurdenFigures(string DivisionCode, string Division, DateOnly MonthOn, BurdenFigures Figures);

/// <summary>Counts of lists and items in the month of sealing, and of applications in the month in which they became complete.</summary>
public sealed record BurdenFigures
{
    /// <summary>Lists that households were told, second ones among them.</summary>
    public required int Disclosures { get; init; }

    /// <summary>Items asked of households by them.</summary>
    public required int ItemsAsked { get; init; }

    /// <summary>Items that departments had answered, so that nobody was asked.</summary>
    public required int ItemsAnsweredByDepartments { get; init; }

    /// <summary>Items that were on file already.</summary>
    public required int ItemsOnFile { get; init; }

    /// <summary>Of the lists, those by which a household was asked a second time, by a supervisor's exception.</summary>
    public required int SecondAsks { get; init; }

    /// <summary>Of the items asked, those of second asks.</summary>
    public required int SecondAskItems { get; init; }

    /// <summary>Applications for which nothing was outstanding any more, for the first time.</summary>
    public required int ApplicationsCompleted { get; init; }

    /// <summary>Calendar days from their submission to then, summed.</summary>
    public required int TotalDaysToComplete { get; init; }

    /// <summary>The same on average, to one decimal; absent where none was completed.</summary>
    public decimal? MeanDaysToComplete => ApplicationsCompleted == 0
        ? null
        : decimal.Round((decimal)TotalDaysToComplete / ApplicationsCompleted, 1, MidpointRounding.AwayFromZero);

    internal static BurdenFigures Of(IEnumerable<SealedMonthRow> told, IEnumerable<CompletedMonthRow> completed)
    {
        var (lists, applications) = (told.ToList(), completed.ToList());
        return new BurdenFigures
        {
            Disclosures = lists.Sum(row => row.DisclosureCount),
            ItemsAsked = lists.Sum(row => row.AskedCount),
            ItemsAnsweredByDepartments = lists.Sum(row => row.AnsweredCount),
            ItemsOnFile = lists.Sum(row => row.OnFileCount),
            SecondAsks = lists.Sum(row => row.SecondAskCount),
            SecondAskItems = lists.Sum(row => row.SecondAskedCount),
            ApplicationsCompleted = applications.Sum(row => row.CompletedCount),
            TotalDaysToComplete = applications.Sum(row => row.DayCount),
        };
    }
}

/// <summary>Counts the burden on households from what was sealed and completed; a street sees its own figures, the district everybody's.</summary>
internal sealed class GetBurdenFigures(Database database, ReferenceStore reference)
{
    private static readonly (string Zh, string En, Func<BurdenFigures, object?> Value)[] Columns =
    [
        ("告知书份数", "Disclosures", figures => figures.Disclosures),
        ("要求提供事项", "Items asked", figures => figures.ItemsAsked),
        ("部门已答复事项", "Items answered by departments", figures => figures.ItemsAnsweredByDepartments),
        ("已在档事项", "Items on file", figures => figures.ItemsOnFile),
        ("二次告知份数", "Second asks", figures => figures.SecondAsks),
        ("二次告知事项", "Items of second asks", figures => figures.SecondAskItems),
        ("材料齐全申请数", "Applications completed", figures => figures.ApplicationsCompleted),
        ("申请至齐全天数合计", "Days to complete", figures => figures.TotalDaysToComplete),
        ("申请至齐全平均天数", "Mean days to complete", figures => figures.MeanDaysToComplete),
    ];

    /// <param name="from">The first month, as yyyy-MM or its first day.</param>
    /// <param name="to">The last month.</param>
    public async Task<BurdenFiguresResponse> HandleAsync(string? from, string? to, Officer officer, CancellationToken cancellation)
    {
        var (first, last) = MonthlyFigures.Parse(from, to);
        var (told, completed) = await database.ReadAsync(
            async session => (
                await BurdenRepository.SealedAsync(session, officer, first, last),
                await BurdenRepository.CompletedAsync(session, officer, first, last)),
            cancellation);
        var toldBy = told.ToLookup(row => (row.MonthOn, row.AcceptingDivisionCode));
        var completedBy = completed.ToLookup(row => (row.MonthOn, row.AcceptingDivisionCode));
        return new BurdenFiguresResponse
        {
            FromMonthOn = first,
            UntilMonthOn = last,
            Streets =
            [
                .. toldBy.Select(row => row.Key).Union(completedBy.Select(row => row.Key))
                    .OrderBy(key => key.MonthOn).ThenBy(key => key.AcceptingDivisionCode, StringComparer.Ordinal)
                    .Select(key => new StreetBurdenFigures(
                        key.AcceptingDivisionCode,
                        reference.Current.FullDivisionName(key.AcceptingDivisionCode),
                        key.MonthOn,
                        BurdenFigures.Of(toldBy[key], completedBy[key]))),
            ],
            Total = BurdenFigures.Of(told, completed),
        };
    }

    /// <summary>The same as a table.</summary>
    public static byte[] Csv(BurdenFiguresResponse response, Language language)
    {
        var isChinese = language == Language.Zh;
        string[] names = isChinese ? ["月份", "区划代码", "街道"] : ["Month", "Division code", "Street"];
        return MonthlyFigures.Csv(
        [
            names.Concat(Columns.Select(column => isChinese ? column.Zh : column.En)),
            .. response.Streets.Select(street => Row([MonthlyFigures.Text(street.MonthOn), street.DivisionCode, street.Division], street.Figures)),
            Row([isChinese ? "合计" : "Total", "", ""], response.Total),
        ]);
    }

    private static IEnumerable<object?> Row(string[] names, BurdenFigures figures) => names.Concat(Columns.Select(column => column.Value(figures)));
}

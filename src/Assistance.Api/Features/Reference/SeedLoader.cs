using System.Globalization;
using System.Security.Cryptography;
using Assistance.Api.Data;
using Assistance.Api.Features.Parameters;
using CsvHelper;
using CsvHelper.Configuration;

namespace Assistance.Api.Features.Reference;

/// <summary>
/// Loads <c>seeds/</c> into the reference tables: each file whole or not at all, skipped while it is unchanged. Rows are
/// added and never edited, since a past decision stands on them: a new value is a new row with its own first day. A parameter
/// that was changed through the API is led there: its rows in the file must be those of the table, or the load fails.
/// </summary>
public sealed class SeedLoader(Database database, TimeProvider time)
{
    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture);

    private static readonly (string Path, Func<Session, CsvReader, Task> Load)[] Files =
    [
        ("divisions/national.csv", LoadDivisionAsync),
        ("divisions/pingcheng.csv", LoadDivisionAsync),
        ("calendar/state-council.csv", (session, csv) => ReferenceRepository.AddAsync(session, new CalendarDayRow
        {
            DayOn = Day(csv, "date")!.Value,
            IsDayOff = csv.GetField<bool>("dayOff"),
            SourceText = csv.GetField("source")!,
        })),
        ("legal-bases.csv", (session, csv) => ReferenceRepository.AddAsync(session, new LegalBasisRow
        {
            BasisCode = csv.GetField("code")!,
            FromOn = Day(csv, "from")!.Value,
            ToOn = Day(csv, "to"),
            InstrumentZh = csv.GetField("instrumentZh")!,
            InstrumentEn = csv.GetField("instrumentEn")!,
            ArticleZh = csv.GetField("articleZh")!,
            ArticleEn = csv.GetField("articleEn")!,
            TextZh = csv.GetField("textZh")!,
            SourceText = csv.GetField("source")!,
        })),
        ("parameters.csv", (session, csv) => AddParameterAsync(session, new PolicyParameterRow
        {
            ParameterCode = csv.GetField("code")!,
            FromOn = Day(csv, "from")!.Value,
            ToOn = Day(csv, "to"),
            ParameterValue = csv.GetField<long>("value"),
            Unit = csv.GetField("unit")!,
            BasisCode = csv.GetField("basis")!,
            DocumentNumber = Text(csv, "documentNumber"),
            IsSample = csv.GetField<bool>("sample"),
        })),
        ("income-kinds.csv", (session, csv) => ReferenceRepository.AddAsync(session, new IncomeKindRow
        {
            IncomeKind = csv.GetField("kind")!,
            FromOn = Day(csv, "from")!.Value,
            ToOn = Day(csv, "to"),
            IncomeClass = csv.GetField("class")!,
            IsCounted = csv.GetField<bool>("counted"),
            BasisCode = csv.GetField("basis")!,
        })),
        ("disclosure-items.csv", (session, csv) => ReferenceRepository.AddAsync(session, new DisclosureItemTypeRow
        {
            ItemCode = csv.GetField("code")!,
            Programmes = csv.GetField("programmes")!,
            FromOn = Day(csv, "from")!.Value,
            ToOn = Day(csv, "to"),
            ItemCircumstance = csv.GetField("circumstance")!,
            LookupSource = Text(csv, "answeredBy"),
            IsAnsweredByNoRecord = csv.GetField<bool>("answeredByNoRecord"),
            IsMetByTheForm = csv.GetField<bool>("metByForm"),
            SupplyWays = csv.GetField("ways")!,
            CopyCount = csv.GetField<int>("copies"),
            BasisCode = csv.GetField("basis")!,
            NameZh = csv.GetField("nameZh")!,
            NameEn = csv.GetField("nameEn")!,
            WhyZh = csv.GetField("whyZh")!,
            ExampleZh = csv.GetField("exampleZh")!,
        })),
        ("routing-rules.csv", (session, csv) => ReferenceRepository.AddAsync(session, new RoutingRuleRow
        {
            RoutingRuleCode = csv.GetField("rule")!,
            PositionNumber = csv.GetField<int>("position"),
            FromOn = Day(csv, "from")!.Value,
            ToOn = Day(csv, "to"),
            Programmes = csv.GetField("programmes")!,
            RoutingOutcome = csv.GetField("outcome")!,
            BasisCodes = csv.GetField("bases")!,
            OtherDoor = Text(csv, "alsoAt"),
            IsEnabled = csv.GetField<bool>("enabled"),
            IsSample = csv.GetField<bool>("sample"),
        })),
        ("sentences.csv", (session, csv) => ReferenceRepository.AddAsync(session, new SentenceRow
        {
            SentenceCode = csv.GetField("code")!,
            FromOn = Day(csv, "from")!.Value,
            ToOn = Day(csv, "to"),
            TextZh = csv.GetField("zh")!,
            TextEn = csv.GetField("en")!,
        })),
    ];

    public async Task LoadAsync(string seedsPath, CancellationToken cancellation)
    {
        foreach (var (path, load) in Files)
        {
            await LoadOnceAsync(Path.Combine(seedsPath, path), path, async session =>
            {
                using var csv = new CsvReader(new StreamReader(Path.Combine(seedsPath, path)), Csv);
                await csv.ReadAsync();
                csv.ReadHeader();
                while (await csv.ReadAsync())
                {
                    await load(session, csv);
                }
            }, cancellation);
        }

        // One template a file, named <code>.<first day>.liquid.
        foreach (var file in Directory.EnumerateFiles(Path.Combine(seedsPath, "documents"), "*.liquid").Order(StringComparer.Ordinal))
        {
            var parts = Path.GetFileName(file).Split('.');
            await LoadOnceAsync(file, $"documents/{Path.GetFileName(file)}", async session =>
                await ReferenceRepository.AddAsync(session, new DocumentTemplateRow
                {
                    TemplateCode = parts[0],
                    FromOn = DateOnly.ParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    TemplateText = await File.ReadAllTextAsync(file, CancellationToken.None),
                }), cancellation);
        }
    }

    private async Task LoadOnceAsync(string file, string name, Func<Session, Task> load, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellation)));
        await database.WriteAsync(async session =>
        {
            if (await ReferenceRepository.LoadedHashAsync(session, name) == hash)
            {
                return;
            }

            await load(session);
            await ReferenceRepository.SetLoadedAsync(session, name, hash, time.Now);
        }, cancellation);
    }

    /// <exception cref="InvalidOperationException">The row would add to, or differs from, what was activated through the API.</exception>
    private static async Task AddParameterAsync(Session session, PolicyParameterRow row)
    {
        if (await ParameterUploadRepository.LatestOfCodeAsync(session, row.ParameterCode) is { } activated)
        {
            // The end may differ: a row that was in force without one is ended by the row activated after it.
            if (!(await ReferenceRepository.ParametersOfAsync(session, row.ParameterCode)).Any(live => live with { ToOn = row.ToOn } == row))
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                    $"parameters.csv: {row.ParameterCode} from {row.FromOn:yyyy-MM-dd} is not a row of the table, and this parameter is changed through the API since the upload {activated}. Take the row out or make it equal, and propose a new value by POST /v1/parameter-uploads. Nothing of the file was loaded."));
            }

            return;
        }

        await ReferenceRepository.AddAsync(session, row);
    }

    private static Task LoadDivisionAsync(Session session, CsvReader csv) => ReferenceRepository.AddAsync(session, new DivisionRow
    {
        DivisionCode = csv.GetField("code")!,
        DivisionName = csv.GetField("name")!,
        DivisionLevel = csv.GetField("level")!,
        ParentDivisionCode = Text(csv, "parentCode"),
    });

    private static string? Text(CsvReader csv, string field) => csv.GetField(field) is { Length: > 0 } text ? text : null;

    private static DateOnly? Day(CsvReader csv, string field) =>
        Text(csv, field) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}

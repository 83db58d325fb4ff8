using System.Globalization;
using System.Text;
using Assistance.Domain.Assessments;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests;

/// <summary>The repository's own data, read from <c>seeds/</c> as they are shipped.</summary>
internal static class Seeds
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Working days by the holiday notices of 2023 to 2026.</summary>
    public static WorkingCalendar Calendar { get; } = new(
        Rows("calendar/state-council.csv").Select(row => KeyValuePair.Create(Day(row["date"])!.Value, bool.Parse(row["dayOff"]))),
        [2023, 2024, 2025, 2026]);

    public static IReadOnlyList<IncomeKindRule> IncomeKinds { get; } =
    [
        .. Rows("income-kinds.csv").Select(row => new IncomeKindRule
        {
            Kind = Enum.Parse<IncomeKind>(row["kind"]),
            IncomeClass = Enum.Parse<IncomeClass>(row["class"]),
            IsCounted = bool.Parse(row["counted"]),
            BasisCode = row["basis"],
            FromOn = Day(row["from"])!.Value,
            ToOn = Day(row["to"]),
        }),
    ];

    public static IReadOnlyList<PolicyParameter> Parameters { get; } =
    [
        .. Rows("parameters.csv").Select(row => new PolicyParameter
        {
            Code = row["code"],
            Value = long.Parse(row["value"], CultureInfo.InvariantCulture),
            Unit = row["unit"],
            FromOn = Day(row["from"])!.Value,
            ToOn = Day(row["to"]),
            BasisCode = row["basis"],
            IsSample = bool.Parse(row["sample"]),
        }),
    ];

    public static IReadOnlyList<DisclosureItemType> DisclosureItems { get; } =
    [
        .. Rows("disclosure-items.csv").Select(row => new DisclosureItemType
        {
            ItemCode = row["code"],
            Programmes = [.. row["programmes"].Split('|').Select(Enum.Parse<Programme>)],
            Circumstance = Enum.Parse<ItemCircumstance>(row["circumstance"]),
            AnsweredBy = row["answeredBy"].Length == 0 ? null : Enum.Parse<LookupSource>(row["answeredBy"]),
            IsAnsweredByNoRecord = bool.Parse(row["answeredByNoRecord"]),
            IsMetByTheForm = bool.Parse(row["metByForm"]),
            Ways = [.. row["ways"].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<SupplyWay>)],
            Copies = int.Parse(row["copies"], CultureInfo.InvariantCulture),
            BasisCode = row["basis"],
            FromOn = Day(row["from"])!.Value,
            ToOn = Day(row["to"]),
            NameZh = row["nameZh"],
            NameEn = row["nameEn"],
            WhyZh = row["whyZh"],
            ExampleZh = row["exampleZh"],
        }),
    ];

    public static IReadOnlyList<RoutingRule> RoutingRules { get; } =
    [
        .. Rows("routing-rules.csv").Select(row => new RoutingRule
        {
            Rule = row["rule"],
            Position = int.Parse(row["position"], CultureInfo.InvariantCulture),
            Programmes = RoutingRule.ParseProgrammes(row["programmes"]),
            Outcome = Enum.Parse<RoutingOutcome>(row["outcome"]),
            BasisCodes = row["bases"].Split('|'),
            AlsoAt = row["alsoAt"].Length == 0 ? null : Enum.Parse<OtherDoor>(row["alsoAt"]),
            FromOn = Day(row["from"])!.Value,
            ToOn = Day(row["to"]),
            IsEnabled = bool.Parse(row["enabled"]),
            IsSample = bool.Parse(row["sample"]),
        }),
    ];

    /// <summary>The rows of one file, each by the names of the heading line.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string path)
    {
        var lines = Records(File.ReadAllText(Path.Combine(Root, "seeds", path))).ToList();
        return
        [
            .. lines.Skip(1).Select(fields => lines[0].Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second)),
        ];
    }

    public static DateOnly? Day(string text) =>
        text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // RFC 4180: fields in quotes may hold commas, line ends and doubled quotes.
    private static IEnumerable<List<string>> Records(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || text[i] is not (',' or '\r' or '\n'))
            {
                field.Append(text[i]);
            }
            else if (text[i] is not '\r')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (text[i] == '\n')
                {
                    yield return fields;
                    fields = [];
                }
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Assistance.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds Assistance.sln.");
        }

        return folder.FullName;
    }
}

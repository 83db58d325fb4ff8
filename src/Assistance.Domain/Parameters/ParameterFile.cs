using System.Globalization;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Parameters;

/// <summary>
/// Whether rows may join the parameters, and everything that stands against it at once. What was in force stays as it was: a
/// row begins after today, is edited by nobody, and one without an end is ended by the row that follows it. Every day keeps a
/// number, since nothing is computed from a guess.
/// </summary>
public static class ParameterFile
{
    public const int MostRows = 200;
    public const long LargestValue = 1_000_000_000;
    public const int LongestDocumentNumber = 100;
    public const int LongestNote = 500;

    private const string Code = "code";
    private const string Value = "value";
    private const string Unit = "unit";
    private const string From = "from";
    private const string To = "to";
    private const string Basis = "basis";
    private const string DocumentNumber = "documentNumber";
    private const string Sample = "sample";
    private const string Note = "note";

    /// <summary>The columns of <c>seeds/parameters.csv</c>, in any order; the note alone may be left out.</summary>
    public static IReadOnlyList<string> Columns { get; } = [Code, Value, Unit, From, To, Basis, DocumentNumber, Sample, Note];

    /// <summary>Reads a file and holds it against what is there. Where a column is missing its rows are not compared with others.</summary>
    public static ParameterReport Check(ParameterTable table, StandingParameters standing)
    {
        var faults = FaultsOf(table.Heading).ToList();
        if (table.Records.Count == 0)
        {
            faults.Add(new ParameterFault(1, null, ParameterFaultKind.NoRows));
        }

        if (table.Records.Count > MostRows)
        {
            faults.Add(new ParameterFault(table.Records[MostRows].Line, null, ParameterFaultKind.TooManyRows, Text(MostRows)));
            return new ParameterReport(faults, [], []);
        }

        var isWhole = faults.All(fault => fault.Kind is ParameterFaultKind.UnknownColumn);
        var lines = new List<ParameterLine>();
        foreach (var record in table.Records)
        {
            if (record.Fields?.Count != table.Heading.Count)
            {
                faults.Add(record.Fields is null
                    ? new ParameterFault(record.Line, null, ParameterFaultKind.NotCsv)
                    : new ParameterFault(record.Line, null, ParameterFaultKind.FieldCount, Text(table.Heading.Count)));
                continue;
            }

            lines.Add(Read(new Fields(record, table.Heading, faults)));
        }

        return isWhole ? Check(lines, standing, faults) : new ParameterReport(InOrder(faults), lines, []);
    }

    /// <summary>Holds rows that were read before against what is there now.</summary>
    public static ParameterReport Check(IReadOnlyList<ParameterLine> lines, StandingParameters standing) => Check(lines, standing, []);

    private static ParameterReport Check(IReadOnlyList<ParameterLine> lines, StandingParameters standing, List<ParameterFault> faults)
    {
        var unread = faults.Select(fault => (fault.Line, fault.Column)).ToHashSet();
        foreach (var line in lines)
        {
            faults.AddRange(FaultsOf(line, standing).Where(fault => !unread.Contains((fault.Line, fault.Column))));
        }

        // Rows whose days are not clear cannot be laid beside others.
        var undated = faults.Where(fault => fault.Column is From or To && fault.Kind != ParameterFaultKind.TooEarly).Select(fault => fault.Line).ToHashSet();
        var changes = new List<ParameterChange>();
        foreach (var ofCode in lines.Where(line => !undated.Contains(line.Line)).GroupBy(line => line.Parameter.Code))
        {
            var timeline = new Timeline(standing.Rows.Where(row => row.Code == ofCode.Key), ofCode);
            faults.AddRange(timeline.Faults());
            changes.AddRange(timeline.Changes());
        }

        var faulty = faults.Select(fault => fault.Line).ToHashSet();
        return new ParameterReport(
            InOrder(faults), lines, [.. changes.Where(change => !faulty.Contains(change.Line.Line)).OrderBy(change => change.Line.Line)]);
    }

    private static IEnumerable<ParameterFault> FaultsOf(IReadOnlyList<string> heading) =>
    [
        .. Columns.Where(column => column != Note && !heading.Contains(column)).Select(column => new ParameterFault(1, column, ParameterFaultKind.MissingColumn)),
        .. heading.Where(column => !Columns.Contains(column)).Select(column => new ParameterFault(1, column, ParameterFaultKind.UnknownColumn)),
        .. heading.Where(Columns.Contains).GroupBy(column => column).Where(same => same.Count() > 1)
            .Select(same => new ParameterFault(1, same.Key, ParameterFaultKind.RepeatedColumn)),
    ];

    // What cannot be read is named, and stands as a blank that nobody gets to see.
    private static ParameterLine Read(Fields fields) => new(
        fields.Line,
        new PolicyParameter
        {
            Code = fields.Text(Code) ?? "",
            Value = ValueOf(fields),
            Unit = fields.Text(Unit) ?? "",
            FromOn = DayOf(fields, From, isNeeded: true) ?? default,
            ToOn = DayOf(fields, To, isNeeded: false),
            BasisCode = fields.Text(Basis) ?? "",
            DocumentNumber = fields.Text(DocumentNumber, LongestDocumentNumber),
            IsSample = IsSampleOf(fields),
        },
        fields.Text(Note, LongestNote));

    private static long ValueOf(Fields fields)
    {
        if (!fields.Has(Value))
        {
            return 0;
        }

        if (!long.TryParse(fields.Text(Value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            fields.Refuse(Value, ParameterFaultKind.NotAWholeNumber);
        }
        else if (value is < 0 or > LargestValue)
        {
            fields.Refuse(Value, value < 0 ? ParameterFaultKind.Negative : ParameterFaultKind.TooLarge, Text(LargestValue));
        }

        return value;
    }

    private static DateOnly? DayOf(Fields fields, string column, bool isNeeded)
    {
        if (DateOnly.TryParseExact(fields.Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        if (fields.Has(column) && (isNeeded || fields.Text(column) is not null))
        {
            fields.Refuse(column, ParameterFaultKind.NotADay);
        }

        return null;
    }

    private static bool IsSampleOf(Fields fields)
    {
        if (fields.Has(Sample) && fields.Text(Sample) is not ("true" or "false"))
        {
            fields.Refuse(Sample, ParameterFaultKind.NotTrueOrFalse);
        }

        return fields.Text(Sample) == "true";
    }

    private static List<ParameterFault> FaultsOf(ParameterLine line, StandingParameters standing)
    {
        var (row, faults) = (line.Parameter, new List<ParameterFault>());
        if (!standing.Codes.Contains(row.Code))
        {
            Add(Code, ParameterFaultKind.UnknownCode);
        }

        var units = standing.Rows.Where(other => other.Code == row.Code).Select(other => other.Unit).DefaultIfEmpty(ParameterCodes.UnitOfOptional(row.Code)).ToHashSet();
        if (standing.Codes.Contains(row.Code) && !units.Contains(row.Unit))
        {
            Add(Unit, ParameterFaultKind.UnitDiffers, string.Join(", ", units.Order(StringComparer.Ordinal)));
        }

        if (row.FromOn < standing.EarliestOn)
        {
            Add(From, ParameterFaultKind.TooEarly, Text(standing.EarliestOn));
        }

        if (row.ToOn < row.FromOn)
        {
            Add(To, ParameterFaultKind.EndsBeforeItBegins);
        }

        var versions = standing.Bases(row.BasisCode).ToList();
        if (versions.Count == 0)
        {
            Add(Basis, ParameterFaultKind.UnknownBasis);
        }
        else if (row.FromOn != default && versions.InForceOn(row.FromOn) is null)
        {
            Add(Basis, ParameterFaultKind.BasisNotInForce, Text(row.FromOn));
        }

        return faults;

        void Add(string column, ParameterFaultKind kind, string? about = null) => faults.Add(new ParameterFault(line.Line, column, kind, about));
    }

    private static List<ParameterFault> InOrder(IEnumerable<ParameterFault> faults) =>
        [.. faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column is null ? -1 : Columns.ToList().IndexOf(fault.Column))];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The fields of one line by column, and a place for what is wrong with them.</summary>
    private sealed class Fields(ParameterRecord record, IReadOnlyList<string> heading, List<ParameterFault> faults)
    {
        public int Line => record.Line;

        public bool Has(string column) => heading.Contains(column);

        public string? Text(string column) => Has(column) && record.Fields![heading.ToList().IndexOf(column)].Trim() is { Length: > 0 } text ? text : null;

        public string? Text(string column, int longest)
        {
            if (Text(column)?.Length > longest)
            {
                Refuse(column, ParameterFaultKind.TooLong, ParameterFile.Text(longest));
            }

            return Text(column);
        }

        public void Refuse(string column, ParameterFaultKind kind, string? about = null) => faults.Add(new ParameterFault(Line, column, kind, about));
    }

    /// <summary>The rows of one code beside each other: those that are there, and those of the file.</summary>
    private sealed class Timeline
    {
        private readonly List<PolicyParameter> rows;
        private readonly List<ParameterLine> lines;

        /// <summary>The row in force without an end, with the end that the first line after it gives it; null where there is none.</summary>
        private readonly PolicyParameter? ended;

        public Timeline(IEnumerable<PolicyParameter> rows, IEnumerable<ParameterLine> lines)
        {
            this.lines = [.. lines.OrderBy(line => line.Parameter.FromOn).ThenBy(line => line.Line)];
            // The later of two rows in force holds (DatedRows), so that the earlier one ends where the later begins, whatever it says.
            var ordered = rows.OrderBy(row => row.FromOn).ToList();
            this.rows =
            [
                .. ordered.Select((row, index) => index + 1 < ordered.Count && !(row.ToOn < ordered[index + 1].FromOn)
                    ? row with { ToOn = ordered[index + 1].FromOn.AddDays(-1) }
                    : row),
            ];
            if (this.rows.LastOrDefault() is { ToOn: null } open && this.lines.FirstOrDefault(line => line.Parameter.FromOn > open.FromOn) is { } follower)
            {
                this.rows[^1] = ended = open with { ToOn = follower.Parameter.FromOn.AddDays(-1) };
            }
        }

        public IEnumerable<ParameterFault> Faults() => lines.SelectMany(FaultsOf);

        public IEnumerable<ParameterChange> Changes() => lines.Select(line =>
        {
            var former = Before(line);
            return new ParameterChange(line, former, former is not null && former == ended);
        });

        private List<ParameterFault> FaultsOf(ParameterLine line)
        {
            var (from, to, faults) = (line.Parameter.FromOn, line.Parameter.ToOn, new List<ParameterFault>());
            if (lines.FirstOrDefault(other => other.Parameter.FromOn == from) is { } first && first != line)
            {
                Add(From, ParameterFaultKind.RepeatsALine, Text(first.Line));
                return faults;
            }

            if (lines.FirstOrDefault(other => other.Parameter.FromOn > from && !(to < other.Parameter.FromOn)) is { } overlapped)
            {
                Add(To, ParameterFaultKind.OverlapsALine, Text(overlapped.Line));
            }

            if (rows.FirstOrDefault(row => !(row.ToOn < from) && !(to < row.FromOn)) is { } there)
            {
                Add(there.FromOn > from ? To : From, ParameterFaultKind.OverlapsARow, Text(there.FromOn));
                return faults;
            }

            // What a district may leave unset may also cease.
            if (ParameterCodes.Optional.Contains(line.Parameter.Code))
            {
                return faults;
            }

            if (Before(line) is { ToOn: { } last } former && last.AddDays(1) < from && rows.Contains(former))
            {
                Add(From, ParameterFaultKind.GapBefore, Text(last.AddDays(1)));
            }

            if (to is { } end && !IsCovered(end.AddDays(1)))
            {
                Add(To, ParameterFaultKind.GapAfter, Text(end.AddDays(1)));
            }

            return faults;

            void Add(string column, ParameterFaultKind kind, string about) => faults.Add(new ParameterFault(line.Line, column, kind, about));
        }

        // The last one to begin before it.
        private PolicyParameter? Before(ParameterLine line) => rows.Concat(lines.Select(other => other.Parameter))
            .Where(row => row.FromOn < line.Parameter.FromOn).MaxBy(row => row.FromOn);

        private bool IsCovered(DateOnly day) => rows.Concat(lines.Select(line => line.Parameter)).InForceOn(day) is not null;
    }
}

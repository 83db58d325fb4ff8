using System.Globalization;
using Assistance.Domain.Parameters;
using CsvHelper;
using CsvHelper.Configuration;

namespace Assistance.Api.Features.Parameters;

/// <summary>Cuts the text of a CSV file (RFC 4180, commas) into fields; what they mean is the domain's to say.</summary>
internal static class ParameterCsv
{
    private const char ByteOrderMark = '\ufeff';

    public static ParameterTable Read(string text)
    {
        var isBad = false;
        using var parser = new CsvParser(new StringReader(text.TrimStart(ByteOrderMark)), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => isBad = true,
        });
        IReadOnlyList<string>? heading = null;
        var records = new List<ParameterRecord>();
        while (parser.Read())
        {
            var fields = parser.Record ?? [];
            // A field in quotes may hold line ends: the line is the one that the record begins in.
            var line = parser.RawRow - LinesIn(parser.RawRecord);
            if (heading is null)
            {
                heading = [.. fields.Select(name => name.Trim())];
            }
            else
            {
                records.Add(new ParameterRecord(line, isBad ? null : fields));
            }

            isBad = false;
        }

        return new ParameterTable(heading ?? [], records);
    }

    private static int LinesIn(string record) => record.TrimEnd('\r', '\n').Count(character => character == '\n');
}

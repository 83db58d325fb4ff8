using System.Text.RegularExpressions;
using Assistance.Api.Data;
using Microsoft.Data.Sqlite;

namespace Assistance.Api.Tests.Data;

/// <summary>Every statement runs on the migrated SQLite, and finds its rows by an index.</summary>
public sealed partial class SqlitePlanTests
{
    // Small tables, read whole into memory and kept there.
    private static readonly HashSet<string> ReadWhole =
    [
        "ReferenceRepository.CalendarSql",
        "ReferenceRepository.DivisionsSql",
        "ReferenceRepository.IncomeKindsSql",
        "ReferenceRepository.ItemTypesSql",
        "ReferenceRepository.LegalBasesSql",
        "ReferenceRepository.ParametersSql",
        "ReferenceRepository.RoutingRulesSql",
        "ReferenceRepository.SentencesSql",
        "ReferenceRepository.TemplatesSql",
    ];

    // An option of a SQL Server database has no counterpart here.
    private static readonly SqlStatement[] OnSqlite =
        [.. SqlStatements.All.Where(statement => !statement.Text.StartsWith("ALTER DATABASE", StringComparison.Ordinal))];

    private static readonly SqlStatement[] Pages =
        [.. SqlStatements.All.Where(statement => statement.Text.EndsWith(SqliteDialect.PageTail, StringComparison.Ordinal))];

    private static readonly SqliteDialect Dialect = new("");

    private HashSet<string> filteredIndexes = [];

    [OneTimeSetUp]
    public void FindFilteredIndexes() => filteredIndexes =
        [.. MigratedSchema.Query<string>("SELECT i.name FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND i.partial = 1")];

    [TestCaseSource(nameof(OnSqlite))]
    public void No_statement_reads_a_whole_table_but_those_that_mean_to(SqlStatement statement) =>
        Assert.That(Plan(statement.Text).Any(IsWholeTable), Is.EqualTo(ReadWhole.Contains(statement.Id)), string.Join('\n', Plan(statement.Text)));

    [TestCaseSource(nameof(Pages))]
    public void No_page_is_sorted(SqlStatement statement) => Assert.That(Plan(statement.Text), Has.None.Contains("TEMP B-TREE"));

    [TestCase("SELECT PersonId FROM Person WHERE PersonName = @PersonName")]
    [TestCase("SELECT SeriesCode FROM NumberSeries")]
    [TestCase("SELECT a.Version FROM Application a JOIN Award w ON w.Programme = a.Programme WHERE w.AwardId = @AwardId")]
    public void Reading_a_whole_table_is_noticed(string sql) => Assert.That(Plan(sql).Any(IsWholeTable), Is.True);

    [Test]
    public void A_sorted_page_is_noticed() =>
        Assert.That(
            Plan($"SELECT AwardId FROM Award WHERE CaseFileId = @CaseFileId ORDER BY MonthlyFen {SqliteDialect.PageTail}"),
            Has.Some.Contains("TEMP B-TREE"));

    // A filtered index holds only the rows that wait for work; a scan without a table is of values.
    private bool IsWholeTable(string step) =>
        Scan().Match(step) is { Success: true } scan && !filteredIndexes.Contains(scan.Groups["index"].Value);

    private static List<string> Plan(string sql)
    {
        using var connection = MigratedSchema.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + Dialect.Text(sql);
        command.Parameters.AddRange(new SqlStatement("", sql).Parameters.Select(name => new SqliteParameter("@" + name, DBNull.Value)));
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(reader.GetOrdinal("detail")));
        }

        return steps;
    }

    [GeneratedRegex(@"^SCAN (?!CONSTANT ROW)\w+( USING (COVERING )?INDEX (?<index>\w+))?")]
    private static partial Regex Scan();
}

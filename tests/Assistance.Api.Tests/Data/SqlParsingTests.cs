using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Assistance.Api.Data;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Assistance.Api.Tests.Data;

/// <summary>Every statement is T-SQL, in the part of it that means the same on both engines.</summary>
public sealed partial class SqlParsingTests
{
    // One argument each. Not LOWER and UPPER: SQLite folds ASCII only. COALESCE and NULLIF are syntax of their own.
    private static readonly HashSet<string> PortableFunctions = new(StringComparer.OrdinalIgnoreCase) { "ABS", "COUNT", "MAX", "MIN", "SUM" };

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Case", "Check", "Close", "End", "File", "Grant", "Group", "Index", "Key", "Open", "Option", "Order",
        "Percent", "Plan", "Public", "Read", "Rule", "Transaction", "User",
    };

    [Test]
    public void The_statements_are_found() => Assert.That(SqlStatements.All, Has.Count.GreaterThanOrEqualTo(40));

    // The program's string literals, constants used and pieces of interpolated strings alike: a statement written where it
    // is run, or put together, would escape every other test here.
    [Test]
    public void Every_statement_in_the_program_is_a_constant_and_every_constant_is_used() =>
        Assert.That(
            StringLiterals(SqlStatements.Service.Location).Where(text => IsSql().IsMatch(text)),
            Is.EquivalentTo(SqlStatements.All.Select(statement => statement.Text).Distinct()));

    [Test]
    public void Every_statement_has_a_name_of_its_own() => Assert.That(SqlStatements.All.Select(statement => statement.Id), Is.Unique);

    [TestCaseSource(typeof(SqlStatements), nameof(SqlStatements.All))]
    public void Every_constant_is_one_statement_of_T_SQL(SqlStatement statement) =>
        Assert.That(((TSqlScript)SqlStatements.Parse(statement.Text)).Batches.Single().Statements, Has.Count.EqualTo(1));

    [TestCaseSource(typeof(SqlStatements), nameof(SqlStatements.All))]
    public void Every_statement_uses_what_both_engines_have(SqlStatement statement) =>
        Assert.That(EngineSpecific(SqlStatements.Parse(statement.Text)), Is.Empty);

    [TestCaseSource(typeof(SqlStatements), nameof(SqlStatements.All))]
    public void A_page_is_asked_for_in_the_one_phrase(SqlStatement statement)
    {
        var pages = SqlStatements.Nodes<OffsetClause>(SqlStatements.Parse(statement.Text)).Count;
        Assert.That(pages, Is.LessThanOrEqualTo(1));
        Assert.That(statement.Text.EndsWith(SqliteDialect.PageTail, StringComparison.Ordinal), Is.EqualTo(pages == 1), statement.Text);
    }

    [Test]
    public void Every_migration_is_portable_T_SQL() =>
        Assert.That(MigrationsForSqlServer().SelectMany(script => EngineSpecific(SqlStatements.Parse(script))), Is.Empty);

    [Test]
    public void Every_code_compares_byte_for_byte_on_SQL_Server() =>
        Assert.That(
            MigrationsForSqlServer()
                .SelectMany(script => SqlStatements.Nodes<ColumnDefinition>(SqlStatements.Parse(script)))
                .Where(column => (column.Collation?.Value == "Latin1_General_BIN2") != (column.DataType.Name.BaseIdentifier.Value == "VARCHAR"))
                .Select(column => column.ColumnIdentifier.Value),
            Is.Empty);

    [Test]
    public void No_table_and_no_column_has_a_reserved_name() =>
        Assert.That(MigratedSchema.Columns().SelectMany(column => new[] { column.Table, column.Name }).Where(Reserved.Contains), Is.Empty);

    [TestCase("SELECT GETUTCDATE()")]
    [TestCase("SELECT CURRENT_TIMESTAMP")]
    [TestCase("SELECT @@ROWCOUNT")]
    [TestCase("SELECT TOP 1 PersonId FROM Person")]
    [TestCase("SELECT LEN(PersonName) FROM Person")]
    [TestCase("SELECT MAX(1, 2)")]
    [TestCase("SELECT CAST(LastNumber AS VARCHAR(20)) FROM NumberSeries")]
    [TestCase("SELECT IIF(LastNumber > 0, 1, 0) FROM NumberSeries")]
    [TestCase("SELECT PersonId FROM Person WITH (UPDLOCK)")]
    [TestCase("SELECT PersonName + 'x' FROM Person")]
    public void What_one_engine_has_or_reads_differently_is_noticed(string sql) =>
        Assert.That(EngineSpecific(SqlStatements.Parse(sql)), Is.Not.Empty);

    private static IEnumerable<string> EngineSpecific(TSqlFragment sql) => SqlStatements.Nodes<TSqlFragment>(sql)
        .Where(node => node switch
        {
            FunctionCall call => !PortableFunctions.Contains(call.FunctionName.Value) || call.Parameters.Count != 1,
            GlobalVariableExpression => true,
            // + joins texts on one engine and adds their numbers on the other.
            BinaryExpression sum => SqlStatements.Nodes<ColumnReferenceExpression>(sum).Any(IsText) || SqlStatements.Nodes<StringLiteral>(sum).Count > 0,
            CoalesceExpression or NullIfExpression or CaseExpression or ColumnReferenceExpression or ParenthesisExpression or ScalarSubquery
                or ValueExpression => false,
            PrimaryExpression or TopRowFilter or TableHint or OptimizerHint => true,
            _ => false,
        })
        .Select(node => string.Concat(node.ScriptTokenStream.Skip(node.FirstTokenIndex).Take(node.LastTokenIndex - node.FirstTokenIndex + 1)
            .Select(token => token.Text)));

    private static bool IsText(ColumnReferenceExpression column) =>
        ColumnTypes.Of(column.MultiPartIdentifier.Identifiers[^1].Value).Declared.Contains("VARCHAR", StringComparison.Ordinal);

    private static IEnumerable<string> MigrationsForSqlServer() => SchemaMigrations.Scripts().Select(script => SchemaMigrations
        .VariablesOf(DatabaseEngine.SqlServer)
        .Aggregate(script, (text, variable) => text.Replace($"${variable.Key}$", variable.Value, StringComparison.Ordinal)));

    private static List<string> StringLiterals(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var literals = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            literals.Add(metadata.GetUserString(handle));
        }

        return literals;
    }

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|CREATE|ALTER|DROP)\s")]
    private static partial Regex IsSql();
}

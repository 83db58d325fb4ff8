using System.Collections;
using System.Reflection;
using Assistance.Api.Data;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Assistance.Api.Tests.Data;

/// <summary>
/// A parameter has the type of the column it meets. On SQL Server a VARCHAR key compared with an NVARCHAR parameter scans
/// the table, and nothing else would say so.
/// </summary>
public sealed class ParameterTypeTests
{
    private const string Take = nameof(Take);

    private Dictionary<string, string> typeOfColumn = [];

    [OneTimeSetUp]
    public void ReadSchema() =>
        typeOfColumn = MigratedSchema.Columns().DistinctBy(column => column.Name).ToDictionary(column => column.Name, column => column.Declared);

    [Test]
    public void One_column_name_has_one_type_everywhere() =>
        Assert.That(
            MigratedSchema.Columns().GroupBy(column => column.Name).Where(columns => columns.DistinctBy(column => column.Declared).Count() > 1)
                .SelectMany(columns => columns),
            Is.Empty);

    [Test]
    public void ColumnTypes_say_what_the_migrated_schema_says() =>
        Assert.That(MigratedSchema.Columns().Where(column => DeclaredOrNull(column.Name) != column.Declared), Is.Empty);

    [Test]
    public void Every_name_that_ColumnTypes_list_is_a_column() =>
        Assert.That(PrivateField<IDictionary>("Named").Keys.Cast<string>().Except(typeOfColumn.Keys), Is.EqualTo(new[] { Take }));

    // The conventions alone would give a type to @AnythingId.
    [TestCaseSource(typeof(SqlStatements), nameof(SqlStatements.All))]
    public void Every_parameter_is_named_after_a_column(SqlStatement statement)
    {
        var names = PrivateField<string[]>("Prefixes").Append("").SelectMany(prefix => typeOfColumn.Keys.Select(column => prefix + column)).Append(Take);
        Assert.That(statement.Parameters.Except(names), Is.Empty);
    }

    [TestCaseSource(typeof(SqlStatements), nameof(SqlStatements.All))]
    public void Every_parameter_has_the_type_of_the_columns_it_meets(SqlStatement statement)
    {
        var meetings = Meetings(SqlStatements.Parse(statement.Text)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(
                meetings.Where(meeting => ColumnTypes.Of(meeting.Parameter).Declared != typeOfColumn[meeting.Column]),
                Is.Empty);
            Assert.That(statement.Parameters.Except(meetings.Select(meeting => meeting.Parameter)).Except([Take]), Is.Empty, "parameters not checked");
        });
    }

    [TestCase("SELECT 1 FROM Person p WHERE p.PersonName = @IdentityHash", "PersonName", "IdentityHash")]
    [TestCase("SELECT 1 FROM Person p WHERE (@BornOn) > p.RecordedAt", "RecordedAt", "BornOn")]
    [TestCase("SELECT 1 FROM Lookup WHERE LookupState IN ('Pending', @ItemCode)", "LookupState", "ItemCode")]
    [TestCase("SELECT 1 FROM Lookup WHERE DueAt BETWEEN @FromOn AND @DueAt", "DueAt", "FromOn")]
    [TestCase("SELECT 1 FROM Person WHERE COALESCE(PersonName, @ItemCode) = ''", "PersonName", "ItemCode")]
    [TestCase("UPDATE Award SET MonthlyFen = MonthlyFen + @Version", "MonthlyFen", "Version")]
    [TestCase("UPDATE Award SET MonthlyFen = COALESCE(@Version, 0)", "MonthlyFen", "Version")]
    [TestCase("INSERT INTO SeedLoad (SeedName, LoadedAt) VALUES ('a', @ToOn)", "LoadedAt", "ToOn")]
    [TestCase("INSERT INTO SeedLoad (SeedName, LoadedAt) SELECT 'a', @ToOn UNION ALL SELECT 'b', @LoadedAt", "LoadedAt", "ToOn")]
    public void A_parameter_is_seen_to_meet_a_column(string sql, string column, string parameter) =>
        Assert.That(Meetings(SqlStatements.Parse(sql)), Does.Contain((column, parameter)));

    // Aliases need no resolving: one column name has one type everywhere.
    private static IEnumerable<(string Column, string Parameter)> Meetings(TSqlFragment sql) =>
    [
        .. SqlStatements.Nodes<BooleanComparisonExpression>(sql).SelectMany(node => Pairs(node.FirstExpression, node.SecondExpression)),
        .. SqlStatements.Nodes<BooleanTernaryExpression>(sql)
            .SelectMany(node => Pairs(node.FirstExpression, node.SecondExpression, node.ThirdExpression)),
        .. SqlStatements.Nodes<InPredicate>(sql).SelectMany(node => Pairs([node.Expression, .. node.Values])),
        .. SqlStatements.Nodes<CoalesceExpression>(sql).SelectMany(node => Pairs([.. node.Expressions])),
        .. SqlStatements.Nodes<BinaryExpression>(sql).SelectMany(node => Pairs(node.FirstExpression, node.SecondExpression)),
        .. SqlStatements.Nodes<AssignmentSetClause>(sql).SelectMany(node => Pairs(node.Column, node.NewValue)),
        .. SqlStatements.Nodes<InsertSpecification>(sql)
            .SelectMany(node => InsertedRows(node.InsertSource).SelectMany(row => node.Columns.Zip(row, (column, value) => Pairs(column, value))))
            .SelectMany(pairs => pairs),
    ];

    private static IEnumerable<IEnumerable<TSqlFragment>> InsertedRows(InsertSource source) => source switch
    {
        ValuesInsertSource values => values.RowValues.Select(row => row.ColumnValues),
        SelectInsertSource select => Selects(select.Select).Select(query => query.SelectElements),
        _ => [],
    };

    private static IEnumerable<QuerySpecification> Selects(QueryExpression query) => query switch
    {
        QuerySpecification one => [one],
        BinaryQueryExpression union => [.. Selects(union.FirstQueryExpression), .. Selects(union.SecondQueryExpression)],
        QueryParenthesisExpression parenthesis => Selects(parenthesis.QueryExpression),
        _ => [],
    };

    private static IEnumerable<(string Column, string Parameter)> Pairs(params TSqlFragment[] operands) =>
        from column in operands.OfType<ColumnReferenceExpression>()
        from operand in operands
        from parameter in SqlStatements.Nodes<VariableReference>(operand)
        select (column.MultiPartIdentifier.Identifiers[^1].Value, parameter.Name[1..]);

    private static string? DeclaredOrNull(string column)
    {
        try
        {
            return ColumnTypes.Of(column).Declared;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static T PrivateField<T>(string name) =>
        (T)typeof(ColumnTypes).GetField(name, BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
}

using System.Reflection;
using Assistance.Api.Data;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Assistance.Api.Tests.Data;

/// <param name="Id">The class and the field, for example <c>NumberSeries.CurrentSql</c>.</param>
public sealed record SqlStatement(string Id, string Text)
{
    /// <summary>The names of the parameters, without the sign.</summary>
    public IReadOnlySet<string> Parameters =>
        SqlStatements.Nodes<VariableReference>(SqlStatements.Parse(Text)).Select(variable => variable.Name[1..]).ToHashSet();

    // Names the test case.
    public override string ToString() => Id;
}

/// <summary>Every SQL statement of the service: by convention a constant whose name ends in <c>Sql</c>.</summary>
public static class SqlStatements
{
    public static Assembly Service { get; } = typeof(Database).Assembly;

    public static IReadOnlyList<SqlStatement> All { get; } =
    [
        .. Service.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string) && field.Name.EndsWith("Sql", StringComparison.Ordinal))
            .Select(field => new SqlStatement($"{field.DeclaringType!.Name}.{field.Name}", (string)field.GetRawConstantValue()!))
            .OrderBy(statement => statement.Id, StringComparer.Ordinal),
    ];

    /// <exception cref="FormatException">The text is not T-SQL; says where.</exception>
    public static TSqlFragment Parse(string text)
    {
        using var reader = new StringReader(text);
        var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Count == 0
            ? fragment
            : throw new FormatException(string.Join('\n', errors.Select(error => $"({error.Line},{error.Column}) {error.Message}")));
    }

    public static IReadOnlyList<T> Nodes<T>(TSqlFragment fragment)
        where T : TSqlFragment
    {
        var collector = new Collector<T>();
        fragment.Accept(collector);
        return collector.Found;
    }

    private sealed class Collector<T> : TSqlFragmentVisitor
        where T : TSqlFragment
    {
        public List<T> Found { get; } = [];

        public override void Visit(TSqlFragment node)
        {
            if (node is T found)
            {
                Found.Add(found);
            }
        }
    }
}

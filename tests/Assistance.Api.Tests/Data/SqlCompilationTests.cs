using Assistance.Api.Data;
using Microsoft.SqlServer.Dac.Model;

namespace Assistance.Api.Tests.Data;

/// <summary>
/// Every statement is compiled, without a server, against the migrated schema by Microsoft's own model of SQL Server, each
/// as the body of a procedure. A wrong column is an error there and a wrong table only a warning: any message counts.
/// </summary>
public sealed class SqlCompilationTests
{
    private static readonly SqlStatement[] Wrong =
    [
        new("Wrong.Table", "SELECT PersonId FROM People"),
        new("Wrong.Column", "SELECT PersonId, Surname FROM Person"),
        new("Wrong.Condition", "SELECT PersonId FROM Person WHERE Surname = @PersonName"),
        new("Wrong.ColumnOfAlias", "SELECT p.CaseFileId FROM Person p JOIN CaseMember m ON m.PersonId = p.PersonId"),
        new("Wrong.Insert", "INSERT INTO SeedLoad (SeedName, ContentHash, SeededAt) VALUES (@SeedName, @ContentHash, @LoadedAt)"),
        new("Wrong.Update", "UPDATE SeedLoad SET SeededAt = @LoadedAt WHERE SeedName = @SeedName"),
        new("Wrong.Delete", "DELETE FROM SeedLoad WHERE SeededAt < @LoadedAt"),
    ];

    private string[] messages = [];

    [OneTimeSetUp]
    public void Compile()
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        foreach (var definition in MigratedSchema.Definitions())
        {
            model.AddObjects(MigratedSchema.AsTsql(definition));
        }

        foreach (var statement in SqlStatements.All.Concat(Wrong))
        {
            model.AddObjects(Procedure(statement));
        }

        messages = [.. model.Validate().Select(message => $"{message.MessageType} {message.Prefix}{message.Number}: {message.Message}")];
    }

    [Test]
    public void The_schema_compiles() =>
        Assert.That(messages.Where(message => !SqlStatements.All.Concat(Wrong).Any(statement => IsAbout(message, statement))), Is.Empty);

    [TestCaseSource(typeof(SqlStatements), nameof(SqlStatements.All))]
    public void Every_statement_compiles(SqlStatement statement) => Assert.That(messages.Where(message => IsAbout(message, statement)), Is.Empty);

    [TestCaseSource(nameof(Wrong))]
    public void A_wrong_name_is_noticed(SqlStatement statement) => Assert.That(messages.Where(message => IsAbout(message, statement)), Is.Not.Empty);

    private static string Procedure(SqlStatement statement) => $"""
        CREATE PROCEDURE {NameOf(statement)}
            {string.Join(", ", statement.Parameters.Select(name => $"@{name} {ColumnTypes.Of(name).Declared}"))}
        AS BEGIN
            {statement.Text}
        END
        """;

    private static string NameOf(SqlStatement statement) => $"[dbo].[{statement.Id}]";

    private static bool IsAbout(string message, SqlStatement statement) => message.Contains(NameOf(statement), StringComparison.Ordinal);
}

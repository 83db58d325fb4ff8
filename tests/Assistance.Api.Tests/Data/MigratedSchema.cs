using Assistance.Api.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Assistance.Api.Tests.Data;

public sealed record SchemaColumn(string Table, string Name, string Declared);

/// <summary>A database file as the migrations leave it, made once for the tests of this namespace.</summary>
[SetUpFixture]
public sealed class MigratedSchema
{
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("assistance-schema-");
    private static readonly string Template = Path.Combine(Folder.FullName, "template.db");

    private const string IsOurs = "m.name NOT LIKE 'sqlite_%' AND m.tbl_name <> 'SchemaVersions'";

    [OneTimeSetUp]
    public void Migrate() => SchemaMigrations.Apply(new DatabaseOptions { ConnectionString = ConnectionString(Template) });

    [OneTimeTearDown]
    public void Delete() => Folder.Delete(recursive: true);

    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString(Template) + ";Mode=ReadOnly");
        connection.Open();
        return connection;
    }

    /// <returns>The connection string of an empty, migrated database of the caller's own.</returns>
    public static string Copy()
    {
        var copy = Path.Combine(Folder.FullName, $"{Guid.NewGuid():N}.db");
        File.Copy(Template, copy);
        return ConnectionString(copy);
    }

    /// <summary>The statements that make the tables and indexes, tables first, every <c>ALTER</c> folded in.</summary>
    public static IReadOnlyList<string> Definitions() =>
        Query<string>($"SELECT m.sql FROM sqlite_master m WHERE m.sql IS NOT NULL AND {IsOurs} ORDER BY m.type DESC");

    /// <summary>Every column, its type written as T-SQL writes it.</summary>
    public static IReadOnlyList<SchemaColumn> Columns() =>
    [
        .. Query<(string Table, string Name, string Declared)>(
                $"SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND {IsOurs}")
            .Select(column => new SchemaColumn(column.Table, column.Name, AsTsql(column.Declared).Replace(" ", "", StringComparison.Ordinal))),
    ];

    public static string AsTsql(string definition) => definition.Replace("(2147483647)", "(MAX)", StringComparison.Ordinal);

    public static IReadOnlyList<T> Query<T>(string sql)
    {
        using var connection = Open();
        return [.. connection.Query<T>(sql)];
    }

    private static string ConnectionString(string path) => $"Data Source={path};Pooling=False";
}

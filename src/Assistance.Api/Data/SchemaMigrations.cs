using System.Reflection;
using DbUp;
using Microsoft.Data.SqlClient;

namespace Assistance.Api.Data;

/// <summary>Brings the schema up to date with the numbered scripts of <c>Data/Migrations</c>, run and journalled by DbUp.</summary>
public static class SchemaMigrations
{
    /// <summary>The one difference between the engines' schemas: how a code compares and what "unbounded" is called.</summary>
    public static IReadOnlyDictionary<string, string> VariablesOf(DatabaseEngine engine) => engine == DatabaseEngine.SqlServer
        ? new Dictionary<string, string> { ["Code"] = "COLLATE Latin1_General_BIN2", ["Max"] = "MAX" }
        : new Dictionary<string, string> { ["Code"] = "", ["Max"] = "2147483647" };

    /// <exception cref="InvalidOperationException">A script failed; names it. What ran before it stays.</exception>
    public static void Apply(DatabaseOptions options)
    {
        var engine = options.Engine == DatabaseEngine.SqlServer
            ? DeployChanges.To.SqlDatabase(options.ConnectionString)
            : DeployChanges.To.SqliteDatabase(options.ConnectionString);
        if (options.Engine == DatabaseEngine.SqlServer)
        {
            EnsureDatabase.For.SqlDatabase(options.ConnectionString);
            AllowSnapshots(options.ConnectionString);
        }

        var result = engine
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), IsMigration)
            .WithVariables(VariablesOf(options.Engine).ToDictionary())
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} failed.", result.Error);
        }
    }

    private const string AllowSnapshotsSql = "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON";

    // Reads see one state of the database without locking writers out; SQLite's WAL does so by itself.
    private static void AllowSnapshots(string connectionString)
    {
        using var connection = new SqlConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = AllowSnapshotsSql;
        command.ExecuteNonQuery();
    }

    /// <summary>The text of every script, in order.</summary>
    public static IEnumerable<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(IsMigration).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static bool IsMigration(string resource) =>
        resource.Contains(".Migrations.", StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.Ordinal);
}

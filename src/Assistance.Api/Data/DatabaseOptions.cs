using System.ComponentModel.DataAnnotations;

namespace Assistance.Api.Data;

public enum DatabaseEngine
{
    Sqlite,
    SqlServer,
}

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>The engine; default SQLite, the embedded one.</summary>
    public DatabaseEngine Engine { get; set; } = DatabaseEngine.Sqlite;

    /// <summary>The connection string, for example <c>Data Source=assistance.db</c>.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>Whether to migrate and load seeds at start. Default for SQLite; on SQL Server run the verb <c>migrate</c>.</summary>
    public bool? MigrateAtStart { get; set; }

    /// <summary>The folder of the seed files; default <c>seeds</c> beside the program.</summary>
    public string SeedsPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "seeds");

    public bool MigratesAtStart => MigrateAtStart ?? Engine == DatabaseEngine.Sqlite;
}

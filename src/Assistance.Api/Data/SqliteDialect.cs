using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Assistance.Api.Data;

/// <summary>The embedded engine: WAL, full synchronisation, one writer.</summary>
public sealed class SqliteDialect(string connectionString) : ISqlDialect
{
    public const string PageTail = "OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY";

    // Per connection: durability at each commit, foreign keys, 8 MiB of page cache and up to 256 MiB of the file mapped (shared, not private), temporary tables in memory.
    private const string ConnectionSettings = """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
        PRAGMA cache_size = -8192; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 5000;
        """;

    private readonly ConcurrentDictionary<string, string> texts = new();
    private readonly string connectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString();

    public bool HasOneWriter => true;

    public DbConnection CreateConnection()
    {
        var connection = new SqliteConnection(connectionString);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == System.Data.ConnectionState.Open)
            {
                using var command = connection.CreateCommand();
                command.CommandText = ConnectionSettings;
                command.ExecuteNonQuery();
            }
        };
        return connection;
    }

    public string Text(string sql) =>
        texts.GetOrAdd(sql, static sql => sql.Replace(PageTail, "LIMIT @Take", StringComparison.Ordinal));

    // SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
    public bool IsUniqueViolation(Exception exception) => exception is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

    // SQLITE_BUSY and SQLITE_LOCKED.
    public bool IsTransient(Exception exception) => exception is SqliteException { SqliteErrorCode: 5 or 6 };

    public int? ErrorNumberOf(Exception exception) => (exception as SqliteException)?.SqliteExtendedErrorCode;
}

using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Assistance.Api.Data;

/// <summary>The production engine: many writers, connections pooled by the client library.</summary>
public sealed class SqlServerDialect(string connectionString) : ISqlDialect
{
    public bool HasOneWriter => false;

    public DbConnection CreateConnection() => new SqlConnection(connectionString);

    public string Text(string sql) => sql;

    // A primary key or unique constraint, and a unique index.
    public bool IsUniqueViolation(Exception exception) => exception is SqlException { Number: 2627 or 2601 };

    // A deadlock's victim, a time-out, a dropped connection, and a server that moves or is busy: what the client's own
    // retry logic lists as passing.
    private static readonly HashSet<int> Transient =
    [
        1205, -2, -1, 2, 53, 64, 121, 233, 10053, 10054, 10060, 10061, 4060, 4221, 10928, 10929, 11001, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920,
    ];

    public bool IsTransient(Exception exception) =>
        exception is SqlException sql && sql.Errors.Cast<SqlError>().Any(error => Transient.Contains(error.Number));

    public int? ErrorNumberOf(Exception exception) => (exception as SqlException)?.Number;
}

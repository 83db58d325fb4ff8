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

    // A deadlock's victim, a time-out, and what the client itself knows to pass.
    public bool IsTransient(Exception exception) => exception is SqlException { Number: 1205 or -2 } or SqlException { IsTransient: true };

    public int? ErrorNumberOf(Exception exception) => (exception as SqlException)?.Number;
}

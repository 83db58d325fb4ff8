using System.Data.Common;

namespace Assistance.Api.Data;

/// <summary>All that the code knows of an engine. SQL text is the same for both, but for the page tail.</summary>
public interface ISqlDialect
{
    DbConnection CreateConnection();

    /// <summary>The statement as the engine wants it: the page tail <c>OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY</c> differs.</summary>
    string Text(string sql);

    bool IsUniqueViolation(Exception exception);

    bool IsTransient(Exception exception);

    /// <summary>
    /// Whether the engine has one writer and open connections are kept: writes then queue for one connection and commit in
    /// groups. Otherwise the client library pools connections and each write has a transaction of its own.
    /// </summary>
    bool HasOneWriter { get; }

    /// <summary>The error's number, the only part of an engine's error that may be logged: its text can carry values.</summary>
    int? ErrorNumberOf(Exception exception);
}

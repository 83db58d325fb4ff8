using System.Globalization;
using Dapper;

namespace Assistance.Api.Data;

/// <summary>
/// What a repository may do with the database: run a statement within the transaction and the token that the session
/// already carries, so that nobody can forget either. Rows map to classes with init properties named after the columns.
/// </summary>
public sealed class Session
{
    private readonly DatabaseConnection connection;
    private readonly CancellationToken cancellation;

    internal Session(DatabaseConnection connection, CancellationToken cancellation)
    {
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /// <returns>The number of rows affected.</returns>
    public async Task<int> ExecuteAsync(string sql, object parameters)
    {
        var command = connection.Command(sql, parameters);
        try
        {
            return await command.ExecuteNonQueryAsync(cancellation);
        }
        finally
        {
            await connection.ReleaseAsync(command);
        }
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null)
    {
        var command = connection.Command(sql, parameters ?? NoParameters.Instance);
        try
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (await reader.ReadAsync(cancellation))
            {
                var parse = reader.GetRowParser(typeof(T));
                do
                {
                    rows.Add(As<T>(parse(reader))!);
                }
                while (await reader.ReadAsync(cancellation));
            }

            return rows;
        }
        finally
        {
            await connection.ReleaseAsync(command);
        }
    }

    public async Task<T?> FirstOrDefaultAsync<T>(string sql, object parameters)
    {
        var command = connection.Command(sql, parameters);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await reader.ReadAsync(cancellation) ? As<T>(reader.GetRowParser(typeof(T))(reader)) : default;
        }
        finally
        {
            await connection.ReleaseAsync(command);
        }
    }

    // A single column may come as the engine's own width of number.
    private static T? As<T>(object? value) => value switch
    {
        null or DBNull when default(T) is null => default,
        null or DBNull => throw new InvalidCastException($"The column is NULL and {typeof(T).Name} is not."),
        T fitting => fitting,
        _ => (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture),
    };
}

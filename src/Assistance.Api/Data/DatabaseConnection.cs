using System.Data;
using System.Data.Common;

namespace Assistance.Api.Data;

/// <summary>
/// An open connection with its transaction and, where connections are kept, its prepared statements: preparing anew costs
/// more than reading a row by its id.
/// </summary>
internal sealed class DatabaseConnection(DbConnection connection, ISqlDialect dialect) : IAsyncDisposable
{
    private readonly Dictionary<(string Sql, Type Parameters), DbCommand> prepared = [];

    public DbTransaction? Transaction { get; set; }

    public static async Task<DatabaseConnection> OpenAsync(ISqlDialect dialect, CancellationToken cancellation)
    {
        var connection = dialect.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellation);
            return new DatabaseConnection(connection, dialect);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A command ready to run. Give it back with <see cref="ReleaseAsync"/>.</summary>
    public DbCommand Command(string sql, object parameters)
    {
        var type = parameters.GetType();
        var binding = ParameterBinding.Of(type);
        if (!dialect.HasOneWriter || !prepared.TryGetValue((sql, type), out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = dialect.Text(sql);
            binding.Declare(command);
            if (dialect.HasOneWriter)
            {
                prepared.Add((sql, type), command);
            }
        }

        command.Transaction = Transaction;
        binding.Fill(command, parameters);
        return command;
    }

    public ValueTask ReleaseAsync(DbCommand command) => dialect.HasOneWriter ? ValueTask.CompletedTask : command.DisposeAsync();

    public async Task BeginAsync(IsolationLevel isolation, CancellationToken cancellation) =>
        Transaction = await connection.BeginTransactionAsync(isolation, cancellation);

    /// <summary>Runs a statement of transaction control.</summary>
    public void Control(string sql)
    {
        var command = Command(sql, NoParameters.Instance);
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values)
        {
            await command.DisposeAsync();
        }

        if (Transaction is not null)
        {
            await Transaction.DisposeAsync();
        }

        await connection.DisposeAsync();
    }
}

/// <summary>For statements without parameters.</summary>
internal sealed class NoParameters
{
    public static readonly NoParameters Instance = new();
}

using System.Collections.Concurrent;
using System.Data;
using Polly;
using Polly.Retry;

namespace Assistance.Api.Data;

/// <summary>
/// The one door to the database: a read or a write is a delegate given a <see cref="Session"/>, inside the only
/// transaction and the only database retry there is. A unit of work must be repeatable: no effect outside the session.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int KeptReaders = 16;

    private readonly ISqlDialect dialect;
    private readonly TimeProvider time;
    private readonly GroupCommitWriter? writer;
    private readonly ConcurrentBag<DatabaseConnection> readers = [];
    private readonly ResiliencePipeline retry;

    public Database(ISqlDialect dialect, TimeProvider time, ILogger<Database> logger)
    {
        this.dialect = dialect;
        this.time = time;
        TypeHandlers.Register();
        writer = dialect.HasOneWriter ? new GroupCommitWriter(dialect, logger) : null;
        // A unique violation that escapes a unit of work is a race lost: run again, it finds the winner's row and says so.
        retry = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(15),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(exception =>
                    dialect.IsTransient(exception) || dialect.IsUniqueViolation(exception)),
            })
            .Build();
    }

    /// <summary>Runs reads that see one state of the database.</summary>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellation) =>
        dialect.HasOneWriter ? ReadOnKeptConnectionAsync(read, cancellation) : ReadOnPooledConnectionAsync(read, cancellation);

    /// <summary>Runs reads and writes that are committed whole, durably, before the answer, or not at all.</summary>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation) =>
        writer is null
            ? await WriteInOwnTransactionAsync(work, cancellation)
            : await retry.ExecuteAsync(
                static async (state, token) => await state.writer.RunAsync(state.work, token), (writer, work), cancellation);

    public Task WriteAsync(Func<Session, Task> work, CancellationToken cancellation) =>
        WriteAsync(
            async session =>
            {
                await work(session);
                return true;
            },
            cancellation);

    public async ValueTask DisposeAsync()
    {
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }

        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    private async Task<T> ReadOnKeptConnectionAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellation)
    {
        if (!readers.TryTake(out var connection))
        {
            connection = await DatabaseConnection.OpenAsync(dialect, cancellation);
        }

        var isSound = false;
        try
        {
            connection.Control("BEGIN");
            var result = await read(new Session(connection, cancellation));
            isSound = true;
            return result;
        }
        catch (Exception exception) when (dialect.ErrorNumberOf(exception) is null)
        {
            // A refusal of ours, not a fault of the connection.
            isSound = true;
            throw;
        }
        finally
        {
            await GiveBackAsync(connection, isSound);
        }
    }

    private async Task GiveBackAsync(DatabaseConnection connection, bool isSound)
    {
        if (isSound && readers.Count < KeptReaders)
        {
            connection.Control("COMMIT");
            readers.Add(connection);
        }
        else
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<T> ReadOnPooledConnectionAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellation) =>
        await retry.ExecuteAsync(
            async token =>
            {
                await using var connection = await DatabaseConnection.OpenAsync(dialect, token);
                // One state of the database for all of a read's statements, without locking writers out.
                await connection.BeginAsync(IsolationLevel.Snapshot, token);
                var result = await read(new Session(connection, token));
                await connection.Transaction!.CommitAsync(token);
                return result;
            },
            cancellation);

    private async Task<T> WriteInOwnTransactionAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        // Set as soon as a commit may have gone through without our hearing of it.
        (Guid OperationId, T Result)? uncertain = null;
        return await retry.ExecuteAsync(
            async token =>
            {
                if (uncertain is { } earlier)
                {
                    if (await ReadOnPooledConnectionAsync(session => WriteOperations.ExistsAsync(session, earlier.OperationId), token))
                    {
                        return earlier.Result;
                    }

                    uncertain = null;
                }

                var operationId = Guid.CreateVersion7(time.GetUtcNow());
                await using var connection = await DatabaseConnection.OpenAsync(dialect, token);
                await connection.BeginAsync(IsolationLevel.ReadCommitted, token);
                var session = new Session(connection, token);
                var result = await work(session);
                await WriteOperations.AddAsync(session, operationId);
                uncertain = (operationId, result);
                // Not cancelled by the caller any more: from here the outcome must be known.
                await connection.Transaction!.CommitAsync(CancellationToken.None);
                return result;
            },
            cancellation);
    }
}

using System.Threading.Channels;

namespace Assistance.Api.Data;

/// <summary>
/// The one writer of an engine that has one: units of work queue for it, each runs in a savepoint, those that wait are
/// committed together, and every answer (refusals too, since they may have read a neighbour's uncommitted work) goes out
/// after the commit. If a commit fails the whole group runs again, so a unit of work must be repeatable.
/// </summary>
internal sealed partial class GroupCommitWriter : IAsyncDisposable
{
    private const int LargestGroup = 64;
    private const int Attempts = 3;

    private readonly ISqlDialect dialect;
    private readonly ILogger logger;
    private readonly Channel<Unit> queue = Channel.CreateBounded<Unit>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly Task loop;
    private DatabaseConnection? connection;

    public GroupCommitWriter(ISqlDialect dialect, ILogger logger)
    {
        this.dialect = dialect;
        this.logger = logger;
        loop = Task.Run(RunAsync);
    }

    public async Task<T> RunAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        var unit = new Unit<T>(work, cancellation);
        await queue.Writer.WriteAsync(unit, cancellation);
        return await unit.Completion.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task RunAsync()
    {
        var group = new List<Unit>(LargestGroup);
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < LargestGroup && queue.Reader.TryRead(out var unit))
            {
                group.Add(unit);
            }

            await CommitAsync(group);
        }
    }

    private async Task CommitAsync(List<Unit> group)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                connection ??= await DatabaseConnection.OpenAsync(dialect, CancellationToken.None);
                connection.Control("BEGIN IMMEDIATE");
                foreach (var unit in group)
                {
                    await RunInSavepointAsync(unit);
                }

                connection.Control("COMMIT");
                break;
            }
            catch (Exception exception)
            {
                LogGroupFailed(logger, group.Count, attempt, dialect.ErrorNumberOf(exception));
                // A fresh connection, whatever state the failed one is in.
                if (connection is not null)
                {
                    await connection.DisposeAsync();
                    connection = null;
                }

                if (attempt == Attempts)
                {
                    group.ForEach(unit => unit.Fail(exception));
                    return;
                }
            }
        }

        group.ForEach(unit => unit.Complete());
    }

    private async Task RunInSavepointAsync(Unit unit)
    {
        connection!.Control("SAVEPOINT unit");
        if (!await unit.RunAsync(connection))
        {
            // Fails where the engine gave the whole transaction up (a full disk): then the group runs again.
            connection.Control("ROLLBACK TO unit");
        }

        connection.Control("RELEASE unit");
    }

    [LoggerMessage(1, LogLevel.Warning, "A group of {Units} writes failed at attempt {Attempt} with error {ErrorNumber}.")]
    private static partial void LogGroupFailed(ILogger logger, int units, int attempt, int? errorNumber);

    private abstract class Unit
    {
        /// <returns>Whether the work may be kept.</returns>
        public abstract Task<bool> RunAsync(DatabaseConnection connection);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class Unit<T>(Func<Session, Task<T>> work, CancellationToken cancellation) : Unit
    {
        private T? result;
        private Exception? failure;

        public TaskCompletionSource<T> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<bool> RunAsync(DatabaseConnection connection)
        {
            (result, failure) = (default, null);
            try
            {
                cancellation.ThrowIfCancellationRequested();
                // Once begun it is seen through: a client that hangs up must not undo its neighbours' group.
                result = await work(new Session(connection, CancellationToken.None));
                return true;
            }
            catch (Exception exception)
            {
                failure = exception;
                return false;
            }
        }

        public override void Complete()
        {
            if (failure is null)
            {
                Completion.SetResult(result!);
            }
            else
            {
                Completion.SetException(failure);
            }
        }

        // Not its own refusal, which may rest on a neighbour's work that was never committed.
        public override void Fail(Exception exception) => Completion.SetException(exception);
    }
}

using System.Threading.Channels;
using Assistance.Api.Data;

namespace Assistance.Api.Security;

/// <summary>
/// Records who read whose case and for what (Act art. 70(6), PIPL art. 55), durably before the answer leaves. Readers that
/// come at the same time share a write, so that a read stays cheap.
/// </summary>
public sealed class AccessLog : IAsyncDisposable
{
    private const int LargestBatch = 256;

    private readonly Database database;
    private readonly TimeProvider time;
    private readonly Channel<Entry> queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(8_192) { SingleReader = true });
    private readonly Task loop;

    public AccessLog(Database database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        loop = Task.Run(RunAsync);
    }

    /// <param name="purpose">The operation that showed the data, by its name in the contract.</param>
    public Task RecordAsync(Officer officer, Guid caseFileId, string purpose, CancellationToken cancellation) =>
        RecordAsync(new Entry(officer, caseFileId, Location: null, purpose, time.Now), cancellation);

    /// <summary>Records a read of what belongs to no case yet.</summary>
    /// <param name="location">The path that it is read at.</param>
    /// <param name="purpose">The operation that showed the data, by its name in the contract.</param>
    public Task RecordAsync(Officer officer, string location, string purpose, CancellationToken cancellation) =>
        RecordAsync(new Entry(officer, CaseFileId: null, location, purpose, time.Now), cancellation);

    private async Task RecordAsync(Entry entry, CancellationToken cancellation)
    {
        await queue.Writer.WriteAsync(entry, cancellation);
        await entry.Written.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
    }

    private async Task RunAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            var batch = new List<Entry>();
            while (batch.Count < LargestBatch && queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            try
            {
                await database.WriteAsync(
                    async session =>
                    {
                        foreach (var entry in batch)
                        {
                            await AccessRecords.AddAsync(session, entry.Officer, entry.CaseFileId, entry.Location, entry.Purpose, entry.At);
                        }
                    },
                    CancellationToken.None);
                batch.ForEach(entry => entry.Written.SetResult());
            }
            catch (Exception exception)
            {
                // What cannot be recorded is not shown.
                batch.ForEach(entry => entry.Written.SetException(exception));
            }
        }
    }

    private sealed record Entry(Officer Officer, Guid? CaseFileId, string? Location, string Purpose, DateTimeOffset At)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

internal static class AccessRecords
{
    private const string AddSql = """
        INSERT INTO AccessRecord (AccessRecordId, CaseFileId, Location, ActorId, ActorDivisionCode, AccessPurpose, AccessedAt)
        VALUES (@AccessRecordId, @CaseFileId, @Location, @ActorId, @ActorDivisionCode, @AccessPurpose, @AccessedAt)
        """;

    public static Task AddAsync(Session session, Officer officer, Guid? caseFileId, string? location, string purpose, DateTimeOffset at) =>
        session.ExecuteAsync(AddSql, new
        {
            AccessRecordId = Guid.CreateVersion7(at),
            CaseFileId = caseFileId,
            Location = location,
            ActorId = officer.Id,
            ActorDivisionCode = officer.Division,
            AccessPurpose = purpose,
            AccessedAt = at,
        });
}

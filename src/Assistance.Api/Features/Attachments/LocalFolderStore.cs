using System.Runtime.CompilerServices;
using Assistance.Api.Data;
using Assistance.Api.Security;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Attachments;

/// <summary>
/// Evidence files in a folder, encrypted (<see cref="SealedSegments"/>), each named by its attachment's id alone, spread over
/// 256 folders by the last two of its digits, and readable on Unix by the service's own account only. The one writer holds
/// the file's lock, which a killed process gives back.
/// </summary>
internal sealed class LocalFolderStore(
    IOptions<AttachmentOptions> options, IOptions<DatabaseOptions> database, PersonalDataProtector protector) : IFileStore
{
    // A reader of the length holds the file for a moment, and a writer must not be turned away for it.
    private const int Attempts = 5;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(20);

    private readonly string folder = FolderOf(options.Value, database.Value);

    public static string FolderOf(AttachmentOptions options, DatabaseOptions database)
    {
        if (!string.IsNullOrEmpty(options.Folder))
        {
            return Path.GetFullPath(options.Folder);
        }

        var beside = database.Engine == DatabaseEngine.Sqlite
            ? Path.GetDirectoryName(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource)
            : null;
        return Path.GetFullPath(Path.Combine(beside ?? "", "attachments"));
    }

    public async Task<IFileClaim?> ClaimAsync(Guid id, CancellationToken cancellation)
    {
        var path = PathOf(id);
        // One after the other: what is made on the way to a folder would not have its mode.
        MakeFolder(folder);
        MakeFolder(Path.GetDirectoryName(path)!);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Claim.OpenAsync(path, id, protector);
            }
            catch (IOException exception) when (IsInUse(exception))
            {
                if (attempt == Attempts)
                {
                    return null;
                }
            }

            await Task.Delay(BetweenAttempts, cancellation);
        }
    }

    public async Task<long?> LengthAsync(Guid id, CancellationToken cancellation)
    {
        if (!File.Exists(PathOf(id)))
        {
            return 0;
        }

        await using var claim = await ClaimAsync(id, cancellation);
        return claim?.Length;
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Guid id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var handle = File.OpenHandle(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await foreach (var bytes in new SealedSegments(handle, id, protector).ReadAllAsync(cancellation))
        {
            yield return bytes;
        }
    }

    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(folder, name[^2..], name);
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // A sharing violation, by the number that Windows, Linux and macOS give it.
    private static bool IsInUse(IOException exception) => (exception.HResult & 0xFFFF) is 32 or 11 or 35;

    private sealed class Claim : IFileClaim
    {
        private readonly FileStream stream;
        private readonly SealedSegments segments;
        private readonly (long Length, long End) claimed;
        private (long Length, long End) now;

        private Claim(FileStream stream, SealedSegments segments, (long Length, long End) claimed)
        {
            this.stream = stream;
            this.segments = segments;
            this.claimed = claimed;
            now = claimed;
        }

        public long Length => now.Length;

        public static async Task<Claim> OpenAsync(string path, Guid id, PersonalDataProtector protector)
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.Asynchronous,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var stream = new FileStream(path, options);
            try
            {
                var segments = new SealedSegments(stream.SafeFileHandle, id, protector);
                var end = await segments.FindEndAsync();
                if (end.End < stream.Length)
                {
                    RandomAccess.SetLength(stream.SafeFileHandle, end.End);
                }

                return new Claim(stream, segments, end);
            }
            catch
            {
                await stream.DisposeAsync();
                throw;
            }
        }

        public async Task AppendAsync(ReadOnlyMemory<byte> bytes)
        {
            var end = await segments.WriteAsync(now.End, now.Length, bytes);
            now = (now.Length + bytes.Length, end);
        }

        public Task RevertAsync()
        {
            RandomAccess.SetLength(stream.SafeFileHandle, claimed.End);
            now = claimed;
            return Task.CompletedTask;
        }

        public Task FlushAsync()
        {
            RandomAccess.FlushToDisk(stream.SafeFileHandle);
            return Task.CompletedTask;
        }

        public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync() => segments.ReadAllAsync();

        public Task EmptyAsync()
        {
            RandomAccess.SetLength(stream.SafeFileHandle, 0);
            now = (0, 0);
            return FlushAsync();
        }

        public async Task DeleteAsync()
        {
            await DisposeAsync();
            File.Delete(stream.Name);
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}

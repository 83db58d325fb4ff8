using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Assistance.Api.Security;
using Microsoft.Win32.SafeHandles;

namespace Assistance.Api.Features.Attachments;

/// <summary>
/// How a file lies on the disk: one segment after the other, each encrypted and authenticated by itself (AES-GCM, with the
/// file's id and the segment's place in it), so that bytes can be appended without touching those before, and a segment that
/// a crash cut off, or that somebody moved, is told from a whole one. A segment is its offset in the plain file (8 bytes),
/// the length of its sealed bytes (4), the sealed bytes, and their length again (4), by which the last one is found from the end.
/// </summary>
internal sealed class SealedSegments(SafeFileHandle file, Guid id, PersonalDataProtector protector)
{
    /// <summary>The most plain bytes of one segment.</summary>
    public const int Most = 65_536;

    private const int HeaderLength = 12;
    private const int TrailerLength = 4;

    // What sealing adds is a key's id of at most 8 letters, a nonce and a tag.
    private const int MostSealed = Most + 64;

    /// <returns>Where the segment ends in the file.</returns>
    public async Task<long> WriteAsync(long position, long offset, ReadOnlyMemory<byte> plain)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plain.Length, Most);
        var cipher = protector.Protect(plain.Span, Place(offset));
        var segment = new byte[HeaderLength + cipher.Length + TrailerLength];
        BinaryPrimitives.WriteInt64BigEndian(segment, offset);
        BinaryPrimitives.WriteInt32BigEndian(segment.AsSpan(8), cipher.Length);
        cipher.CopyTo(segment, HeaderLength);
        BinaryPrimitives.WriteInt32BigEndian(segment.AsSpan(segment.Length - TrailerLength), cipher.Length);
        await RandomAccess.WriteAsync(file, segment, position);
        return position + segment.Length;
    }

    /// <summary>Finds where the whole segments end: by the last one, or from the beginning where that is torn.</summary>
    /// <returns>The plain bytes stored, and where in the file they end.</returns>
    public async Task<(long Length, long End)> FindEndAsync()
    {
        var end = RandomAccess.GetLength(file);
        if (await LastAsync(end) is { } last && last.End == end)
        {
            return (last.Offset + last.Plain.Length, end);
        }

        var (length, position) = (0L, 0L);
        while (await ReadAsync(position) is { } segment && segment.Offset == length)
        {
            (length, position) = (length + segment.Plain.Length, segment.End);
        }

        return (length, position);
    }

    /// <exception cref="InvalidDataException">A segment is torn, changed or out of its place.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (length, position) = (0L, 0L);
        while (position < RandomAccess.GetLength(file))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await ReadAsync(position) is not { } segment || segment.Offset != length)
            {
                throw new InvalidDataException("A stored segment is not as it was written.");
            }

            (length, position) = (length + segment.Plain.Length, segment.End);
            yield return segment.Plain;
        }
    }

    private async Task<Segment?> LastAsync(long end)
    {
        var trailer = new byte[TrailerLength];
        if (end < HeaderLength + TrailerLength || !await FillAsync(trailer, end - TrailerLength))
        {
            return null;
        }

        var position = end - TrailerLength - BinaryPrimitives.ReadInt32BigEndian(trailer) - HeaderLength;
        return position >= 0 && position < end ? await ReadAsync(position) : null;
    }

    /// <returns>Null where no whole segment of this file begins.</returns>
    private async Task<Segment?> ReadAsync(long position)
    {
        var header = new byte[HeaderLength];
        if (!await FillAsync(header, position))
        {
            return null;
        }

        var offset = BinaryPrimitives.ReadInt64BigEndian(header);
        var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8));
        if (length is < 1 or > MostSealed)
        {
            return null;
        }

        var rest = new byte[length + TrailerLength];
        if (!await FillAsync(rest, position + HeaderLength) || BinaryPrimitives.ReadInt32BigEndian(rest.AsSpan(length)) != length)
        {
            return null;
        }

        try
        {
            return new Segment(offset, protector.Unprotect(rest.AsSpan(0, length), Place(offset)), position + HeaderLength + rest.Length);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[] Place(long offset)
    {
        var place = new byte[24];
        id.TryWriteBytes(place, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(16), offset);
        return place;
    }

    private async Task<bool> FillAsync(byte[] buffer, long position)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(filled), position + filled);
            if (read == 0)
            {
                return false;
            }

            filled += read;
        }

        return true;
    }

    private sealed record Segment(long Offset, byte[] Plain, long End);
}

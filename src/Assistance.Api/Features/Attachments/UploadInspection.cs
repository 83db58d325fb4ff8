using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Assistance.Api.Features.Attachments;

/// <summary>
/// Looks at every byte of a finished file once: its hash, and what it is. The type is told from the bytes alone; no name and
/// no header is believed. Active content of a PDF is found by its plain names in the bytes: that keeps out the ordinary case
/// and not a name that was escaped or lies within a compressed object, so that clients still open a PDF without running anything.
/// </summary>
internal sealed class UploadInspection : IDisposable
{
    public const string Pdf = "application/pdf";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string WebP = "image/webp";
    public const string Heic = "image/heic";
    public const string Heif = "image/heif";

    // How far from the end a format's last mark may be: scanners and cameras write a little after it.
    private const int Edge = 1_024;

    // One less than the longest of the names of active content.
    private const int Seam = 12;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] head = new byte[Edge];
    private readonly byte[] tail = new byte[Edge];
    private long length;
    private int tailLength;
    private bool isActive;

    public static IReadOnlyList<string> MediaTypes { get; } = [Pdf, Jpeg, Png, WebP, Heic, Heif];

    private ReadOnlySpan<byte> Head => head.AsSpan(0, (int)Math.Min(length, Edge));

    private ReadOnlySpan<byte> Tail => tail.AsSpan(0, tailLength);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(bytes);
        isActive = isActive || NamesActiveContent(bytes) || NamesActiveContent([.. Tail[^Math.Min(Seam, tailLength)..], .. bytes[..Math.Min(Seam, bytes.Length)]]);
        if (length < Edge)
        {
            bytes[..(int)Math.Min(bytes.Length, Edge - length)].CopyTo(head.AsSpan((int)length));
        }

        KeepTail(bytes);
        length += bytes.Length;
    }

    /// <param name="contentHash">The hash that was declared, in lower-case hexadecimal.</param>
    /// <returns>The type, or why the file is not taken.</returns>
    public (string? MediaType, RejectionCause? Cause) Finish(string contentHash) =>
        Convert.ToHexStringLower(hash.GetHashAndReset()) != contentHash ? (null, RejectionCause.HashMismatch)
        : TypeOf() is not { } type ? (null, RejectionCause.TypeNotAccepted)
        : type == Pdf && isActive ? (null, RejectionCause.ActiveContent)
        : (type, null);

    public void Dispose() => hash.Dispose();

    private static bool NamesActiveContent(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("/JavaScript"u8) >= 0 || bytes.IndexOf("/Launch"u8) >= 0 || bytes.IndexOf("/EmbeddedFile"u8) >= 0;

    private void KeepTail(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Edge)
        {
            bytes[^Edge..].CopyTo(tail);
            tailLength = Edge;
            return;
        }

        var kept = Math.Min(tailLength, Edge - bytes.Length);
        tail.AsSpan(tailLength - kept, kept).CopyTo(tail);
        bytes.CopyTo(tail.AsSpan(kept));
        tailLength = kept + bytes.Length;
    }

    private string? TypeOf() =>
        Head.StartsWith("%PDF-"u8) && Tail.IndexOf("%%EOF"u8) >= 0 ? Pdf
        : Head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) && Tail.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0 ? Jpeg
        : Head.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8])
            && Tail.IndexOf((ReadOnlySpan<byte>)[.. "IEND"u8, 0xAE, 0x42, 0x60, 0x82]) >= 0 ? Png
        : IsWebP() ? WebP
        : HeifBrand();

    private bool IsWebP() =>
        length >= 16 && Head.StartsWith("RIFF"u8) && Head[8..].StartsWith("WEBPVP8"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(Head[4..]) + 8L == length;

    // The first box says the brand and which others the file can be read as; the box of the pictures' description follows.
    private string? HeifBrand()
    {
        if (length < 16 || !Head[4..].StartsWith("ftyp"u8))
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(Head);
        if (size < 16 || size % 4 != 0 || size + 8 > Head.Length || !Head[((int)size + 4)..].StartsWith("meta"u8))
        {
            return null;
        }

        var brands = Head[8..(int)size];
        return IsHeic(brands) ? Heic
            : !brands.StartsWith("mif1"u8) ? null
            : AnyIsHeic(brands[8..]) ? Heif
            : null;
    }

    private static bool AnyIsHeic(ReadOnlySpan<byte> brands)
    {
        for (; brands.Length >= 4; brands = brands[4..])
        {
            if (IsHeic(brands))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHeic(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("heic"u8) || brand.StartsWith("heix"u8) || brand.StartsWith("heim"u8) || brand.StartsWith("heis"u8);
}

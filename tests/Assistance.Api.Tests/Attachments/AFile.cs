using System.Buffers.Binary;
using System.Text;

namespace Assistance.Api.Tests.Attachments;

/// <summary>Made-up evidence files: the marks of their format around noise that is the same every time.</summary>
internal static class AFile
{
    public static byte[] Pdf(int length = 1_000, string within = "") =>
        Around(length, [.. "%PDF-1.7\n"u8, .. Encoding.ASCII.GetBytes(within)], "\n%%EOF\n"u8);

    public static byte[] Jpeg(int length = 1_000) => Around(length, [0xFF, 0xD8, 0xFF, 0xE0], [0xFF, 0xD9]);

    public static byte[] Png(int length = 1_000) =>
        Around(length, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8], [0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82]);

    public static byte[] WebP(int length = 1_000)
    {
        var file = Around(length, "RIFF____WEBPVP8 "u8, []);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), length - 8);
        return file;
    }

    public static byte[] Heic(string major = "heic", string compatible = "mif1", int length = 1_000) =>
        Around(length, [0, 0, 0, 20, .. "ftyp"u8, .. Encoding.ASCII.GetBytes(major), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(compatible), 0, 0, 0, 40, .. "meta"u8], []);

    /// <summary>A program for Windows, by its first bytes.</summary>
    public static byte[] Program(int length = 1_000) => Around(length, "MZ\x90\0"u8, []);

    private static byte[] Around(int length, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        var file = new byte[length];
        new Random(length).NextBytes(file);
        head.CopyTo(file);
        tail.CopyTo(file.AsSpan(length - tail.Length));
        return file;
    }
}

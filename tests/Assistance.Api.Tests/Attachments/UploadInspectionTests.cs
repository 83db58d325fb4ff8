using System.Security.Cryptography;
using Assistance.Api.Features.Attachments;

namespace Assistance.Api.Tests.Attachments;

public sealed class UploadInspectionTests
{
    private static readonly TestCaseData[] Taken =
    [
        new TestCaseData(AFile.Pdf(), "application/pdf").SetArgDisplayNames("a PDF"),
        new TestCaseData(AFile.Jpeg(), "image/jpeg").SetArgDisplayNames("a JPEG"),
        new TestCaseData(AFile.Png(), "image/png").SetArgDisplayNames("a PNG"),
        new TestCaseData(AFile.WebP(), "image/webp").SetArgDisplayNames("a WebP"),
        new TestCaseData(AFile.Heic(), "image/heic").SetArgDisplayNames("a HEIC"),
        new TestCaseData(AFile.Heic("mif1", "heic"), "image/heif").SetArgDisplayNames("a HEIF"),
    ];

    private static readonly TestCaseData[] NotTaken =
    [
        new TestCaseData(AFile.Program()).SetArgDisplayNames("a program"),
        new TestCaseData("PK\u0003\u0004"u8.ToArray()).SetArgDisplayNames("an archive"),
        new TestCaseData("<html><script>"u8.ToArray()).SetArgDisplayNames("a page"),
        new TestCaseData("%PDF-"u8.ToArray()).SetArgDisplayNames("a PDF's beginning"),
        new TestCaseData(AFile.Pdf()[..^10]).SetArgDisplayNames("a PDF without its end"),
        new TestCaseData(AFile.Pdf()[1..]).SetArgDisplayNames("a PDF without its beginning"),
        new TestCaseData(AFile.Jpeg()[..^1]).SetArgDisplayNames("a JPEG without its end"),
        new TestCaseData(AFile.Png()[..^1]).SetArgDisplayNames("a PNG without its end"),
        new TestCaseData(AFile.WebP()[..^1]).SetArgDisplayNames("a WebP without its end"),
        new TestCaseData(AFile.Heic("avif")).SetArgDisplayNames("an AVIF"),
        new TestCaseData(AFile.Heic("mif1", "avif")).SetArgDisplayNames("an AVIF under the common brand"),
        new TestCaseData(AFile.Heic("isom")).SetArgDisplayNames("a film"),
        new TestCaseData(new byte[] { 0 }).SetArgDisplayNames("a single byte"),
    ];

    [TestCaseSource(nameof(Taken))]
    public void What_is_taken_is_told_from_its_bytes(byte[] file, string type) =>
        Assert.That(Inspect(file, file.Length), Is.EqualTo(((string?, RejectionCause?))(type, null)));

    [TestCaseSource(nameof(NotTaken))]
    public void Nothing_else_is_taken(byte[] file) =>
        Assert.That(Inspect(file, file.Length), Is.EqualTo(((string?, RejectionCause?))(null, RejectionCause.TypeNotAccepted)));

    [TestCase("/JavaScript")]
    [TestCase("/Launch")]
    [TestCase("/EmbeddedFile")]
    [TestCase("/EmbeddedFiles")]
    public void A_PDF_with_active_content_is_not_taken_however_its_bytes_come(string name)
    {
        var file = AFile.Pdf(length: 3_000, within: $"<< {name} >>");

        // In pieces of every size up to twice the name's, so that the name is cut at each of its letters.
        foreach (var piece in Enumerable.Range(1, 2 * name.Length).Append(file.Length))
        {
            Assert.That(Inspect(file, piece).Cause, Is.EqualTo(RejectionCause.ActiveContent), $"in pieces of {piece}");
        }
    }

    [Test]
    public void The_bytes_may_come_in_pieces_of_any_size()
    {
        foreach (var piece in new[] { 1, 7, 1_023, 1_024, 1_025, 4_096 })
        {
            Assert.That(Taken.Select(row => Inspect((byte[])row.Arguments[0]!, piece).MediaType), Is.EqualTo(Taken.Select(row => row.Arguments[1])), $"in pieces of {piece}");
        }
    }

    [Test]
    public void Another_hash_is_said_before_anything_else()
    {
        using var inspection = new UploadInspection();
        inspection.Add(AFile.Program());

        Assert.That(inspection.Finish(new string('0', 64)).Cause, Is.EqualTo(RejectionCause.HashMismatch));
    }

    private static (string? MediaType, RejectionCause? Cause) Inspect(byte[] file, int piece)
    {
        using var inspection = new UploadInspection();
        foreach (var bytes in file.Chunk(piece))
        {
            inspection.Add(bytes);
        }

        return inspection.Finish(Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Attachments;
using Assistance.Api.Http;
using Assistance.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistance.Api.Tests.Attachments;

public sealed class UploadTests(Engine engine) : ApiTests(engine)
{
    private const string Item = "residence-proof";
    private const int Segment = SealedSegments.Most;

    protected override Dictionary<string, string?> Settings => new() { ["Attachments:MostUnused"] = "12", ["Attachments:MostBytes"] = "4000000" };

    // ---- A file from beginning to end ----

    [Test]
    public async Task A_file_in_one_piece_is_complete_and_comes_back_byte_for_byte()
    {
        var file = AFile.Pdf(3_500_000);
        var path = await BegunAsync(file);

        var done = Expect(200, await Clerk.PatchAsync(path, file, 0));
        var content = Expect(200, await Reviewer.GetAsync($"{path}/content"));

        Assert.Multiple(() =>
        {
            Assert.That(((string)done["state"]!, (long)done["offset"]!, (string)done["mediaType"]!), Is.EqualTo(("Complete", file.LongLength, "application/pdf")));
            Assert.That(done.Headers["Upload-Offset"], Is.EqualTo($"{file.Length}"));
            Assert.That(content.Bytes, Is.EqualTo(file));
            Assert.That(content.Headers["Content-Type"], Is.EqualTo("application/pdf"));
            Assert.That(content.Headers["Content-Disposition"], Does.StartWith("attachment;"));
            Assert.That(content.Headers["X-Content-Type-Options"], Is.EqualTo("nosniff"));
            Assert.That(content.Headers["Cache-Control"], Is.EqualTo("no-store"));
        });
    }

    [Test]
    public async Task A_file_in_three_pieces_is_complete_with_the_last()
    {
        var file = AFile.Jpeg(3 * Segment + 17);
        var path = await BegunAsync(file);

        Assert.That(Progress(await Clerk.HeadAsync(path)), Is.EqualTo((0, file.Length)));
        var first = Expect(200, await Clerk.PatchAsync(path, file.AsMemory(0, 1_000), 0));
        Assert.That(((string)first["state"]!, (long)first["offset"]!), Is.EqualTo(("Uploading", 1_000L)));
        Assert.That(Progress(await Clerk.HeadAsync(path)), Is.EqualTo((1_000, file.Length)));
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(1_000, 2 * Segment), 1_000));
        var last = Expect(200, await Clerk.PatchAsync(path, file.AsMemory(1_000 + (2 * Segment)), 1_000 + (2 * Segment)));

        Assert.That((string)last["state"]!, Is.EqualTo("Complete"));
        Assert.That((await Clerk.GetAsync($"{path}/content")).Bytes, Is.EqualTo(file));
    }

    [Test]
    public async Task The_attachment_says_what_it_is_and_its_state()
    {
        var file = AFile.Png();
        var path = await BegunAsync(file, name: "样例合同第1页");
        var before = Expect(200, await Clerk.GetAsync(path));
        Expect(200, await Clerk.PatchAsync(path, file, 0));

        var after = Expect(200, await Clerk.GetAsync(path));

        Assert.Multiple(() =>
        {
            Assert.That(((string)before["state"]!, (long)before["offset"]!, (string?)before.Json!["mediaType"]), Is.EqualTo(("Uploading", 0L, (string?)null)));
            Assert.That((string?)before.Json!["expiresAt"], Is.Not.Null);
            Assert.That(((string)after["state"]!, (long)after["offset"]!, (string)after["mediaType"]!), Is.EqualTo(("Complete", file.LongLength, "image/png")));
            Assert.That(((string)after["itemKey"]!, (string)after["name"]!, (string)after["contentHash"]!), Is.EqualTo((Item, "样例合同第1页", HashOf(file))));
            Assert.That((string?)after.Json!["completedAt"], Is.Not.Null);
        });
    }

    [Test]
    public async Task The_same_key_begins_one_upload_only()
    {
        var application = await ReadyAsync();
        var body = Request(AFile.Pdf()).ToJsonString();

        var first = Expect(201, await Clerk.PostAsync($"{application}/attachments", body, key: "begin-once"));
        var second = Expect(201, await Clerk.PostAsync($"{application}/attachments", body, key: "begin-once"));

        Assert.That((second.Text, second.IsReplay), Is.EqualTo((first.Text, true)));
    }

    // ---- Broken off, repeated, at the wrong place, at the same time ----

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_arrived_of_a_broken_body_is_kept_and_the_upload_goes_on_from_there(bool isReset)
    {
        var file = AFile.Pdf((2 * Segment) + 500);
        var path = await BegunAsync(file);
        var arrived = Segment + 123;
        using (var wire = await Wire.OpenAsync(this, path, offset: 0, announced: file.Length))
        {
            await wire.SendAsync(file.AsMemory(0, arrived));
            await EventuallyAsync(() => Task.FromResult(File.Exists(FileOf(path)) && new FileInfo(FileOf(path)).Length > Segment));
            // The bytes after the first segment are in the service's hands too, and not on the disk yet.
            await Task.Delay(500);
            wire.HangUp(isReset);
            await EventuallyAsync(async () => Progress(await Clerk.HeadAsync(path)).Offset == arrived);
        }

        var rest = Expect(200, await Clerk.PatchAsync(path, file.AsMemory(arrived), arrived));
        Assert.That((string)rest["state"]!, Is.EqualTo("Complete"));
        Assert.That((await Clerk.GetAsync($"{path}/content")).Bytes, Is.EqualTo(file));
    }

    [Test]
    public async Task A_repeated_piece_is_409_with_the_offset_to_go_on_from()
    {
        var file = AFile.Pdf();
        var path = await BegunAsync(file);
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(0, 400), 0));

        var repeat = await Clerk.PatchAsync(path, file.AsMemory(0, 400), 0);

        Refused(repeat, 409, "upload-offset-differs");
        Assert.That((repeat.Headers["Upload-Offset"], (string)repeat["offset"]!), Is.EqualTo(("400", "400")));
        Assert.That((string)Expect(200, await Clerk.PatchAsync(path, file.AsMemory(400), 400))["state"]!, Is.EqualTo("Complete"));
        var last = await Clerk.PatchAsync(path, file.AsMemory(400), 400);
        Refused(last, 409, "upload-offset-differs");
        Assert.That(last.Headers["Upload-Offset"], Is.EqualTo("1000"));
        Assert.That((await Clerk.GetAsync($"{path}/content")).Bytes, Is.EqualTo(file));
    }

    [Test]
    public async Task A_piece_beyond_where_the_upload_stands_is_409_and_not_kept()
    {
        var file = AFile.Pdf();
        var path = await BegunAsync(file);

        Refused(await Clerk.PatchAsync(path, file.AsMemory(500), 500), 409, "upload-offset-differs");

        Assert.That(Progress(await Clerk.HeadAsync(path)).Offset, Is.Zero);
    }

    [Test]
    public async Task Of_two_at_once_the_second_is_409_and_the_first_is_unharmed()
    {
        var file = AFile.Pdf(2 * Segment);
        var path = await BegunAsync(file);
        using var wire = await Wire.OpenAsync(this, path, offset: 0, announced: file.Length);
        await wire.SendAsync(file.AsMemory(0, Segment + 10));
        // At an offset where nothing stands, so that it is refused also where it comes before the first.
        await EventuallyAsync(async () => (await Clerk.PatchAsync(path, AFile.Program(100), 1)).Code == "upload-in-progress");

        // Whoever asks meanwhile is told what the row knows.
        Assert.That(Progress(await Clerk.HeadAsync(path)), Is.EqualTo((0, file.Length)));
        await wire.SendAsync(file.AsMemory(Segment + 10));

        Assert.That(await wire.StatusAsync(), Is.EqualTo(200));
        Assert.That((await Clerk.GetAsync($"{path}/content")).Bytes, Is.EqualTo(file));
    }

    [Test]
    public async Task Many_at_once_store_each_byte_once()
    {
        var file = AFile.Jpeg(40_000);
        var path = await BegunAsync(file);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            var at = 0;
            for (var attempt = 0; at < file.Length && attempt < 1_000; attempt++)
            {
                var answer = await Clerk.PatchAsync(path, file.AsMemory(at, Math.Min(1_000, file.Length - at)), at);
                Assert.That(answer.Status, Is.AnyOf(200, 409), answer.Text);
                at = answer.Headers.TryGetValue("Upload-Offset", out var offset) ? int.Parse(offset) : at;
            }

            Assert.That(at, Is.EqualTo(file.Length));
        }));

        Assert.That((await Clerk.GetAsync($"{path}/content")).Bytes, Is.EqualTo(file));
    }

    // ---- The service stops in the middle ----

    [Test]
    public async Task A_restart_in_the_middle_goes_on_from_what_the_file_holds()
    {
        var file = AFile.Pdf(3 * Segment);
        var path = await BegunAsync(file);
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(0, Segment + 50), 0));

        await Service.StopHostAsync();
        await Service.StartHostAsync();

        Assert.That(Progress(await Clerk.HeadAsync(path)).Offset, Is.EqualTo(Segment + 50));
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(Segment + 50), Segment + 50));
        Assert.That((await Clerk.GetAsync($"{path}/content")).Bytes, Is.EqualTo(file));
    }

    [TestCase(7, Description = "half a header")]
    [TestCase(100, Description = "half a segment")]
    public async Task What_a_crash_left_half_written_is_cut_off(int torn)
    {
        var file = AFile.Pdf(2_000);
        var path = await BegunAsync(file);
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(0, 1_000), 0));
        var stored = await File.ReadAllBytesAsync(FileOf(path));
        await File.WriteAllBytesAsync(FileOf(path), [.. stored, .. stored[..torn]]);

        Assert.That(Progress(await Clerk.HeadAsync(path)).Offset, Is.EqualTo(1_000));
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(1_000), 1_000));
        Assert.That((await Clerk.GetAsync($"{path}/content")).Bytes, Is.EqualTo(file));
    }

    [Test]
    public async Task Where_the_file_holds_less_than_the_row_says_the_file_is_right()
    {
        var file = AFile.Pdf(2_000);
        var path = await BegunAsync(file);
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(0, 500), 0));
        var stored = await File.ReadAllBytesAsync(FileOf(path));
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(500, 500), 500));
        await File.WriteAllBytesAsync(FileOf(path), stored);

        Refused(await Clerk.PatchAsync(path, file.AsMemory(1_000), 1_000), 409, "upload-offset-differs");
        Assert.That(Progress(await Clerk.HeadAsync(path)).Offset, Is.EqualTo(500));
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(500), 500));
        Assert.That((await Clerk.GetAsync($"{path}/content")).Bytes, Is.EqualTo(file));
    }

    [Test]
    public async Task A_file_that_is_all_there_is_finished_by_appending_nothing()
    {
        var file = AFile.Pdf();
        var path = await BegunAsync(file);
        Expect(200, await Clerk.PatchAsync(path, file, 0));
        // As a crash between the last byte and the row leaves it.
        await ExecuteAsync("UPDATE Attachment SET AttachmentState = 'Uploading', ReceivedLength = 0, MediaType = NULL WHERE AttachmentId = @AttachmentId", IdOf(path));

        Assert.That(Progress(await Clerk.HeadAsync(path)).Offset, Is.EqualTo(file.Length));
        Assert.That((string)Expect(200, await Clerk.PatchAsync(path, Array.Empty<byte>(), file.Length))["state"]!, Is.EqualTo("Complete"));
    }

    [Test]
    public async Task A_file_changed_on_the_disk_is_not_handed_out()
    {
        var file = AFile.Pdf();
        var path = await BegunAsync(file);
        Expect(200, await Clerk.PatchAsync(path, file, 0));
        var stored = await File.ReadAllBytesAsync(FileOf(path));
        stored[500] ^= 1;
        await File.WriteAllBytesAsync(FileOf(path), stored);

        Assert.That((await Clerk.GetAsync($"{path}/content")).Status, Is.EqualTo(500));
    }

    [Test]
    public async Task A_file_put_in_the_place_of_another_is_not_handed_out()
    {
        var file = AFile.Pdf();
        var (path, other) = (await BegunAsync(file), await BegunAsync(file));
        Expect(200, await Clerk.PatchAsync(path, file, 0));
        Expect(200, await Clerk.PatchAsync(other, file, 0));

        File.Copy(FileOf(other), FileOf(path), overwrite: true);

        Assert.That((await Clerk.GetAsync($"{path}/content")).Status, Is.EqualTo(500));
    }

    // ---- What is not taken ----

    [Test]
    public async Task A_file_with_another_hash_is_rejected_deleted_and_may_be_begun_again()
    {
        var file = AFile.Pdf();
        var application = await ReadyAsync();
        var path = await BegunAsync(file, application);
        var stored = FileOf(path);
        file[500] ^= 1;

        var done = Expect(200, await Clerk.PatchAsync(path, file, 0));

        Assert.That(((string)done["state"]!, (string)done["cause"]!, (long)done["offset"]!), Is.EqualTo(("Rejected", "HashMismatch", 0L)));
        Assert.That(File.Exists(stored), Is.False);
        Assert.That((string)Expect(200, await Clerk.GetAsync(path))["cause"]!, Is.EqualTo("HashMismatch"));
        Refused(await Clerk.PatchAsync(path, file, 0), 409, "attachment-rejected");
        Refused(await Clerk.GetAsync($"{path}/content"), 409, "attachment-not-complete");
        Assert.That(File.Exists(stored), Is.False);
        Expect(201, await Clerk.PostAsync($"{application}/attachments", Request(file).ToJsonString()));
    }

    [Test]
    public async Task A_program_called_a_PDF_is_rejected_and_deleted()
    {
        var file = AFile.Program();
        var path = await BegunAsync(file, name: "租房合同.pdf");

        var done = Expect(200, await Clerk.PatchAsync(path, file, 0));

        Assert.That(((string)done["state"]!, (string)done["cause"]!), Is.EqualTo(("Rejected", "TypeNotAccepted")));
        Assert.That(File.Exists(FileOf(path)), Is.False);
    }

    [Test]
    public async Task A_PDF_that_would_run_something_is_rejected_and_deleted()
    {
        var file = AFile.Pdf(within: "<< /OpenAction << /S /JavaScript >> >>");
        var path = await BegunAsync(file);

        Assert.That((string)Expect(200, await Clerk.PatchAsync(path, file, 0))["cause"]!, Is.EqualTo("ActiveContent"));
        Assert.That(File.Exists(FileOf(path)), Is.False);
    }

    [Test]
    public async Task More_bytes_than_declared_are_refused_and_nothing_of_them_is_kept()
    {
        var file = AFile.Pdf(2 * Segment);
        var path = await BegunAsync(file);
        var tooMany = new byte[file.Length - 99];
        Expect(200, await Clerk.PatchAsync(path, file.AsMemory(0, 100), 0));

        Refused(await Clerk.PatchAsync(path, tooMany, 100), 400, "invalid-request");
        Assert.That(Progress(await Clerk.HeadAsync(path)).Offset, Is.EqualTo(100));

        // Without an announced length the excess is noticed as it comes.
        using var chunked = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StreamContent(new MemoryStream(tooMany)) };
        chunked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Headers.Add("Upload-Offset", "100");
        chunked.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var answer = await Http.SendAsync(chunked);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Progress(await Clerk.HeadAsync(path)).Offset, Is.EqualTo(100));
        Assert.That((string)Expect(200, await Clerk.PatchAsync(path, file.AsMemory(100), 100))["state"]!, Is.EqualTo("Complete"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(4_000_001)]
    public async Task A_declared_length_outside_the_limit_is_a_fault_that_says_the_limit(long length)
    {
        var application = await ReadyAsync();
        var request = Request(AFile.Pdf());
        request["length"] = length;
        request["contentHash"] = "no-hash";

        var answer = await Clerk.PostAsync($"{application}/attachments", request.ToJsonString(), language: "en");

        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(error => (string)error!["path"]!), Is.EquivalentTo(new[] { "$.length", "$.contentHash" }));
        Assert.That(answer.Text, Does.Contain("from 1 to 4000000 bytes"));
    }

    [Test]
    public async Task A_piece_without_its_offset_or_type_is_refused()
    {
        var file = AFile.Pdf();
        var path = await BegunAsync(file);

        Assert.That(await PatchedAsync("application/offset+octet-stream", offset: null), Is.EqualTo(400));
        Assert.That(await PatchedAsync("application/offset+octet-stream", offset: "-1"), Is.EqualTo(400));
        Assert.That(await PatchedAsync("application/pdf", offset: "0"), Is.EqualTo(415));
        Assert.That(await PatchedAsync(type: null, offset: "0"), Is.EqualTo(415));

        async Task<int> PatchedAsync(string? type, string? offset)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new ByteArrayContent(file) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
            request.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
            if (offset is not null)
            {
                request.Headers.Add("Upload-Offset", offset);
            }

            using var answer = await Http.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    // ---- For what, by whom ----

    [Test]
    public async Task Another_office_finds_nothing()
    {
        var file = AFile.Pdf();
        var application = await ReadyAsync();
        var path = await BegunAsync(file, application);
        Expect(200, await Clerk.PatchAsync(path, file, 0));
        var other = As("clerk", "140213055");

        Refused(await other.PostAsync($"{application}/attachments", Request(file).ToJsonString()), 404, "not-found");
        Refused(await other.GetAsync(path), 404, "not-found");
        Refused(await other.GetAsync($"{path}/content"), 404, "not-found");
        Refused(await other.PatchAsync(path, file, 0), 404, "not-found");
        Assert.That((await other.HeadAsync(path)).Status, Is.EqualTo(404));
        Refused(await Reviewer.PatchAsync(path, file, 0), 403, "forbidden");
    }

    [Test]
    public async Task Only_what_the_household_is_asked_for_is_taken()
    {
        var unsealed = await SubmittedAsync(AHousehold.OfOne());
        Refused(await Clerk.PostAsync($"{unsealed}/attachments", Request(AFile.Pdf()).ToJsonString()), 409, "disclosure-not-sealed");
        var sealedList = Items(await SealedAsync(unsealed));
        var answered = (string)sealedList.First(item => (string)item!["status"]! == "AnsweredByDepartment")!["itemKey"]!;

        Refused(await Clerk.PostAsync($"{unsealed}/attachments", Request(AFile.Pdf(), answered).ToJsonString()), 422, "department-answers-this", "LAW-62");
        Refused(await Clerk.PostAsync($"{unsealed}/attachments", Request(AFile.Pdf(), "另一张纸").ToJsonString()), 422, "not-on-the-sealed-list", "57-10");
        var posted = await PostedAsync(AHousehold.OfOne());
        Refused(await Clerk.PostAsync($"{posted}/attachments", Request(AFile.Pdf()).ToJsonString()), 409, "wrong-state");
    }

    [Test]
    public async Task Attachments_that_nobody_uses_are_bounded()
    {
        var application = await ReadyAsync();
        for (var i = 0; i < 12; i++)
        {
            await BegunAsync(AFile.Pdf(), application);
        }

        Refused(await Clerk.PostAsync($"{application}/attachments", Request(AFile.Pdf()).ToJsonString()), 409, "too-many-attachments");
    }

    [Test]
    public async Task What_shows_a_file_or_its_name_is_recorded_and_its_story_names_no_person()
    {
        var file = AFile.Pdf();
        var application = await ReadyAsync();
        var path = await BegunAsync(file, application, name: "样例保密姓名的合同");
        Expect(200, await Clerk.PatchAsync(path, file, 0));
        Expect(200, await Clerk.PatchAsync(await BegunAsync(AFile.Program(), application), AFile.Program(), 0));
        var auditor = As("auditor", District, subject: "auditor-of-uploads");
        Expect(200, await auditor.GetAsync(path));
        Expect(200, await auditor.GetAsync($"{path}/content"));

        var purposes = await Service.Database.ReadAsync(session => session.ListAsync<string>(
            "SELECT AccessPurpose FROM AccessRecord WHERE ActorId = @ActorId ORDER BY AccessRecordId", new { ActorId = "auditor-of-uploads" }), CancellationToken.None);
        var timeline = Expect(200, await Clerk.GetAsync($"{application}/timeline?take=100"));

        Assert.Multiple(() =>
        {
            Assert.That(purposes, Is.EqualTo(new[] { "GetAttachment", "GetAttachmentContent" }));
            Assert.That(Items(timeline).TakeLast(2).Select(entry => (string)entry!["kind"]!), Is.EqualTo(new[] { "AttachmentReceived", "AttachmentRejected" }));
            Assert.That(Items(timeline).TakeLast(2).Select(entry => (string)entry!["sentence"]!), Is.All.Contains("居住").And.All.Not.Contain("{{"));
            Assert.That(timeline.Text, Does.Not.Contain("样例保密姓名"));
            Assert.That(string.Join('\n', Service.Log.Lines), Does.Not.Contain("样例保密姓名"));
        });
    }

    [Test]
    public async Task On_the_disk_a_file_is_named_by_its_id_encrypted_and_for_the_service_alone()
    {
        var file = AFile.Pdf(within: "样例保密内容 plain-text-marker");
        var path = await BegunAsync(file, name: "../../样例.pdf");
        Expect(200, await Clerk.PatchAsync(path, file, 0));

        var stored = await File.ReadAllBytesAsync(FileOf(path));

        Assert.Multiple(() =>
        {
            Assert.That(Directory.EnumerateFiles(Service.AttachmentsPath, "*", SearchOption.AllDirectories).Select(Path.GetFileName), Is.All.Match("^[0-9a-f]{32}$"));
            Assert.That(stored.AsSpan().IndexOf("plain-text-marker"u8), Is.Negative);
            Assert.That(stored.AsSpan().IndexOf("%PDF"u8), Is.Negative);
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(FileOf(path)), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
                Assert.That(File.GetUnixFileMode(Path.GetDirectoryName(FileOf(path))!), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
                Assert.That(File.GetUnixFileMode(Service.AttachmentsPath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            }
        });
    }

    // ---- What follows it ----

    [Test]
    public async Task Housekeeping_deletes_uploads_nobody_went_on_with_or_used_and_nothing_else()
    {
        var file = AFile.Pdf();
        var application = await ReadyAsync();
        var (abandoned, unused, used, live) =
            (await BegunAsync(file, application), await BegunAsync(file, application), await BegunAsync(file, application), await BegunAsync(file, application));
        Expect(200, await Clerk.PatchAsync(abandoned, file.AsMemory(0, 500), 0));
        Expect(200, await Clerk.PatchAsync(unused, file, 0));
        Expect(200, await Clerk.PatchAsync(used, file, 0));
        Expect(201, await SupplyAsync(application, used));
        World.Clock.Forward(TimeSpan.FromDays(6));
        Expect(200, await Clerk.PatchAsync(live, file.AsMemory(0, 500), 0));
        await HousekeepAsync();
        Expect(200, await Clerk.GetAsync(abandoned));
        World.Clock.Forward(TimeSpan.FromDays(2));

        await HousekeepAsync();

        foreach (var path in new[] { abandoned, unused })
        {
            Refused(await Clerk.GetAsync(path), 404, "not-found");
            Assert.That(File.Exists(FileOf(path)), Is.False);
        }

        Assert.That((await Clerk.GetAsync($"{used}/content")).Bytes, Is.EqualTo(file));
        Expect(200, await Clerk.PatchAsync(live, file.AsMemory(500), 500));
    }

    [Test]
    public async Task An_item_takes_its_own_complete_attachments_once()
    {
        var file = AFile.Pdf();
        var application = await ReadyAsync();
        var (complete, unfinished, elsewhere) = (await BegunAsync(file, application), await BegunAsync(file, application), await BegunAsync(file));
        Expect(200, await Clerk.PatchAsync(complete, file, 0));
        Expect(200, await Clerk.PatchAsync(elsewhere, file, 0));
        var applicationId = IdOf(application);

        Assert.That(await FaultsAsync(Item, complete, unfinished, elsewhere, complete), Is.EqualTo(new[]
        {
            "$.attachmentIds[1] attachment-not-complete", "$.attachmentIds[2] unknown-attachment", "$.attachmentIds[3] attachment-repeated",
        }));
        Assert.That(await FaultsAsync("another-item", complete), Is.EqualTo(new[] { "$.attachmentIds[0] unknown-attachment" }));
        Assert.That(await FaultsAsync(Item, complete), Is.Empty);
        Assert.That(await FaultsAsync(Item, complete), Is.EqualTo(new[] { "$.attachmentIds[0] attachment-already-supplied" }));

        async Task<IEnumerable<string>> FaultsAsync(string itemKey, params string[] paths)
        {
            try
            {
                await Service.Database.WriteAsync(
                    async session => await AttachmentRepository.MarkSuppliedAsync(
                        session,
                        await AttachmentRepository.CompleteOfAsync(session, applicationId, itemKey, [.. paths.Select(IdOf)]),
                        World.Clock.GetUtcNow()),
                    CancellationToken.None);
                return [];
            }
            catch (ProblemException problem)
            {
                return problem.Faults.Select(fault => $"{fault.Path} {fault.Code}");
            }
        }
    }

    [Test]
    public async Task A_finished_upload_meets_its_item_once_and_is_replaced_without_being_lost()
    {
        var application = await ReadyAsync();
        var (first, second) = (AFile.Jpeg(2_000), AFile.Pdf(3_000));
        var (unfinished, path) = (await BegunAsync(AFile.Jpeg(5_000), application), await BegunAsync(first, application));
        Expect(200, await Clerk.PatchAsync(path, first, 0));
        Refused(await SupplyAsync(application), 400, "invalid-request");
        Refused(await SupplyAsync(application, unfinished), 400, "invalid-request");

        var supplied = Proof(Expect(201, await SupplyAsync(application, path)));

        Assert.That(((string)supplied["status"]!, (string)supplied["attachmentIds"]!.AsArray().Single()!), Is.EqualTo(("Supplied", IdOf(path).ToString())));
        Refused(await SupplyAsync(application, path), 400, "invalid-request");
        Expect(201, await ActAsync(Clerk, application, "disclosure-supply-returns", new JsonObject { ["itemKey"] = Item, ["reason"] = "Illegible", ["remark"] = "看不清" }));
        var again = await BegunAsync(second, application);
        Expect(200, await Clerk.PatchAsync(again, second, 0));
        Assert.That((string)Proof(Expect(201, await SupplyAsync(application, again)))["attachmentIds"]!.AsArray().Single()!, Is.EqualTo(IdOf(again).ToString()));
        Assert.That(Expect(200, await Reviewer.GetAsync($"{path}/content")).Bytes, Is.EqualTo(first), "what was replaced stays on record");
    }

    private static JsonNode Proof(ApiAnswer disclosure) => Items(disclosure).Single(item => (string)item!["itemKey"]! == Item)!;

    private Task<ApiAnswer> SupplyAsync(string application, params string[] uploads) => ActAsync(Clerk, application, "disclosure-supplies", new JsonObject
    {
        ["itemKey"] = Item,
        ["way"] = "Upload",
        ["attachmentIds"] = new JsonArray([.. uploads.Select(upload => (JsonNode)IdOf(upload).ToString())]),
    });

    // ----

    private async Task<string> ReadyAsync()
    {
        var application = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(application);
        return application;
    }

    private async Task<string> BegunAsync(byte[] file, string? application = null, string? name = null)
    {
        application ??= await ReadyAsync();
        var begun = Expect(201, await Clerk.PostAsync($"{application}/attachments", Request(file, name: name).ToJsonString()));
        Assert.That(((string)begun["state"]!, (long)begun["offset"]!), Is.EqualTo(("Uploading", 0L)));
        return $"/v1/attachments/{begun["attachmentId"]}";
    }

    private static JsonObject Request(byte[] file, string itemKey = Item, string? name = null)
    {
        var request = new JsonObject { ["itemKey"] = itemKey, ["length"] = file.Length, ["contentHash"] = HashOf(file) };
        if (name is not null)
        {
            request["name"] = name;
        }

        return request;
    }

    private static string HashOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static (int Offset, int Length) Progress(ApiAnswer head)
    {
        Assert.That(head.Status, Is.EqualTo(200));
        return (int.Parse(head.Headers["Upload-Offset"]), int.Parse(head.Headers["Upload-Length"]));
    }

    private static Guid IdOf(string path) => Guid.Parse(path.Split('/')[^1]);

    private string FileOf(string path)
    {
        var name = IdOf(path).ToString("N");
        return Path.Combine(Service.AttachmentsPath, name[^2..], name);
    }

    private string Token() => World.Issuer.Issue(new TokenRequest("clerk-on-the-wire", ["clerk"], Street));

    private Task HousekeepAsync() =>
        Service.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().SweepAsync(CancellationToken.None);

    private Task<int> ExecuteAsync(string sql, Guid attachmentId) =>
        Service.Database.WriteAsync(session => session.ExecuteAsync(sql, new { AttachmentId = attachmentId }), CancellationToken.None);

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It did not come to hold.");
    }

    /// <summary>An upload byte by byte over a bare connection, which can stop at any of them.</summary>
    private sealed class Wire : IDisposable
    {
        private readonly TcpClient client = new();

        public static async Task<Wire> OpenAsync(UploadTests tests, string path, long offset, long announced)
        {
            var wire = new Wire();
            var address = tests.Http.BaseAddress!;
            await wire.client.ConnectAsync(address.Host, address.Port);
            await wire.SendAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
                PATCH {path} HTTP/1.1
                Host: {address.Authority}
                Authorization: Bearer {tests.Token()}
                Content-Type: application/offset+octet-stream
                Content-Length: {announced}
                Upload-Offset: {offset}


                """).ReplaceLineEndings("\r\n")));
            return wire;
        }

        public async Task SendAsync(ReadOnlyMemory<byte> bytes)
        {
            await client.GetStream().WriteAsync(bytes);
            await client.GetStream().FlushAsync();
        }

        public void HangUp(bool isReset)
        {
            if (isReset)
            {
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                client.Close();
            }
            else
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }

        public async Task<int> StatusAsync()
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1]);
        }

        public void Dispose() => client.Dispose();
    }
}

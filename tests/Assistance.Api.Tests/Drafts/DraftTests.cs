using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Drafts;
using Assistance.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistance.Api.Tests.Drafts;

public sealed class DraftTests(Engine engine) : ApiTests(engine)
{
    private const string Drafts = "/v1/application-drafts";

    private OfficerClient Colleague => As("clerk", Window, subject: "clerk-of-the-next-desk");

    [Test]
    public async Task A_colleague_of_the_same_office_goes_on_where_a_clerk_paused()
    {
        var household = AHousehold.OfTwo();
        var begun = Expect(201, await AnyWindow.PostAsync(Drafts, Body(new JsonObject { ["contactPhone"] = "0352-5550199" })));
        var path = PathOf(begun);

        var read = Expect(200, await Colleague.GetAsync(path));
        var saved = Expect(200, await Colleague.PutAsync(path, Body(household.Form), read.Tag));
        var again = Expect(200, await AnyWindow.GetAsync(path));

        Assert.Multiple(() =>
        {
            Assert.That((begun.Tag, read.Tag, saved.Tag, again.Tag), Is.EqualTo(("\"1\"", "\"1\"", "\"2\"", "\"2\"")));
            Assert.That((int)saved["version"], Is.EqualTo(2));
            Assert.That((string)read["form"]["contactPhone"]!, Is.EqualTo("0352-5550199"));
            Assert.That(again["form"].ToJsonString(), Is.EqualTo(household.ToString()));
            Assert.That((string)begun["savedBy"]!, Is.EqualTo($"clerk-{Window}"));
            Assert.That((string)again["savedBy"]!, Is.EqualTo("clerk-of-the-next-desk"));
            Assert.That((JsonArray)again["faults"], Is.Empty);
        });
    }

    [Test]
    public async Task A_draft_may_be_begun_empty() =>
        Assert.That(Expect(201, await AnyWindow.PostAsync(Drafts, "{}"))["form"].ToJsonString(), Is.EqualTo("{}"));

    [Test]
    public async Task Another_office_does_not_see_it()
    {
        var begun = await BegunAsync();
        var path = PathOf(begun);

        Refused(await Clerk.GetAsync(path), 404, "not-found");
        Refused(await Clerk.PutAsync(path, Body([]), "\"1\""), 404, "not-found");
        Refused(await Clerk.DeleteAsync(path, "\"1\""), 404, "not-found");
        Refused(await As("clerk", District).GetAsync(path), 404, "not-found");
        Assert.That(await ListedAsync(Clerk), Does.Not.Contain((string)begun["draftId"]!));
    }

    [TestCase("reviewer")]
    [TestCase("supervisor")]
    public async Task Only_the_desk_has_drafts(string role) => Refused(await As(role, Window).GetAsync(Drafts), 403, "forbidden");

    [Test]
    public async Task Saving_over_what_a_colleague_saved_is_412_and_changes_nothing()
    {
        var path = PathOf(await BegunAsync());
        Expect(200, await Colleague.PutAsync(path, Body(new JsonObject { ["contactPhone"] = "first" }), "\"1\""));

        Refused(await AnyWindow.PutAsync(path, Body(new JsonObject { ["contactPhone"] = "second" }), "\"1\""), 412, "precondition-failed");
        Refused(await AnyWindow.PutAsync(path, Body(new JsonObject { ["contactPhone"] = "second" })), 428, "precondition-required");

        Assert.That((string)(await AnyWindow.GetAsync(path))["form"]["contactPhone"]!, Is.EqualTo("first"));
    }

    [Test]
    public async Task The_same_save_sent_again_gives_the_same_answer()
    {
        var path = PathOf(await BegunAsync());
        var body = Body(AHousehold.OfOne().Form);

        var first = Expect(200, await AnyWindow.PutAsync(path, body, "\"1\""));
        var second = Expect(200, await AnyWindow.PutAsync(path, body, "\"1\""));

        Assert.That((second.Text, second.Tag), Is.EqualTo((first.Text, first.Tag)));
        Refused(await Colleague.PutAsync(path, body, "\"1\""), 412, "precondition-failed");
    }

    [Test]
    public async Task An_incomplete_form_is_kept_and_told_all_at_once_what_its_submission_would_be()
    {
        var household = AHousehold.OfThree();
        household.Form.Remove("contactPhone");
        household.Form["extra"] = 1;
        household.Form["programmes"] = new JsonArray("Lottery");
        household.Form["habitualResidence"]!["divisionCode"] = "999999";
        household.Member(0)["identityNumber"] = "140213201002290019";
        household.Member(2)["name"] = 5;

        var draft = Expect(201, await AnyWindow.PostAsync(Drafts, Body(household.Form), language: "en"));
        var refusal = await AnyWindow.PostAsync("/v1/applications", household.ToString(), language: "en");
        var read = Expect(200, await AnyWindow.GetAsync(PathOf(draft)));

        Refused(refusal, 400, "invalid-request");
        Assert.Multiple(() =>
        {
            Assert.That(Items(draft, "faults").ToJsonString(), Is.EqualTo(Items(refusal, "errors").ToJsonString()));
            Assert.That(Items(draft, "faults").Select(fault => (string)fault!["path"]!), Is.SupersetOf(new[]
            {
                "$.contactPhone", "$.extra", "$.programmes[0]", "$.habitualResidence.divisionCode", "$.members[0].identityNumber", "$.members[2].name",
            }));
            Assert.That(read["form"].ToJsonString(), Is.EqualTo(household.ToString()));
            Assert.That(Items(read, "faults").Select(fault => (string)fault!["detail"]!), Does.Contain("缺少此项。"));
        });
    }

    [Test]
    public async Task What_is_wrong_between_the_members_of_a_form_is_told_too()
    {
        var household = AHousehold.OfTwo();
        household.Member(1)["relationship"] = "Self";
        household.Member(1)["consent"]!["signedByMember"] = 1;

        var saved = Expect(200, await AnyWindow.PutAsync(PathOf(await BegunAsync()), Body(household.Form), "\"1\""));

        Assert.That(Items(saved, "faults").Select(fault => (string)fault!["code"]!), Is.EquivalentTo(new[] { "one-applicant", "consent-for-someone-else" }));
    }

    [TestCase("{\"form\": ", "$", "malformed-json")]
    [TestCase("{\"form\": {\"a\": 1, \"a\": 2}}", "$", "malformed-json")]
    [TestCase("[]", "$", "wrong-type")]
    [TestCase("{\"form\": []}", "$.form", "wrong-type")]
    [TestCase("{\"form\": \"text\"}", "$.form", "wrong-type")]
    [TestCase("{\"from\": {}}", "$.from", "unknown-member")]
    public async Task What_is_no_form_at_all_is_refused(string body, string path, string code)
    {
        var draft = PathOf(await BegunAsync());

        foreach (var answer in new[] { await AnyWindow.PostAsync(Drafts, body), await AnyWindow.PutAsync(draft, body, "\"1\"") })
        {
            Refused(answer, 400, "invalid-request");
            Assert.That(Items(answer, "errors").Select(fault => ((string)fault!["path"]!, (string)fault["code"]!)), Does.Contain((path, code)), answer.Text);
        }
    }

    [TestCase(30, 201)]
    [TestCase(32, 400)]
    public async Task A_form_nested_too_deep_is_refused(int depth, int status)
    {
        var form = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        Expect(status, await AnyWindow.PostAsync(Drafts, $"{{\"form\":{form}}}"));
    }

    [TestCase(262_144, 201)]
    [TestCase(262_145, 413)]
    public async Task A_draft_holds_at_most_256_KiB(int length, int status)
    {
        const string Frame = "{\"form\":{\"contactPhone\":\"\"}}";
        var body = Frame.Insert(Frame.Length - 3, new string('1', length - Frame.Length));

        Expect(status, await AnyWindow.PostAsync(Drafts, body));
    }

    [Test]
    public async Task Pages_list_the_offices_drafts_and_nothing_that_was_typed()
    {
        var office = As("clerk", "140213055");
        var begun = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            begun.Add((string)Expect(201, await office.PostAsync(Drafts, Body(AHousehold.OfOne().Form)))["draftId"]!);
        }

        var seen = new List<JsonNode>();
        for (string? next = ""; next is not null;)
        {
            var page = Expect(200, await office.GetAsync($"{Drafts}?take=2{next}"));
            seen.AddRange(Items(page)!);
            next = (string?)page.Json!["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        Assert.Multiple(() =>
        {
            Assert.That(seen.Select(item => (string)item["draftId"]!), Is.EquivalentTo(begun).And.Ordered);
            Assert.That(seen.SelectMany(item => item.AsObject().Select(member => member.Key)).Distinct(),
                Is.EquivalentTo(new[] { "draftId", "version", "savedAt", "savedBy", "expiresOn" }));
        });
    }

    [Test]
    public async Task A_draft_expires_thirty_days_after_its_last_save_and_is_gone_at_once()
    {
        var begun = await BegunAsync();
        var path = PathOf(begun);
        World.Clock.Forward(TimeSpan.FromDays(29));
        var saved = Expect(200, await AnyWindow.PutAsync(path, Body(new JsonObject { ["contactPhone"] = "later" }), "\"1\""));

        World.Clock.Forward(TimeSpan.FromDays(29));
        Expect(200, await AnyWindow.GetAsync(path));
        World.Clock.Forward(TimeSpan.FromDays(1));

        Assert.That(DayOf(begun["expiresOn"]).AddDays(29), Is.EqualTo(DayOf(saved["expiresOn"])));
        Assert.That((string)saved["expiresOn"]!, Is.EqualTo(Today));
        Refused(await AnyWindow.GetAsync(path), 404, "not-found");
        Refused(await AnyWindow.PutAsync(path, Body([]), "\"2\""), 404, "not-found");
        Refused(await AnyWindow.DeleteAsync(path, "\"2\""), 404, "not-found");
        Assert.That(await ListedAsync(AnyWindow), Does.Not.Contain((string)begun["draftId"]!));
        Assert.That(await RowsAsync(begun), Is.EqualTo(1), "the row waits for housekeeping");
    }

    [Test]
    public async Task Housekeeping_deletes_the_expired_however_many_and_leaves_the_rest()
    {
        var office = As("clerk", "140213056");
        var expired = new List<ApiAnswer>();
        for (var i = 0; i < 101; i++)
        {
            expired.Add(Expect(201, await office.PostAsync(Drafts, "{}")));
        }

        World.Clock.Forward(TimeSpan.FromDays(30));
        var kept = await BegunAsync();

        await Service.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().SweepAsync(CancellationToken.None);

        Assert.That(await RowsAsync([.. expired]), Is.Zero);
        Assert.That(await RowsAsync(kept), Is.EqualTo(1));
    }

    [Test]
    public async Task Submitting_consumes_the_draft()
    {
        var household = AHousehold.OfOne();
        var begun = Expect(201, await AnyWindow.PostAsync(Drafts, Body(household.Form)));
        household.Form["draftId"] = (string)begun["draftId"]!;

        // A refused submission leaves the draft where it is.
        household.Form["programmes"] = new JsonArray("Lottery");
        Refused(await AnyWindow.PostAsync("/v1/applications", household.ToString()), 400, "invalid-request");
        Expect(200, await AnyWindow.GetAsync(PathOf(begun)));
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance");
        Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));

        Refused(await AnyWindow.GetAsync(PathOf(begun)), 404, "not-found");
        Assert.That(await RowsAsync(begun), Is.Zero);
    }

    [Test]
    public async Task A_submission_refused_by_a_rule_leaves_the_draft()
    {
        var household = AHousehold.OfOne();
        Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));
        var begun = Expect(201, await AnyWindow.PostAsync(Drafts, Body(household.Form)));
        household.Form["draftId"] = (string)begun["draftId"]!;

        Refused(await AnyWindow.PostAsync("/v1/applications", household.ToString()), 409, "already-applied");

        Expect(200, await AnyWindow.GetAsync(PathOf(begun)));
    }

    [Test]
    public async Task A_draft_that_is_gone_or_another_offices_does_not_hold_a_submission_up()
    {
        var others = Expect(201, await Clerk.PostAsync(Drafts, "{}"));
        foreach (var draftId in new[] { Guid.NewGuid().ToString(), (string)others["draftId"]! })
        {
            var household = AHousehold.OfOne();
            household.Form["draftId"] = draftId;
            Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));
        }

        Expect(200, await Clerk.GetAsync(PathOf(others)));
    }

    [Test]
    public async Task Deleting_takes_the_tag_and_is_for_good()
    {
        var path = PathOf(await BegunAsync());
        Expect(200, await Colleague.PutAsync(path, Body(new JsonObject { ["contactPhone"] = "more" }), "\"1\""));

        Refused(await AnyWindow.DeleteAsync(path), 428, "precondition-required");
        Refused(await AnyWindow.DeleteAsync(path, "\"1\""), 412, "precondition-failed");
        Assert.That((await AnyWindow.DeleteAsync(path, "\"2\"")).Status, Is.EqualTo(204));
        Refused(await AnyWindow.GetAsync(path), 404, "not-found");
        Refused(await AnyWindow.DeleteAsync(path, "\"2\""), 404, "not-found");
    }

    [Test]
    public async Task An_office_with_too_many_drafts_is_told_to_finish_or_delete_some()
    {
        var office = As("clerk", "140213057");
        var first = Expect(201, await office.PostAsync(Drafts, "{}"));
        await Parallel.ForAsync(1, BeginDraft.MostOfAnOffice, async (_, _) => Expect(201, await office.PostAsync(Drafts, "{}")));

        Refused(await office.PostAsync(Drafts, "{}"), 409, "too-many-drafts", "PIPL-19");
        Expect(201, await AnyWindow.PostAsync(Drafts, "{}"));
        Assert.That((await office.DeleteAsync(PathOf(first), "\"1\"")).Status, Is.EqualTo(204));
        Expect(201, await office.PostAsync(Drafts, "{}"));

        // What has expired does not count, deleted or not.
        World.Clock.Forward(TimeSpan.FromDays(30));
        Expect(201, await office.PostAsync(Drafts, "{}"));
    }

    [Test]
    public async Task Neither_the_database_nor_the_log_holds_what_was_typed()
    {
        var household = AHousehold.OfOne();
        household.Member(0)["name"] = "样例草稿密";
        household.Form["contactPhone"] = "0352-31415926";
        var number = household.IdentityNumber(0);
        var key = Guid.NewGuid().ToString("N");
        var begun = Expect(201, await AnyWindow.PostAsync(Drafts, Body(household.Form), key: key));
        var repeated = Expect(201, await AnyWindow.PostAsync(Drafts, Body(household.Form), key: key));
        Assert.That((repeated.IsReplay, repeated.Text), Is.EqualTo((true, begun.Text)));
        household.Form["programmes"] = new JsonArray("Lottery");
        Expect(200, await AnyWindow.PutAsync(PathOf(begun), Body(household.Form), "\"1\""));
        Assert.That(Expect(200, await AnyWindow.GetAsync(PathOf(begun))).Text, Does.Contain(number).And.Contain("样例草稿密"));

        var log = string.Join('\n', Service.Log.Lines);
        Assert.That(log, Does.Not.Contain(number).And.Not.Contain("样例草稿密").And.Not.Contain("0352-31415926"));
        if (Engine != Engine.Sqlite)
        {
            return;
        }

        var files = Directory.GetFiles(Path.GetDirectoryName(Service.DatabasePath)!, Path.GetFileName(Service.DatabasePath) + "*");
        Assert.That(files, Has.Length.GreaterThan(1), "the log of the database is searched too");
        foreach (var file in files)
        {
            var bytes = await BytesAsync(file);
            foreach (var typed in new[] { number, "样例草稿密", "0352-31415926" })
            {
                Assert.That(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(typed)), Is.EqualTo(-1), $"{typed} in {Path.GetExtension(file)}");
                Assert.That(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(typed)), Is.EqualTo(-1), $"{typed} in {Path.GetExtension(file)}");
            }
        }
    }

    [Test]
    public async Task Reading_a_draft_leaves_an_access_record()
    {
        var path = PathOf(await BegunAsync());
        var reader = As("clerk", Window, subject: "reader-of-drafts");
        Expect(200, await reader.GetAsync(Drafts));
        Expect(200, await reader.GetAsync(path));

        var records = await Service.Database.ReadAsync(session => session.ListAsync<string>(
            "SELECT Location FROM AccessRecord WHERE ActorId = @ActorId AND AccessPurpose = 'GetDraft' AND CaseFileId IS NULL", new { ActorId = "reader-of-drafts" }), CancellationToken.None);

        Assert.That(records, Is.EqualTo(new[] { path }));
    }

    private static string Body(JsonObject form) => new JsonObject { ["form"] = form.DeepClone() }.ToJsonString();

    private static string PathOf(ApiAnswer draft) => $"{Drafts}/{draft["draftId"]}";

    private static DateOnly DayOf(JsonNode day) => DateOnly.ParseExact((string)day!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<ApiAnswer> BegunAsync() => Expect(201, await AnyWindow.PostAsync(Drafts, Body(AHousehold.OfOne().Form)));

    private static async Task<IEnumerable<string>> ListedAsync(OfficerClient officer) =>
        Items(Expect(200, await officer.GetAsync($"{Drafts}?take=100"))).Select(item => (string)item!["draftId"]!);

    private async Task<int> RowsAsync(params ApiAnswer[] drafts)
    {
        var rows = 0;
        foreach (var draft in drafts)
        {
            rows += await Service.Database.ReadAsync(session => session.FirstOrDefaultAsync<int>(
                "SELECT COUNT(DraftId) FROM ApplicationDraft WHERE DraftId = @DraftId", new { DraftId = Guid.Parse((string)draft["draftId"]!) }), CancellationToken.None);
        }

        return rows;
    }

    private static async Task<byte[]> BytesAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}

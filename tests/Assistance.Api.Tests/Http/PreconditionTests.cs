using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Http;

public sealed class PreconditionTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task An_act_without_If_Match_is_428()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());

        Refused(await Clerk.PostAsync($"{path}/acceptance"), 428, "precondition-required");
    }

    [Test]
    public async Task An_act_on_a_stale_version_is_412_and_changes_nothing()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var stale = await TagAsync(path);
        await SealedAsync(path);

        Refused(await Clerk.PostAsync($"{path}/acceptance", tag: stale), 412, "precondition-failed");
        Refused(await Clerk.PostAsync($"{path}/acceptance", tag: "\"not-ours\""), 400, "invalid-request");
        Assert.That((string)(await Clerk.GetAsync(path))["state"]!, Is.EqualTo("Received"));
    }

    [Test]
    public async Task Background_work_never_makes_a_clerks_tag_stale()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var before = await TagAsync(path);
        await SettledAsync(path);

        Assert.That(await TagAsync(path), Is.EqualTo(before));
    }

    [Test]
    public async Task A_repeated_key_gives_the_same_answer_although_the_tag_is_stale_by_now()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);
        var tag = await TagAsync(path);

        var first = Expect(201, await Clerk.PostAsync($"{path}/disclosure", tag: tag, key: "seal-once"));
        var second = Expect(201, await Clerk.PostAsync($"{path}/disclosure", tag: tag, key: "seal-once"));

        Assert.Multiple(() =>
        {
            Assert.That(second.Text, Is.EqualTo(first.Text));
            Assert.That(second.Tag, Is.EqualTo(first.Tag));
            Assert.That((first.IsReplay, second.IsReplay), Is.EqualTo((false, true)));
        });
    }

    [Test]
    public async Task A_key_used_for_another_body_is_refused()
    {
        Expect(201, await AnyWindow.PostAsync("/v1/applications", AHousehold.OfOne().ToString(), key: "reused"));

        Refused(await AnyWindow.PostAsync("/v1/applications", AHousehold.OfOne().ToString(), key: "reused"), 422, "idempotency-key-reused");
    }

    [Test]
    public async Task A_key_is_the_officers_own()
    {
        Expect(201, await AnyWindow.PostAsync("/v1/applications", AHousehold.OfOne().ToString(), key: "shared"));

        var other = Expect(201, await Clerk.PostAsync("/v1/applications", AHousehold.OfOne().ToString(), key: "shared"));

        Assert.That(other.IsReplay, Is.False);
    }

    [TestCase("clerk", Street, TestName = "Who_has_moved_to_another_office_is_not_shown_the_old_answer")]
    [TestCase("clerk|reviewer", Window, TestName = "Who_acts_in_other_roles_is_not_shown_the_old_answer")]
    public async Task A_key_is_for_one_office_and_its_roles(string roles, string division)
    {
        var form = AHousehold.OfOne().ToString();
        var key = Guid.NewGuid().ToString("N");
        Expect(201, await As(["clerk"], Window, "mover").PostAsync("/v1/applications", form, key: key));

        Refused(await As(roles.Split('|'), division, "mover").PostAsync("/v1/applications", form, key: key), 422, "idempotency-key-reused");
        Assert.That(Expect(201, await As(["clerk"], Window, "mover").PostAsync("/v1/applications", form, key: key)).IsReplay, Is.True);
    }

    [Test]
    public async Task An_answer_shown_again_leaves_an_access_record()
    {
        var officer = As("clerk", Window, subject: "repeater");
        var form = AHousehold.OfOne().ToString();
        var first = Expect(201, await officer.PostAsync("/v1/applications", form, key: "recorded"));
        Assert.That(await RecordsAsync(), Is.Empty);

        Expect(201, await officer.PostAsync("/v1/applications", form, key: "recorded"));

        Assert.That(await RecordsAsync(), Is.EqualTo(new[] { $"/v1/applications/{first["applications"][0]!["applicationId"]}" }));

        Task<IReadOnlyList<string>> RecordsAsync() => Service.Database.ReadAsync(session => session.ListAsync<string>(
            "SELECT Location FROM AccessRecord WHERE ActorId = @ActorId AND AccessPurpose = 'SubmitApplication'", new { ActorId = "repeater" }), CancellationToken.None);
    }

    [Test]
    public async Task A_refusal_is_not_kept_under_its_key()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        Refused(await Clerk.PostAsync($"{path}/acceptance", tag: await TagAsync(path), key: "accept"), 409, "disclosure-not-sealed");
        await SealedAsync(path);
        foreach (var item in Items(await Clerk.GetAsync($"{path}/disclosure")).Where(item => (string)item!["status"]! == "Required"))
        {
            await SupplyAsync(path, item!);
        }

        Expect(201, await Clerk.PostAsync($"{path}/acceptance", tag: await TagAsync(path), key: "accept"));
    }

    [TestCase(null)]
    [TestCase("has space")]
    public async Task A_post_without_a_proper_key_is_400(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/applications") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", World.Issuer.Issue(new TokenRequest("clerk", ["clerk"], Street)));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_body_that_is_not_JSON_is_415()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/applications") { Content = new StringContent("x", Encoding.UTF8, "text/plain") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", World.Issuer.Issue(new TokenRequest("clerk", ["clerk"], Street)));
        request.Headers.Add("Idempotency-Key", "k");

        using var response = await Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }
}

namespace Assistance.Api.Tests.Intake;

public sealed class ListApplicationsTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task Pages_follow_each_other_by_key_and_tell_every_application_once()
    {
        for (var i = 0; i < 7; i++)
        {
            await SubmittedAsync(AHousehold.OfOne());
        }

        var seen = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = Expect(200, await Supervisor.GetAsync($"/v1/applications?take=3{next}"));
            seen.AddRange(Items(page).Select(item => (string)item!["applicationId"]!));
            next = (string?)page.Json!["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        var all = Items(Expect(200, await Supervisor.GetAsync("/v1/applications?take=100"))).Select(item => (string)item!["applicationId"]!);
        Assert.That(seen, Is.Unique.And.Ordered.And.Count.AtLeast(7));
        Assert.That(seen, Is.EqualTo(all));
    }

    [Test]
    public async Task A_list_shows_nothing_of_other_offices()
    {
        await SubmittedAsync(AHousehold.OfOne());

        Assert.That(Items(Expect(200, await As("clerk", "140213052").GetAsync("/v1/applications"))), Is.Empty);
    }

    [TestCase("?take=0", "take")]
    [TestCase("?take=101", "take")]
    [TestCase("?after=nonsense", "after")]
    [TestCase("?sate=Received", "sate")]
    [TestCase("?take=1&take=2", "take")]
    public async Task A_parameter_that_is_not_understood_is_an_error(string query, string path)
    {
        var answer = await Clerk.GetAsync($"/v1/applications{query}");

        Refused(answer, 400, "invalid-request");
        Assert.That((string)Items(answer, "errors")[0]!["path"]!, Is.EqualTo(path));
    }

    [Test]
    public async Task Everything_wrong_with_a_query_is_named_at_once()
    {
        var answer = await Clerk.GetAsync("/v1/applications?take=abc&after=nonsense&x=1&y=1&y=2");

        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(fault => ((string)fault!["path"]!, (string)fault["code"]!)), Is.EquivalentTo(new[]
        {
            ("take", "wrong-type"), ("after", "cursor"), ("x", "unknown-parameter"), ("y", "unknown-parameter"),
        }));
    }

    [TestCase("take=1.5")]
    [TestCase("after=abc")]
    [TestCase("after=99999999999")]
    public async Task A_number_that_cannot_be_read_is_named(string parameter)
    {
        var path = await SubmittedAsync(AHousehold.OfOne());

        var answer = await Clerk.GetAsync($"{path}/timeline?{parameter}");

        Refused(answer, 400, "invalid-request");
        Assert.That((string)Items(answer, "errors").Single()!["path"]!, Is.EqualTo(parameter.Split('=')[0]));
    }

    [Test]
    public async Task An_empty_parameter_is_named_and_never_widens_the_list()
    {
        var answer = await Clerk.GetAsync("/v1/applications?state=&take=");

        Refused(answer, 400, "invalid-request");
        Assert.That(
            Items(answer, "errors").Select(fault => ((string)fault!["path"]!, (string)fault["code"]!)),
            Is.EquivalentTo(new[] { ("state", "blank"), ("take", "blank") }));
    }
}

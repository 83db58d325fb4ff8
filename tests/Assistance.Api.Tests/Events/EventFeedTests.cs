using System.Text.Json.Nodes;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Events;

public sealed class EventFeedTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task A_reader_that_follows_while_others_write_gets_every_event_once_in_order()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AnyWindow.PostAsync("/v1/applications", AHousehold.OfOne().ToString())));
        var seen = new List<JsonNode>();
        for (var attempt = 0; attempt < 200 && seen.Count(entry => (string)entry["kind"]! == "ApplicationSubmitted") < 40; attempt++)
        {
            await FollowAsync(seen);
            await Task.Delay(50);
        }

        var cases = (await writing).Select(answer => (string)answer["caseFileId"]!);
        Assert.Multiple(() =>
        {
            Assert.That(seen.Select(entry => (long)entry["number"]!), Is.Ordered.And.Unique);
            Assert.That(seen.Where(entry => (string)entry["kind"]! == "ApplicationSubmitted").Select(entry => (string)entry["caseFileId"]!), Is.SupersetOf(cases));
        });
    }

    [Test]
    public async Task The_feed_shows_the_cases_of_ones_office_only()
    {
        await SubmittedAsync(AHousehold.OfOne());
        await Task.Delay(1_200);

        Assert.That(Items(Expect(200, await As("auditor", "140213055").GetAsync("/v1/events"))), Is.Empty);
        Refused(await Clerk.GetAsync("/v1/events"), 403, "forbidden");
    }

    private async Task FollowAsync(List<JsonNode> seen)
    {
        var after = seen.Count == 0 ? 0 : (long)seen[^1]["number"]!;
        ApiAnswer page = Expect(200, await As("department", District).GetAsync($"/v1/events?after={after}&take=100"));
        seen.AddRange(Items(page).Select(entry => entry!));
    }
}

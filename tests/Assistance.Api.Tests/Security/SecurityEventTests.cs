using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Security;

/// <summary>What was tried and may not be, for those of the district who watch over the service.</summary>
public sealed class SecurityEventTests(Engine engine) : ApiTests(engine)
{
    private const string List = "/v1/security-events";

    private OfficerClient Auditor => As(Roles.Auditor, District);

    [Test]
    public async Task They_are_listed_oldest_first_with_who_when_for_which_case_and_why()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);
        var from = World.Clock.GetUtcNow();
        await TryAsync(path, LookupSource.Education);
        await ForgeAsync(LookupSource.Banks);

        foreach (var officer in new[] { Auditor, Supervisor })
        {
            var events = Items(Expect(200, await officer.GetAsync($"{List}?take=100"))).TakeLast(2).ToList();

            Assert.Multiple(() =>
            {
                Assert.That(
                    events.Select(entry => $"{entry!["kind"]} {entry["source"]} {entry["cause"]} {entry["actorId"]} {entry["actorDivisionCode"]}"),
                    Is.EqualTo(new[] { $"LookupNotPermitted Education SourceNotNeeded {Roles.Clerk}-{Street} {Street}", "CallbackNotGenuine Banks signature anonymous " }));
                Assert.That((string)events[0]!["caseNumber"]!, Is.Not.Empty);
                Assert.That(events[1]!["caseNumber"], Is.Null, "what comes without a token is of no case");
                Assert.That(events.Select(entry => DateTimeOffset.Parse((string)entry!["occurredAt"]!, null)), Is.Ordered.And.All.InRange(from.AddSeconds(-1), World.Clock.GetUtcNow()));
                Assert.That((string)events[0]!["occurredAt"]!, Does.EndWith("+08:00"));
            });
        }
    }

    [Test]
    public async Task One_kind_is_shown_where_one_is_named()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await TryAsync(path, LookupSource.Education);
        await ForgeAsync(LookupSource.Banks);
        await TryAsync(path, LookupSource.Veterans);

        foreach (var kind in new[] { "LookupNotPermitted", "CallbackNotGenuine" })
        {
            var events = await PagesAsync($"{List}?kind={kind}&take=100");
            Assert.That(events.Select(entry => (string)entry["kind"]!), Is.All.EqualTo(kind).And.Not.Empty);
        }

        var all = await PagesAsync($"{List}?take=100");
        Assert.That(
            (await PagesAsync($"{List}?kind=LookupNotPermitted&take=100")).Count + (await PagesAsync($"{List}?kind=CallbackNotGenuine&take=100")).Count, Is.EqualTo(all.Count));
        Refused(await Supervisor.GetAsync($"{List}?kind=Rumour"), 400, "invalid-request");
        Refused(await Supervisor.GetAsync($"{List}?kin=LookupNotPermitted"), 400, "invalid-request");
    }

    [TestCase("")]
    [TestCase("&kind=LookupNotPermitted")]
    public async Task They_come_page_by_page_each_once(string filter)
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        for (var i = 0; i < 5; i++)
        {
            await TryAsync(path, LookupSource.Education);
        }

        var whole = (await PagesAsync($"{List}?take=100{filter}")).Select(entry => (string)entry["securityEventId"]!).ToList();
        var byTwo = (await PagesAsync($"{List}?take=2{filter}")).Select(entry => (string)entry["securityEventId"]!).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(byTwo, Is.EqualTo(whole).And.Unique);
            Assert.That(whole, Has.Count.GreaterThanOrEqualTo(5));
        });
        var page = Expect(200, await Supervisor.GetAsync($"{List}?take=2{filter}"));
        Assert.That((Items(page).Count, (string?)page["next"]), Is.EqualTo((2, Guid.Parse(whole[1]).ToString("N"))));
        Refused(await Supervisor.GetAsync($"{List}?take=0"), 400, "invalid-request");
        Refused(await Supervisor.GetAsync($"{List}?after=nothing"), 400, "invalid-request");
    }

    [Test]
    public async Task They_are_for_auditors_and_supervisors_of_the_district_alone()
    {
        foreach (var officer in new[] { Clerk, Reviewer, Confirmer, As(Roles.Clerk, District), As(Roles.Visitor, District), As(Roles.Department, District), As(Roles.Auditor, Street), As(Roles.Supervisor, Street) })
        {
            Refused(await officer.GetAsync(List), 403, "forbidden");
        }

        Expect(200, await Auditor.GetAsync(List));
        Expect(200, await Supervisor.GetAsync(List));
    }

    [Test]
    public async Task There_is_no_column_for_whom_it_was_about()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var stranger = Guid.NewGuid();
        Refused(
            await ActAsync(Clerk, path, "lookups", new JsonObject { ["personId"] = stranger.ToString(), ["source"] = "Tax", ["purpose"] = "Recheck" }), 403, "lookup-not-permitted");

        Assert.That(Expect(200, await Supervisor.GetAsync($"{List}?take=100")).Text, Does.Not.Contain(stranger.ToString()));
        Assert.That(
            typeof(SecurityEventRow).GetProperties().Select(column => column.Name),
            Is.EquivalentTo(new[] { "SecurityEventId", "SecurityEventKind", "OccurredAt", "ActorId", "ActorDivisionCode", "CaseFileId", "CaseNumber", "LookupSource", "SecurityCause" }));
    }

    // A department that the case needs nothing of.
    private async Task TryAsync(string path, LookupSource source) => Refused(
        await ActAsync(Clerk, path, "lookups", new JsonObject { ["personId"] = await PersonAsync(path), ["source"] = source.ToString(), ["purpose"] = "MeansVerification" }),
        403, "lookup-not-permitted", "LAW-70");

    // At most one a minute is put on record for a source.
    private async Task ForgeAsync(LookupSource source)
    {
        World.Clock.Forward(TimeSpan.FromMinutes(2));
        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync($"/v1/department-answers/{source}", content);
        Assert.That(answer.StatusCode, Is.EqualTo(System.Net.HttpStatusCode.Unauthorized));
    }

    private async Task<List<JsonNode>> PagesAsync(string path)
    {
        var events = new List<JsonNode>();
        string? next = null;
        do
        {
            var page = Expect(200, await Supervisor.GetAsync(next is null ? path : $"{path}&after={next}"));
            events.AddRange(Items(page).Select(item => item!));
            next = (string?)page.Json!["next"];
        }
        while (next is not null);
        return events;
    }
}

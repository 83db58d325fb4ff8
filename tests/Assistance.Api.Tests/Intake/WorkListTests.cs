using System.Text.Json.Nodes;

namespace Assistance.Api.Tests.Intake;

public sealed class WorkListTests(Engine engine) : ApiTests(engine)
{
    private const string OtherCommunity = "140213054003";
    private const string OtherStreet = "140213052001";

    [Test]
    public async Task Each_filter_and_every_combination_tells_exactly_what_fits_page_by_page()
    {
        await SubmittedAsync(AHousehold.OfOne());
        await SubmittedAsync(AHousehold.OfOne().LivingIn(OtherCommunity));
        await SubmittedAsync(AHousehold.OfOne().LivingIn(OtherStreet));
        await SubmittedAsync(Applying("MarginalLowIncome", "SubsistenceAllowance"));
        await SubmittedAsync(Applying("MarginalLowIncome").LivingIn(OtherCommunity));
        await SubmittedAsync(AHousehold.OfOne().RegisteredIn("140106").LivingIn("140106"));
        await AcceptedAsync(AHousehold.OfOne());
        await AcceptedAsync(AHousehold.OfOne().LivingIn(OtherCommunity).RegisteredIn("140213054001"));
        await AcceptedAsync(Applying("SubsistenceAllowance").LivingIn(OtherCommunity));
        var all = await ListedAsync(Supervisor, "");

        foreach (var state in new[] { null, "Received", "Accepted", "TransferredOut", "Granted" })
        {
            foreach (var programme in new[] { null, "SubsistenceAllowance", "MarginalLowIncome" })
            {
                foreach (var community in new[] { null, AHousehold.Residence, OtherCommunity, Street, "140213052", District, "140106" })
                {
                    foreach (var due in new[] { null, "dueBefore=2026-11-30", "dueBefore=2026-12-31", "overdue=true", "overdue=false" })
                    {
                        var filters = new[]
                        {
                            state is null ? null : $"state={state}",
                            programme is null ? null : $"programme={programme}",
                            community is null ? null : $"community={community}",
                            due,
                        };
                        var query = string.Concat(filters.OfType<string>().Select(filter => $"&{filter}"));
                        var expected = all.Where(item =>
                            (state is null || (string)item["state"]! == state)
                            && (programme is null || (string)item["programme"]! == programme)
                            && (community is null || ((string)item["communityCode"]!).StartsWith(community, StringComparison.Ordinal))
                            && (due is null || IsDue(item, due)));

                        var listed = await ListedAsync(Supervisor, query);

                        Assert.That(Ids(listed), Is.Unique.And.EquivalentTo(Ids(expected)), query);
                    }
                }
            }
        }

        static bool IsDue(JsonNode item, string due) => (string?)item["dueOn"] is { } dueOn && (string)item["state"]! is ("Accepted" or "Reviewed" or "Posted" or "WithDistrict") && due switch
        {
            "overdue=true" => (bool)item["isOverdue"]!,
            "overdue=false" => !(bool)item["isOverdue"]!,
            _ => string.CompareOrdinal(dueOn, due["dueBefore=".Length..]) < 0,
        };
    }

    [Test]
    public async Task A_list_of_due_days_goes_by_due_day_and_a_list_of_communities_by_community()
    {
        await AcceptedAsync(AHousehold.OfOne());
        await AcceptedAsync(AHousehold.OfOne().RegisteredIn("140213054001").LivingIn(OtherCommunity));
        await AcceptedAsync(AHousehold.OfOne());

        var byDay = (await ListedAsync(Supervisor, "&dueBefore=2027-01-01")).Select(item => (string)item["dueOn"]!).ToList();
        var byCommunity = (await ListedAsync(Supervisor, $"&community={Street}")).Select(item => (string)item["communityCode"]!).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(byDay, Is.Ordered.And.Count.AtLeast(3));
            Assert.That(byDay.Distinct().Count(), Is.GreaterThan(1));
            Assert.That(byCommunity, Is.Ordered.And.Contains(OtherCommunity).And.Contains(AHousehold.Residence));
        });
    }

    [Test]
    public async Task What_is_past_its_day_is_overdue_until_it_is_decided()
    {
        var (application, _, _) = await GrantedAsync(AHousehold.OfOne());
        var open = await AcceptedAsync(AHousehold.OfOne());
        Assert.That(await ListedAsync(Supervisor, "&overdue=true"), Is.Empty);

        World.Clock.Forward(TimeSpan.FromDays(120));

        var overdue = await ListedAsync(Supervisor, "&overdue=true");
        var all = await ListedAsync(Supervisor, "");
        Assert.Multiple(() =>
        {
            Assert.That(Ids(overdue), Does.Contain(IdOf(open)).And.Not.Contain(IdOf(application)));
            Assert.That(overdue.Select(item => (bool)item["isOverdue"]!), Is.All.True);
            Assert.That(Ids(all.Where(item => (bool)item["isOverdue"]!)), Is.EquivalentTo(Ids(overdue)));
            Assert.That((bool)all.Single(item => (string)item["applicationId"]! == IdOf(application))["isOverdue"]!, Is.False);
        });
    }

    [Test]
    public async Task A_list_is_true_after_every_act_that_changes_it()
    {
        var street = As("clerk", "140213054");
        var path = await AcceptedAsync(AHousehold.OfOne());
        Assert.That(Ids(await ListedAsync(street, "&state=Accepted")), Does.Contain(IdOf(path)));

        Expect(201, await ActAsync(Reviewer, path, "assessment"));
        Expect(201, await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")));

        Assert.Multiple(async () =>
        {
            Assert.That(Ids(await ListedAsync(street, "&state=Accepted")), Does.Not.Contain(IdOf(path)));
            Assert.That(Ids(await ListedAsync(street, "&state=Reviewed")), Does.Contain(IdOf(path)));
        });
    }

    [Test]
    public async Task A_line_names_the_community_and_nothing_of_the_person()
    {
        var household = AHousehold.OfOne();
        var path = await SubmittedAsync(household);

        var line = (await ListedAsync(Clerk, "")).Single(item => (string)item["applicationId"]! == IdOf(path));

        Assert.Multiple(() =>
        {
            Assert.That((string)line["communityCode"]!, Is.EqualTo(AHousehold.Residence));
            Assert.That((string)line["community"]!, Does.StartWith("大同市平城区振华街道"));
            Assert.That(line.ToJsonString(), Does.Not.Contain((string)household.Member(0)["name"]!).And.Not.Contain("样例路"));
        });
    }

    [TestCase("community=999999", "community")]
    [TestCase("state=17", "state")]
    [TestCase("programme=99", "programme")]
    [TestCase("community=140213054&after=019970c1000070008000000000000001", "after")]
    [TestCase("community=140213054&after=140213052001-019970c1000070008000000000000001", "after")]
    [TestCase("overdue=false&after=20200101-019970c1000070008000000000000001", "after")]
    [TestCase("after=140213054002-019970c1000070008000000000000001", "after")]
    public async Task A_filter_or_a_place_that_fits_nothing_is_an_error(string query, string path)
    {
        var answer = await Clerk.GetAsync($"/v1/applications?{query}");

        Refused(answer, 400, "invalid-request");
        Assert.That((string)Items(answer, "errors")[0]!["path"]!, Is.EqualTo(path));
    }

    private static AHousehold Applying(params string[] programmes)
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray([.. programmes.Select(programme => JsonValue.Create(programme))]);
        return household;
    }

    // To the end by pages of two, so that every order is gone through by its cursor.
    private static async Task<IReadOnlyList<JsonNode>> ListedAsync(Assistance.Sandbox.OfficerClient officer, string query)
    {
        var seen = new List<JsonNode>();
        for (string? next = ""; next is not null;)
        {
            var page = Expect(200, await officer.GetAsync($"/v1/applications?take=2{query}{next}"));
            seen.AddRange(Items(page).Select(item => item!));
            next = (string?)page.Json!["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        return seen;
    }

    private static IEnumerable<string> Ids(IEnumerable<JsonNode> items) => items.Select(item => (string)item["applicationId"]!);

    private static string IdOf(string path) => path.Split('/')[^1];
}

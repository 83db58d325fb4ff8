using System.Net;
using System.Text.Json.Nodes;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Postings;

/// <summary>What anybody may read: each test posts in a community of its own.</summary>
public sealed class PublicPostingTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task What_is_posted_is_shown_to_anybody_and_is_the_whitelist()
    {
        const string Community = "140213054001";
        var household = AHousehold.OfTwo().LivingIn(Community);
        household.Form["contactPhone"] = "0352-5550123";
        household.Member(0)["disability"] = new JsonObject { ["kind"] = "Physical", ["grade"] = 2 };
        household.Member(1)["hasCertifiedMajorIllness"] = true;
        await PostedAsync(household);

        var list = await BoardAsync(Community);
        var page = await Http.GetAsync($"/public-postings?community={Community}");
        var html = await page.Content.ReadAsStringAsync();

        var posting = Items(list).Single()!;
        Assert.Multiple(() =>
        {
            Assert.That(posting.AsObject().Select(member => member.Key), Is.EquivalentTo(new[]
            {
                "applicantName", "members", "proposedResult", "community", "postedOn", "endsOn", "objectionPhone",
            }));
            Assert.That(((string)posting["applicantName"]!, (int)posting["members"]!, (string)posting["proposedResult"]!),
                Is.EqualTo(((string)household.Member(0)["name"]!, 2, "ProposeGrant")));
            Assert.That(html, Does.Contain((string)household.Member(0)["name"]!).And.Contain("2人").And.Contain("拟同意").And.Contain("12349").And.Contain("同泉里"));
            Assert.That(html, Does.Contain("<html lang=\"zh-CN\">").And.Contain("width=device-width").And.Not.Contain("<script"));
            Assert.That(page.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/html; charset=utf-8"));
            foreach (var text in new[] { list.Text, html })
            {
                Assert.That(text, Does.Not.Contain(household.IdentityNumber(0)).And.Not.Contain(household.IdentityNumber(1)).And.Not.Contain("140213****"));
                Assert.That(text, Does.Not.Contain((string)household.Member(1)["name"]!).And.Not.Contain("样例路").And.Not.Contain("0352-5550123"));
                Assert.That(text, Does.Not.Contain("残疾").And.Not.Contain("病").And.Not.Contain("银行").And.Not.Contain("Physical").And.Not.Contain("Fen").And.Not.Contain("元"));
            }

            Assert.That(string.Join('\n', Service.Log.Lines), Does.Not.Contain((string)household.Member(0)["name"]!));
        });
    }

    [Test]
    public async Task An_answer_is_kept_shortly_and_by_no_search_engine()
    {
        var path = $"/v1/public-postings?community={AHousehold.Residence}";
        var midday = await Http.GetAsync(path);
        World.Clock.Forward(new TimeSpan(23, 59, 20) - World.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).TimeOfDay);
        var night = await Http.GetAsync(path);
        var page = await Http.GetAsync("/public-postings");

        Assert.Multiple(() =>
        {
            Assert.That(midday.Headers.CacheControl!.ToString(), Is.EqualTo("public, max-age=60"));
            Assert.That(night.Headers.CacheControl!.MaxAge, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(40)), "and not into the next day");
            Assert.That(midday.Headers.GetValues("X-Robots-Tag"), Is.EqualTo(new[] { "noindex, noarchive" }));
            Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'"));
        });
    }

    [Test]
    public async Task It_is_there_until_its_last_day_and_nothing_of_the_past_can_be_reached()
    {
        const string Community = "140213054003";
        var today = DateOnly.ParseExact(Today, "yyyy-MM-dd");
        var application = await PostedAsync(AHousehold.OfOne().LivingIn(Community));
        World.Clock.Forward(TimeSpan.FromDays(7));
        Assert.That(Items(await BoardAsync(Community)), Has.Count.EqualTo(1));

        World.Clock.Forward(TimeSpan.FromDays(1));

        var forged = $"{today.AddDays(-1):yyyyMMdd}-{Guid.Empty:N}";
        Assert.That(Items(await BoardAsync(Community)), Is.Empty);
        Assert.That(Items(await BoardAsync(Community, $"&after={forged}")), Is.Empty);
        Assert.That(await Http.GetStringAsync($"/public-postings?community={Community}&after={forged}"), Does.Contain("目前没有正在公示的初审意见"));
        Expect(201, await ActAsync(Reviewer, application, "district-report"));
    }

    [Test]
    public async Task What_is_withdrawn_vanishes_at_once()
    {
        const string Community = "140213054004";
        var household = AHousehold.OfOne().LivingIn(Community);
        var path = await PostedAsync(household);
        Assert.That(Items(await BoardAsync(Community)), Has.Count.EqualTo(1));
        World.Departments.Record(
            household.IdentityNumber(0), LookupSource.SocialInsurance, new Features.Lookups.DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 90_000 });
        Expect(201, await ActAsync(Reviewer, path, "verification"));
        await SettledAsync(path, round: 2);

        Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Assert.That(Items(await BoardAsync(Community)), Is.Empty);
    }

    [Test]
    public async Task A_grant_is_published_by_itself_with_name_number_and_amount_and_a_refusal_is_not()
    {
        const string Community = "140213054005";
        var household = AHousehold.OfThree().LivingIn(Community);
        var refused = await PostedAsync(AHousehold.OfOne().LivingIn(Community).Declaring(0, "Wages", 100_000), "ProposeRefusal");
        var (application, _, _) = await GrantedAsync(household);
        Expect(201, await ActAsync(Reviewer, refused, "district-report"));
        Expect(201, await ActAsync(Confirmer, refused, "confirmation", Decision("Refuse")));

        var grants = await BoardAsync(Community, resource: "published-grants");
        var html = await Http.GetStringAsync($"/public-postings?community={Community}");

        var grant = Items(grants).Single()!;
        Assert.Multiple(() =>
        {
            Assert.That(grant.AsObject().Select(member => member.Key), Is.EquivalentTo(new[]
            {
                "applicantName", "members", "monthlyFen", "community", "publishedOn", "endsOn", "usesSamples",
            }));
            Assert.That(((string)grant["applicantName"]!, (int)grant["members"]!, (long)grant["monthlyFen"]!),
                Is.EqualTo(((string)household.Member(0)["name"]!, 3, 225_000L)));
            Assert.That(html, Does.Contain("每月2,250.00元").And.Contain("样例标准").And.Contain("目前没有正在公示的初审意见"));
            foreach (var text in new[] { grants.Text, html })
            {
                Assert.That(text, Does.Not.Contain(household.IdentityNumber(0)).And.Not.Contain((string)household.Member(1)["name"]!).And.Not.Contain("样例路"));
            }
        });
        Assert.That(await SentencesAsync(application), Has.Some.Contains("公布至").And.Contains("迎春里"));

        World.Clock.Forward(TimeSpan.FromDays(7));
        Assert.That(Items(await BoardAsync(Community, resource: "published-grants")), Has.Count.EqualTo(1));
        World.Clock.Forward(TimeSpan.FromDays(1));
        Assert.That(Items(await BoardAsync(Community, resource: "published-grants")), Is.Empty);
    }

    [Test]
    public async Task A_community_is_read_page_by_page_and_shows_no_other()
    {
        const string Community = "140213054006";
        var names = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var household = AHousehold.OfOne().LivingIn(Community);
            names.Add((string)household.Member(0)["name"]!);
            await PostedAsync(household);
        }

        var first = await BoardAsync(Community, "&take=2");
        var second = await BoardAsync(Community, $"&take=2&after={first["next"]}");

        Assert.Multiple(() =>
        {
            Assert.That(Items(first).Concat(Items(second)).Select(item => (string)item!["applicantName"]!), Is.EqualTo(names));
            Assert.That(Items(first), Has.Count.EqualTo(2));
            Assert.That((string?)second.Json!["next"], Is.Null);
        });
        Assert.That(Items(await BoardAsync("140213054007")), Is.Empty);
        Assert.That(await Http.GetStringAsync($"/public-postings?community={Community}&after={first["next"]}"), Does.Contain(names[2]).And.Not.Contain(names[1]));
    }

    [Test]
    public async Task Without_a_community_the_page_names_communities_and_nobody()
    {
        var household = AHousehold.OfOne().LivingIn("140213054008");
        await PostedAsync(household);

        var html = await Http.GetStringAsync("/public-postings");

        Assert.That(html, Does.Contain("振华街道").And.Contain("/public-postings?community=140213054008").And.Not.Contain((string)household.Member(0)["name"]!));
    }

    [TestCase("/v1/public-postings", "community", "missing")]
    [TestCase("/v1/published-grants", "community", "missing")]
    [TestCase("/v1/public-postings?community=140213054", "community", "unknown-division", TestName = "A_street_is_no_community")]
    [TestCase("/v1/public-postings?community=140214001001", "community", "unknown-division", TestName = "Nor_is_one_of_another_district")]
    [TestCase("/v1/published-grants?community=140213054999", "community", "unknown-division")]
    [TestCase("/public-postings?community=x", "community", "unknown-division")]
    [TestCase("/v1/public-postings?community=140213054001&on=2026-09-01", "on", "unknown-parameter", TestName = "No_day_can_be_asked_for")]
    [TestCase("/v1/public-postings?community=140213054001&take=101", "take", "out-of-range")]
    [TestCase("/v1/public-postings?community=140213054001&after=00000000000000000000000000000000", "after", "cursor")]
    public async Task What_cannot_be_asked_is_named_with_400(string path, string fault, string code)
    {
        var answer = await Http.GetAsync(path);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem["errors"]!.AsArray().Select(item => ((string)item!["path"]!, (string)item["code"]!)), Does.Contain((fault, code)));
        Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
    }

    private async Task<ApiAnswer> BoardAsync(string community, string more = "", string resource = "public-postings")
    {
        var nobody = new OfficerClient(Http, () => "");
        return Expect(200, await nobody.GetAsync($"/v1/{resource}?community={community}{more}"));
    }
}

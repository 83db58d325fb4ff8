using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Intake;

public sealed class SearchApplicationsTests(Engine engine) : ApiTests(engine)
{
    private const string Path = "/v1/application-searches";
    private const string Elsewhere = "140213058";

    [Test]
    public async Task A_case_number_finds_the_cases_applications_by_its_applicant()
    {
        var household = AHousehold.OfTwo();
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MarginalLowIncome");
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));
        var search = new JsonObject { ["purpose"] = "Inquiry", ["caseNumber"] = (string)submitted["caseNumber"]! };

        var hits = await FoundAsync(Clerk, search);

        Assert.Multiple(async () =>
        {
            Assert.That(Ids(hits), Is.EquivalentTo(((JsonArray)submitted["applications"]).Select(application => (string)application!["applicationId"]!)));
            Assert.That(hits.Select(hit => ((string)hit["name"]!, (string)hit["relationship"]!)), Is.All.EqualTo(((string)household.Member(0)["name"]!, "Self")));
            Assert.That(await FoundAsync(As("clerk", Elsewhere), search), Is.Empty);
        });
    }

    [Test]
    public async Task An_identity_number_finds_the_member_with_the_role_and_shows_the_number_masked()
    {
        var household = AHousehold.OfThree();
        var path = await SubmittedAsync(household);
        var search = new JsonObject { ["purpose"] = "Complaint", ["identityNumber"] = household.IdentityNumber(2).ToLowerInvariant() };

        var hit = (await FoundAsync(AnyWindow, search)).Single();

        Assert.Multiple(async () =>
        {
            Assert.That((string)hit["applicationId"]!, Is.EqualTo(IdOf(path)));
            Assert.That(((string)hit["name"]!, (string)hit["relationship"]!), Is.EqualTo(((string)household.Member(2)["name"]!, "Child")));
            Assert.That((string)hit["communityCode"]!, Is.EqualTo(AHousehold.Residence));
            Assert.That((string)hit["maskedIdentityNumber"]!, Does.Contain("****"));
            Assert.That(hit.ToJsonString(), Does.Not.Contain(household.IdentityNumber(2)).And.Not.Contain("样例路").And.Not.Contain((string)household.Member(0)["name"]!));
            Assert.That(await FoundAsync(As("reviewer", Elsewhere), search), Is.Empty);
        });
    }

    [Test]
    public async Task A_person_in_several_cases_is_found_in_each_and_only_in_the_offices_own()
    {
        var household = AHousehold.OfOne();
        var here = await SubmittedAsync(household);
        household.Form["programmes"] = new JsonArray("MarginalLowIncome");
        household.LivingIn("140213058001");
        var there = Expect(201, await As("clerk", Elsewhere).PostAsync("/v1/applications", household.ToString()));
        var search = new JsonObject { ["purpose"] = "Application", ["identityNumber"] = household.IdentityNumber(0), ["take"] = 1 };

        Assert.Multiple(async () =>
        {
            Assert.That(Ids(await FoundAsync(Clerk, search)), Is.EqualTo(new[] { IdOf(here) }));
            Assert.That(Ids(await FoundAsync(As("clerk", Elsewhere), search)), Is.EqualTo(new[] { (string)there["applications"][0]!["applicationId"]! }));
            Assert.That(await FoundAsync(Supervisor, search), Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task A_beginning_of_a_name_is_paged_to_the_end_without_gap_or_repeat_and_narrowed_by_community()
    {
        string[] names = ["寻甲", "寻甲一", "寻甲一", "寻甲𬭎", "寻 甲·三", "寻乙", "甲寻甲"];
        var submitted = new List<(string Name, string Id)>();
        foreach (var (name, index) in names.Select((name, index) => (name, index)))
        {
            var household = AHousehold.OfOne().LivingIn(index % 2 == 0 ? AHousehold.Residence : "140213054003");
            household.Member(0)["name"] = name;
            submitted.Add((name, IdOf(await SubmittedAsync(household))));
        }

        var expected = submitted.Take(5).Select(hit => hit.Id).ToList();
        foreach (var take in new[] { 1, 2, 100 })
        {
            var found = await FoundAsync(Clerk, new JsonObject { ["purpose"] = "Inquiry", ["name"] = "寻甲", ["take"] = take });
            Assert.That(Ids(found), Is.Unique.And.EquivalentTo(expected), $"{take}");
        }

        var exact = await FoundAsync(Clerk, new JsonObject { ["purpose"] = "Inquiry", ["name"] = "寻甲三" });
        var nearby = await FoundAsync(Clerk, new JsonObject { ["purpose"] = "Inquiry", ["name"] = "寻甲", ["community"] = "140213054003", ["take"] = 1 });
        var street = await FoundAsync(Supervisor, new JsonObject { ["purpose"] = "Inquiry", ["name"] = "寻甲", ["community"] = "140213052" });
        Assert.Multiple(() =>
        {
            Assert.That(Ids(exact), Is.EqualTo(new[] { submitted[4].Id }));
            Assert.That(Ids(nearby), Is.EquivalentTo(new[] { submitted[1].Id, submitted[3].Id }));
            Assert.That(street, Is.Empty);
        });
    }

    [Test]
    public async Task A_search_is_recorded_with_its_purpose_and_every_case_shown_but_never_what_was_searched_for()
    {
        var household = AHousehold.OfOne();
        household.Member(0)["name"] = "寻踪觅迹";
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));
        var auditor = As("auditor", District, subject: "auditor-of-searches");

        await FoundAsync(auditor, new JsonObject { ["purpose"] = "Complaint", ["name"] = "寻踪" });
        await FoundAsync(auditor, new JsonObject { ["purpose"] = "Inquiry", ["identityNumber"] = household.IdentityNumber(0) });
        await FoundAsync(auditor, new JsonObject { ["purpose"] = "Award", ["caseNumber"] = "140213061-2026-999999" });

        var searches = await ReadAsync<string>("SELECT SearchKind FROM SearchRecord WHERE ActorId = 'auditor-of-searches' ORDER BY SearchRecordId");
        var purposes = await ReadAsync<string>("SELECT Purpose FROM SearchRecord WHERE ActorId = 'auditor-of-searches' ORDER BY SearchRecordId");
        var hits = await ReadAsync<int>("SELECT HitCount FROM SearchRecord WHERE ActorId = 'auditor-of-searches' ORDER BY SearchRecordId");
        var shown = await ReadAsync<string>("SELECT AccessPurpose FROM AccessRecord WHERE ActorId = 'auditor-of-searches' ORDER BY AccessRecordId");
        var cases = await ReadAsync<Guid>("SELECT DISTINCT CaseFileId FROM AccessRecord WHERE ActorId = 'auditor-of-searches'");
        var log = string.Join('\n', Service.Log.Lines);
        Assert.Multiple(() =>
        {
            Assert.That(searches, Is.EqualTo(new[] { "Name", "IdentityNumber", "CaseNumber" }));
            Assert.That(purposes, Is.EqualTo(new[] { "Complaint", "Inquiry", "Award" }));
            Assert.That(hits, Is.EqualTo(new[] { 1, 1, 0 }));
            Assert.That(shown, Is.EqualTo(new[] { "SearchApplications:Complaint", "SearchApplications:Inquiry" }));
            Assert.That(cases.Select(id => $"{id}"), Is.EqualTo(new[] { (string)submitted["caseFileId"]! }));
            Assert.That(log, Does.Not.Contain("寻踪").And.Not.Contain(household.IdentityNumber(0)));
        });
    }

    [Test]
    public async Task A_search_needs_no_idempotency_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent("""{ "purpose": "Inquiry", "name": "样例" }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", World.Issuer.Issue(new TokenRequest("clerk", ["clerk"], Street)));

        using var response = await Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("""{ "purpose": "Inquiry" }""", "$", "search-by-one")]
    [TestCase("""{ "purpose": "Inquiry", "name": "样例", "caseNumber": "1" }""", "$", "search-by-one")]
    [TestCase("""{ "name": "样例" }""", "$.purpose", "missing")]
    [TestCase("""{ "purpose": "Curiosity", "name": "样例" }""", "$.purpose", "wrong-type")]
    [TestCase("""{ "purpose": "Inquiry", "name": "样" }""", "$.name", "too-short")]
    [TestCase("""{ "purpose": "Inquiry", "name": "样 · " }""", "$.name", "too-short")]
    [TestCase("""{ "purpose": "Inquiry", "caseNumber": "档案一" }""", "$.caseNumber", "case-number")]
    [TestCase("""{ "purpose": "Inquiry", "identityNumber": "140213197001010010" }""", "$.identityNumber", "identity-number-checksum")]
    [TestCase("""{ "purpose": "Inquiry", "name": "样例", "after": "x" }""", "$.after", "cursor")]
    [TestCase("""{ "purpose": "Inquiry", "name": "样例", "after": "019970c1000070008000000000000001019970c1000070008000000000000001019970c1000070008000000000000001" }""", "$.after", "cursor")]
    [TestCase("""{ "purpose": "Inquiry", "name": "样例", "take": 101 }""", "$.take", "out-of-range")]
    [TestCase("""{ "purpose": "Inquiry", "name": "样例", "community": "999999" }""", "$.community", "unknown-division")]
    public async Task A_search_that_is_not_understood_is_an_error(string body, string path, string code)
    {
        var answer = await Clerk.PostAsync(Path, body);

        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(fault => ((string)fault!["path"]!, (string)fault["code"]!)), Does.Contain((path, code)), answer.Text);
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(string sql) =>
        Service.Database.ReadAsync(session => session.ListAsync<T>(sql), CancellationToken.None);

    private static async Task<List<JsonNode>> FoundAsync(OfficerClient officer, JsonObject search)
    {
        var found = new List<JsonNode>();
        for (var next = (JsonObject)search.DeepClone(); ;)
        {
            var page = Expect(200, await officer.PostAsync(Path, next.ToJsonString()));
            found.AddRange(Items(page).Select(item => item!));
            if ((string?)page.Json!["next"] is not { } cursor)
            {
                return found;
            }

            next["after"] = cursor;
        }
    }

    private static IEnumerable<string> Ids(IEnumerable<JsonNode> hits) => hits.Select(hit => (string)hit["applicationId"]!);

    private static string IdOf(string path) => path.Split('/')[^1];
}

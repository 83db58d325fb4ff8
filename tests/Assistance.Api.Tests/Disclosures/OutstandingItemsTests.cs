using System.Text.Json.Nodes;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Disclosures;

public sealed class OutstandingItemsTests(Engine engine) : ApiTests(engine)
{
    private const string OtherStreet = "140213052";

    [TearDown]
    public void LetEveryDepartmentAnswer() => World?.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);

    [Test]
    public async Task A_page_tells_of_every_received_application_what_its_own_disclosure_tells()
    {
        var households = new Dictionary<string, AHousehold>();
        async Task<string> SealedOfAsync(AHousehold household)
        {
            var path = await SubmittedAsync(household);
            households[path] = household;
            await SealedAsync(path);
            return path;
        }

        var unsealed = await SubmittedAsync(AHousehold.OfThree());
        await SettledAsync(unsealed);
        households[unsealed] = AHousehold.OfOne();
        await SealedOfAsync(AHousehold.OfTwo().Owning(1, "Deposit", 1_00).WithoutConsent(1));

        var sentBack = await SealedOfAsync(AHousehold.OfOne());
        await SupplyAsync(sentBack, Item("residence-proof"));
        World.Clock.Forward(TimeSpan.FromDays(2));
        var returnedOn = Today;
        Expect(201, await ActAsync(Clerk, sentBack, "disclosure-supply-returns", new JsonObject { ["itemKey"] = "residence-proof", ["reason"] = "Illegible", ["remark"] = "看不清。" }));

        var waived = await SealedOfAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Supervisor, waived, "disclosure-waivers", new JsonObject { ["itemKey"] = "residence-proof", ["reasons"] = "已当面说明。" }));

        World.Clock.Forward(TimeSpan.FromDays(1));
        var overridden = await SealedOfAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Supervisor, overridden, "disclosure-overrides", new JsonObject
        {
            ["otherMaterials"] = new JsonArray(new JsonObject { ["name"] = "样例材料", ["why"] = "样例理由" }),
            ["reasons"] = "告知之后情况有变。",
        }));

        // The second form of the same people has its proof of residence on file, and needs two programmes' items.
        var again = AHousehold.OfOne().Owning(0, "Deposit", 1_00);
        await SupplyAsync(await SealedOfAsync(again), Item("residence-proof"));
        again.Form["programmes"] = new JsonArray("MarginalLowIncome", "MedicalAssistance");
        await SealedOfAsync(again);

        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Down);
        await SealedOfAsync(AHousehold.OfOne());
        var accepted = await AcceptedAsync(AHousehold.OfOne());

        var listed = await ListedAsync(Clerk);
        var received = Items(await Clerk.GetAsync("/v1/applications?state=Received&take=100")).Select(item => (string)item!["applicationId"]!).ToList();
        Assert.That(listed.Keys, Is.EqualTo(received).And.Not.Contains(accepted.Split('/')[^1]));
        foreach (var (id, outstanding) in listed)
        {
            var disclosure = Expect(200, await Supervisor.GetAsync($"/v1/applications/{id}/disclosure"));
            var members = Items(Expect(200, await Supervisor.GetAsync($"/v1/applications/{id}")), "members").Select(member => (string)member!["personId"]!).ToList();
            var programme = (string)outstanding["programme"]!;
            var expected = Items(disclosure)
                .Where(item => (string)item!["status"]! is "Required" or "LookupPending" or "Expired")
                .Where(item => ((JsonArray)item!["programmes"]!).Any(needed => (string)needed! == programme))
                .Select(item => Told(item!, (string?)item!["personId"] is { } person ? members.IndexOf(person) + 1 : null));

            Assert.That(((JsonArray)outstanding["items"]!).Select(item => Told(item!, (int?)item!["member"])), Is.EqualTo(expected), id);
        }

        Assert.Multiple(() =>
        {
            Assert.That(Since(listed, sentBack, "residence-proof"), Is.EqualTo(returnedOn));
            Assert.That(Since(listed, overridden, "other-material"), Is.EqualTo(Today));
            Assert.That(Since(listed, unsealed, "residence-proof"), Is.EqualTo("2026-09-21"));
            Assert.That((JsonArray)listed[waived.Split('/')[^1]]["items"]!, Is.Empty);
        });
        var text = string.Concat(listed.Values.Select(item => item.ToJsonString()));
        foreach (var household in households.Values)
        {
            Assert.That(text, Does.Not.Contain(household.IdentityNumber(0)).And.Not.Contain((string)household.Member(0)["name"]!).And.Not.Contain("样例路"));
        }
    }

    [Test]
    public async Task Only_the_offices_own_are_listed_and_each_case_shown_is_recorded()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);
        var auditor = As("auditor", Street, subject: "auditor-of-outstanding-items");

        Assert.That(await ListedAsync(As("clerk", OtherStreet)), Is.Empty);
        var listed = await ListedAsync(auditor);

        var recorded = await Service.Database.ReadAsync(
            session => session.ListAsync<Guid>(
                "SELECT DISTINCT CaseFileId FROM AccessRecord WHERE ActorId = 'auditor-of-outstanding-items' AND AccessPurpose = 'ListOutstandingItems'"),
            CancellationToken.None);
        var cases = new HashSet<string>();
        foreach (var id in listed.Keys)
        {
            cases.Add((string)Expect(200, await Supervisor.GetAsync($"/v1/applications/{id}"))["caseFileId"]!);
        }

        Assert.That(listed.Keys, Does.Contain(path.Split('/')[^1]));
        Assert.That(recorded.Select(id => $"{id}"), Is.EquivalentTo(cases));
    }

    [Test]
    public async Task A_page_holds_at_most_fifty() =>
        Refused(await Clerk.GetAsync("/v1/outstanding-items?take=51"), 400, "invalid-request");

    private static JsonObject Item(string key) => new() { ["itemKey"] = key, ["ways"] = new JsonArray("PaperSighted") };

    private static (string?, string?, string?, int?, string?, string?, bool) Told(JsonNode item, int? member) => (
        (string?)item["itemKey"], (string?)item["itemCode"], (string?)item["name"], member, (string?)item["status"], (string?)item["cause"], (bool)item["isAsked"]!);

    private static string Since(Dictionary<string, JsonNode> listed, string path, string code) =>
        (string)((JsonArray)listed[path.Split('/')[^1]]["items"]!).Single(item => (string)item!["itemCode"]! == code)!["sinceOn"]!;

    private static async Task<Dictionary<string, JsonNode>> ListedAsync(OfficerClient officer)
    {
        var seen = new Dictionary<string, JsonNode>();
        for (string? next = ""; next is not null;)
        {
            var page = Expect(200, await officer.GetAsync($"/v1/outstanding-items?take=3{next}"));
            foreach (var item in Items(page))
            {
                seen.Add((string)item!["applicationId"]!, item);
            }

            next = (string?)page.Json!["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        return seen;
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Oversight;

public sealed class BurdenFiguresTests(Engine engine) : ApiTests(engine)
{
    private const string OtherStreet = "140213052";
    private const string Year = "from=2026-01&to=2026-12";

    private static readonly string[] Sums =
        ["disclosures", "itemsAsked", "itemsAnsweredByDepartments", "itemsOnFile", "secondAsks", "secondAskItems", "applicationsCompleted", "totalDaysToComplete"];

    [OneTimeSetUp]
    public async Task WorkForTwoMonthsAsync()
    {
        // Complete on the day of submission; complete three days later; told twice; in another street; and in another month.
        await AcceptedAsync(AHousehold.OfTwo());
        var late = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(late);
        World.Clock.Forward(TimeSpan.FromDays(3));
        await SupplyAsync(late, new JsonObject { ["itemKey"] = "residence-proof", ["ways"] = new JsonArray("PaperSighted") });
        var twice = await SubmittedAsync(AHousehold.OfOne().Owning(0, "Deposit", 1_00));
        await SealedAsync(twice);
        Expect(201, await ActAsync(Supervisor, twice, "disclosure-overrides", new JsonObject
        {
            ["otherMaterials"] = new JsonArray(Material("样例材料一"), Material("样例材料二")),
            ["reasons"] = "告知之后情况有变。",
        }));
        var other = await SubmittedAsync(AHousehold.OfThree().LivingIn("140213052001"));
        await SettledAsync(other);
        Expect(201, await ActAsync(As("clerk", OtherStreet), other, "disclosure"));
        World.Clock.Forward(TimeSpan.FromDays(14));
        await AcceptedAsync(AHousehold.OfThree());
    }

    [Test]
    public async Task The_figures_add_up_to_the_sealed_lists()
    {
        var figures = Expect(200, await Supervisor.GetAsync($"/v1/burden-figures?{Year}"));

        var lists = await SealedListsAsync();
        var expected = lists.GroupBy(list => (list.Month, list.Street)).OrderBy(group => group.Key).Select(group => (
            group.Key.Street,
            $"{group.Key.Month}-01",
            group.Count(),
            group.Sum(list => list.Told.Items.Count(item => item.IsAsked)),
            group.Sum(list => list.Told.Items.Count(item => item.Status == DisclosureItemStatus.AnsweredByDepartment)),
            group.Sum(list => list.Told.Items.Count(item => item.Status == DisclosureItemStatus.OnFile)),
            group.Count(list => list.Told.Version > 1),
            group.Where(list => list.Told.Version > 1).Sum(list => list.Told.Items.Count(item => item.IsAsked)))).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(Streets(figures).Select(row => (
                (string)row["divisionCode"]!,
                (string)row["monthOn"]!,
                Sum(row, "disclosures"),
                Sum(row, "itemsAsked"),
                Sum(row, "itemsAnsweredByDepartments"),
                Sum(row, "itemsOnFile"),
                Sum(row, "secondAsks"),
                Sum(row, "secondAskItems"))), Is.EqualTo(expected));
            Assert.That(expected.Select(row => (row.Street, row.Item2)), Is.EqualTo(new[] { (OtherStreet, "2026-09-01"), (Street, "2026-09-01"), (Street, "2026-10-01") }));
            Assert.That(Sum(Streets(figures)[1], "secondAskItems"), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task The_days_to_completion_are_counted_in_the_month_of_completion()
    {
        var figures = Expect(200, await Supervisor.GetAsync($"/v1/burden-figures?{Year}"));

        Assert.That(
            Streets(figures).Select(row => (Sum(row, "applicationsCompleted"), Sum(row, "totalDaysToComplete"), (decimal?)row["figures"]!["meanDaysToComplete"])),
            Is.EqualTo(new (int, int, decimal?)[] { (0, 0, null), (2, 3, 1.5m), (1, 0, 0m) }));
    }

    [Test]
    public async Task The_total_is_the_sum_of_the_streets()
    {
        var figures = Expect(200, await As("auditor", District).GetAsync($"/v1/burden-figures?{Year}"));

        Assert.Multiple(() =>
        {
            foreach (var name in Sums)
            {
                Assert.That((int)figures["total"][name]!, Is.EqualTo(Streets(figures).Sum(row => Sum(row, name))), name);
            }

            Assert.That((decimal)figures["total"]["meanDaysToComplete"]!, Is.EqualTo(1.0m));
        });
    }

    [Test]
    public async Task A_street_sees_its_own_figures_only_and_months_outside_are_left_out()
    {
        var own = Expect(200, await As("supervisor", OtherStreet).GetAsync($"/v1/burden-figures?{Year}"));
        var others = Expect(200, await As("supervisor", Street).GetAsync($"/v1/burden-figures?{Year}"));
        var october = Expect(200, await Supervisor.GetAsync("/v1/burden-figures?from=2026-10-01&to=2026-10"));
        var before = Expect(200, await Supervisor.GetAsync("/v1/burden-figures?from=2025-01&to=2026-08"));

        Assert.Multiple(() =>
        {
            Assert.That(Streets(own).Select(row => (string)row["divisionCode"]!), Is.EqualTo(new[] { OtherStreet }));
            Assert.That(Streets(others).Select(row => (string)row["divisionCode"]!), Is.EqualTo(new[] { Street, Street }));
            Assert.That(((int)own["total"]["disclosures"]!, (int)others["total"]["disclosures"]!), Is.EqualTo((1, 5)));
            Assert.That(Streets(october).Select(row => (string)row["monthOn"]!), Is.EqualTo(new[] { "2026-10-01" }));
            Assert.That(Streets(before), Is.Empty);
            Assert.That(before["total"].AsObject().ContainsKey("meanDaysToComplete"), Is.False);
        });
    }

    [Test]
    public async Task The_table_holds_the_same_figures_under_Chinese_headings_that_spreadsheet_programs_can_read()
    {
        var figures = Expect(200, await Supervisor.GetAsync($"/v1/burden-figures?{Year}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/burden-figures.csv?{Year}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", World.Issuer.Issue(new TokenRequest("supervisor", ["supervisor"], District)));

        using var response = await Http.SendAsync(request);

        var bytes = await response.Content.ReadAsByteArrayAsync();
        var lines = Encoding.UTF8.GetString(bytes.AsSpan(3)).TrimEnd().Split("\r\n");
        Assert.Multiple(() =>
        {
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/csv"));
            Assert.That(response.Content.Headers.ContentDisposition!.FileName, Is.EqualTo("burden-figures.csv"));
            Assert.That(bytes[..3], Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
            Assert.That(lines[0], Does.StartWith("月份,区划代码,街道,告知书份数,要求提供事项"));
            Assert.That(lines[1..], Is.EqualTo(Streets(figures)
                .Select(row => $"{((string)row["monthOn"]!)[..7]},{row["divisionCode"]},{row["division"]},{Values(row["figures"]!)}")
                .Append($"合计,,,{Values(figures["total"])}")));
        });

        static string Values(JsonNode figures) =>
            string.Join(',', Sums.Append("meanDaysToComplete").Select(name => figures[name]?.ToJsonString() ?? ""));
    }

    [Test]
    public async Task Nobody_but_supervisors_and_auditors_sees_them()
    {
        Refused(await Clerk.GetAsync($"/v1/burden-figures?{Year}"), 403, "forbidden");
        Refused(await Confirmer.GetAsync($"/v1/burden-figures.csv?{Year}"), 403, "forbidden");
    }

    [TestCase("", "from, to")]
    [TestCase("?from=2026-01", "to")]
    [TestCase("?from=2026-01-15&to=2026-13", "from, to")]
    [TestCase("?from=2026-02&to=2026-01", "to")]
    [TestCase("?from=2024-12&to=2026-12", "to")]
    [TestCase("?from=2026-01&to=2026-02&street=140213054", "street")]
    public async Task Months_that_are_not_understood_are_an_error(string query, string paths)
    {
        foreach (var path in new[] { "/v1/burden-figures", "/v1/burden-figures.csv" })
        {
            var answer = await Supervisor.GetAsync($"{path}{query}");

            Refused(answer, 400, "invalid-request");
            Assert.That(string.Join(", ", Items(answer, "errors").Select(fault => (string)fault!["path"]!)), Is.EqualTo(paths));
        }
    }

    private static JsonObject Material(string name) => new JsonObject { ["name"] = name, ["why"] = "样例理由" };

    private static List<JsonNode> Streets(ApiAnswer figures) => [.. Items(figures, "streets").Select(row => row!)];

    private static int Sum(JsonNode row, string name) => (int)row["figures"]![name]!;

    private async Task<IEnumerable<(string Street, string Month, SealedDisclosure Told)>> SealedListsAsync() =>
        (await Service.Database.ReadAsync(
            session => session.ListAsync<DisclosureRow>("SELECT AcceptingDivisionCode, DisclosureJson FROM Disclosure"), CancellationToken.None))
        .Select(row => (row.AcceptingDivisionCode, ApiJson.Read<SealedDisclosure>(row.DisclosureJson)))
        .Select(row => (row.AcceptingDivisionCode, row.Item2.SealedAt.ToString("yyyy-MM", null), row.Item2));
}

using System.Text.Json.Nodes;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Assessments;

/// <summary>标准调整测算: another standard against everything in payment, changing nothing.</summary>
public sealed class StandardRehearsalTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task A_higher_standard_raises_everybody_and_a_lower_one_lets_some_leave_and_nothing_is_changed()
    {
        var poor = await GrantedAsync(AHousehold.OfOne());
        var earning = await GrantedAsync(AHousehold.OfOne().Declaring(0, "Wages", 70_000));

        var higher = await FinishedAsync(await StartedAsync(("subsistence-allowance.standard", 80_000)));
        var lower = await FinishedAsync(await StartedAsync(("subsistence-allowance.standard", 70_000)));
        var same = await FinishedAsync(await StartedAsync());

        var rows = await RowsAsync(lower);
        Assert.Multiple(async () =>
        {
            Assert.That(Counts(higher), Is.EqualTo((2, 2, 2, 0, 0, 0)));
            Assert.That(((long)higher["beforeFen"]!, (long)higher["afterFen"]!), Is.EqualTo((80_000L, 90_000L)), "750 + 50, and 800 + 100");
            Assert.That(Counts(lower), Is.EqualTo((2, 2, 0, 1, 1, 0)));
            Assert.That(((long)lower["beforeFen"]!, (long)lower["afterFen"]!), Is.EqualTo((80_000L, 70_000L)));
            Assert.That(Counts(same), Is.EqualTo((2, 2, 0, 0, 0, 0)));
            Assert.That(await RowsAsync(same), Is.Empty);
            Assert.That(rows.Select(row => $"{row!["change"]} {row["oldMonthlyFen"]} {row["newMonthlyFen"]} /v1/awards/{row["awardId"]}"), Is.EquivalentTo(new[]
            {
                $"Falls 75000 70000 {poor.Award}", $"Leaves 5000 0 {earning.Award}",
            }));
            Assert.That((long)Expect(200, await Clerk.GetAsync(earning.Award))["monthlyFen"]!, Is.EqualTo(5_000));
        });
    }

    [Test]
    public async Task It_says_which_numbers_were_supposed()
    {
        var rehearsal = await FinishedAsync(await StartedAsync(("subsistence-allowance.vehicles.allowed", 1)));

        Assert.That(
            Items(rehearsal, "parameters").Where(row => ((string)row!["code"]!).StartsWith("subsistence-allowance.vehicles", StringComparison.Ordinal))
                .Select(row => $"{row!["value"]} {row["fromOn"]} {row["isSample"]}"),
            Is.EqualTo(new[] { $"1 {Today} true" }));
    }

    [Test]
    public async Task What_makes_no_sense_is_refused_with_every_fault()
    {
        var answer = await Supervisor.PostAsync("/v1/standard-rehearsals", """
            { "on": "2020-01-01", "reasons": "测算", "parameters": [
                { "code": "procedure.posting.days", "value": 1 },
                { "code": "subsistence-allowance.standard", "value": 1 }, { "code": "subsistence-allowance.standard", "value": 2 }] }
            """);

        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(fault => $"{fault!["path"]} {fault["code"]}"), Is.EquivalentTo(new[]
        {
            "$.on in-the-past", "$.parameters[0].code unknown-parameter", "$.parameters[2].code given-twice",
        }));
    }

    [Test]
    public async Task Only_the_district_rehearses_and_one_that_has_ended_is_not_cancelled()
    {
        var path = await StartedAsync();
        await FinishedAsync(path);

        Assert.That((await Clerk.GetAsync(path)).Status, Is.EqualTo(403));
        Refused(await As("supervisor", Street).PostAsync("/v1/standard-rehearsals", $$"""{ "on": "{{Today}}", "reasons": "测算" }"""), 403, "not-the-district");
        Refused(await ActAsync(Supervisor, path, "cancellation"), 409, "wrong-state");
        Assert.That((await Supervisor.GetAsync($"/v1/standard-rehearsals/{Guid.NewGuid()}")).Status, Is.EqualTo(404));
        Assert.That((await Supervisor.GetAsync($"/v1/standard-rehearsals/{Guid.NewGuid()}/rows")).Status, Is.EqualTo(404));
    }

    private static (int Awards, int Done, int Rises, int Falls, int Leaves, int Open) Counts(ApiAnswer rehearsal) => (
        (int)rehearsal["awards"]!, (int)rehearsal["done"]!, (int)rehearsal["rises"]!, (int)rehearsal["falls"]!, (int)rehearsal["leaves"]!, (int)rehearsal["needsReview"]!);

    private async Task<string> StartedAsync(params (string Code, long Value)[] parameters)
    {
        var started = Expect(201, await Supervisor.PostAsync("/v1/standard-rehearsals", new JsonObject
        {
            ["on"] = Today,
            ["reasons"] = "标准调整测算。",
            ["parameters"] = new JsonArray([.. parameters.Select(parameter => new JsonObject { ["code"] = parameter.Code, ["value"] = parameter.Value })]),
        }.ToJsonString()));
        return $"/v1/standard-rehearsals/{started["rehearsalId"]}";
    }

    private async Task<ApiAnswer> FinishedAsync(string path)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var rehearsal = Expect(200, await Supervisor.GetAsync(path));
            if ((string)rehearsal["state"]! == "Finished")
            {
                return rehearsal;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It does not finish.");
        return null!;
    }

    private async Task<JsonArray> RowsAsync(ApiAnswer rehearsal) =>
        Items(Expect(200, await Supervisor.GetAsync($"/v1/standard-rehearsals/{rehearsal["rehearsalId"]}/rows?take=100")));
}

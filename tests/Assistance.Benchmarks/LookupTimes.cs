using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Benchmarks;

/// <summary>
/// How long a household waits from the submission until every department it needs has answered and its list can be sealed,
/// where each department takes 50 ms; and how many look-ups a second many households together get through.
/// </summary>
internal static class LookupTimes
{
    private const int Latency = 50;
    private const int Sources = 14;

    // Two programmes, so that an adult without anything special needs fourteen departments.
    private static readonly JsonArray Programmes = ["SubsistenceAllowance", "EssentialExpenditureHardship"];

    public static async Task RunAsync(int households)
    {
        var seeds = Path.Combine(AppContext.BaseDirectory, "seeds");
        var path = Path.Combine(Path.GetTempPath(), $"assistance-lookups-{Guid.NewGuid():N}.db");
        await using var world = await SimulatedWorld.StartAsync(new TravellingClock(new DateTimeOffset(2026, 9, 21, 9, 0, 0, TimeSpan.FromHours(8))), seeds, port: 0);
        world.Departments.MostQueries = 100;
        var settings = new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={path}" };
        foreach (var source in LookupSources.All)
        {
            world.Departments.Behave(source, usual => usual with { AnswersLater = false, Latency = TimeSpan.FromMilliseconds(Latency) });
            settings[$"Departments:Sources:{source}:PerSecond"] = "10000";
            settings[$"Departments:Sources:{source}:MostAtOnce"] = "64";
        }

        await using var service = await SandboxService.StartAsync(world, settings, seeds, port: 0);
        using var http = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        var token = world.Issuer.Issue(new TokenRequest("clerk-1", ["clerk"], "140213061"));
        var clerk = new OfficerClient(http, () => token);
        var person = 0;
        // As many as it takes until the run-time has compiled what is used often, as in a service that has been up for an hour.
        for (var warm = 0; warm < 150; warm++)
        {
            await CompleteAsync(clerk, Form(ref person, members: 1), members: 1);
        }

        Console.WriteLine($"{Sources} departments at {Latency} ms each, service, departments, client and database on the same {Environment.ProcessorCount} processors");
        foreach (var members in new[] { 1, 3 })
        {
            var times = new List<double>();
            for (var i = 0; i < 40; i++)
            {
                times.Add((await CompleteAsync(clerk, Form(ref person, members), members)).TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine($"{members} person(s): from the submission to a complete disclosure p50 {times[20]:0} ms ({times[20] / Latency:0.00} × the slowest department), p95 {times[38]:0} ms ({times[38] / Latency:0.00} ×)");
        }

        var forms = Enumerable.Range(0, households).Select(_ => Form(ref person, members: 1)).ToList();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(forms, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (form, _) => await clerk.PostAsync("/v1/applications", form));
        var taken = watch.Elapsed;
        while (await IsBusyAsync(http, world))
        {
            await Task.Delay(20);
        }

        Console.WriteLine($"{households} households at once: taken in {taken.TotalSeconds:0.0} s, all answered after {watch.Elapsed.TotalSeconds:0.0} s, {households * Sources / watch.Elapsed.TotalSeconds:0} look-ups/s");
        await service.StopAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"))
        {
            File.Delete(file);
        }
    }

    private static async Task<TimeSpan> CompleteAsync(OfficerClient clerk, string form, int members)
    {
        var began = Stopwatch.GetTimestamp();
        var submitted = await clerk.PostAsync("/v1/applications", form);
        var path = $"/v1/applications/{submitted["applications"][0]!["applicationId"]}/disclosure";
        // Hardly complete earlier, and reading before then would only take the processors from the service; what was complete
        // before is measured as too long, never as too short.
        await Task.Delay(Latency + 12);
        while (true)
        {
            var items = (JsonArray)(await clerk.GetAsync(path))["items"];
            // A death is no item, and of who is on no register the registration is to be shown.
            if (items.Count(item => (string)item!["status"]! == "AnsweredByDepartment") == (Sources - 2) * members && items.All(item => (string)item!["status"]! != "LookupPending"))
            {
                return Stopwatch.GetElapsedTime(began);
            }

            await Task.Delay(2);
        }
    }

    private static async Task<bool> IsBusyAsync(HttpClient http, SimulatedWorld world)
    {
        var token = world.Issuer.Issue(new TokenRequest("supervisor-1", ["supervisor"], "140213"));
        var departments = await new OfficerClient(http, () => token).GetAsync("/v1/departments");
        return ((JsonArray)departments["items"]).Any(source => (int)source!["queue"]!["pending"]! > 0)
            || world.Departments.LoadOf(LookupSource.Marriage).Queries < world.Departments.LoadOf(LookupSource.Tax).Queries;
    }

    private static string Form(ref int person, int members)
    {
        var form = new JsonObject
        {
            ["programmes"] = Programmes.DeepClone(),
            ["registeredResidence"] = new JsonObject { ["divisionCode"] = "140213054002", ["address"] = "样例路1号" },
            ["habitualResidence"] = new JsonObject { ["divisionCode"] = "140213054002", ["address"] = "样例路1号" },
            ["contactPhone"] = "0352-5550199",
            ["integrityPledge"] = new JsonObject { ["signedOn"] = "2026-09-21" },
        };
        string[] relationships = ["Self", "Spouse", "Parent"];
        var list = new JsonArray();
        for (var i = 0; i < members; i++)
        {
            list.Add(new JsonObject
            {
                ["name"] = "样例甲",
                ["identityNumber"] = IdentityNumber(++person, i == 2 ? 1945 : 1970),
                ["relationship"] = relationships[i],
                ["consent"] = new JsonObject { ["signedOn"] = "2026-09-21", ["signedByMember"] = i + 1 },
            });
        }

        form["members"] = list;
        return form.ToJsonString();
    }

    private static string IdentityNumber(int person, int year)
    {
        // Namesakes born on one day are as rare here as in a district.
        var day = new DateOnly(year, 1, 1).AddDays(person % 5_000);
        var digits = string.Create(CultureInfo.InvariantCulture, $"140213{day:yyyyMMdd}{(person / 5_000) + 100:000}");
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return digits + "10X98765432"[digits.Select((digit, i) => (digit - '0') * weights[i]).Sum() % 11];
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Lookups;

/// <summary>How much a department is asked, how often, and that one in trouble holds up nobody else.</summary>
public sealed class DepartmentLimitsTests(Engine engine) : ApiTests(engine)
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["Departments:Sources:Tax:PerSecond"] = "4",
        ["Departments:Sources:RealEstate:MostAtOnce"] = "2",
        ["Departments:Sources:HousingFund:PerSecond"] = "1000",
        ["Departments:Sources:HousingFund:MostAtOnce"] = "4",
        ["Departments:Sources:Death:PerSecond"] = "1000",
        ["Departments:Sources:Vehicles:IsRepeatSafe"] = "false",
        ["Departments:Sources:Vehicles:Timeout"] = "00:00:00.300",
        ["Departments:Sources:Marriage:HedgeAfter"] = "00:00:00.200",
    };

    [TearDown]
    public void LetEveryDepartmentDoAsUsual()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, usual => usual);
        }

        // A breaker that one test opened is closed for the next.
        World?.Clock.Forward(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task No_more_is_asked_a_second_and_at_one_time_than_the_department_allows()
    {
        World.Departments.Behave(LookupSource.RealEstate, usual => usual with { Latency = TimeSpan.FromMilliseconds(100) });

        var began = Stopwatch.GetTimestamp();

        foreach (var path in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SubmittedAsync(AHousehold.OfTwo()))))
        {
            await SettledAsync(path);
        }

        Assert.Multiple(() =>
        {
            // Sixteen queries at four a second. How many arrive within a second of the department's clock is no measure: the
            // way there may hold some up and bring them together.
            Assert.That(Stopwatch.GetElapsedTime(began), Is.GreaterThan(TimeSpan.FromSeconds(2.9)));
            Assert.That(World.Departments.LoadOf(LookupSource.RealEstate).MostAtOnce, Is.InRange(1, 2));
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_department_that_asks_for_patience_gets_it_and_answers(bool isDate)
    {
        World.Departments.Behave(LookupSource.HousingFund, usual => usual with { PerSecond = 1, IsRetryAfterDate = isDate });

        var paths = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SubmittedAsync(AHousehold.OfOne())));

        foreach (var path in paths)
        {
            Assert.That((string)(await OneAsync(path, "HousingFund"))["state"]!, Is.EqualTo("NotFound"), "turned away is not unanswered");
        }
    }

    [Test]
    public async Task While_a_department_asks_for_patience_nobody_else_is_put_to_it()
    {
        World.Departments.Behave(LookupSource.HousingFund, usual => usual with { PerSecond = 0 });
        var (turnedAway, others) = (Load(LookupSource.HousingFund), Load(LookupSource.Death));
        var began = Stopwatch.GetTimestamp();

        var paths = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => SubmittedAsync(AHousehold.OfOne())));
        while (Load(LookupSource.Death) < others + paths.Length)
        {
            await Task.Delay(10);
        }

        turnedAway = Load(LookupSource.HousingFund) - turnedAway;
        var seconds = (int)Stopwatch.GetElapsedTime(began).TotalSeconds;
        World.Departments.Behave(LookupSource.HousingFund, usual => usual);

        Assert.That(turnedAway, Is.InRange(1, 4 * (seconds + 1)), "once a second what was under way when it asked");
        foreach (var path in paths)
        {
            Assert.That((string)(await OneAsync(path, "HousingFund"))["state"]!, Is.EqualTo("NotFound"));
        }
    }

    [Test]
    public async Task Where_repeating_is_not_safe_a_query_without_an_answer_is_never_sent_again_by_itself()
    {
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.StopsMidway);
        var household = AHousehold.OfOne();
        var path = await SubmittedAsync(household);

        var vehicles = await OneAsync(path, "Vehicles");
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Answers);
        World.Clock.Forward(TimeSpan.FromHours(12));
        await Task.Delay(1_200);

        Assert.Multiple(() =>
        {
            Assert.That(((string)vehicles["state"]!, (string?)vehicles["cause"]), Is.EqualTo(("Unavailable", "timeout")));
            Assert.That(Asked(household, LookupSource.Vehicles), Is.EqualTo(1));
        });
        var retry = $"/v1/dead-letters/{vehicles["lookupId"]}/retry";
        Expect(201, await Supervisor.PostAsync(retry, new JsonObject { ["reason"] = "DepartmentRepaired" }.ToJsonString()));
        await LookupsAsync(path, lookups => lookups.Any(lookup => (string)lookup!["source"]! == "Vehicles" && (string?)lookup["cause"] == "not-repeated"));
        Assert.That(Asked(household, LookupSource.Vehicles), Is.EqualTo(1), "not for an officer's asking either");
        Expect(201, await Supervisor.PostAsync(retry, new JsonObject { ["reason"] = "NotReceived" }.ToJsonString()));
        await LookupsAsync(path, lookups => lookups.Any(lookup => (string)lookup!["source"]! == "Vehicles" && (string)lookup["state"]! == "NotFound"));
        Assert.That(Asked(household, LookupSource.Vehicles), Is.EqualTo(2), "once the department says that it never had it");
    }

    [Test]
    public async Task A_dead_department_slows_no_other()
    {
        World.Departments.Behave(LookupSource.HouseholdRegistration, DepartmentBehaviour.Silent);
        var paths = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SubmittedAsync(AHousehold.OfOne())));

        foreach (var path in paths)
        {
            // Tax is left out for its small allowance.
            var lookups = await LookupsAsync(path, others => others.All(lookup => (string)lookup!["source"]! is "HouseholdRegistration" or "Tax" || (string)lookup["state"]! != "Pending"));
            Assert.That((string)lookups.Single(lookup => (string)lookup!["source"]! == "HouseholdRegistration")!["state"]!, Is.EqualTo("Pending"), "while it is still waited for");
        }
    }

    [Test]
    public async Task What_waits_for_its_turn_is_not_sent_once_the_consent_is_revoked()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var households = Enumerable.Range(0, 8).Select(_ => AHousehold.OfOne()).ToList();
            var paths = await Task.WhenAll(households.Select(SubmittedAsync));
            var waiting = await LastToBeAskedAsync(households, paths);

            Expect(201, await ActAsync(Clerk, paths[waiting], "consent-revocations", new JsonObject { ["personId"] = await PersonAsync(paths[waiting]) }));
            var wasStillWaiting = Asked(households[waiting], LookupSource.Tax) == 0;
            await Task.Delay(2_500);
            if (wasStillWaiting)
            {
                Assert.That(Asked(households[waiting], LookupSource.Tax), Is.Zero);
                return;
            }
        }

        // On a machine so busy that every turn came before the revocation.
        Assert.Fail("None was still waiting when its consent was revoked.");
    }

    // One whose query was claimed for sending, and that the department has not received: four a second are allowed.
    private async Task<int> LastToBeAskedAsync(List<AHousehold> households, string[] paths)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            for (var i = paths.Length - 1; i >= 0; i--)
            {
                var tax = Items(Expect(200, await Supervisor.GetAsync($"{paths[i]}/lookups"))).SingleOrDefault(lookup => (string)lookup!["source"]! == "Tax");
                if (tax?["askedAt"] is not null && Asked(households[i], LookupSource.Tax) == 0)
                {
                    return i;
                }
            }

            await Task.Delay(10);
        }

        Assert.Fail("None waits.");
        return -1;
    }

    [Test]
    public async Task A_second_request_beside_a_slow_one_is_sent_only_where_that_was_asked_for()
    {
        World.Departments.Behave(LookupSource.Marriage, usual => usual with { Latency = TimeSpan.FromMilliseconds(900) });
        World.Departments.Behave(LookupSource.HousingFund, usual => usual with { Latency = TimeSpan.FromMilliseconds(900) });
        var household = AHousehold.OfOne();

        var lookups = await SettledAsync(await SubmittedAsync(household));

        Assert.Multiple(() =>
        {
            Assert.That(Asked(household, LookupSource.Marriage), Is.EqualTo(2));
            Assert.That(Asked(household, LookupSource.HousingFund), Is.EqualTo(1));
            Assert.That(lookups.Count(lookup => (string)lookup!["source"]! == "Marriage"), Is.EqualTo(1));
        });
    }

    private long Load(LookupSource source) => World.Departments.LoadOf(source).Queries;

    private int Asked(AHousehold household, LookupSource source) =>
        World.Departments.Queries.Count(query => query.IdentityNumber == household.IdentityNumber(0) && query.Source == source);

    private async Task<JsonNode> OneAsync(string path, string source) =>
        (await LookupsAsync(path, lookups => lookups.Any(lookup => (string)lookup!["source"]! == source && (string)lookup["state"]! != "Pending")))
            .Single(lookup => (string)lookup!["source"]! == source)!;

    private async Task<JsonArray> LookupsAsync(string path, Func<JsonArray, bool> holds)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var lookups = Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups")));
            if (lookups.Count > 0 && holds(lookups))
            {
                return lookups;
            }

            await Task.Delay(50);
        }

        Assert.Fail("The look-ups stay as they are.");
        return [];
    }
}

using System.Text.Json.Nodes;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Lookups;

/// <summary>
/// Thousands of look-ups while three requests in ten fail in every way there is, answers come twice and out of order, the
/// service is restarted in the middle, and some revoke their consent.
/// </summary>
public sealed class ChaosTests(Engine engine) : ApiTests(engine)
{
    private const int Households = 90;
    private const int Revoking = 15;

    private static readonly string[] Final = ["Answered", "NotFound", "SetAside", "Unavailable", "Cancelled"];

    private static readonly DepartmentBehaviour[] Faults =
    [
        DepartmentBehaviour.Down, DepartmentBehaviour.Down, DepartmentBehaviour.Silent, DepartmentBehaviour.StopsMidway, DepartmentBehaviour.Malformed,
        DepartmentBehaviour.AnswersAboutSomebodyElse, DepartmentBehaviour.AnswersAboutAnotherQuery, DepartmentBehaviour.StatesTheImpossible, DepartmentBehaviour.StatesNothing,
    ];

    protected override Dictionary<string, string?> Settings => LookupSources.All
        .SelectMany(source => new (string Name, string Value)[] { ("PerSecond", "1000"), ("MostAtOnce", "16"), ("Timeout", "00:00:00.250"), ("PollEvery", "00:00:01") }
            .Select(setting => KeyValuePair.Create<string, string?>($"Departments:Sources:{source}:{setting.Name}", setting.Value)))
        .Append(KeyValuePair.Create<string, string?>("Departments:Lease", "00:00:02"))
        .ToDictionary();

    [Test]
    public async Task Every_look_up_ends_in_one_state_and_nobody_is_asked_about_twice_or_after_saying_no()
    {
        foreach (var source in LookupSources.All)
        {
            World.Departments.Behave(source, usual => usual with
            {
                ErrorRate = 0.3,
                Errors = Faults,
                Seed = (int)source,
                Latency = TimeSpan.FromMilliseconds(5),
                Jitter = TimeSpan.FromMilliseconds(20),
                Callbacks = (int)source % 2 == 0 ? CallbackPattern.Twice : CallbackPattern.OutOfOrder,
            });
        }

        var households = Enumerable.Range(0, Households).Select(_ => AHousehold.OfTwo()).ToList();
        var paths = new List<string>();
        var stopped = new List<(string IdentityNumber, int Asked)>();
        foreach (var third in households.Chunk(Households / 3))
        {
            paths.AddRange(await Task.WhenAll(third.Select(SubmittedAsync)));
            foreach (var (household, path) in third.Zip(paths.TakeLast(third.Length)).Take(Revoking / 3))
            {
                Expect(201, await ActAsync(Clerk, path, "consent-revocations", new JsonObject { ["personId"] = await PersonAsync(path) }));
                // What left before the answer came is still on its way for a moment.
                await Task.Delay(50);
                stopped.Add((household.IdentityNumber(0), Asked(household.IdentityNumber(0))));
            }

            await Service.StopHostAsync();
            await Service.StartHostAsync();
        }

        var lookups = new List<JsonNode>();
        foreach (var path in paths)
        {
            lookups.AddRange((await EndedAsync(path)).Select(lookup => lookup!));
        }

        var queries = World.Departments.Queries.ToLookup(query => query.QueryId);
        Assert.Multiple(() =>
        {
            Assert.That(lookups, Has.Count.GreaterThan(2_000));
            Assert.That(lookups.Select(lookup => (string)lookup["state"]!), Is.All.AnyOf([.. Final]));
            Assert.That(lookups.Select(lookup => $"{lookup["personId"]} {lookup["source"]}"), Is.Unique, "one look-up a person and department");
            Assert.That(lookups.Count(lookup => (string)lookup["state"]! is "Answered" or "NotFound"), Is.GreaterThan(lookups.Count / 2));
            Assert.That(lookups.Where(lookup => (string)lookup["state"]! == "SetAside"), Is.Not.Empty);
            Assert.That(lookups.Where(lookup => (string)lookup["state"]! == "Cancelled"), Is.Not.Empty);
            foreach (var (identityNumber, asked) in stopped)
            {
                Assert.That(Asked(identityNumber), Is.EqualTo(asked), "nothing is sent once a consent is revoked");
            }

            Assert.That(
                World.Departments.Queries.GroupBy(query => (query.IdentityNumber, query.Source)).Select(group => group.Select(query => query.QueryId).Distinct().Count()),
                Is.All.EqualTo(1), "a repeated query is the same query");
            Assert.That(
                // Three attempts, and once more for each restart that cut one off.
                lookups.Where(lookup => (string)lookup["state"]! is "SetAside" && lookup["submittedAt"] is null).Select(lookup => queries[Guid.Parse((string)lookup["lookupId"]!)].Count()),
                Is.All.LessThanOrEqualTo(6), "what is not to be believed is not asked for ever");
        });
        await NothingAnsweredIsAskedAgainAsync(households, lookups);
        NobodyIsInTheLog(households);
    }

    // The departments are well again, an hour passes, and the same people apply for something else.
    private async Task NothingAnsweredIsAskedAgainAsync(List<AHousehold> households, List<JsonNode> lookups)
    {
        foreach (var source in LookupSources.All)
        {
            World.Departments.Behave(source, usual => usual);
        }

        var answered = lookups.Where(lookup => (string)lookup["state"]! is "Answered" or "NotFound").Select(lookup => Guid.Parse((string)lookup["lookupId"]!)).ToHashSet();
        var before = World.Departments.Queries.Where(query => answered.Contains(query.QueryId)).Select(query => (query.IdentityNumber, query.Source)).ToHashSet();
        var count = World.Departments.Queries.Count(query => before.Contains((query.IdentityNumber, query.Source)));
        World.Clock.Forward(TimeSpan.FromHours(2));
        foreach (var household in households.Skip(Households - 5))
        {
            household.Form["programmes"] = new JsonArray("MarginalLowIncome");
            var path = await SubmittedAsync(household);
            Assert.That((await EndedAsync(path)).Select(lookup => (string)lookup!["state"]!), Is.All.EqualTo("Answered").Or.EqualTo("NotFound"));
        }

        Assert.That(
            World.Departments.Queries.Count(query => before.Contains((query.IdentityNumber, query.Source))), Is.EqualTo(count), "none twice within its validity");
    }

    private void NobodyIsInTheLog(List<AHousehold> households)
    {
        var log = string.Join('\n', Service.Log.Lines);
        Assert.Multiple(() =>
        {
            Assert.That(log, Is.Not.Empty);
            foreach (var household in households)
            {
                Assert.That(log.Contains(household.IdentityNumber(0), StringComparison.Ordinal) || log.Contains(household.IdentityNumber(1), StringComparison.Ordinal), Is.False);
                Assert.That(log.Contains((string)household.Member(0)["name"]!, StringComparison.Ordinal), Is.False);
            }
        });
    }

    private int Asked(string identityNumber) => World.Departments.Queries.Count(query => query.IdentityNumber == identityNumber);

    private async Task<JsonArray> EndedAsync(string path)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var answer = Expect(200, await Supervisor.GetAsync($"{path}/lookups"));
            if ((bool)answer["isSettled"]! && Items(answer).Count > 0)
            {
                return Items(answer);
            }

            await Task.Delay(100);
        }

        Assert.Fail("The look-ups did not end.");
        return [];
    }
}

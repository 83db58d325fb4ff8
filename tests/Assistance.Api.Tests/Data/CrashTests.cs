using System.Diagnostics;
using Assistance.Sandbox;
using Microsoft.Data.Sqlite;

namespace Assistance.Api.Tests.Data;

/// <summary>The service as a process of its own, killed without warning in the middle of its work.</summary>
public sealed class CrashTests
{
    [Test]
    public async Task A_killed_process_leaves_no_half_written_case_and_its_look_ups_resume()
    {
        await using var world = await SimulatedWorld.StartAsync(new TravellingClock(TimeProvider.System.GetUtcNow()), TestService.SeedsPath, port: 0);
        var database = Path.Combine(Path.GetTempPath(), $"assistance-crash-{Guid.NewGuid():N}.db");
        var acknowledged = new List<string>();
        for (var life = 0; life < 3; life++)
        {
            using var process = await StartAsync(world, database);
            acknowledged.AddRange(await SubmitUntilKilledAsync(process, world));
        }

        using (var last = await StartAsync(world, database))
        {
            await AllSettledAsync(database);
            last.Process.Kill();
            await last.Process.WaitForExitAsync();
        }

        Assert.Multiple(() =>
        {
            Assert.That(acknowledged, Is.Not.Empty.And.Unique);
            // What was acknowledged is there, and every case is whole.
            Assert.That(acknowledged, Is.SubsetOf(Query<string>(database, "SELECT CaseNumber FROM CaseFile")));
            Assert.That(Query<long>(database, "SELECT COUNT(*) FROM CaseFile f WHERE (SELECT COUNT(*) FROM Application a WHERE a.CaseFileId = f.CaseFileId) <> 1"), Is.EqualTo(new[] { 0L }));
            Assert.That(Query<long>(database, "SELECT COUNT(*) FROM CaseFile f WHERE (SELECT COUNT(*) FROM CaseEvent e WHERE e.CaseFileId = f.CaseFileId) <> f.LastEventNumber"), Is.EqualTo(new[] { 0L }));
            Assert.That(Query<long>(database, "SELECT COUNT(*) FROM CaseFile f WHERE (SELECT COUNT(*) FROM Lookup l WHERE l.CaseFileId = f.CaseFileId) <> 13"), Is.EqualTo(new[] { 0L }));
            Assert.That(Query<string>(database, "SELECT DISTINCT LookupState FROM Lookup ORDER BY LookupState"), Is.SubsetOf(new[] { "Answered", "NotFound" }));
            Assert.That(Query<string>(database, "PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        });
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(database) + "*"))
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Two_processes_share_one_database_and_ask_nothing_twice_and_either_goes_on_alone()
    {
        await using var world = await SimulatedWorld.StartAsync(new TravellingClock(TimeProvider.System.GetUtcNow()), TestService.SeedsPath, port: 0);
        var database = Path.Combine(Path.GetTempPath(), $"assistance-two-{Guid.NewGuid():N}.db");
        // Long enough that a busy machine settles within it what it claimed: past it, asking again is what a lease is for.
        using var first = await StartAsync(world, database, leaseSeconds: 15);
        using var second = await StartAsync(world, database, leaseSeconds: 15);
        var clerks = new[] { first, second }
            .Select(process => new OfficerClient(process.Http, () => world.Issuer.Issue(new TokenRequest("clerk-1", ["clerk"], ApiTests.Street)))).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => clerks[i % 2].PostAsync("/v1/applications", AHousehold.OfOne().ToString())));
        await AllSettledAsync(database);
        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(201));
            Assert.That(answers.Select(answer => (string)answer["caseNumber"]!), Is.Unique);
            Assert.That(world.Departments.Queries.GroupBy(query => query.QueryId).Select(query => query.Count()), Is.All.EqualTo(1));
            Assert.That(Query<long>(database, "SELECT COUNT(*) FROM Lookup"), Is.EqualTo(new[] { 40L * 13 }));
        });

        var more = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => clerks[0].PostAsync("/v1/applications", AHousehold.OfOne().ToString())));
        first.Process.Kill();
        await first.Process.WaitForExitAsync();
        await AllSettledAsync(database);
        second.Process.Kill();
        await second.Process.WaitForExitAsync();

        Assert.Multiple(() =>
        {
            Assert.That(more.Select(answer => answer.Status), Is.All.EqualTo(201));
            Assert.That(Query<long>(database, "SELECT COUNT(*) FROM Lookup"), Is.EqualTo(new[] { 60L * 13 }));
            Assert.That(Query<string>(database, "SELECT DISTINCT LookupState FROM Lookup ORDER BY LookupState"), Is.SubsetOf(new[] { "Answered", "NotFound" }));
        });
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(database) + "*"))
        {
            File.Delete(file);
        }
    }

    private static async Task<List<string>> SubmitUntilKilledAsync(ServiceProcess service, SimulatedWorld world)
    {
        var acknowledged = new List<string>();
        var clients = Enumerable.Range(0, 8).Select(async client =>
        {
            var clerk = new OfficerClient(service.Http, () => world.Issuer.Issue(new TokenRequest($"clerk-{client}", ["clerk"], ApiTests.Street)));
            while (true)
            {
                try
                {
                    var answer = await clerk.PostAsync("/v1/applications", AHousehold.OfOne().ToString());
                    lock (acknowledged)
                    {
                        acknowledged.Add((string)answer["caseNumber"]!);
                    }
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
                {
                    return;
                }
            }
        }).ToList();
        for (var waited = 0; waited < 200 && Count() < 20; waited++)
        {
            await Task.Delay(25);
        }

        service.Process.Kill();
        await Task.WhenAll(clients);
        await service.Process.WaitForExitAsync();
        return acknowledged;

        int Count()
        {
            lock (acknowledged)
            {
                return acknowledged.Count;
            }
        }
    }

    private static async Task<ServiceProcess> StartAsync(SimulatedWorld world, string database, int leaseSeconds = 1)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Assistance.Api.dll"), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        start.Environment["Database__ConnectionString"] = $"Data Source={database}";
        // A lease that outlives no restart of this test.
        start.Environment["Departments__Lease"] = $"00:00:{leaseSeconds:00}";
        foreach (var (name, value) in world.Settings(TestService.SeedsPath))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            const string listening = "Now listening on: ";
            if (line.IndexOf(listening, StringComparison.Ordinal) is var at and >= 0)
            {
                var address = line[(at + listening.Length)..].Split('"')[0];
                _ = process.StandardOutput.ReadToEndAsync();
                return new ServiceProcess(process, new HttpClient { BaseAddress = new Uri(address) });
            }
        }

        throw new InvalidOperationException("The service did not start.");
    }

    private static async Task AllSettledAsync(string database)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (Query<long>(database, "SELECT (SELECT COUNT(*) FROM Lookup WHERE LookupState IN ('Pending', 'Submitted')) + (SELECT COUNT(*) FROM MeansVerification WHERE IsSpread = 0)")[0] == 0)
            {
                return;
            }

            await Task.Delay(100);
        }
    }

    private static List<T> Query<T>(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }

    private sealed record ServiceProcess(Process Process, HttpClient Http) : IDisposable
    {
        public void Dispose()
        {
            Http.Dispose();
            Process.Dispose();
        }
    }
}

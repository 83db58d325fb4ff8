using System.Diagnostics;
using System.Text.Json.Nodes;
using Assistance.Api.Data;
using Assistance.Api.Features.Decisions;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Assistance.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Assistance.Benchmarks;

/// <summary>
/// A bulk re-check through the running service: departments that answer at once and allow much, but for one that allows
/// little, whose limit has to hold. Service, departments and database are in this one process.
/// </summary>
internal static class BulkRecheck
{
    private const LookupSource Strict = LookupSource.Vehicles;
    private const int StrictPerSecond = 200;

    public static async Task RunAsync(int cases)
    {
        var seeds = Path.Combine(AppContext.BaseDirectory, "seeds");
        var path = Path.Combine(Path.GetTempPath(), $"assistance-recheck-{Guid.NewGuid():N}.db");
        await using var world = await SimulatedWorld.StartAsync(new TravellingClock(new DateTimeOffset(2026, 9, 21, 9, 0, 0, TimeSpan.FromHours(8))), seeds, port: 0);
        world.Departments.InventsRecords = true;
        world.Departments.MostQueries = 100;
        var settings = new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={path}", ["Departments:JobRounds"] = "400" };
        foreach (var source in LookupSources.All)
        {
            settings[$"Departments:Sources:{source}:PerSecond"] = source == Strict ? StrictPerSecond.ToString(null, null) : "10000";
            settings[$"Departments:Sources:{source}:MostAtOnce"] = "32";
        }

        await using var service = await SandboxService.StartAsync(world, settings, seeds, port: 0);
        var database = service.Services.GetRequiredService<Database>();
        var ids = await SeededCases.FillAsync(
            database, service.Services.GetRequiredService<PersonalDataProtector>(), cases, world.Clock.GetUtcNow().AddDays(-1));
        foreach (var batch in ids.Chunk(500))
        {
            await database.WriteAsync(session => GrantAsync(session, batch), CancellationToken.None);
        }

        GC.Collect();
        using var http = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        var supervisor = new OfficerClient(http, () => world.Issuer.Issue(new TokenRequest("supervisor-1", ["supervisor"], "140213")));
        Console.WriteLine($"{cases} cases of three persons, {Strict} allows {StrictPerSecond} a second, {Environment.ProcessorCount} processors; {Memory.PrivateMegabytes()} MB private before");

        var watch = Stopwatch.StartNew();
        var started = await supervisor.PostAsync("/v1/verification-jobs", new JsonObject { ["divisionCode"] = "140213", ["reasons"] = "Measured." }.ToJsonString());
        Console.WriteLine($"taken ({started.Status}) in {watch.ElapsedMilliseconds} ms");
        var (peak, slowest, told) = (0L, TimeSpan.Zero, TimeSpan.Zero);
        ApiAnswer job;
        do
        {
            await Task.Delay(250);
            peak = Math.Max(peak, Memory.PrivateMegabytes());
            var before = watch.Elapsed;
            job = await supervisor.GetAsync($"/v1/verification-jobs/{started["jobId"]}");
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, (watch.Elapsed - before).Ticks));
            if (watch.Elapsed - told > TimeSpan.FromSeconds(10))
            {
                told = watch.Elapsed;
                Console.WriteLine($"{told.TotalSeconds,5:0} s  {job["done"]} done, {job["failed"]} failed, {job["remaining"]} remaining, {job.Json!["casesPerMinute"]} a minute, {peak} MB");
            }
        }
        while ((string)job["state"]! != "Finished");

        var seconds = watch.Elapsed.TotalSeconds;
        var lookups = (int)job["lookupsAnswered"]! + (int)job["lookupsFailed"]!;
        Console.WriteLine($"{seconds:0.0} s  {cases / seconds:0} cases/s  {(int)job["persons"]! / seconds:0} persons/s  {lookups / seconds:0} look-ups/s");
        Console.WriteLine($"{job["done"]} done, {job["changed"]} of them changed, {job["failed"]} failed; {job["persons"]} persons, {lookups} look-ups, {job["lookupsFailed"]} without an answer");
        Console.WriteLine($"{Strict}: at most {world.Departments.LoadOf(Strict).MostASecond} in a second, {StrictPerSecond} allowed");
        Console.WriteLine($"progress read in at most {slowest.TotalMilliseconds:0} ms");
        Console.WriteLine($"private memory {peak} MB at most (bar: 400 MB)");
        await service.StopAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"))
        {
            File.Delete(file);
        }
    }

    private static async Task GrantAsync(Session session, IEnumerable<Guid> applicationIds)
    {
        foreach (var applicationId in applicationIds)
        {
            var of = new { ApplicationId = applicationId };
            var caseFileId = await session.FirstOrDefaultAsync<Guid>("SELECT CaseFileId FROM Application WHERE ApplicationId = @ApplicationId", of);
            await session.ExecuteAsync("UPDATE Application SET ApplicationState = 'Granted' WHERE ApplicationId = @ApplicationId", of);
            await session.ExecuteAsync("UPDATE ApplicationOffice SET ApplicationState = 'Granted' WHERE ApplicationId = @ApplicationId", of);
            await AwardRepository.AddAsync(session, new AwardRow
            {
                AwardId = Guid.CreateVersion7(),
                CaseFileId = caseFileId,
                ApplicationId = applicationId,
                Programme = Programme.SubsistenceAllowance,
                AwardState = AwardState.InPayment,
                MonthlyFen = new Money(75_000),
                FirstMonthOn = new DateOnly(2026, 9, 1),
                EffectiveMonthOn = new DateOnly(2026, 9, 1),
                Version = 1,
            });
        }
    }
}

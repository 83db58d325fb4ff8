using Assistance.Api.Data;
using Assistance.Api.Security;
using Assistance.Benchmarks;
using Assistance.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

// Measures the service with wrk on loopback beside a plaintext endpoint of the same process, and prints ratios.
// dotnet run -c Release --project tests/Assistance.Benchmarks [cases] [seconds] [only what is named so, beside plaintext]
// dotnet run -c Release --project tests/Assistance.Benchmarks lookups [households] measures how long departments are waited for.
// dotnet run -c Release --project tests/Assistance.Benchmarks recheck [cases] measures a bulk re-check instead.
// dotnet run -c Release --project tests/Assistance.Benchmarks rehearsal [awards] measures another standard against everything in payment.
if (args is ["rehearsal", .. var awards])
{
    await Rehearsal.RunAsync(awards is [var most] ? int.Parse(most, null) : 100_000);
    return;
}

if (args is ["recheck", .. var rest])
{
    await BulkRecheck.RunAsync(rest is [var count] ? int.Parse(count, null) : 3_334);
    return;
}

if (args is ["lookups", .. var households])
{
    await LookupTimes.RunAsync(households is [var number] ? int.Parse(number, null) : 500);
    return;
}

var cases = args.Length > 0 ? int.Parse(args[0], null) : 100_000;
var seconds = args.Length > 1 ? int.Parse(args[1], null) : 8;
var seeds = Path.Combine(AppContext.BaseDirectory, "seeds");
var path = Path.Combine(Path.GetTempPath(), $"assistance-benchmark-{Guid.NewGuid():N}.db");
await using var world = await SimulatedWorld.StartAsync(new TravellingClock(new DateTimeOffset(2026, 9, 21, 9, 0, 0, TimeSpan.FromHours(8))), seeds, port: 0);
var settings = new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={path}", ["Departments:RunsLookups"] = "false" };
var service = await SandboxService.StartAsync(world, settings, seeds, port: 0);
service.MapGet("/plaintext", () => "Hello, World!").AllowAnonymous();
var address = service.Urls.Single();
var ids = await SeededCases.FillAsync(
    service.Services.GetRequiredService<Database>(), service.Services.GetRequiredService<PersonalDataProtector>(), cases, world.Clock.GetUtcNow().AddDays(-1));
var idsFile = Path.GetTempFileName();
await File.WriteAllLinesAsync(idsFile, ids.Select(id => id.ToString()));
var district = world.Issuer.Issue(new TokenRequest("supervisor-1", ["supervisor"], "140213"));
var window = world.Issuer.Issue(new TokenRequest("clerk-1", ["clerk"], "140213061"));
Console.WriteLine($"{cases} cases, {seconds} s a run, {Wrk.Connections} connections, client and server on the same {Environment.ProcessorCount} processors; best of three rounds by ratio");

(string Name, Func<int, Wrk> Run)[] runs =
[
    ("plaintext", _ => Wrk.Run(address, "fixed.lua", seconds, district, "/plaintext")),
    ("read by id", _ => Wrk.Run(address, "read.lua", seconds, district, idsFile)),
    ("first page", _ => Wrk.Run(address, "fixed.lua", seconds, district, "/v1/applications?take=20")),
    ("deep page", _ => Wrk.Run(address, "fixed.lua", seconds, district, $"/v1/applications?take=20&after={ids[cases - 100]:N}")),
    ("intake", round => Wrk.Run(address, "intake.lua", seconds, window, round.ToString(null, null))),
];
if (args.Length > 2)
{
    runs = [.. runs.Where(run => run.Name == "plaintext" || run.Name == args[2])];
}

foreach (var (_, run) in runs)
{
    run(9);
}

for (var round = 0; round < 3; round++)
{
    var plaintext = 0.0;
    foreach (var (name, run) in runs)
    {
        var measured = run(round);
        plaintext = name == "plaintext" ? measured.RequestsPerSecond : plaintext;
        Console.WriteLine($"{round + 1}  {name,-12} {measured.RequestsPerSecond,9:0} req/s  {measured.RequestsPerSecond / plaintext,6:0.000} × plaintext  p50 {measured.P50,7:0.00} ms  p99 {measured.P99,7:0.00} ms  {measured.Refused} refused");
    }
}

Console.WriteLine($"private memory {Memory.PrivateMegabytes()} MB");
await service.StopAsync();
await service.DisposeAsync();
foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"))
{
    File.Delete(file);
}

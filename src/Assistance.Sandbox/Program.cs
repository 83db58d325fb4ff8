using Assistance.Sandbox;

// The sandbox lives on its own clock from this Monday morning on, so that its dates and last days are the same every time.
var start = new DateTimeOffset(2026, 9, 21, 9, 0, 0, TimeSpan.FromHours(8));
var isWalkthrough = args.Contains("walkthrough");
var folder = Path.GetFullPath(Path.Combine(".sandbox", isWalkthrough ? "walkthrough" : "service"));
var seeds = Path.Combine(AppContext.BaseDirectory, "seeds");
try
{
    return await RunAsync();
}
catch (IOException inUse) when (inUse.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine("Port 5080 or 5081 is in use: is another sandbox running? Stop it first.");
    return 1;
}

async Task<int> RunAsync()
{
    await using var world = await SimulatedWorld.StartAsync(new TravellingClock(start), seeds, isWalkthrough ? 0 : 5081);
    // Only once the port is ours: another sandbox's database stays whole.
    if (Directory.Exists(folder))
    {
        Directory.Delete(folder, recursive: true);
    }

    Directory.CreateDirectory(folder);
    var database = new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={Path.Combine(folder, "assistance.db")}" };
    await using var service = await SandboxService.StartAsync(world, database, seeds, isWalkthrough ? 0 : 5080);
    var address = service.Urls.Single();
    if (isWalkthrough)
    {
        using var walkthrough = new Walkthrough(new Uri(address), world, seeds, Path.Combine(folder, "notices"));
        var exitCode = await walkthrough.RunAsync();
        await service.StopAsync();
        return exitCode;
    }

    Welcome.Print(address, world, folder);
    await service.WaitForShutdownAsync();
    return 0;
}

using Assistance.Sandbox;

// The sandbox lives on its own clock from this Monday morning on, so that its dates and last days are the same every time.
var start = new DateTimeOffset(2026, 9, 21, 9, 0, 0, TimeSpan.FromHours(8));
var seeds = Path.Combine(AppContext.BaseDirectory, "seeds");
if (args is ["walkthrough", .. var what])
{
    return await WalkthroughCommand.RunAsync(what, start, seeds);
}

try
{
    await using var world = await SimulatedWorld.StartAsync(new TravellingClock(start), seeds, port: 5081);
    // Only once the port is ours: another sandbox's database stays whole.
    var folder = SandboxFolder.New("service");
    var database = new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={Path.Combine(folder, "assistance.db")}" };
    await using var service = await SandboxService.StartAsync(world, database, seeds, port: 5080);
    Welcome.Print(service.Urls.Single(), world, folder);
    await service.WaitForShutdownAsync();
    return 0;
}
catch (IOException inUse) when (inUse.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine("Port 5080 or 5081 is in use: is another sandbox running? Stop it first.");
    return 1;
}

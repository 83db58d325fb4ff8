using Assistance.Api;

namespace Assistance.Sandbox;

/// <summary>The real service, started in this process and pointed at the simulated world.</summary>
public static class SandboxService
{
    /// <param name="database">The section <c>Database</c>, and whatever else differs from the sandbox's settings.</param>
    /// <param name="port">The port on loopback; 0 for any free one.</param>
    /// <param name="configure">What a host adds, such as a place to put the log.</param>
    public static async Task<WebApplication> StartAsync(
        SimulatedWorld world, IReadOnlyDictionary<string, string?> database, string seedsPath, int port, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder();
        // From the environment, so that a department's own service can stand in for a simulated one.
        builder.Configuration.AddInMemoryCollection(world.Settings(seedsPath)).AddEnvironmentVariables("SANDBOX_").AddInMemoryCollection(database);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(world.Clock);
        configure?.Invoke(builder);
        builder.AddAssistance();
        var app = await builder.BuildAssistanceAsync(before => before.UseSwaggerUI(ui =>
        {
            ui.SwaggerEndpoint("/openapi/v1.json", "Assistance");
            ui.EnablePersistAuthorization();
        }));
        await app.StartAsync();
        // Where departments send what they say on their own; another one after each start.
        world.Departments.ServiceAddress = new Uri(app.Urls.Single());
        return app;
    }
}

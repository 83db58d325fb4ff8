using Assistance.Api;

namespace Assistance.Sandbox;

/// <summary>The real service, started in this process and pointed at the simulated world.</summary>
public static class SandboxService
{
    public static async Task<WebApplication> StartAsync(SimulatedWorld world, string databasePath, string seedsPath, int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(world.Settings(databasePath, seedsPath));
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(world.Clock);
        builder.AddAssistance();
        var app = await builder.BuildAssistanceAsync(before => before.UseSwaggerUI(ui =>
        {
            ui.SwaggerEndpoint("/openapi/v1.json", "Assistance");
            ui.EnablePersistAuthorization();
        }));
        await app.StartAsync();
        return app;
    }
}

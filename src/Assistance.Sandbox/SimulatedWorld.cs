using Assistance.Domain.Lookups;

namespace Assistance.Sandbox;

/// <summary>Everything around the service that is not the service: issuer, departments and clock, on one loopback port.</summary>
public sealed class SimulatedWorld : IAsyncDisposable
{
    private readonly WebApplication app;

    private SimulatedWorld(WebApplication app, TravellingClock clock, SimulatedIssuer issuer, SimulatedDepartments departments)
    {
        this.app = app;
        Clock = clock;
        Issuer = issuer;
        Departments = departments;
    }

    public TravellingClock Clock { get; }

    public SimulatedIssuer Issuer { get; }

    public SimulatedDepartments Departments { get; }

    public string Address => Issuer.Address;

    /// <param name="port">The port on loopback; 0 for any free one.</param>
    public static async Task<SimulatedWorld> StartAsync(TravellingClock clock, string seedsPath, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var issuer = new SimulatedIssuer(clock);
        var departments = new SimulatedDepartments(clock);
        departments.Load(seedsPath);
        issuer.Map(app);
        departments.Map(app);
        app.MapGet("/clock", () => new { now = clock.GetUtcNow() });
        app.MapPost("/clock/forward", (int days) =>
        {
            clock.Forward(TimeSpan.FromDays(days));
            return new { now = clock.GetUtcNow() };
        });
        await app.StartAsync();
        issuer.Address = app.Urls.Single();
        return new SimulatedWorld(app, clock, issuer, departments);
    }

    /// <summary>The settings that point the service at this world.</summary>
    public Dictionary<string, string?> Settings(string seedsPath)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Database:SeedsPath"] = seedsPath,
            ["Identity:Authority"] = Address,
            ["Identity:RequireHttps"] = "false",
            // A key for made-up people only; a real one comes from the deployment's secret store.
            ["PersonalData:CurrentKey"] = "sandbox",
            ["PersonalData:Keys:sandbox"] = Convert.ToBase64String(Enumerable.Range(0, 64).Select(i => (byte)(i * 7)).ToArray()),
        };
        foreach (var source in LookupSources.All)
        {
            settings[$"Departments:Sources:{source}:BaseAddress"] = $"{Address}/departments/{source}";
            settings[$"Departments:Sources:{source}:Credential"] = SimulatedDepartments.Credential;
            settings[$"Departments:Sources:{source}:CallbackSecret"] = SimulatedDepartments.CallbackSecretOf(source);
            if (DepartmentConduct.IsAsynchronous(source))
            {
                settings[$"Departments:Sources:{source}:Sharing"] = nameof(SharingKind.Conditional);
                settings[$"Departments:Sources:{source}:PollEvery"] = "00:00:02";
            }
        }

        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Departments.DisposeAsync();
        Issuer.Dispose();
    }
}

using System.Collections.Concurrent;
using Assistance.Api.Data;
using Assistance.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistance.Api.Tests;

/// <summary>The engines that the API suite runs on.</summary>
public enum Engine
{
    Sqlite,
    SqlServer,
}

/// <summary>
/// The real service on a real socket and a real database of its own, with simulated departments over real HTTP and real
/// tokens. Nothing of ours is replaced; only the clock is the sandbox's.
/// </summary>
public sealed class TestService : IAsyncDisposable
{
    public const string SqlServerVariable = "ASSISTANCE_TEST_SQLSERVER";

    // A Monday morning in a year whose holidays are known.
    public static readonly DateTimeOffset Start = new(2026, 9, 21, 9, 0, 0, TimeSpan.FromHours(8));

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private readonly Dictionary<string, string?> settings;
    private readonly Func<Task> dropDatabase;
    private WebApplication? app;

    private TestService(SimulatedWorld world, Dictionary<string, string?> settings, Func<Task> dropDatabase)
    {
        World = world;
        this.settings = settings;
        this.dropDatabase = dropDatabase;
    }

    public static string SeedsPath => Path.Combine(AppContext.BaseDirectory, "seeds");

    public SimulatedWorld World { get; }

    /// <summary>Everything that was logged, at every level.</summary>
    public LogCapture Log { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => app!.Services;

    public Database Database => Services.GetRequiredService<Database>();

    /// <summary>The database's file, on SQLite.</summary>
    public string DatabasePath => settings["Database:ConnectionString"]!["Data Source=".Length..];

    /// <summary>The folder of the evidence files.</summary>
    public string AttachmentsPath => settings["Attachments:Folder"]!;

    /// <param name="more">Settings that differ from the sandbox's.</param>
    public static async Task<TestService> StartAsync(Engine engine = Engine.Sqlite, Dictionary<string, string?>? more = null)
    {
        var world = await SimulatedWorld.StartAsync(new TravellingClock(Start), SeedsPath, port: 0);
        var (settings, drop) = engine == Engine.Sqlite ? await SqliteAsync() : SqlServer();
        settings["Attachments:Folder"] = Path.Combine(Path.GetTempPath(), $"assistance-attachments-{Guid.NewGuid():N}");
        foreach (var (name, value) in more ?? [])
        {
            settings[name] = value;
        }

        var service = new TestService(world, settings, drop);
        await service.StartHostAsync();
        return service;
    }

    /// <summary>Stops the host in good order; the database and the departments stay.</summary>
    public async Task StopHostAsync()
    {
        Http.Dispose();
        await app!.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    public async Task StartHostAsync()
    {
        app = await SandboxService.StartAsync(World, settings, SeedsPath, port: 0, builder =>
            builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await StopHostAsync();
        }

        await World.DisposeAsync();
        await dropDatabase();
        if (Directory.Exists(AttachmentsPath))
        {
            Directory.Delete(AttachmentsPath, recursive: true);
        }
    }

    private static async Task<(Dictionary<string, string?> Settings, Func<Task> Drop)> SqliteAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"assistance-test-{Guid.NewGuid():N}.db");
        File.Copy(await Template.Value, path);
        return (
            new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={path}", ["Departments:RetryDelay"] = "00:00:00.020" },
            () =>
            {
                foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"))
                {
                    File.Delete(file);
                }

                return Task.CompletedTask;
            }
        );
    }

    private static (Dictionary<string, string?> Settings, Func<Task> Drop) SqlServer()
    {
        var server = new SqlConnectionStringBuilder(Environment.GetEnvironmentVariable(SqlServerVariable)!);
        var name = $"AssistanceTest{Guid.NewGuid():N}";
        server.InitialCatalog = name;
        return (
            new Dictionary<string, string?>
            {
                ["Database:Engine"] = "SqlServer",
                ["Database:ConnectionString"] = server.ConnectionString,
                ["Database:MigrateAtStart"] = "true",
                ["Departments:RetryDelay"] = "00:00:00.020",
            },
            async () =>
            {
                SqlConnection.ClearAllPools();
                server.InitialCatalog = "master";
                await using var connection = new SqlConnection(server.ConnectionString);
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = $"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]";
                await command.ExecuteNonQueryAsync();
            }
        );
    }

    // Migrated and seeded once, then copied for every fixture.
    private static async Task<string> MakeTemplateAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"assistance-template-{Environment.ProcessId}.db");
        File.Delete(path);
        await using var world = await SimulatedWorld.StartAsync(new TravellingClock(Start), SeedsPath, port: 0);
        var host = await SandboxService.StartAsync(
            world, new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={path}" }, SeedsPath, port: 0);
        await host.StopAsync();
        await host.DisposeAsync();
        return path;
    }
}

/// <summary>Keeps every line that is logged, with its scopes and state.</summary>
public sealed class LogCapture : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Lines.Enqueue($"{state}");
        return null;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        if (state is IEnumerable<KeyValuePair<string, object?>> values)
        {
            Lines.Enqueue(string.Join(' ', values.Select(value => $"{value.Key}={value.Value}")));
        }
    }

    public void Dispose()
    {
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Spectre.Console;

namespace Assistance.Sandbox;

/// <summary>
/// What a walkthrough plays with: officers with real tokens, the clock, checks that stop at the first wrong answer, and a
/// place to print what happens.
/// </summary>
public abstract class Stage(Uri service, SimulatedWorld world, string seedsPath) : IDisposable
{
    protected const string District = "140213";

    private readonly HttpClient http = new() { BaseAddress = service };

    /// <summary>How many answers were looked at.</summary>
    public int Checks { get; private set; }

    protected SimulatedWorld World { get; } = world;

    public void Dispose()
    {
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    protected OfficerClient As(string subject, string role, string division) =>
        new(http, () => World.Issuer.Issue(new TokenRequest(subject, [role], division)));

    protected async Task<string> TagAsync(string path) =>
        Expect(200, await As("supervisor-district", Roles.Supervisor, District).GetAsync(path)).Tag!;

    protected Task<string> HouseholdAsync(string name) => File.ReadAllTextAsync(Path.Combine(seedsPath, "households", $"{name}.json"));

    protected DateOnly Today => DateOnly.FromDateTime(World.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    protected static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <exception cref="WrongAnswerException">The status is another.</exception>
    protected ApiAnswer Expect(int status, ApiAnswer answer)
    {
        Checks++;
        return answer.Status == status ? answer : throw new WrongAnswerException($"expected {status}, got {answer.Status}: {answer.Text}");
    }

    /// <exception cref="WrongAnswerException">It does not hold.</exception>
    protected void Check(bool holds, string what, bool isQuiet = false)
    {
        Checks++;
        if (!holds)
        {
            throw new WrongAnswerException($"it does not hold that {what}");
        }

        if (!isQuiet)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  [green]✓[/] {what}");
        }
    }

    protected static void Title(string text) => AnsiConsole.Write(new Rule(Markup.Escape(text)).LeftJustified());

    protected static void Say(string text) => Console.WriteLine($"    {text}");

    protected static string Article(JsonNode basis) => $"《{basis["instrument"]}》{basis["article"]}";

    protected static string Articles(JsonNode bases) => string.Join("; ", ((JsonArray)bases).Select(basis => Article(basis!)));
}

/// <summary>The service answered otherwise than a walkthrough expects.</summary>
public sealed class WrongAnswerException(string message) : Exception(message);

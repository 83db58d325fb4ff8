using System.Globalization;
using Assistance.Api.Security;
using Spectre.Console;

namespace Assistance.Sandbox;

/// <summary>Tells a newcomer what runs where, gives a token for each role, and what to try next.</summary>
internal static class Welcome
{
    /// <summary>One officer a role, at the office where the role works in the demonstration households.</summary>
    public static readonly (string Role, string Subject, string Division, string At)[] Officers =
    [
        (Roles.Clerk, "clerk-wohuwan", "140213061", "卧虎湾街道, any window"),
        (Roles.Clerk, "clerk-zhenhua", "140213054", "振华街道, the accepting street"),
        (Roles.Reviewer, "reviewer-zhenhua", "140213054", "振华街道"),
        (Roles.Confirmer, "confirmer-district", "140213", "平城区民政局"),
        (Roles.Supervisor, "supervisor-district", "140213", "平城区民政局"),
        (Roles.Auditor, "auditor-district", "140213", "平城区民政局"),
        (Roles.Visitor, "visitor-zhenhua", "140213054", "振华街道"),
        (Roles.Department, "department-exchange", "140213", "another department"),
    ];

    public static void Print(string address, SimulatedWorld world, string folder)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]Assistance sandbox[/] is running; stop it with Ctrl+C.");
        AnsiConsole.WriteLine();
        (string What, string Where)[] places =
        [
            ("API", $"{address}/v1"),
            ("Swagger UI (Authorize: paste a token)", $"{address}/swagger"),
            ("Contract", $"{address}/openapi/v1.yaml"),
            ("Tokens", $"POST {world.Address}/tokens with subject, roles and division"),
            ("Departments", $"PUT {world.Address}/departments/<source>/behaviour/<{string.Join('|', Enum.GetNames<DepartmentBehaviour>())}>"),
            ("Departments, knob by knob", $"GET {world.Address}/departments/<source>, PUT …/<source>/behaviour with JSON, PUT …/<source>/records"),
            ("Clock", $"GET {world.Address}/clock, POST {world.Address}/clock/forward?days=8 (now {world.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm} in China)"),
            ("Database (new at each start)", Path.Combine(folder, "assistance.db")),
        ];
        foreach (var (what, where) in places)
        {
            // Unwrapped, to be copied whole.
            Console.WriteLine($"  {what,-38} {where}");
        }

        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine("Tokens, valid for 400 days of the sandbox's clock:");
        foreach (var (role, subject, division, at) in Officers)
        {
            var token = world.Issuer.Issue(new TokenRequest(subject, [role], division, Lifetime: TimeSpan.FromDays(400)));
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{role}[/] ({at}):");
            Console.WriteLine(token);
        }

        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine("Try next:");
        Console.WriteLine($"  TOKEN=<the first clerk's token>");
        Console.WriteLine($"  curl -i {address}/v1/applications -H \"Authorization: Bearer $TOKEN\" -H 'Idempotency-Key: first' -H 'Content-Type: application/json' -d @seeds/households/three-in-another-street.json");
        Console.WriteLine($"  curl -s {address}/v1/applications -H \"Authorization: Bearer $TOKEN\"");
        Console.WriteLine($"  curl -X POST '{world.Address}/clock/forward?days=8'          # let the posting pass");
        Console.WriteLine($"  curl -X PUT {world.Address}/departments/Tax/behaviour/Down  # out of service; …/Answers puts it back");
        Console.WriteLine("  dotnet run --project src/Assistance.Sandbox -- walkthrough   # the whole job, step by step");
    }
}

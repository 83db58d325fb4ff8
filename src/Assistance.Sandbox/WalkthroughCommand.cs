using System.Globalization;
using Spectre.Console;

namespace Assistance.Sandbox;

/// <summary>
/// The verb <c>walkthrough</c>: the main job and then every demonstration household; with a name, that household alone; with
/// <c>--list</c>, what there is. The demonstrations have a service and a clock of their own, so that none depends on what the
/// main job left behind.
/// </summary>
internal static class WalkthroughCommand
{
    private const string Name = "walkthrough";

    /// <returns>0 when every answer was right, 1 at the first wrong one, 2 where nothing goes by that name.</returns>
    public static async Task<int> RunAsync(string[] arguments, DateTimeOffset start, string seeds)
    {
        switch (arguments)
        {
            case ["--list"]:
                foreach (var demonstration in Demonstrations.All)
                {
                    Console.WriteLine($"{demonstration.Name,-42} {demonstration.Shows}");
                }

                return 0;
            case []:
                var folder = SandboxFolder.New(Name);
                var exitCode = await MainJobAsync(start, seeds, folder);
                return exitCode == 0 ? await DemonstrationsAsync(Demonstrations.All, start, seeds, folder) : exitCode;
            case [var name] when Demonstrations.All.Where(demonstration => demonstration.Name == name).ToList() is [_] named:
                return await DemonstrationsAsync(named, start, seeds, SandboxFolder.New(Name));
            default:
                Console.Error.WriteLine($"No demonstration household goes by '{string.Join(' ', arguments)}'; 'walkthrough --list' names them all.");
                return 2;
        }
    }

    private static Task<int> MainJobAsync(DateTimeOffset start, string seeds, string folder) =>
        PlayedAsync(start, seeds, folder, "assistance", async (service, world) =>
        {
            using var walkthrough = new Walkthrough(service, world, seeds, Path.Combine(folder, "notices"));
            return await walkthrough.RunAsync();
        });

    private static Task<int> DemonstrationsAsync(IReadOnlyList<Demonstration> demonstrations, DateTimeOffset start, string seeds, string folder) =>
        PlayedAsync(start, seeds, folder, "demonstrations", async (service, world) =>
        {
            var documents = Path.Combine(folder, "documents");
            var checks = 0;
            foreach (var demonstration in demonstrations)
            {
                using var play = new Demonstrations(service, world, seeds, documents, demonstration);
                try
                {
                    await play.PlayAsync();
                }
                catch (WrongAnswerException wrong)
                {
                    AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[red bold]Wrong answer in {demonstration.Name}:[/] {wrong.Message}");
                    return 1;
                }

                checks += play.Checks;
            }

            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[green bold]All {checks} checks held; households played: {demonstrations.Count}.[/] What was printed is in {documents}.");
            return 0;
        });

    private static async Task<int> PlayedAsync(
        DateTimeOffset start, string seeds, string folder, string name, Func<Uri, SimulatedWorld, Task<int>> play)
    {
        await using var world = await SimulatedWorld.StartAsync(new TravellingClock(start), seeds, port: 0);
        var settings = new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = $"Data Source={Path.Combine(folder, $"{name}.db")}",
            ["Attachments:Folder"] = Path.Combine(folder, $"{name}-attachments"),
        };
        await using var service = await SandboxService.StartAsync(world, settings, seeds, port: 0);
        var exitCode = await play(new Uri(service.Urls.Single()), world);
        await service.StopAsync();
        return exitCode;
    }
}

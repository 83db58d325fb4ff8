using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Assistance.Benchmarks;

/// <summary>One run of wrk on loopback: requests per second, latencies in milliseconds, and answers that were no 2xx.</summary>
internal sealed partial record Wrk(double RequestsPerSecond, double P50, double P99, long Refused)
{
    public const int Connections = 32;

    public static Wrk Run(string address, string script, int seconds, params string[] arguments)
    {
        var start = new ProcessStartInfo("wrk", ["-t2", $"-c{Connections}", $"-d{seconds}s", "--latency", "-s", Path.Combine(AppContext.BaseDirectory, script), address, "--", .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Wrk(
            double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            Milliseconds(P50Line().Match(output)),
            Milliseconds(P99Line().Match(output)),
            RefusedLine().Match(output) is { Success: true } refused ? long.Parse(refused.Groups[1].Value, CultureInfo.InvariantCulture) : 0);
    }

    private static double Milliseconds(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch
    {
        "us" => 0.001,
        "ms" => 1,
        _ => 1_000,
    };

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"50%\s+([0-9.]+)(us|ms|s)")]
    private static partial Regex P50Line();

    [GeneratedRegex(@"99%\s+([0-9.]+)(us|ms|s)")]
    private static partial Regex P99Line();

    [GeneratedRegex(@"Non-2xx or 3xx responses: ([0-9]+)")]
    private static partial Regex RefusedLine();
}

namespace Assistance.Benchmarks;

internal static class Memory
{
    /// <summary>What this process alone holds; shared pages of the runtime and mapped files are not its own.</summary>
    public static long PrivateMegabytes() => File.ReadLines("/proc/self/smaps_rollup")
        .Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], null)) / 1024;
}

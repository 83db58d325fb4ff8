using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Procedures;

/// <summary>Draws a procedure as a Mermaid <c>stateDiagram-v2</c>: its states, and the acts that change them.</summary>
internal static class StateDiagram
{
    private const string Outside = "[*]";

    /// <param name="name">The name of a state or an act.</param>
    /// <returns>Lines that end in a line feed.</returns>
    public static string Of<TAct, TState>(Procedure<TAct, TState> table, Func<Enum, string> name)
        where TAct : struct, Enum
        where TState : struct, Enum
    {
        var states = Enum.GetValues<TState>();
        var changes = table.Acts.SelectMany(row => row.Changes.Select(change => (change.From, change.To, row.Act))).ToList();
        // Where nothing leads on, the matter ends.
        var ends = states.Where(state => !changes.Exists(change => state.Equals(change.From)));
        string[] lines =
        [
            "stateDiagram-v2",
            .. states.Select(state => $"    {state}: {name(state)}"),
            .. changes.Select(change => $"    {change.From?.ToString() ?? Outside} --> {change.To}: {name(change.Act)}"),
            .. ends.Select(state => $"    {state} --> {Outside}"),
        ];
        return string.Concat(lines.Select(line => $"{line}\n"));
    }
}

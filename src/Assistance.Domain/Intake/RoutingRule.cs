using Assistance.Domain.Shared;

namespace Assistance.Domain.Intake;

public enum RoutingOutcome
{
    /// <summary>An office of this district accepts the application.</summary>
    AcceptedHere,

    /// <summary>The office that took it passes it on to another district, with written guidance for the household.</summary>
    TransferOutward,

    /// <summary>The law names another door than a street office for this programme; the window registers it and leads there.</summary>
    OtherDoor,
}

/// <summary>A door besides the street office at which an application may be handed in as well.</summary>
public enum OtherDoor
{
    /// <summary>The housing department (Act art. 38(2)).</summary>
    HousingDepartment,
}

/// <summary>
/// One dated row of <c>seeds/routing-rules.csv</c>: for which programmes a rule of <see cref="ResidenceRouting"/> holds, in
/// which order, with which outcome and articles. A rule stands at several positions where its articles differ by programme.
/// </summary>
public sealed record RoutingRule : IDated
{
    /// <summary>The rule's name in the code, which is also the code of its sentence.</summary>
    public required string Rule { get; init; }

    /// <summary>Rules are tried in ascending order.</summary>
    public required int Position { get; init; }

    public required IReadOnlyList<Programme> Programmes { get; init; }

    public required RoutingOutcome Outcome { get; init; }

    /// <summary>Legal bases, the first one deciding.</summary>
    public required IReadOnlyList<string> BasisCodes { get; init; }

    public OtherDoor? AlsoAt { get; init; }

    public required DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    /// <summary>Whether the rule is switched on; one that a local policy has yet to open is there and switched off.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Whether the rule stands in for a local one that was not found.</summary>
    public required bool IsSample { get; init; }

    /// <summary>Reads the programmes as a row writes them: names separated by a bar, or <c>*</c> for all.</summary>
    public static IReadOnlyList<Programme> ParseProgrammes(string text) =>
        text == "*" ? Enum.GetValues<Programme>() : [.. text.Split('|').Select(Enum.Parse<Programme>)];
}

public static class RoutingRules
{
    /// <summary>The rows in force on a day, one a rule and position.</summary>
    public static IReadOnlyList<RoutingRule> RulesInForceOn(this IEnumerable<RoutingRule> rows, DateOnly day) =>
    [
        .. rows.GroupBy(row => (row.Rule, row.Position)).Select(versions => versions.InForceOn(day)).OfType<RoutingRule>()
            .OrderBy(row => row.Position),
    ];
}

namespace Assistance.Domain.Assessments;

/// <summary>What a finding says of eligibility; the gravest decides: ineligible, then needs review, then eligible.</summary>
public enum Outcome
{
    Eligible,
    NeedsReview,
    Ineligible,
}

/// <summary>
/// What one rule found. Its sentence is rendered from the code and the arguments, in either language, so that replay and
/// translation agree. Argument names carry their unit: <c>…Fen</c>, <c>…On</c>, or a plain count.
/// </summary>
public sealed record Finding
{
    /// <summary>The rule's class name.</summary>
    public required string Rule { get; init; }

    public required int RuleVersion { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>Key of the sentence in <c>seeds/sentences.csv</c>.</summary>
    public required string Code { get; init; }

    public required IReadOnlyList<string> BasisCodes { get; init; }

    public required SortedDictionary<string, string> Arguments { get; init; }

    /// <summary>The codes of the parameters it rests on; their rows are in the input.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];
}

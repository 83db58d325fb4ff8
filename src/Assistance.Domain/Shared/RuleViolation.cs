namespace Assistance.Domain.Shared;

/// <summary>How a refused act is answered: 403, 409 or 422.</summary>
public enum ViolationKind
{
    Forbidden,
    Conflict,
    Unprocessable,
}

/// <summary>
/// An act the rules do not allow. The code never changes once published; texts in both languages are rendered from it
/// and its arguments. A judgement (eligible or not) is a value and never thrown. Arguments hold no personal data.
/// </summary>
public sealed class RuleViolation(
    ViolationKind kind, string code, string? basis = null, IReadOnlyDictionary<string, string>? arguments = null, string? furtherBasis = null)
    : Exception(code)
{
    public ViolationKind Kind { get; } = kind;

    public string Code { get; } = code;

    /// <summary>Code of the legal basis (<see cref="LegalBases"/>), where the refusal has one.</summary>
    public string? Basis { get; } = basis;

    /// <summary>Code of a second legal basis, a local one as a rule.</summary>
    public string? FurtherBasis { get; } = furtherBasis;

    public IReadOnlyDictionary<string, string> Arguments { get; } = arguments ?? new Dictionary<string, string>();

    /// <summary>Whom of the form it is about, all of them at once, where it is about single members.</summary>
    public IReadOnlyList<BlockedMember> Members { get; init; } = [];
}

/// <summary>A member of a form who is held by another case.</summary>
/// <param name="Member">The position in the form, from 1.</param>
/// <param name="Programme">The programme held for.</param>
/// <param name="CaseNumber">The case, only where the officer may see it; null where it is with another office.</param>
public sealed record BlockedMember(int Member, Programme Programme, string? CaseNumber);

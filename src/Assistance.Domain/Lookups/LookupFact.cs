using Assistance.Domain.Shared;

namespace Assistance.Domain.Lookups;

/// <summary>
/// One typed statement of a department about one person, with its provenance: which query of which source, answered when
/// and valid until when. Which of amount, count, date and code is filled depends on the kind.
/// </summary>
public sealed record LookupFact
{
    public required Guid LookupId { get; init; }

    public required Guid PersonId { get; init; }

    public required LookupSource Source { get; init; }

    public required FactKind Kind { get; init; }

    public Money? AmountFen { get; init; }

    public int? Count { get; init; }

    public string? DivisionCode { get; init; }

    /// <summary>From when the statement holds, or the date it states.</summary>
    public DateOnly? FromOn { get; init; }

    /// <summary>Until when the statement holds; open where null.</summary>
    public DateOnly? ToOn { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }

    public required DateOnly ValidUntilOn { get; init; }

    public bool HoldsOn(DateOnly day) => (FromOn is null || FromOn <= day) && (ToOn is null || day <= ToOn);

    /// <summary>
    /// Whether the fields fit the kind, none is filled that the kind does not use, and the values are possible; a fact that
    /// is not is set aside, never stored.
    /// </summary>
    public bool IsPlausible(DateOnly today) => LookupSources.MayState(Source).Contains(Kind) && (ToOn is null || FromOn is null || FromOn <= ToOn)
        && LookupSources.FieldOf(Kind) switch
        {
            FactField.Division => (AmountFen, Count) is (null, null)
                && Shared.DivisionCode.TryParse(DivisionCode, out var code) && code.Level >= DivisionLevel.District,
            FactField.Count => (AmountFen, DivisionCode) is (null, null)
                && (Kind == FactKind.DisabilityGrade ? Count is >= 1 and <= 4 : Count is >= 0 and <= 1_000),
            FactField.Day => (AmountFen, Count, DivisionCode) is (null, null, null) && FromOn <= today && ToOn is null,
            FactField.Period => (AmountFen, Count, DivisionCode) is (null, null, null) && FromOn <= today,
            FactField.SignedAmount => (Count, DivisionCode) is (null, null) && AmountFen is { Fen: >= -LargestFen and <= LargestFen },
            _ => (Count, DivisionCode) is (null, null) && AmountFen is { Fen: >= 0 and <= LargestFen },
        };

    // A hundred million yuan: nobody who applies has more, and a slip of the unit does.
    private const long LargestFen = 100_000_000_00;
}

/// <summary>What is known of one look-up: enough to derive disclosure items and missing evidence from.</summary>
public sealed record LookupStanding(
    Guid LookupId, Guid PersonId, LookupSource Source, LookupState State, DateTimeOffset? AnsweredAt, DateOnly? ValidUntilOn = null)
{
    /// <summary>Whether the department said something, "no record" included.</summary>
    public bool IsAnswer => State is LookupState.Answered or LookupState.NotFound;

    /// <summary>Whether the answer was on file already, from another case of the same person.</summary>
    public bool IsReused { get; init; }

    public bool IsValidOn(DateOnly day) => ValidUntilOn is not { } last || day <= last;
}

namespace Assistance.Domain.Parameters;

/// <summary>What can be wrong with a file of parameters.</summary>
public enum ParameterFaultKind
{
    /// <summary>A column that every row needs is not in the heading.</summary>
    MissingColumn,
    UnknownColumn,
    RepeatedColumn,

    /// <summary>Not CSV: a quotation mark out of place.</summary>
    NotCsv,

    /// <summary>More or fewer fields than the heading has.</summary>
    FieldCount,
    NoRows,
    TooManyRows,
    UnknownCode,
    UnitDiffers,
    NotAWholeNumber,
    Negative,
    TooLarge,
    NotADay,
    NotTrueOrFalse,
    TooLong,
    EndsBeforeItBegins,

    /// <summary>The first day is not in the future: what was in force stays as it was.</summary>
    TooEarly,
    UnknownBasis,
    BasisNotInForce,

    /// <summary>The same code and first day as an earlier line of the file.</summary>
    RepeatsALine,

    /// <summary>Still in force when a later line of the file begins.</summary>
    OverlapsALine,

    /// <summary>A row that is there already, and is not one in force without an end, holds on some of its days.</summary>
    OverlapsARow,

    /// <summary>Nothing would be in force on the day before the first.</summary>
    GapBefore,

    /// <summary>Nothing would be in force on the day after the last.</summary>
    GapAfter,
}

/// <summary>One thing wrong with a file of parameters.</summary>
/// <param name="Line">The line it begins in; the heading is line 1.</param>
/// <param name="Column">The column by its name in the heading; null where it is about the whole line.</param>
/// <param name="About">What it is held against, in invariant form: the unit of the code, a day, a line, a number.</param>
public sealed record ParameterFault(int Line, string? Column, ParameterFaultKind Kind, string? About = null);

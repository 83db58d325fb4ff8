namespace Assistance.Domain.Shared;

/// <summary>The levels of the administrative division codes, by length: 2, 4, 6, 9 and 12 digits.</summary>
public enum DivisionLevel
{
    Province,
    City,
    District,
    Subdistrict,
    Community,
}

/// <summary>An administrative division code (GB/T 2260 and the statistical codes below it). A division's code begins with its parent's.</summary>
public readonly record struct DivisionCode
{
    private DivisionCode(string value, DivisionLevel level)
    {
        Value = value;
        Level = level;
    }

    public string Value { get; }

    public DivisionLevel Level { get; }

    public static bool TryParse(string? text, out DivisionCode code)
    {
        DivisionLevel? level = text?.Length switch
        {
            2 => DivisionLevel.Province,
            4 => DivisionLevel.City,
            6 => DivisionLevel.District,
            9 => DivisionLevel.Subdistrict,
            12 => DivisionLevel.Community,
            _ => null,
        };
        code = level is { } known && text!.All(char.IsAsciiDigit) ? new DivisionCode(text!, known) : default;
        return code.Value is not null;
    }

    public static DivisionCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException($"'{text}' is not a division code of 2, 4, 6, 9 or 12 digits.");

    /// <summary>Whether <paramref name="other"/> is this division or lies inside it.</summary>
    public bool Contains(DivisionCode other) => other.Value.StartsWith(Value, StringComparison.Ordinal);

    /// <summary>This division's ancestor at a level, or itself; null when this division is above that level.</summary>
    public DivisionCode? At(DivisionLevel level) =>
        level > Level ? null : Parse(Value[..LengthOf(level)]);

    /// <summary>
    /// The first code after this division and everything inside it, so that they are a range: from the code itself up to, and
    /// without, this. After a last digit 9 comes a colon, as in the order of bytes.
    /// </summary>
    public string RangeEnd => Value[..^1] + (char)(Value[^1] + 1);

    public override string ToString() => Value;

    private static int LengthOf(DivisionLevel level) => level switch
    {
        DivisionLevel.Province => 2,
        DivisionLevel.City => 4,
        DivisionLevel.District => 6,
        DivisionLevel.Subdistrict => 9,
        _ => 12,
    };
}

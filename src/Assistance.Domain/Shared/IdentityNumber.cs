using System.Globalization;

namespace Assistance.Domain.Shared;

/// <summary>Why a text is not an identity number.</summary>
public enum IdentityNumberFault
{
    None,
    Shape,
    BirthDate,
    Checksum,
}

/// <summary>
/// A citizen identity number by GB 11643-1999: 6 digits of the place of first registration, 8 of birth date, 3 of sequence
/// (odd for men), and a check character. The first six digits are where the number was first given and not where the
/// person is registered now, so nothing is ever routed or refused by them.
/// </summary>
public readonly record struct IdentityNumber
{
    private const string CheckCharacters = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private IdentityNumber(string value, DateOnly bornOn)
    {
        Value = value;
        BornOn = bornOn;
    }

    /// <summary>The 18 characters, upper case.</summary>
    public string Value { get; }

    public DateOnly BornOn { get; }

    public bool IsMale => (Value[16] - '0') % 2 == 1;

    /// <summary>For people to recognise and nobody to use: the first four and the last two characters.</summary>
    public string Masked => Mask(Value);

    public static string Mask(string value) => $"{value[..4]}************{value[^2..]}";

    /// <summary>Parses and normalises (trims, upper-cases X). Tells the first of shape, birth date and checksum that is wrong.</summary>
    public static IdentityNumberFault TryParse(string? text, out IdentityNumber number)
    {
        number = default;
        var value = text?.Trim().ToUpperInvariant() ?? "";
        if (value.Length != 18 || !value[..17].All(char.IsAsciiDigit) || (!char.IsAsciiDigit(value[17]) && value[17] != 'X'))
        {
            return IdentityNumberFault.Shape;
        }

        if (!DateOnly.TryParseExact(value.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var bornOn)
            || bornOn.Year < 1880)
        {
            return IdentityNumberFault.BirthDate;
        }

        if (CheckCharacterOf(value) != value[17])
        {
            return IdentityNumberFault.Checksum;
        }

        number = new IdentityNumber(value, bornOn);
        return IdentityNumberFault.None;
    }

    public static IdentityNumber Parse(string text) =>
        TryParse(text, out var number) is var fault and not IdentityNumberFault.None
            ? throw new FormatException($"Not an identity number: {fault}.")
            : number;

    /// <summary>The check character of the first 17 digits (weights and table of GB 11643-1999).</summary>
    public static char CheckCharacterOf(string seventeenDigits)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (seventeenDigits[i] - '0') * Weights[i];
        }

        return CheckCharacters[sum % 11];
    }

    /// <summary>Masked on purpose: a number that slips into a text must not be readable there.</summary>
    public override string ToString() => Masked;
}

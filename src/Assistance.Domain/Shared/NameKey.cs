using System.Text;

namespace Assistance.Domain.Shared;

/// <summary>
/// What a name is found by, however it was typed: without blanks and middle dots, of one width and case, as the bytes of
/// UTF-8. Bytes sort alike everywhere, so that a beginning of a name is a range.
/// </summary>
public static class NameKey
{
    /// <summary>The longest key in bytes; what is beyond tells no two names apart.</summary>
    public const int Longest = 300;

    // 买买提·艾力 is written with any of these.
    private const string MiddleDots = "·•∙⋅・‧";

    /// <summary>The name as it is compared.</summary>
    public static string Fold(string name) =>
        new string([.. name.Normalize(NormalizationForm.FormKC).Where(character => !char.IsWhiteSpace(character) && !MiddleDots.Contains(character))])
            .ToUpperInvariant();

    public static byte[] Of(string name)
    {
        var key = Encoding.UTF8.GetBytes(Fold(name));
        return key.Length <= Longest ? key : key[..Longest];
    }

    /// <summary>The end of the range of all names that begin as this one: no UTF-8 holds the byte that follows.</summary>
    public static byte[] EndOf(byte[] key) => [.. key, 0xFF];
}

namespace Assistance.Api.Security;

/// <summary>
/// Section <c>PersonalData</c>: the keys that identity numbers are encrypted with and hashed by. Old keys stay listed, so
/// that what they protected can still be read; new values are written with the current one.
/// </summary>
public sealed class PersonalDataOptions
{
    public const string Section = "PersonalData";

    /// <summary>Key id (1 to 8 letters or digits) to 64 random bytes in Base64: 32 to encrypt with and 32 to hash by.</summary>
    public Dictionary<string, string> Keys { get; set; } = [];

    /// <summary>The id of the key that new values are written with.</summary>
    public string CurrentKey { get; set; } = "";
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Security;

/// <summary>
/// Keeps identity numbers unreadable at rest: AES-GCM with the key's id in the value, beside a keyed hash (HMAC-SHA-256,
/// with the key's id too) to find a person by. A plain hash would not do: there are few enough numbers to try them all.
/// </summary>
public sealed class PersonalDataProtector
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly Dictionary<string, (byte[] Encryption, byte[] Hashing)> keys;
    private readonly string current;

    public PersonalDataProtector(IOptions<PersonalDataOptions> options)
    {
        keys = options.Value.Keys.ToDictionary(key => key.Key, key =>
        {
            var bytes = Convert.FromBase64String(key.Value);
            return (bytes[..32], bytes[32..64]);
        });
        current = options.Value.CurrentKey;
    }

    public byte[] Protect(IdentityNumber number) => Protect(Encoding.ASCII.GetBytes(number.Value));

    /// <param name="place">Where the value belongs, where it could be moved: it can be read back with the same place only.</param>
    /// <returns>Length of the key id, key id, nonce, tag, cipher text.</returns>
    public byte[] Protect(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place = default)
    {
        var id = Encoding.ASCII.GetBytes(current);
        var value = new byte[1 + id.Length + NonceLength + TagLength + plain.Length];
        value[0] = (byte)id.Length;
        id.CopyTo(value, 1);
        var nonce = value.AsSpan(1 + id.Length, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys[current].Encryption, TagLength);
        aes.Encrypt(nonce, plain, value.AsSpan(1 + id.Length + NonceLength + TagLength), value.AsSpan(1 + id.Length + NonceLength, TagLength), place);
        return value;
    }

    /// <exception cref="CryptographicException">The value was changed or moved, or its key is not configured.</exception>
    public byte[] Unprotect(ReadOnlySpan<byte> value, ReadOnlySpan<byte> place = default)
    {
        var idLength = value[0];
        if (value.Length < 1 + idLength + NonceLength + TagLength)
        {
            throw new CryptographicException("The value is cut off.");
        }

        var id = Encoding.ASCII.GetString(value.Slice(1, idLength));
        if (!keys.TryGetValue(id, out var key))
        {
            throw new CryptographicException($"No key '{id}' is configured.");
        }

        var rest = value[(1 + idLength)..];
        var plain = new byte[rest.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key.Encryption, TagLength);
        aes.Decrypt(rest[..NonceLength], rest[(NonceLength + TagLength)..], rest.Slice(NonceLength, TagLength), plain, place);
        return plain;
    }

    public IdentityNumber UnprotectIdentityNumber(byte[] value) => IdentityNumber.Parse(Encoding.ASCII.GetString(Unprotect(value)));

    /// <summary>What a person is found by: the current key's hash.</summary>
    public string Hash(IdentityNumber number) => Hash(current, number);

    /// <summary>Hashes by every other key configured: what a person recorded before a change of keys is found by.</summary>
    public IEnumerable<string> OlderHashes(IdentityNumber number) => keys.Keys.Where(key => key != current).Select(key => Hash(key, number));

    private string Hash(string keyId, IdentityNumber number) =>
        $"{keyId}.{Base64Url.EncodeToString(HMACSHA256.HashData(keys[keyId].Hashing, Encoding.ASCII.GetBytes(number.Value)))}";

    /// <summary>Checks the configured keys at start: a service that could not read its own data must not run.</summary>
    internal sealed class Validation : IValidateOptions<PersonalDataOptions>
    {
        public ValidateOptionsResult Validate(string? name, PersonalDataOptions options)
        {
            if (!options.Keys.ContainsKey(options.CurrentKey))
            {
                return ValidateOptionsResult.Fail(
                    "PersonalData:CurrentKey must name one of PersonalData:Keys; each key is 64 random bytes in Base64.");
            }

            var bad = options.Keys.Where(key => key.Key.Length is < 1 or > 8 || !key.Key.All(char.IsAsciiLetterOrDigit) || !Is64Bytes(key.Value));
            return bad.Any()
                ? ValidateOptionsResult.Fail($"PersonalData:Keys: {string.Join(", ", bad.Select(key => key.Key))} must be 64 bytes in Base64 under an id of 1 to 8 letters or digits.")
                : ValidateOptionsResult.Success;
        }

        private static bool Is64Bytes(string text)
        {
            var buffer = new byte[65];
            return Convert.TryFromBase64String(text, buffer, out var written) && written == 64;
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Whether what a department sent on its own is from it, whole, and fresh: HMAC-SHA256 over the message's id, its time and its
/// body, as the Standard Webhooks specification lays down.
/// </summary>
internal static class CallbackSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Scheme = "v1,";

    // A recorded message cannot be played back later; the two clocks may differ by as much.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>False without a secret: nothing of such a source is taken.</summary>
    public static bool IsGenuine(DepartmentSource source, HttpRequest request, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var id = request.Headers[IdHeader].ToString();
        if (source.CallbackSecret.Length == 0 || id.Length is 0 or > 100
            || !long.TryParse(request.Headers[TimestampHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)
            || Math.Abs(now.ToUnixTimeSeconds() - timestamp) > Tolerance.TotalSeconds)
        {
            return false;
        }

        var expected = Mac(source.CallbackSecret, id, timestamp, body);
        var isGenuine = false;
        Span<byte> sent = stackalloc byte[expected.Length];
        // Several may be sent while a secret is being replaced.
        foreach (var signature in request.Headers[SignatureHeader].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            isGenuine |= signature.StartsWith(Scheme, StringComparison.Ordinal)
                && Convert.TryFromBase64String(signature[Scheme.Length..], sent, out var length)
                && CryptographicOperations.FixedTimeEquals(sent[..length], expected);
        }

        return isGenuine;
    }

    /// <summary>The value of the signature's header for a message.</summary>
    public static string Sign(string secret, string id, long timestamp, ReadOnlySpan<byte> body) =>
        Scheme + Convert.ToBase64String(Mac(secret, id, timestamp, body));

    private static byte[] Mac(string secret, string id, long timestamp, ReadOnlySpan<byte> body) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{timestamp}.")), .. body]);
}

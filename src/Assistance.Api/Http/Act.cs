using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;
using Assistance.Domain.Shared;

namespace Assistance.Api.Http;

/// <summary>One changing request: who, when, under which idempotency key, and which version of the resource it was based on.</summary>
public sealed record Act
{
    private const string KeyHeader = "Idempotency-Key";

    public required Officer Officer { get; init; }

    public required string RequestKey { get; init; }

    /// <summary>Method, path and body, and the office and roles that sent them: what the key may repeat.</summary>
    public required string RequestHash { get; init; }

    /// <summary>The operation's name in the contract.</summary>
    public required string Operation { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required Language Language { get; init; }

    /// <summary>The version of the resource that the act is based on.</summary>
    public required Precondition Precondition { get; init; }

    public DateOnly Today => ChinaTime.DayOf(Now);

    public static async ValueTask<Act> BindAsync(HttpContext http)
    {
        var key = http.Request.Headers[KeyHeader].ToString();
        if (key.Length is < 1 or > 100 || !key.All(character => character is > ' ' and < '\u007f'))
        {
            throw ProblemException.Invalid(new Fault(KeyHeader, "idempotency-key",
                "请在请求头 Idempotency-Key 中给出 1 至 100 个可见字符，每个新请求一个，重试时不变。",
                "Send the header Idempotency-Key with 1 to 100 visible characters: one for each new request, the same when retrying."));
        }

        var officer = Officer.Of(http.User);
        return new Act
        {
            Officer = officer,
            RequestKey = key,
            RequestHash = HashOf(http.Request, officer, (await RequestBytes.ReadAsync(http)).Span),
            Operation = http.GetEndpoint()!.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName,
            Now = http.RequestServices.GetRequiredService<TimeProvider>().Now,
            Language = RequestLanguage.Of(http),
            Precondition = Precondition.Of(http),
        };
    }

    /// <summary>Guards against overwriting what somebody else changed meanwhile.</summary>
    /// <exception cref="ProblemException">428 without If-Match, 412 when it is stale.</exception>
    public void RequireVersion(int current) => Precondition.Require(current);

    public static string TagOf(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    // Whoever has moved to another office, or acts in another role, is not told again what the earlier one was.
    private static string HashOf(HttpRequest request, Officer officer, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{request.Method} {request.Path}\n{officer.Division.Value} {string.Join(',', officer.Roles.Order(StringComparer.Ordinal))}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>What an act answers: the new representation, where it is, and its version.</summary>
public sealed record Answer<T>(T Value, string Location, int? Version = null);

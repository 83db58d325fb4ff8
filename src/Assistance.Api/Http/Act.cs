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

    /// <summary>Method, path and body: what the key may repeat.</summary>
    public required string RequestHash { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required Language Language { get; init; }

    /// <summary>The version named by If-Match; null where the header is absent.</summary>
    public required int? ExpectedVersion { get; init; }

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

        return new Act
        {
            Officer = Officer.Of(http.User),
            RequestKey = key,
            RequestHash = HashOf(http.Request, (await RequestBytes.ReadAsync(http)).Span),
            Now = http.RequestServices.GetRequiredService<TimeProvider>().Now,
            Language = RequestLanguage.Of(http),
            ExpectedVersion = VersionOf(http.Request.Headers.IfMatch.ToString()),
        };
    }

    /// <summary>Guards against overwriting what somebody else changed meanwhile.</summary>
    /// <exception cref="ProblemException">428 without If-Match, 412 when it is stale.</exception>
    public void RequireVersion(int current)
    {
        if (ExpectedVersion is null)
        {
            throw new ProblemException(StatusCodes.Status428PreconditionRequired, "precondition-required");
        }

        if (ExpectedVersion != current)
        {
            throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
        }
    }

    public static string TagOf(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static int? VersionOf(string tag) =>
        tag.Length == 0 ? null
        : int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : throw ProblemException.Invalid(new Fault("If-Match", "entity-tag",
            "请原样提交所读的 ETag，例如 \"2\"。", "Send the ETag as it was read, for example \"2\"."));

    private static string HashOf(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>What an act answers: the new representation, where it is, and its version.</summary>
public sealed record Answer<T>(T Value, string? Location = null, int? Version = null);

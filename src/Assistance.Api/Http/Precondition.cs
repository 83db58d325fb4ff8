using System.Globalization;

namespace Assistance.Api.Http;

/// <summary>The version of a resource that a change is based on, as If-Match names it; null where the header is absent.</summary>
public sealed record Precondition(int? Version)
{
    public static ValueTask<Precondition> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http));

    public static Precondition Of(HttpContext http)
    {
        var tag = http.Request.Headers.IfMatch.ToString();
        return new Precondition(
            tag.Length == 0 ? null
            : int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
            : throw ProblemException.Invalid(new Fault("If-Match", "entity-tag",
                "请原样提交所读的 ETag，例如 \"2\"。", "Send the ETag as it was read, for example \"2\".")));
    }

    /// <summary>Guards against overwriting what somebody else changed meanwhile.</summary>
    /// <exception cref="ProblemException">428 without If-Match, 412 when it is stale.</exception>
    public void Require(int current)
    {
        if (Version is null)
        {
            throw new ProblemException(StatusCodes.Status428PreconditionRequired, "precondition-required");
        }

        if (Version != current)
        {
            throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
        }
    }
}

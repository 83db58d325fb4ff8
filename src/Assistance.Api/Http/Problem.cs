using Assistance.Api.Features.Reference;

namespace Assistance.Api.Http;

/// <summary>One thing wrong with the input: where (a JSON path, a parameter or a header), a stable code, and what to do, in both languages.</summary>
public sealed record Fault(string Path, string Code, string Zh, string En)
{
    public FaultDetail In(Language language) => new(Path, Code, language == Language.Zh ? Zh : En);
}

/// <summary>One thing wrong, as it is told: where, a stable code, and what to do.</summary>
public sealed record FaultDetail(string Path, string Code, string Detail);

/// <summary>A request that cannot be served as sent. Thrown anywhere, answered once as a problem (RFC 9457).</summary>
public sealed class ProblemException(int status, string code, IReadOnlyList<Fault>? faults = null) : Exception(code)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyList<Fault> Faults { get; } = faults ?? [];

    /// <summary>It does not exist, or not for this officer's office: the two are not told apart.</summary>
    public static ProblemException NotFound() => new(StatusCodes.Status404NotFound, "not-found");

    public static ProblemException Invalid(params IReadOnlyList<Fault> faults) => new(StatusCodes.Status400BadRequest, "invalid-request", faults);
}

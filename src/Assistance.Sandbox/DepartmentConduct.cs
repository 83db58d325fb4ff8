using System.Text.Json;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;

namespace Assistance.Sandbox;

/// <summary>How a simulated department behaves.</summary>
public enum DepartmentBehaviour
{
    Answers,
    Down,
    Silent,
    Malformed,
    AnswersAboutSomebodyElse,
    StatesTheImpossible,

    /// <summary>A fact that is none, in well-formed JSON.</summary>
    StatesNothing,

    /// <summary>The headers and the first byte, and then nothing.</summary>
    StopsMidway,

    /// <summary>The right person, under the id of another query.</summary>
    AnswersAboutAnotherQuery,
}

/// <summary>How a simulated department that answers later sends its answer.</summary>
public enum CallbackPattern
{
    Once,

    /// <summary>The same message twice.</summary>
    Twice,

    /// <summary>The corrected answer (revision 2) first, and then the one it took the place of, which says "no record".</summary>
    OutOfOrder,

    /// <summary>Not at all: whoever asked has to come back.</summary>
    Never,
}

/// <summary>
/// Everything that can be turned at one simulated department: in C#, by <c>PUT /departments/{source}/behaviour</c>, or for a
/// single request by the header <c>X-Sandbox-Behaviour</c>, as JSON with the members that differ from the usual.
/// </summary>
public sealed record DepartmentConduct
{
    public DepartmentBehaviour Behaviour { get; init; } = DepartmentBehaviour.Answers;

    /// <summary>How long it thinks, in real time.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Up to how much longer, by chance.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>How long its answer takes to arrive, piece by piece, in real time.</summary>
    public TimeSpan BodyTakes { get; init; }

    /// <summary>The share of requests that fail, from 0 to 1.</summary>
    public double ErrorRate { get; init; }

    /// <summary>How those fail, one of these by chance; <c>Down</c> unless told.</summary>
    public IReadOnlyList<DepartmentBehaviour> Errors { get; init; } = [DepartmentBehaviour.Down];

    /// <summary>What chance starts from, so that a run can be repeated.</summary>
    public int Seed { get; init; }

    /// <summary>Requests a second, in real time, before it answers 429; unlimited where null.</summary>
    public int? PerSecond { get; init; }

    /// <summary>Whether its <c>Retry-After</c> is a date and not a number of seconds.</summary>
    public bool IsRetryAfterDate { get; init; }

    /// <summary>Whether it takes a query (202) and answers later.</summary>
    public bool AnswersLater { get; init; }

    /// <summary>After how long, on the sandbox's clock, it says that it shares; at once unless told.</summary>
    public TimeSpan AgreesAfter { get; init; }

    /// <summary>Whether the time for its word was extended.</summary>
    public bool IsExtended { get; init; }

    /// <summary>After how long, on the sandbox's clock, its answer is ready; at once unless told.</summary>
    public TimeSpan AnswersAfter { get; init; }

    public CallbackPattern Callbacks { get; init; } = CallbackPattern.Once;

    /// <summary>What it says at once to a request for correction; nothing where null.</summary>
    public DepartmentCorrectionOutcome? CorrectionOutcome { get; init; }

    /// <summary>Whether it takes no request for correction, as of a query that it does not know.</summary>
    public bool RefusesCorrections { get; init; }

    /// <summary>What a department does unless told otherwise: institutions that hold money answer later, the others at once.</summary>
    public static DepartmentConduct UsualOf(LookupSource source) => new() { AnswersLater = IsAsynchronous(source) };

    public static bool IsAsynchronous(LookupSource source) =>
        source is LookupSource.Banks or LookupSource.CommercialInsurance or LookupSource.Securities or LookupSource.PaymentInstitutions;

    /// <summary>This, with the members that a JSON object gives.</summary>
    /// <exception cref="JsonException">It is no object, a member is unknown, or its value no value of it.</exception>
    public DepartmentConduct With(string json)
    {
        var members = JsonSerializer.Deserialize<Dictionary<string, JsonNode?>>(json) ?? [];
        var merged = JsonSerializer.SerializeToNode(this, ApiJson.Options)!.AsObject();
        foreach (var (name, value) in members)
        {
            merged[name] = value;
        }

        return merged.Deserialize<DepartmentConduct>(ApiJson.Options)!;
    }
}

using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

/// <summary>What one attempt brought: an answer, a receipt, a reason to try again, or something that must not be believed.</summary>
internal abstract record Attempt
{
    /// <param name="Body">The bytes as received, to be kept encrypted.</param>
    public sealed record Answered(DepartmentAnswer Answer, byte[] Body) : Attempt;

    /// <summary>The department took the query and answers later.</summary>
    public sealed record Taken(DepartmentReceipt Receipt) : Attempt;

    /// <param name="Cause">A short code, without any of the answer's content.</param>
    /// <param name="WasSent">Whether the department may have seen the query.</param>
    public sealed record Failed(string Cause, bool WasSent, TimeSpan? RetryAfter = null) : Attempt
    {
        /// <summary>Whether the department is there and asks for patience; no attempt that failed.</summary>
        public bool IsTurnedAway { get; init; }
    }

    /// <param name="Cause">A short code, without any of the answer's content.</param>
    public sealed record Unbelievable(string Cause, byte[] Body) : Attempt;
}

/// <summary>
/// How one department is spoken to. The published contract (<c>seeds/departments/contract.yaml</c>) has its adapter; another
/// way of speaking is one more implementation, registered under a name that <see cref="DepartmentSource.Adapter"/> gives.
/// An adapter throws nothing but cancellation, and logs nothing of a body.
/// </summary>
internal interface IDepartmentAdapter
{
    /// <summary>Puts the query; the same id twice is the same query.</summary>
    Task<Attempt> AskAsync(DepartmentQuery query, CancellationToken cancellation);

    /// <summary>Asks for the answer to a query that the department took earlier.</summary>
    Task<Attempt> CollectAsync(DepartmentQuery query, CancellationToken cancellation);

    /// <summary>
    /// Asks the department to look at what it stated; null where it took the request, <see cref="Attempt.Unbelievable"/> where it
    /// will not take it however often it is sent, else why it did not this time.
    /// </summary>
    Task<Attempt?> RequestCorrectionAsync(LookupSource source, DepartmentCorrectionRequest request, CancellationToken cancellation);
}

using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

/// <summary>A query as a department receives it: whom, why, on which basis and consent.</summary>
public sealed record DepartmentQuery
{
    /// <summary>The look-up's id; a repeated one is the same query.</summary>
    public required Guid QueryId { get; init; }

    public required LookupSource Source { get; init; }

    public required string IdentityNumber { get; init; }

    public required string Name { get; init; }

    public required string Purpose { get; init; }

    public required string LegalBasis { get; init; }

    public required Guid ConsentId { get; init; }
}

/// <summary>Whether the department has a record. No record is not "has none".</summary>
public enum DepartmentAnswerStatus
{
    Found,
    NotFound,
}

/// <summary>A department's answer: about which query and person, and what it states.</summary>
public sealed record DepartmentAnswer
{
    public required Guid QueryId { get; init; }

    public required string IdentityNumber { get; init; }

    public required DepartmentAnswerStatus Status { get; init; }

    public required IReadOnlyList<DepartmentFact> Facts { get; init; }
}

/// <summary>One typed statement. Amounts are in fen per month; dates are days in China.</summary>
public sealed record DepartmentFact
{
    public required FactKind Kind { get; init; }

    public long? AmountFen { get; init; }

    public int? Count { get; init; }

    public string? DivisionCode { get; init; }

    public DateOnly? FromOn { get; init; }

    public DateOnly? ToOn { get; init; }
}

using Assistance.Api.Http;
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

    public required LookupPurpose Purpose { get; init; }

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

    /// <summary>Counts up where a department corrects its own answer: one that is not newer changes nothing.</summary>
    public int Revision { get; init; } = 1;
}

/// <summary>Whether a department that answers later has said yet that it shares.</summary>
public enum DepartmentReceiptStatus
{
    /// <summary>Taken; whether it shares is still to be said (政务数据共享条例 art. 21).</summary>
    Received,

    /// <summary>It shares; the data follow (art. 22).</summary>
    Agreed,
}

/// <summary>The body of a 202: the department took the query and answers later.</summary>
public sealed record DepartmentReceipt
{
    public required Guid QueryId { get; init; }

    public required DepartmentReceiptStatus Status { get; init; }

    /// <summary>Whether the time for its word was extended with the consent of the data authority (art. 21).</summary>
    public bool IsExtended { get; init; }
}

/// <summary>校核申请: the department is asked to look at what it stated (政务数据共享条例 art. 26).</summary>
public sealed record DepartmentCorrectionRequest
{
    /// <summary>The ticket's id; a repeated one is the same request.</summary>
    public required Guid TicketId { get; init; }

    /// <summary>The query whose answer is disputed.</summary>
    public required Guid QueryId { get; init; }

    /// <summary>What is wrong: in the household's words where it objects, and what the office found wrong otherwise.</summary>
    public required string Statement { get; init; }
}

/// <summary>What a department says to a request for correction.</summary>
public enum DepartmentCorrectionOutcome
{
    /// <summary>It was wrong and is corrected; the next query shows it.</summary>
    Corrected,

    /// <summary>It was looked at and stands.</summary>
    Upheld,
}

/// <summary>The department's answer to a request for correction.</summary>
public sealed record DepartmentCorrectionAnswer
{
    public required Guid TicketId { get; init; }

    public required DepartmentCorrectionOutcome Outcome { get; init; }

    [Text(500)]
    public string? Remark { get; init; }
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

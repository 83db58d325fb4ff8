using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Disclosures;

/// <summary>Where an item of the one-time disclosure stands.</summary>
public enum DisclosureItemStatus
{
    /// <summary>A department is being asked; the household is not.</summary>
    LookupPending,

    /// <summary>A department answered; the household may not be asked (Act art. 62).</summary>
    AnsweredByDepartment,

    /// <summary>Met by the form, or by what the household showed for an earlier application and still holds.</summary>
    OnFile,

    /// <summary>Still to bring, with the cause.</summary>
    Required,

    Supplied,

    Promised,

    /// <summary>The household disputes what a department answered; the office has it checked again (57 art. 18).</summary>
    Contested,

    /// <summary>An answer or a paper is past the day until which it may be relied on.</summary>
    Expired,

    /// <summary>A supervisor decided, with reasons, to do without it.</summary>
    Waived,
}

/// <summary>Why an item has to be brought.</summary>
public enum RequiredCause
{
    NoDepartmentAnswers,
    DepartmentUnavailable,
    DepartmentHasNoRecord,
    AnswerSetAside,
    ConsentNotGiven,

    /// <summary>The consent was revoked, so that nothing rests on the departments' answers any more.</summary>
    ConsentRevoked,

    /// <summary>The consent is past its day.</summary>
    ConsentExpired,

    /// <summary>What was brought was sent back with a reason.</summary>
    SentBack,

    /// <summary>What was brought is past its day.</summary>
    EvidenceExpired,

    /// <summary>A supervisor had it asked for after the list was sealed.</summary>
    SupervisorOverride,
}

/// <summary>How the household can meet an item that is asked for.</summary>
public enum SupplyWay
{
    /// <summary>An officer saw the paper; no copy is kept.</summary>
    PaperSighted,

    /// <summary>告知承诺: a written promise instead of a certificate (N22 part 1(2)).</summary>
    Promise,

    /// <summary>A photograph or PDF of the paper, kept in the file store.</summary>
    Upload,
}

/// <summary>One needed thing, whom it concerns, and where it stands. Derived whenever it is read; kept only as sealed.</summary>
public sealed record DisclosureItem
{
    /// <summary>Stable within the case: the code, and the person where it concerns one.</summary>
    public required string ItemKey { get; init; }

    public required string ItemCode { get; init; }

    public Guid? PersonId { get; init; }

    /// <summary>The programmes applied for that need it.</summary>
    public IReadOnlyList<Programme> Programmes { get; init; } = [];

    public required DisclosureItemStatus Status { get; init; }

    public required string BasisCode { get; init; }

    /// <summary>The department that answers it, where one does.</summary>
    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When the household showed or promised it, for this application or for an earlier one.</summary>
    public DateTimeOffset? SuppliedAt { get; init; }

    /// <summary>The last day on which what is there may be relied on.</summary>
    public DateOnly? ValidUntilOn { get; init; }

    public RequiredCause? Cause { get; init; }

    public IReadOnlyList<SupplyWay> Ways { get; init; } = [];

    public int Copies { get; init; }

    /// <summary>Whether the application has to wait for it.</summary>
    public bool IsOutstanding =>
        Status is DisclosureItemStatus.Required or DisclosureItemStatus.Expired || (Status == DisclosureItemStatus.LookupPending && !IsWithTheDepartment);

    /// <summary>Whether the department took the query and answers later: neither the list nor acceptance waits for it.</summary>
    public bool IsWithTheDepartment { get; init; }

    /// <summary>Whether it is for the office and the departments to settle, and the household may not be asked (Act art. 62).</summary>
    public bool IsForDepartments => Status is DisclosureItemStatus.AnsweredByDepartment or DisclosureItemStatus.LookupPending
        || (Status == DisclosureItemStatus.Expired && Source is not null && SuppliedAt is null);
}

/// <summary>Why something that was supplied went back.</summary>
public enum SupplyReturnReason
{
    Incomplete,
    Illegible,
    Outdated,
}

/// <summary>
/// Something supplied for an item: by which way, when, seen or taken down by whom, and whether it was sent back. A later
/// supply replaces an earlier one and leaves it on record.
/// </summary>
public sealed record DisclosureSupply(string ItemKey, SupplyWay Way, DateTimeOffset SuppliedAt, string OfficerId)
{
    public SupplyReturnReason? Returned { get; init; }
}

/// <summary>What a person or household showed for an earlier application, and need not show again while it holds.</summary>
public sealed record EarlierEvidence(string ItemCode, Guid? PersonId, DateTimeOffset SuppliedAt);

/// <summary>The household disputes what a department answered for an item.</summary>
public sealed record DisclosureContestation(string ItemKey, DateTimeOffset ContestedAt);

/// <summary>
/// Something asked for by a supervisor's override after the list was sealed: an item of the list's kinds, or another
/// material with a name and a reason of its own.
/// </summary>
public sealed record OverrideItem(string ItemKey, string ItemCode, Guid? PersonId);

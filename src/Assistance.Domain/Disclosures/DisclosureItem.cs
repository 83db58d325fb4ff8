using Assistance.Domain.Lookups;

namespace Assistance.Domain.Disclosures;

/// <summary>Where an item of the one-time disclosure stands. The first three ask nothing of the household.</summary>
public enum DisclosureItemStatus
{
    LookupPending,
    AnsweredByDepartment,
    OnFile,
    Required,
    Supplied,
    Promised,
}

/// <summary>Why an item that a department usually answers has to be brought after all.</summary>
public enum RequiredCause
{
    NoDepartmentAnswers,
    DepartmentUnavailable,
    DepartmentHasNoRecord,
    AnswerSetAside,
    ConsentNotGiven,
}

/// <summary>How the household can meet an item that is asked for.</summary>
public enum SupplyWay
{
    /// <summary>An officer saw the paper; no copy is kept.</summary>
    PaperSighted,

    /// <summary>告知承诺: a written promise instead of a certificate (N22 part 1(2)).</summary>
    Promise,
}

/// <summary>One needed thing, whom it concerns, and where it stands. Derived whenever it is read; kept only as sealed.</summary>
public sealed record DisclosureItem
{
    /// <summary>Stable within the application: the code, and the person where it concerns one.</summary>
    public required string ItemKey { get; init; }

    public required string ItemCode { get; init; }

    public Guid? PersonId { get; init; }

    public required DisclosureItemStatus Status { get; init; }

    public required string BasisCode { get; init; }

    /// <summary>The department that answers it, where one does.</summary>
    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public RequiredCause? Cause { get; init; }

    public IReadOnlyList<SupplyWay> Ways { get; init; } = [];

    public int Copies { get; init; }

    public bool IsOutstanding => Status is DisclosureItemStatus.Required or DisclosureItemStatus.LookupPending;
}

/// <summary>Something supplied for an item: by which way, when, seen or taken down by whom.</summary>
public sealed record DisclosureSupply(string ItemKey, SupplyWay Way, DateTimeOffset SuppliedAt, string OfficerId);

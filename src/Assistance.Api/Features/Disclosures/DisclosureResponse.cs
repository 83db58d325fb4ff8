using Assistance.Api.Features.Reference;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Disclosures;

/// <summary>The one list of everything needed: what departments answer, what is on file, and what is still to bring.</summary>
public sealed record DisclosureResponse
{
    /// <summary>The number, once sealed.</summary>
    public string? Number { get; init; }

    public DateTimeOffset? SealedAt { get; init; }

    /// <summary>SHA-256 of the list as it was sealed, in hexadecimal.</summary>
    public string? ContentHash { get; init; }

    public required bool IsSealed { get; init; }

    /// <summary>Whether everything is there, so that the application can be accepted.</summary>
    public required bool IsComplete { get; init; }

    public required IReadOnlyList<DisclosureItemResponse> Items { get; init; }
}

/// <summary>One needed thing, where it stands, why it is needed, and how it may be met.</summary>
public sealed record DisclosureItemResponse
{
    /// <summary>What the item is supplied under.</summary>
    public required string ItemKey { get; init; }

    public required string ItemCode { get; init; }

    public required string Name { get; init; }

    /// <summary>Whom it concerns; absent where it concerns the household.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The name of the person it concerns.</summary>
    public string? PersonName { get; init; }

    public required DisclosureItemStatus Status { get; init; }

    /// <summary>Why it has to be brought although a department usually answers it.</summary>
    public RequiredCause? Cause { get; init; }

    /// <summary>The department that answers it.</summary>
    public LookupSource? Source { get; init; }

    /// <summary>The look-up that answered it.</summary>
    public Guid? LookupId { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public required string Why { get; init; }

    /// <summary>What would do, in plain words.</summary>
    public required string Example { get; init; }

    public required IReadOnlyList<SupplyWay> Ways { get; init; }

    public required int Copies { get; init; }

    public required LegalBasisResponse LegalBasis { get; init; }
}

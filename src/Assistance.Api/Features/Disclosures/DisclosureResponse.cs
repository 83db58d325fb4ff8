using Assistance.Api.Features.Reference;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>The one list of everything needed as it stands now, beside what the household was told.</summary>
public sealed record DisclosureResponse
{
    public required bool IsSealed { get; init; }

    /// <summary>Whether everything is there, so that the applications can be accepted.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>What the household was told: the sealed list, and one more for each override of a supervisor.</summary>
    public required IReadOnlyList<DisclosureVersionResponse> Versions { get; init; }

    public required IReadOnlyList<DisclosureItemResponse> Items { get; init; }

    /// <summary>How the items stand otherwise than the household was told.</summary>
    public required IReadOnlyList<DisclosureDifferenceResponse> Differences { get; init; }
}

/// <summary>One telling: numbered, sealed, and acknowledged.</summary>
public sealed record DisclosureVersionResponse
{
    /// <summary>1 for the sealed list; more for what a supervisor added by exception.</summary>
    public required int Version { get; init; }

    public required string Number { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    public required string SealedBy { get; init; }

    /// <summary>SHA-256 of the list as it was sealed, in hexadecimal.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Why more was asked for; absent for the first.</summary>
    public string? Reasons { get; init; }

    /// <summary>Items asked of the household by it.</summary>
    public required int ItemsAsked { get; init; }

    public AcknowledgementResponse? Acknowledgement { get; init; }
}

/// <summary>That the person knows the list: who, how, and when.</summary>
public sealed record AcknowledgementResponse(AcknowledgementWay Way, DateOnly AcknowledgedOn, Guid PersonId);

/// <summary>How a person acknowledges a list.</summary>
public enum AcknowledgementWay
{
    Signature,

    /// <summary>It was read out to somebody who cannot read it.</summary>
    ReadOut,

    /// <summary>By a reply to a text message, where the person wanted it that way.</summary>
    Sms,
}

/// <summary>An item that stands otherwise than the household was told.</summary>
public sealed record DisclosureDifferenceResponse(string ItemKey, string Name, DisclosureChange Change);

/// <summary>One needed thing, where it stands, why it is needed, and how it may be met.</summary>
public sealed record DisclosureItemResponse
{
    /// <summary>What the item is supplied under.</summary>
    public required string ItemKey { get; init; }

    public required string ItemCode { get; init; }

    public required string Name { get; init; }

    /// <summary>The programmes applied for that need it.</summary>
    public required IReadOnlyList<Programme> Programmes { get; init; }

    /// <summary>Whom it concerns; absent where it concerns the household.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The name of the person it concerns.</summary>
    public string? PersonName { get; init; }

    public required DisclosureItemStatus Status { get; init; }

    /// <summary>Why it has to be brought although a department usually answers it, or why it has to be brought again.</summary>
    public RequiredCause? Cause { get; init; }

    /// <summary>Whether the household was told to bring it.</summary>
    public required bool IsAsked { get; init; }

    /// <summary>The department that answers it.</summary>
    public LookupSource? Source { get; init; }

    /// <summary>The look-up that answered it.</summary>
    public Guid? LookupId { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When the household showed or promised it, for this application or, where it is on file, for an earlier one.</summary>
    public DateTimeOffset? SuppliedAt { get; init; }

    /// <summary>The last day on which what is there may be relied on.</summary>
    public DateOnly? ValidUntilOn { get; init; }

    /// <summary>Why what was brought was sent back, in the officer's words.</summary>
    public string? ReturnRemark { get; init; }

    /// <summary>The uploaded files that met it.</summary>
    public required IReadOnlyList<Guid> AttachmentIds { get; init; }

    public required string Why { get; init; }

    /// <summary>What would do, in plain words.</summary>
    public required string Example { get; init; }

    public required IReadOnlyList<SupplyWay> Ways { get; init; }

    public required int Copies { get; init; }

    public required LegalBasisResponse LegalBasis { get; init; }
}

/// <summary>A list exactly as the household was told it; what is hashed, kept and printed.</summary>
public sealed record SealedDisclosure
{
    public required int Version { get; init; }

    public required string Number { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>Why more was asked for; absent for the first.</summary>
    public string? Reasons { get; init; }

    public required IReadOnlyList<Programme> Programmes { get; init; }

    public required IReadOnlyList<DisclosureItemResponse> Items { get; init; }
}

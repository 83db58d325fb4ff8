using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Disclosures;

/// <summary>What the items of a case are derived from.</summary>
public sealed record DisclosureFacts
{
    /// <summary>The day of submission, whose rules hold for what is needed.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The present day, by which answers and papers hold or have expired.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The programmes applied for that an office of this district works on.</summary>
    public required IReadOnlyList<Programme> Programmes { get; init; }

    public required IReadOnlyList<DisclosureItemType> ItemTypes { get; init; }

    public required Household Household { get; init; }

    /// <summary>Members who do not count (57 art. 7 and 8): of them nothing is asked.</summary>
    public IReadOnlySet<Guid> NotCounted { get; init; } = new HashSet<Guid>();

    public required bool ResidenceDiffers { get; init; }

    /// <summary>The newest consent of each person who gave one: only whose holds is looked up.</summary>
    public required IReadOnlyDictionary<Guid, LookupConsent> Consents { get; init; }

    /// <summary>Every look-up of the case, the oldest round first.</summary>
    public required IReadOnlyList<LookupStanding> Lookups { get; init; }

    /// <summary>What was supplied in this case, in order.</summary>
    public required IReadOnlyList<DisclosureSupply> Supplies { get; init; }

    /// <summary>What was supplied for earlier ones and not sent back, in order.</summary>
    public IReadOnlyList<EarlierEvidence> Earlier { get; init; } = [];

    public IReadOnlyList<DisclosureContestation> Contestations { get; init; } = [];

    /// <summary>The keys of the items that a supervisor decided to do without.</summary>
    public IReadOnlySet<string> Waived { get; init; } = new HashSet<string>();

    /// <summary>What supervisors had asked for after the list was sealed.</summary>
    public IReadOnlyList<OverrideItem> Overrides { get; init; } = [];

    /// <summary>How many days what a household showed may be relied on (dated parameter).</summary>
    public required int EvidenceValidDays { get; init; }
}

/// <summary>
/// Derives every item a case needs and where each stands. Items are never stored as mutable state, so that a look-up
/// that fails makes its item required with the cause, and an answer that comes later withdraws it again, by themselves.
/// </summary>
public static class DisclosureDerivation
{
    public static IReadOnlyList<DisclosureItem> Derive(DisclosureFacts facts)
    {
        var items = (
            from type in facts.ItemTypes
            let programmes = facts.Programmes.Where(type.Programmes.Contains).ToList()
            where programmes.Count > 0
            from member in type.Concerns(facts.Household, facts.On, facts.ResidenceDiffers)
            where member is null || !facts.NotCounted.Contains(member.PersonId)
            select Item(type, member, programmes, facts)).ToList();
        var derived = items.Select(item => item.ItemKey).ToHashSet();
        items.AddRange(facts.Overrides.Where(item => !derived.Contains(item.ItemKey)).Select(item => Item(item, facts)));
        return items;
    }

    public static string KeyOf(string itemCode, Guid? personId) => personId is { } id ? $"{itemCode}:{id:N}" : itemCode;

    private static DisclosureItem Item(
        DisclosureItemType type, HouseholdMember? member, IReadOnlyList<Programme> programmes, DisclosureFacts facts)
    {
        var item = new DisclosureItem
        {
            ItemKey = KeyOf(type.ItemCode, member?.PersonId),
            ItemCode = type.ItemCode,
            PersonId = member?.PersonId,
            Programmes = programmes,
            Status = DisclosureItemStatus.Required,
            BasisCode = type.BasisCode,
            Source = type.AnsweredBy,
            Ways = type.Ways,
            Copies = type.Copies,
        };
        return type.IsMetByTheForm
            ? item with { Status = DisclosureItemStatus.OnFile }
            : Supplied(Answered(type, member, item, facts), facts);
    }

    // Asked for outside the kinds that are derived: only a supervisor could have it asked for, and no earlier paper of the same
    // code is known to be this one.
    private static DisclosureItem Item(OverrideItem added, DisclosureFacts facts)
    {
        var type = facts.ItemTypes.FirstOrDefault(type => type.ItemCode == added.ItemCode);
        return Supplied(
            new DisclosureItem
            {
                ItemKey = added.ItemKey,
                ItemCode = added.ItemCode,
                PersonId = added.PersonId,
                Programmes = facts.Programmes,
                Status = DisclosureItemStatus.Required,
                BasisCode = type?.BasisCode ?? LegalBases.ToldOnce,
                Cause = RequiredCause.SupervisorOverride,
                Ways = type?.Ways ?? Enum.GetValues<SupplyWay>(),
                Copies = type?.Copies ?? 0,
            },
            facts with { Earlier = [] });
    }

    private static DisclosureItem Answered(DisclosureItemType type, HouseholdMember? member, DisclosureItem item, DisclosureFacts facts)
    {
        if (type.AnsweredBy is not { } source || member is null)
        {
            return item with { Cause = RequiredCause.NoDepartmentAnswers };
        }

        if (WithoutConsent(member.PersonId, facts) is { } withoutConsent)
        {
            return item with { Cause = withoutConsent };
        }

        // A later silence does not undo an answer that may still be relied on.
        var lookups = facts.Lookups.Where(lookup => lookup.PersonId == member.PersonId && lookup.Source == source).ToList();
        var lookup = lookups.LastOrDefault(lookup => lookup.IsAnswer && lookup.IsValidOn(facts.Today)) ?? lookups.LastOrDefault();
        item = item with { LookupId = lookup?.LookupId, AnsweredAt = lookup?.AnsweredAt, ValidUntilOn = lookup?.ValidUntilOn };
        return lookup?.State switch
        {
            null or LookupState.Pending => item with { Status = DisclosureItemStatus.LookupPending },
            LookupState.Submitted => item with { Status = DisclosureItemStatus.LookupPending, IsWithTheDepartment = true },
            LookupState.NotFound when !type.IsAnsweredByNoRecord => item with { Cause = RequiredCause.DepartmentHasNoRecord },
            LookupState.Answered or LookupState.NotFound when IsContested(item, facts) => item with { Status = DisclosureItemStatus.Contested },
            LookupState.Answered or LookupState.NotFound when !lookup.IsValidOn(facts.Today) => item with { Status = DisclosureItemStatus.Expired },
            LookupState.Answered or LookupState.NotFound =>
                item with { Status = lookup.IsReused ? DisclosureItemStatus.OnFile : DisclosureItemStatus.AnsweredByDepartment },
            LookupState.Cancelled => item with { Status = DisclosureItemStatus.LookupPending },
            LookupState.Unavailable => item with { Cause = RequiredCause.DepartmentUnavailable },
            _ => item with { Cause = RequiredCause.AnswerSetAside },
        };
    }

    private static RequiredCause? WithoutConsent(Guid personId, DisclosureFacts facts) => facts.Consents.GetValueOrDefault(personId) switch
    {
        null => RequiredCause.ConsentNotGiven,
        { RevokedAt: not null } => RequiredCause.ConsentRevoked,
        var consent => consent.HoldsOn(facts.Today) ? null : RequiredCause.ConsentExpired,
    };

    // A contestation stands until the department has answered again.
    private static bool IsContested(DisclosureItem item, DisclosureFacts facts) =>
        facts.Contestations.Any(contested => contested.ItemKey == item.ItemKey && !(item.AnsweredAt > contested.ContestedAt));

    private static DisclosureItem Supplied(DisclosureItem item, DisclosureFacts facts)
    {
        if (item.Status is not (DisclosureItemStatus.Required or DisclosureItemStatus.Contested))
        {
            return item;
        }

        // What was waived as a paper is no word on an answer that is disputed later.
        if (item.Status == DisclosureItemStatus.Required && facts.Waived.Contains(item.ItemKey))
        {
            return item with { Status = DisclosureItemStatus.Waived };
        }

        if (facts.Supplies.LastOrDefault(supply => supply.ItemKey == item.ItemKey) is { } supply)
        {
            return supply.Returned is null ? Held(item, supply.SuppliedAt, StatusOf(supply.Way), facts)
                : item.Status == DisclosureItemStatus.Contested ? item
                : item with { Cause = RequiredCause.SentBack };
        }

        // What a promise stood for is not shown by it a second time: only papers carry over, and they come from EarlierEvidence.
        return item.Status == DisclosureItemStatus.Required
            && facts.Earlier.LastOrDefault(earlier => earlier.ItemCode == item.ItemCode && earlier.PersonId == item.PersonId) is { } earlier
            && facts.Today <= LastDayOf(earlier.SuppliedAt, facts)
            ? Held(item, earlier.SuppliedAt, DisclosureItemStatus.OnFile, facts)
            : item;
    }

    private static DisclosureItem Held(DisclosureItem item, DateTimeOffset suppliedAt, DisclosureItemStatus status, DisclosureFacts facts)
    {
        var lastDay = LastDayOf(suppliedAt, facts);
        item = item with { SuppliedAt = suppliedAt, ValidUntilOn = lastDay };
        return facts.Today <= lastDay ? item with { Status = status } : item with { Status = DisclosureItemStatus.Expired, Cause = RequiredCause.EvidenceExpired };
    }

    private static DateOnly LastDayOf(DateTimeOffset suppliedAt, DisclosureFacts facts) =>
        ChinaTime.DayOf(suppliedAt).AddDays(facts.EvidenceValidDays);

    private static DisclosureItemStatus StatusOf(SupplyWay way) =>
        way == SupplyWay.Promise ? DisclosureItemStatus.Promised : DisclosureItemStatus.Supplied;
}

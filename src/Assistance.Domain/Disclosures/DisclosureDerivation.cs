using Assistance.Domain.Households;
using Assistance.Domain.Lookups;

namespace Assistance.Domain.Disclosures;

/// <summary>What the items of a household are derived from.</summary>
public sealed record DisclosureFacts
{
    public required DateOnly On { get; init; }

    public required IReadOnlyList<DisclosureItemType> ItemTypes { get; init; }

    public required Household Household { get; init; }

    public required bool ResidenceDiffers { get; init; }

    /// <summary>Members with a valid consent: only they are looked up.</summary>
    public required IReadOnlySet<Guid> Consenting { get; init; }

    /// <summary>The newest look-up of each member and source.</summary>
    public required IReadOnlyList<LookupStanding> Lookups { get; init; }

    public required IReadOnlyList<DisclosureSupply> Supplies { get; init; }
}

/// <summary>
/// Derives every item a household needs and where each stands. Items are never stored as mutable state, so that a look-up
/// that fails makes its item required with the cause, and an answer that comes later withdraws it again, by themselves.
/// </summary>
public static class DisclosureDerivation
{
    public static IReadOnlyList<DisclosureItem> Derive(DisclosureFacts facts) =>
    [
        .. facts.ItemTypes.SelectMany(type =>
            type.Concerns(facts.Household, facts.On, facts.ResidenceDiffers).Select(member => Item(type, member, facts))),
    ];

    public static string KeyOf(string itemCode, Guid? personId) => personId is { } id ? $"{itemCode}:{id:N}" : itemCode;

    private static DisclosureItem Item(DisclosureItemType type, HouseholdMember? member, DisclosureFacts facts)
    {
        var key = KeyOf(type.ItemCode, member?.PersonId);
        var item = new DisclosureItem
        {
            ItemKey = key,
            ItemCode = type.ItemCode,
            PersonId = member?.PersonId,
            Status = DisclosureItemStatus.Required,
            BasisCode = type.BasisCode,
            Source = type.AnsweredBy,
            Ways = type.Ways,
            Copies = type.Copies,
        };

        if (type.IsMetByTheForm)
        {
            return item with { Status = DisclosureItemStatus.OnFile };
        }

        item = Answered(type, member, item, facts);
        if (item.Status != DisclosureItemStatus.Required)
        {
            return item;
        }

        return facts.Supplies.LastOrDefault(supply => supply.ItemKey == key) is { } supply
            ? item with { Status = supply.Way == SupplyWay.Promise ? DisclosureItemStatus.Promised : DisclosureItemStatus.Supplied }
            : item;
    }

    private static DisclosureItem Answered(DisclosureItemType type, HouseholdMember? member, DisclosureItem item, DisclosureFacts facts)
    {
        if (type.AnsweredBy is not { } source || member is null)
        {
            return item with { Cause = RequiredCause.NoDepartmentAnswers };
        }

        if (!facts.Consenting.Contains(member.PersonId))
        {
            return item with { Cause = RequiredCause.ConsentNotGiven };
        }

        var lookup = facts.Lookups.LastOrDefault(lookup => lookup.PersonId == member.PersonId && lookup.Source == source);
        item = item with { LookupId = lookup?.LookupId, AnsweredAt = lookup?.AnsweredAt };
        return lookup?.State switch
        {
            null or LookupState.Pending => item with { Status = DisclosureItemStatus.LookupPending },
            LookupState.Answered => item with { Status = DisclosureItemStatus.AnsweredByDepartment },
            LookupState.NotFound when type.IsAnsweredByNoRecord => item with { Status = DisclosureItemStatus.AnsweredByDepartment },
            LookupState.NotFound => item with { Cause = RequiredCause.DepartmentHasNoRecord },
            LookupState.Unavailable => item with { Cause = RequiredCause.DepartmentUnavailable },
            _ => item with { Cause = RequiredCause.AnswerSetAside },
        };
    }
}

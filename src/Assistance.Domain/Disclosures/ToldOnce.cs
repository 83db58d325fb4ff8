using Assistance.Domain.Shared;

namespace Assistance.Domain.Disclosures;

/// <summary>How an item has changed since the household was told.</summary>
public enum DisclosureChange
{
    /// <summary>It is needed and was never told: asking for it takes a supervisor's override.</summary>
    NeededAndNotTold,

    /// <summary>It was asked for and is not needed any more.</summary>
    NoLongerNeeded,
}

/// <summary>One item that stands otherwise than the household was told.</summary>
public sealed record DisclosureDifference(string ItemKey, DisclosureChange Change);

/// <summary>
/// The gate of the second promise: what was never on the sealed list is not asked for (57 art. 10), nor what a department
/// answers (Act art. 62), nor what is on file.
/// </summary>
/// <param name="Asked">The keys of everything that the sealed list and the recorded overrides ask for.</param>
/// <param name="Received">The keys of everything the household has given in this case, with the form too: it may be replaced.</param>
public sealed record ToldOnce(IReadOnlySet<string> Asked, IReadOnlySet<string> Received)
{
    /// <summary>Whether an item is to be brought by the household, now that it is needed.</summary>
    public static bool IsToBring(DisclosureItem item) =>
        item is { Status: DisclosureItemStatus.Required or DisclosureItemStatus.Expired, IsForDepartments: false };

    /// <summary>May this be sent back? Not what a department answers by now, nor what is on file or waived: nothing new may be asked by it.</summary>
    /// <exception cref="RuleViolation">department-answers-this or already-on-file.</exception>
    public static void RequireMayBeReturned(DisclosureItem item)
    {
        if (item.IsForDepartments)
        {
            throw Refusals.DepartmentAnswersThis(item.ItemCode, item.Source!.Value.ToString());
        }

        if (item.Status is DisclosureItemStatus.OnFile or DisclosureItemStatus.Waived)
        {
            throw Refusals.AlreadyOnFile(item.ItemCode);
        }
    }

    /// <summary>
    /// May this be taken from the household? Something brought earlier may be replaced, and what the household itself keeps
    /// the departments from answering takes no second telling.
    /// </summary>
    /// <exception cref="RuleViolation">department-answers-this, already-on-file or not-on-the-sealed-list.</exception>
    public void RequireMayBeTaken(string itemKey, DisclosureItem? item)
    {
        if (item is null)
        {
            throw Refusals.NotOnTheSealedList(CodeOf(itemKey));
        }

        if (item.IsForDepartments)
        {
            throw Refusals.DepartmentAnswersThis(item.ItemCode, item.Source!.Value.ToString());
        }

        if (item.Status is DisclosureItemStatus.OnFile or DisclosureItemStatus.Waived)
        {
            throw Refusals.AlreadyOnFile(item.ItemCode);
        }

        // Who contests an answer may always show why; and who lets no department be asked knew that they show it themselves.
        if (item.Status != DisclosureItemStatus.Contested && !IsForWantOfConsent(item) && !Asked.Contains(itemKey) && !Received.Contains(itemKey))
        {
            throw Refusals.NotOnTheSealedList(item.ItemCode);
        }
    }

    /// <summary>May a supervisor have this asked for after the list was sealed? Not what a department answers or what is there.</summary>
    /// <exception cref="RuleViolation">department-answers-this, already-on-file or already-asked.</exception>
    public void RequireMayBeAdded(string itemKey, DisclosureItem? item)
    {
        if (item is { IsForDepartments: true } or { Status: DisclosureItemStatus.Contested })
        {
            throw Refusals.DepartmentAnswersThis(item.ItemCode, item.Source!.Value.ToString());
        }

        if (item is not null && item.Status != DisclosureItemStatus.Required && item.Status != DisclosureItemStatus.Expired)
        {
            throw Refusals.AlreadyOnFile(item.ItemCode);
        }

        if (Asked.Contains(itemKey))
        {
            throw Refusals.AlreadyAsked(CodeOf(itemKey));
        }
    }

    /// <summary>What has changed since the household was told, so that both sides see it and nobody asks by the way.</summary>
    public IReadOnlyList<DisclosureDifference> Differences(IReadOnlyList<DisclosureItem> items)
    {
        var now = items.ToDictionary(item => item.ItemKey);
        return
        [
            .. items.Where(item => IsToBring(item) && !Asked.Contains(item.ItemKey) && !Received.Contains(item.ItemKey))
                .Select(item => new DisclosureDifference(item.ItemKey, DisclosureChange.NeededAndNotTold)),
            .. Asked.Where(key => !now.TryGetValue(key, out var item)
                    || item.Status is DisclosureItemStatus.AnsweredByDepartment or DisclosureItemStatus.OnFile or DisclosureItemStatus.Waived)
                .Order(StringComparer.Ordinal)
                .Select(key => new DisclosureDifference(key, DisclosureChange.NoLongerNeeded)),
        ];
    }

    private static bool IsForWantOfConsent(DisclosureItem item) => item is
    {
        Status: DisclosureItemStatus.Required,
        Cause: RequiredCause.ConsentNotGiven or RequiredCause.ConsentRevoked or RequiredCause.ConsentExpired,
    };

    private static string CodeOf(string itemKey) => itemKey.Split(':')[0];
}

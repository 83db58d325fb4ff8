using Assistance.Domain.Disclosures;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Disclosures;

/// <summary>The gate: 57 art. 10 (told once, on file) and Act art. 62 (what a department answers).</summary>
public sealed class ToldOnceTests
{
    private const string Key = "tax-record:1";
    private static readonly ToldOnce Asked = new(new HashSet<string> { Key }, new HashSet<string>());
    private static readonly ToldOnce NotAsked = new(new HashSet<string>(), new HashSet<string>());
    private static readonly ToldOnce Given = new(new HashSet<string>(), new HashSet<string> { Key });

    [TestCase(DisclosureItemStatus.AnsweredByDepartment, "department-answers-this", "LAW-62")]
    [TestCase(DisclosureItemStatus.LookupPending, "department-answers-this", "LAW-62")]
    [TestCase(DisclosureItemStatus.Expired, "department-answers-this", "LAW-62", TestName = "LAW_62_an_expired_answer_is_for_the_department_to_renew")]
    [TestCase(DisclosureItemStatus.OnFile, "already-on-file", "57-10")]
    [TestCase(DisclosureItemStatus.Waived, "already-on-file", "57-10")]
    public void What_is_there_or_answered_may_not_be_taken_even_if_it_was_asked_for(DisclosureItemStatus status, string code, string basis) =>
        Assert.That(Refused.With(code, () => Asked.RequireMayBeTaken(Key, Item(status))).Basis, Is.EqualTo(basis));

    [TestCase(DisclosureItemStatus.Required)]
    [TestCase(DisclosureItemStatus.Supplied)]
    [TestCase(DisclosureItemStatus.Promised)]
    public void What_was_never_asked_for_may_not_be_taken(DisclosureItemStatus status)
    {
        Refused.With("not-on-the-sealed-list", () => NotAsked.RequireMayBeTaken(Key, Item(status)));
        Assert.That(() => Asked.RequireMayBeTaken(Key, Item(status)), Throws.Nothing);
    }

    [TestCase(DisclosureItemStatus.Required)]
    [TestCase(DisclosureItemStatus.Supplied)]
    public void What_the_household_gave_by_itself_may_be_replaced(DisclosureItemStatus status) =>
        Assert.That(() => Given.RequireMayBeTaken(Key, Item(status)), Throws.Nothing);

    [TestCase(DisclosureItemStatus.AnsweredByDepartment, "department-answers-this")]
    [TestCase(DisclosureItemStatus.OnFile, "already-on-file")]
    [TestCase(DisclosureItemStatus.Waived, "already-on-file")]
    public void What_is_answered_on_file_or_waived_by_now_is_not_sent_back(DisclosureItemStatus status, string code) =>
        Refused.With(code, () => ToldOnce.RequireMayBeReturned(Item(status)));

    [Test]
    public void What_nobody_knows_may_not_be_taken() =>
        Refused.With("not-on-the-sealed-list", () => Asked.RequireMayBeTaken("another-paper", null));

    // 57 art. 18: whoever objects shows what supports it.
    [Test]
    public void Whoever_contests_an_answer_may_show_why_without_being_asked() =>
        Assert.That(() => NotAsked.RequireMayBeTaken(Key, Item(DisclosureItemStatus.Contested)), Throws.Nothing);

    // Act art. 40; 57 art. 9: who lets no department be asked shows it themselves, and was told so when they said no.
    [TestCase(RequiredCause.ConsentNotGiven)]
    [TestCase(RequiredCause.ConsentRevoked)]
    [TestCase(RequiredCause.ConsentExpired)]
    public void What_the_household_keeps_departments_from_answering_may_be_taken_though_it_was_never_asked_for(RequiredCause cause)
    {
        var item = Item(DisclosureItemStatus.Required) with { Cause = cause };

        Assert.That(() => NotAsked.RequireMayBeTaken(Key, item), Throws.Nothing);
        Assert.That(NotAsked.Differences([item]), Is.EqualTo(new[] { new DisclosureDifference(Key, DisclosureChange.NeededAndNotTold) }));
    }

    [TestCase(RequiredCause.DepartmentUnavailable)]
    [TestCase(RequiredCause.DepartmentHasNoRecord)]
    [TestCase(RequiredCause.AnswerSetAside)]
    [TestCase(RequiredCause.NoDepartmentAnswers)]
    public void What_a_department_fails_to_answer_later_is_no_reason_to_ask_a_second_time(RequiredCause cause) =>
        Refused.With("not-on-the-sealed-list", () => NotAsked.RequireMayBeTaken(Key, Item(DisclosureItemStatus.Required) with { Cause = cause }));

    [Test]
    public void A_paper_that_expired_may_be_taken_again() =>
        Assert.That(() => Asked.RequireMayBeTaken(Key, Item(DisclosureItemStatus.Expired) with { SuppliedAt = DateTimeOffset.UnixEpoch }), Throws.Nothing);

    [TestCase(DisclosureItemStatus.AnsweredByDepartment, "department-answers-this")]
    [TestCase(DisclosureItemStatus.LookupPending, "department-answers-this")]
    [TestCase(DisclosureItemStatus.Contested, "department-answers-this")]
    [TestCase(DisclosureItemStatus.Expired, "department-answers-this")]
    [TestCase(DisclosureItemStatus.OnFile, "already-on-file")]
    [TestCase(DisclosureItemStatus.Supplied, "already-on-file")]
    [TestCase(DisclosureItemStatus.Promised, "already-on-file")]
    [TestCase(DisclosureItemStatus.Waived, "already-on-file")]
    public void No_supervisor_can_have_asked_for_what_is_there_or_answered(DisclosureItemStatus status, string code) =>
        Refused.With(code, () => NotAsked.RequireMayBeAdded(Key, Item(status)));

    [Test]
    public void A_supervisor_adds_only_what_was_not_asked_for_yet()
    {
        Refused.With("already-asked", () => Asked.RequireMayBeAdded(Key, Item(DisclosureItemStatus.Required)));
        Assert.That(() => NotAsked.RequireMayBeAdded(Key, Item(DisclosureItemStatus.Required)), Throws.Nothing);
    }

    [TestCase(DisclosureItemStatus.Required, true, null)]
    [TestCase(DisclosureItemStatus.Required, false, DisclosureChange.NeededAndNotTold)]
    [TestCase(DisclosureItemStatus.AnsweredByDepartment, true, DisclosureChange.NoLongerNeeded)]
    [TestCase(DisclosureItemStatus.OnFile, true, DisclosureChange.NoLongerNeeded)]
    [TestCase(DisclosureItemStatus.Waived, true, DisclosureChange.NoLongerNeeded)]
    [TestCase(DisclosureItemStatus.AnsweredByDepartment, false, null)]
    [TestCase(DisclosureItemStatus.Supplied, true, null)]
    [TestCase(DisclosureItemStatus.Expired, false, null, TestName = "An_expired_answer_asks_nothing_of_the_household")]
    public void The_difference_to_what_was_told_is_shown(DisclosureItemStatus status, bool isAsked, DisclosureChange? change) =>
        Assert.That(
            (isAsked ? Asked : NotAsked).Differences([Item(status)]).Select(difference => (DisclosureChange?)difference.Change),
            Is.EqualTo(change is null ? [] : new[] { change }));

    [Test]
    public void What_was_asked_for_and_concerns_nobody_any_more_is_no_longer_needed() =>
        Assert.That(Asked.Differences([]), Is.EqualTo(new[] { new DisclosureDifference(Key, DisclosureChange.NoLongerNeeded) }));

    // Whatever the standing and the list: what a department answers is never taken, and nothing that was not asked for.
    [Test]
    public void Nothing_is_taken_that_is_not_on_the_list_or_that_a_department_answers() =>
        Gen.Select(Gen.Enum<DisclosureItemStatus>(), Gen.Bool, Gen.Bool).Sample((status, isAsked, wasSupplied) =>
        {
            var item = Item(status) with { SuppliedAt = wasSupplied ? DateTimeOffset.UnixEpoch : null };
            var isTaken = IsTaken(isAsked ? Asked : NotAsked, item);
            return !isTaken || (!item.IsForDepartments && (isAsked || status == DisclosureItemStatus.Contested));
        });

    private static bool IsTaken(ToldOnce gate, DisclosureItem item)
    {
        try
        {
            gate.RequireMayBeTaken(Key, item);
            return true;
        }
        catch (RuleViolation)
        {
            return false;
        }
    }

    private static DisclosureItem Item(DisclosureItemStatus status) => new()
    {
        ItemKey = Key,
        ItemCode = "tax-record",
        Status = status,
        BasisCode = "57-13",
        Source = LookupSource.Tax,
    };
}

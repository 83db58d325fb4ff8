using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>N22 part 1(3).</summary>
public sealed class NoMemberIsRecordedDeadTests
{
    private static readonly string[] Bases = ["N22-1-3"];

    [Test]
    public void Without_a_record_nothing_is_open() =>
        new NoMemberIsRecordedDead().On(AnInput()).Holds(Outcome.Eligible, "no-member-recorded-dead", Bases, "unanswered=0");

    [Test]
    public void Silence_is_told_and_holds_nobody_up() =>
        new NoMemberIsRecordedDead().On(AnInput() with { DeathUnanswered = 2 }).Holds(Outcome.Eligible, "no-member-recorded-dead", Bases, "unanswered=2");

    [Test]
    public void A_member_on_record_as_dead_whom_the_household_counts_needs_review() =>
        new NoMemberIsRecordedDead().On(AnInput(null, ADeath(Child, Today))).Holds(Outcome.NeedsReview, "member-recorded-dead", Bases, "members=1");

    [Test]
    public void Two_records_of_one_death_are_one_member() =>
        new NoMemberIsRecordedDead().On(AnInput(null, ADeath(Child, Today), ADeath(Child, Today.AddDays(-1))))
            .Holds(Outcome.NeedsReview, "member-recorded-dead", Bases, "members=1");

    [Test]
    public void A_death_that_was_reported_is_not_open() =>
        new NoMemberIsRecordedDead().On(AnInput(ABoringHousehold().WhereDied(Child, Today), ADeath(Child, Today)))
            .Holds(Outcome.Eligible, "no-member-recorded-dead", Bases, "unanswered=0");

    [Test]
    public void The_record_of_a_stranger_is_not_open() =>
        new NoMemberIsRecordedDead().On(AnInput(null, ADeath(Stranger, Today))).Holds(Outcome.Eligible, "no-member-recorded-dead", Bases, "unanswered=0");
}

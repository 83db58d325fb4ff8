using Assistance.Domain.Lookups;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Lookups;

/// <summary>政务数据共享条例 arts 21, 22 and 26.</summary>
public sealed class SharingClocksTests
{
    [TestCase(SharingClock.Reply, SharingKind.Unconditional, 1, "ZS-21")]
    [TestCase(SharingClock.Reply, SharingKind.Conditional, 10, "ZS-21")]
    [TestCase(SharingClock.ExtendedReply, SharingKind.Unconditional, 11, "ZS-21")]
    [TestCase(SharingClock.ExtendedReply, SharingKind.Conditional, 20, "ZS-21")]
    [TestCase(SharingClock.Delivery, SharingKind.Unconditional, 20, "ZS-22")]
    [TestCase(SharingClock.Delivery, SharingKind.Conditional, 20, "ZS-22")]
    public void Each_clock_has_the_working_days_of_its_article(SharingClock clock, SharingKind kind, int workingDays, string basis) =>
        Assert.That((SharingClocks.WorkingDays(clock, kind), SharingClocks.BasisOf(clock)), Is.EqualTo((workingDays, basis)));

    [Test]
    public void A_correction_is_answered_within_ten_working_days() => Assert.That(SharingClocks.CorrectionWorkingDays, Is.EqualTo(10));
}

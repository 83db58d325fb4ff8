using Assistance.Domain.Intake;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Intake;

/// <summary>Who may act for a household, for what and until when: 57 art. 6, Act art. 37(3).</summary>
public sealed class AgentMandateTests
{
    private static readonly AgentMandate Mandate = new()
    {
        Kind = AgentKind.Person,
        Scope = [MandateScope.Apply, MandateScope.SupplyMaterials],
        SignedOn = new DateOnly(2026, 9, 1),
        EndsOn = new DateOnly(2026, 9, 30),
    };

    [TestCase("2026-09-01", TestName = "It_covers_from_the_day_it_was_signed")]
    [TestCase("2026-09-30", TestName = "It_covers_on_its_last_day")]
    public void It_covers_what_it_names_while_it_holds(string day) =>
        Assert.That(() => Mandate.RequireCovers(MandateScope.SupplyMaterials, Seeds.Day(day)!.Value), Throws.Nothing);

    [TestCase("2026-08-31", "MandateNotSignedYet", TestName = "It_does_not_cover_the_day_before_it_was_signed")]
    [TestCase("2026-10-01", "MandateEnded", TestName = "It_does_not_cover_the_day_after_its_last")]
    public void It_covers_nothing_outside_its_days(string day, string cause) =>
        Assert.That(
            Refused.With("mandate-does-not-cover", () => Mandate.RequireCovers(MandateScope.Apply, Seeds.Day(day)!.Value)).Arguments["cause"],
            Is.EqualTo(cause));

    [TestCase(MandateScope.Contest)]
    [TestCase(MandateScope.ReceiveNotices)]
    public void It_covers_nothing_that_it_does_not_name(MandateScope scope)
    {
        var refusal = Refused.With("mandate-does-not-cover", () => Mandate.RequireCovers(scope, Today));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Arguments["scope"], Is.EqualTo(scope.ToString()));
            Assert.That(refusal.Arguments["cause"], Is.EqualTo("MandateForSomethingElse"));
        }
    }

    [TestCase(-1, false)]
    [TestCase(0, false, TestName = "It_covers_nothing_from_the_day_it_was_revoked")]
    [TestCase(1, true)]
    public void It_covers_nothing_once_revoked(int revokedDaysLater, bool covers)
    {
        var revoked = Mandate with { RevokedOn = Today.AddDays(revokedDaysLater) };

        Assert.That(() => revoked.RequireCovers(MandateScope.Apply, Today), covers ? Throws.Nothing : Throws.Exception);
    }

    [Test]
    public void Without_a_last_day_it_holds_until_it_is_revoked() =>
        Assert.That(() => (Mandate with { EndsOn = null }).RequireCovers(MandateScope.Apply, Today.AddYears(5)), Throws.Nothing);

    [Test]
    public void An_adult_member_grants_one() =>
        Assert.That(() => AgentMandate.RequireMayGrant(ABoringHousehold(), Mother, [], Today), Throws.Nothing);

    [Test]
    public void A_minor_grants_none() =>
        Refused.With("mandate-not-theirs-to-grant", () => AgentMandate.RequireMayGrant(ABoringHousehold(), Child, [], Today));

    [Test]
    public void A_stranger_grants_none() =>
        Refused.With("mandate-not-theirs-to-grant", () => AgentMandate.RequireMayGrant(ABoringHousehold(), Stranger, [], Today));

    [Test]
    public void The_dead_grant_none() =>
        Refused.With("mandate-not-theirs-to-grant", () => AgentMandate.RequireMayGrant(ABoringHousehold().WhereDied(Mother, Today), Mother, [], Today));

    [Test]
    public void A_recorded_guardian_grants_one() =>
        Assert.That(() => AgentMandate.RequireMayGrant(ABoringHousehold(), Stranger, [Stranger], Today), Throws.Nothing);

    [Test]
    public void A_guardian_acts_for_a_minor() =>
        Assert.That(() => AgentMandate.RequireNeedsGuardian(ABoringHousehold(), Child, Today), Throws.Nothing);

    [Test]
    public void A_guardian_does_not_act_for_an_adult() =>
        Refused.With("guardian-not-needed", () => AgentMandate.RequireNeedsGuardian(ABoringHousehold(), Mother, Today));

    [Test]
    public void A_guardian_does_not_act_for_a_stranger() =>
        Refused.With("member-not-in-household", () => AgentMandate.RequireNeedsGuardian(ABoringHousehold(), Stranger, Today));
}

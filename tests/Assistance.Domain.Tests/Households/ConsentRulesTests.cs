using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Households;

/// <summary>Who consents to whose verification: Act arts 40 and 41; 57 art. 9.</summary>
public sealed class ConsentRulesTests
{
    private static readonly Guid Uncle = new("00000000-0000-7000-8000-000000000003");
    private static readonly Guid Guardian = new("00000000-0000-7000-8000-000000000004");
    private static readonly Household TheHousehold = ABoringHousehold() with { Obligors = [new Obligor(Uncle, Relationship.Sibling)] };

    private static IEnumerable<TestCaseData> Allowed =>
    [
        new TestCaseData(TheHousehold, Mother, Mother, Array.Empty<Guid>()).SetArgDisplayNames("an adult themselves"),
        new TestCaseData(TheHousehold, Child, Mother, Array.Empty<Guid>()).SetArgDisplayNames("an adult of the household for a minor"),
        new TestCaseData(TheHousehold, Child, Guardian, new[] { Guardian }).SetArgDisplayNames("the guardian on record for a minor"),
        new TestCaseData(WithoutCapacity(), Mother, Guardian, new[] { Guardian }).SetArgDisplayNames("the guardian for somebody without capacity"),
        new TestCaseData(TheHousehold, Uncle, Uncle, Array.Empty<Guid>()).SetArgDisplayNames("an obligor themselves"),
    ];

    private static IEnumerable<TestCaseData> Barred =>
    [
        new TestCaseData(TheHousehold, Mother, Child, Array.Empty<Guid>(), "LAW-40").SetArgDisplayNames("a minor for an adult"),
        new TestCaseData(TheHousehold, Mother, Guardian, new[] { Guardian }, "LAW-40").SetArgDisplayNames("a guardian for who acts themselves"),
        new TestCaseData(TheHousehold, Child, Child, Array.Empty<Guid>(), "LAW-40").SetArgDisplayNames("a minor themselves"),
        new TestCaseData(TheHousehold, Child, Guardian, Array.Empty<Guid>(), "LAW-40").SetArgDisplayNames("a guardian who is not on record"),
        new TestCaseData(TheHousehold, Child, Uncle, Array.Empty<Guid>(), "LAW-40").SetArgDisplayNames("an obligor for a minor"),
        new TestCaseData(WithoutCapacity(), Child, Mother, Array.Empty<Guid>(), "LAW-40").SetArgDisplayNames("a parent without capacity"),
        new TestCaseData(TheHousehold.WhereDied(Mother, Today.AddDays(-1)), Child, Mother, Array.Empty<Guid>(), "LAW-40").SetArgDisplayNames("a parent who died"),
        new TestCaseData(TheHousehold, Uncle, Mother, Array.Empty<Guid>(), "LAW-41").SetArgDisplayNames("a member for an obligor"),
    ];

    [TestCaseSource(nameof(Allowed))]
    public void A_consent_is_signed_by(Household household, Guid person, Guid signer, Guid[] guardians) =>
        Assert.That(() => ConsentRules.RequireMaySign(household, person, signer, guardians, Today), Throws.Nothing);

    [TestCaseSource(nameof(Barred))]
    public void A_consent_is_not_signed_by(Household household, Guid person, Guid signer, Guid[] guardians, string basis) =>
        Assert.That(
            Refused.With("consent-not-theirs-to-sign", () => ConsentRules.RequireMaySign(household, person, signer, guardians, Today)).Basis, Is.EqualTo(basis));

    [Test]
    public void Neither_a_stranger_nor_the_dead_consent() => Assert.Multiple(() =>
    {
        Refused.With("consent-not-of-the-case", () => ConsentRules.RequireMaySign(TheHousehold, Stranger, Stranger, [], Today));
        Refused.With("consent-not-of-the-case", () => ConsentRules.RequireMaySign(TheHousehold.WhereDied(Mother, Today), Mother, Mother, [], Today));
    });

    [Test]
    public void An_agent_says_no_only_for_whom_the_mandate_comes_from_or_who_cannot_act() => Assert.Multiple(() =>
    {
        Assert.That(() => ConsentRules.RequireMaySpeakFor(TheHousehold, Mother, Mother, Today), Throws.Nothing);
        Assert.That(() => ConsentRules.RequireMaySpeakFor(TheHousehold, Uncle, Uncle, Today), Throws.Nothing);
        Assert.That(() => ConsentRules.RequireMaySpeakFor(TheHousehold, Child, Mother, Today), Throws.Nothing);
        Refused.With("mandate-does-not-cover", () => ConsentRules.RequireMaySpeakFor(TheHousehold, Mother, Child, Today));
        Refused.With("mandate-does-not-cover", () => ConsentRules.RequireMaySpeakFor(TheHousehold, Uncle, Mother, Today));
        Refused.With("consent-not-of-the-case", () => ConsentRules.RequireMaySpeakFor(TheHousehold, Stranger, Stranger, Today));
    });

    private static readonly LookupConsent Consent = new(Guid.NewGuid(), Today.AddDays(-10), EndsOn: Today, RevokedAt: null);

    private static IEnumerable<TestCaseData> Standings =>
    [
        new TestCaseData(null, false, ConsentStanding.NotGiven),
        new TestCaseData(null, true, ConsentStanding.Refused),
        new TestCaseData(Consent, false, ConsentStanding.Holds),
        new TestCaseData(Consent, true, ConsentStanding.Holds).SetArgDisplayNames("who refused and consents later"),
        new TestCaseData(Consent with { EndsOn = Today.AddDays(-1) }, false, ConsentStanding.Expired),
        new TestCaseData(Consent with { RevokedAt = Now }, true, ConsentStanding.Revoked),
    ];

    [TestCaseSource(nameof(Standings))]
    public void The_newest_consent_decides(LookupConsent? newest, bool hasRefused, ConsentStanding standing) =>
        Assert.That(ConsentRules.StandingOf(newest, hasRefused, Today), Is.EqualTo(standing));

    private static Household WithoutCapacity() => TheHousehold.Where(Mother, member => member with { HasLegalCapacity = false });
}

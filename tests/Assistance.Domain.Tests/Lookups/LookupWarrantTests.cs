using System.Reflection;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Lookups;

/// <summary>Who may be asked about: Act arts 40, 41 and 70(6); 57 art. 9.</summary>
public sealed class LookupWarrantTests
{
    private static readonly LookupConsent Consent = new(Guid.NewGuid(), Today.AddDays(-10), EndsOn: null, RevokedAt: null);

    private static readonly LookupSubject Subject = new()
    {
        CaseFileId = Guid.NewGuid(),
        PersonId = Mother,
        IsCaseOpen = true,
        IsOfTheCase = true,
        NeededSources = [LookupSource.Tax],
        Consent = Consent,
    };

    private static IEnumerable<TestCaseData> Barred =>
    [
        new TestCaseData(Subject with { IsCaseOpen = false }, LookupBar.CaseClosed, "LAW-70"),
        new TestCaseData(Subject with { IsOfTheCase = false }, LookupBar.NotOfTheCase, "LAW-70"),
        new TestCaseData(Subject with { Consent = null }, LookupBar.ConsentNotGiven, "LAW-40"),
        new TestCaseData(Subject with { Consent = Consent with { RevokedAt = Now } }, LookupBar.ConsentRevoked, "LAW-40"),
        new TestCaseData(Subject with { Consent = Consent with { EndsOn = Today.AddDays(-1) } }, LookupBar.ConsentExpired, "LAW-40"),
        new TestCaseData(Subject with { Consent = Consent with { SignedOn = Today.AddDays(1) } }, LookupBar.ConsentExpired, "LAW-40"),
    ];

    [TestCaseSource(nameof(Barred))]
    public void Without_a_case_a_person_and_a_consent_there_is_no_warrant(LookupSubject subject, LookupBar bar, string basis)
    {
        var refused = Assert.Throws<RuleViolation>(() => LookupWarrant.For(subject, LookupSource.Tax, LookupPurpose.MeansVerification, "officer", Today))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused.Code, refused.Kind, refused.Basis), Is.EqualTo(("lookup-not-permitted", ViolationKind.Forbidden, basis)));
            Assert.That(refused.Arguments["bar"], Is.EqualTo(bar.ToString()));
            Assert.That(LookupWarrant.BarOf(subject, Today), Is.EqualTo(bar));
        }
    }

    // Act art. 70(6): what has nothing to do with the case is not looked up.
    [Test]
    public void A_department_that_the_case_needs_nothing_of_is_not_asked()
    {
        var refused = Refused.With("lookup-not-permitted", () => LookupWarrant.For(Subject, LookupSource.Education, LookupPurpose.Recheck, "officer", Today));

        Assert.That((refused.Basis, refused.Arguments["bar"]), Is.EqualTo(("LAW-70", "SourceNotNeeded")));
    }

    [Test]
    public void A_warrant_cannot_be_had_or_bent_in_any_other_way() => Assert.Multiple(() =>
    {
        Assert.That(typeof(LookupWarrant).GetConstructors(BindingFlags.Public | BindingFlags.Instance), Is.Empty);
        Assert.That(
            typeof(LookupWarrant).GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance), Has.All.Property(nameof(ConstructorInfo.IsPrivate)).True);
        // With nothing to set, a copy by "with" is the same warrant again.
        Assert.That(typeof(LookupWarrant).GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(property => property.SetMethod is not null), Is.Empty);
        Assert.That(typeof(LookupWarrant).IsSealed);
    });

    [Test]
    public void A_consent_holds_on_its_last_day() => Assert.That(
        LookupWarrant.BarOf(Subject with { Consent = Consent with { EndsOn = Today } }, Today), Is.Null);

    [TestCase(LookupPurpose.MeansVerification, "LAW-41")]
    [TestCase(LookupPurpose.Recheck, "57-18")]
    [TestCase(LookupPurpose.AwardReview, "57-31")]
    public void A_warrant_says_whom_where_why_and_on_which_consent(LookupPurpose purpose, string basis)
    {
        var warrant = LookupWarrant.For(Subject, LookupSource.Tax, purpose, "officer", Today);

        Assert.That(
            (warrant.CaseFileId, warrant.PersonId, warrant.Source, warrant.Purpose, warrant.BasisCode, warrant.ConsentId, warrant.CausedBy),
            Is.EqualTo((Subject.CaseFileId, Mother, LookupSource.Tax, purpose, basis, Consent.ConsentId, "officer")));
    }
}

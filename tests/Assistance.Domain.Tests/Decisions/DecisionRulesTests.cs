using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Decisions;

public sealed class DecisionRulesTests
{
    private static readonly Assessment Eligible = Assessor.Assess(AnInput());

    private static readonly Assessment Ineligible = Assessor.Assess(AnInput(
        ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, new Money(2_000_00)))));

    private static readonly Assessment NeedsReview = Assessor.Assess(AnInput() with
    {
        Gaps = [new EvidenceGap(Mother, LookupSource.Tax, LookupState.Unavailable)],
    });

    // Act art. 44: street and district look independently.
    [Test]
    public void Whoever_reviewed_cannot_confirm()
    {
        var refusal = Refused.With("own-review", () => DecisionRules.RequireAnotherOfficer("officer-7", "officer-7"));

        Assert.That(refusal.Basis, Is.EqualTo("LAW-44"));
    }

    [Test]
    public void Another_officer_confirms() =>
        Assert.That(() => DecisionRules.RequireAnotherOfficer("officer-7", "officer-8"), Throws.Nothing);

    [Test]
    public void An_opinion_follows_the_assessment()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => DecisionRules.RequireOpinionFits(ReviewOpinion.ProposeGrant, Eligible), Throws.Nothing);
            Assert.That(() => DecisionRules.RequireOpinionFits(ReviewOpinion.ProposeRefusal, Ineligible), Throws.Nothing);
        }
    }

    [Test]
    public void To_refuse_an_eligible_household_contradicts_the_assessment()
    {
        var refusal = Refused.With(
            "opinion-contradicts-assessment", () => DecisionRules.RequireOpinionFits(ReviewOpinion.ProposeRefusal, Eligible));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Arguments["opinion"], Is.EqualTo("ProposeRefusal"));
            Assert.That(refusal.Arguments["outcome"], Is.EqualTo("Eligible"));
        }
    }

    [Test]
    public void To_grant_to_an_ineligible_household_contradicts_the_assessment() =>
        Refused.With("opinion-contradicts-assessment", () => DecisionRules.RequireOpinionFits(ReviewOpinion.ProposeGrant, Ineligible));

    // Silence of a department is neither a yes nor a no.
    [Test]
    public void Nothing_open_is_decided_either_way([Values] ReviewOpinion opinion)
    {
        var refusal = Refused.With("assessment-needs-review", () => DecisionRules.RequireOpinionFits(opinion, NeedsReview));

        Assert.That(refusal.Arguments["findings"], Is.EqualTo("means-not-shown"));
    }

    // 57 art. 21
    [TestCase("2026-09-10", "2026-10-01")]
    [TestCase("2026-09-01", "2026-10-01")]
    [TestCase("2026-12-31", "2027-01-01")]
    public void A_decision_takes_effect_in_the_month_after_it(string decidedOn, string effective) =>
        Assert.That(DecisionRules.EffectiveMonth(Seeds.Day(decidedOn)!.Value), Is.EqualTo(Seeds.Day(effective)));
}

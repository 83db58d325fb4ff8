using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Decisions;

/// <summary>What a reassessment means for an award, and the gate of Act art. 48.</summary>
public sealed class ProposedChangeTests
{
    // Two members at 750 yuan less a wage of 600.
    private static readonly Money Owed = new(900_00);

    [TestCase(900_01, DecisionKind.Reduce, true, "LAW-47", TestName = "LAW_48_one_fen_less_is_a_reduction_and_needs_a_hearing")]
    [TestCase(899_99, DecisionKind.Increase, false, "LAW-47", TestName = "One_fen_more_is_an_increase_and_needs_no_hearing")]
    [TestCase(900_00, null, false, "57-31", TestName = "57_31_without_a_change_the_amount_stays")]
    public void The_difference_decides_the_kind(long currentFen, DecisionKind? kind, bool needsHearing, string basis) =>
        Assert.That(
            ProposedChange.From(new Money(currentFen), Assessor.Assess(AnInput())),
            Is.EqualTo(new ProposedChange(kind, new Money(currentFen), Owed, needsHearing, basis)));

    [Test]
    public void An_ineligible_household_is_stopped_after_a_hearing() =>
        Assert.That(
            ProposedChange.From(Owed, Rich()),
            Is.EqualTo(new ProposedChange(DecisionKind.Stop, Owed, Money.Zero, NeedsPriorHearing: true, "LAW-47")));

    // N22 part 1(3): nobody is left to be heard.
    [Test]
    public void Where_nobody_survives_the_award_stops_without_a_hearing()
    {
        var household = ABoringHousehold().WhereDied(Mother, Today.AddDays(-3)).WhereDied(Child, Today.AddDays(-2));
        var input = AnInput(household, ADeath(Mother, Today.AddDays(-3)), ADeath(Child, Today.AddDays(-2)));

        var change = ProposedChange.From(Owed, Assessor.Assess(input));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(change, Is.EqualTo(new ProposedChange(DecisionKind.Stop, Owed, Money.Zero, NeedsPriorHearing: false, "N22-1-3")));
            Assert.That(() => change.RequireDecidable(null), Throws.Nothing);
        }
    }

    // The register and not somebody's word has to say that they died: else nobody would be heard and nothing proven.
    [Test]
    public void A_death_that_is_on_no_record_proposes_nothing()
    {
        var household = ABoringHousehold().WhereDied(Mother, Today.AddDays(-3)).WhereDied(Child, Today.AddDays(-2));

        Refused.With("assessment-needs-review", () => ProposedChange.From(Owed, Assessor.Assess(AnInput(household))));
    }

    [Test]
    public void An_assessment_with_something_open_proposes_nothing()
    {
        var input = AnInput() with { Gaps = [new EvidenceGap(Mother, LookupSource.Tax, LookupState.Unavailable)] };

        Refused.With("assessment-needs-review", () => ProposedChange.From(new Money(1_000_00), Assessor.Assess(input)));
    }

    [Test]
    public void Without_a_hearing_a_reduction_is_refused() => RefusedWithoutAHearing(AReduction(), "Reduce");

    [Test]
    public void Without_a_hearing_a_stop_is_refused() => RefusedWithoutAHearing(AStop(), "Stop");

    [Test]
    public void An_answer_that_was_adopted_is_assessed_anew_and_not_decided()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var change in new[] { AReduction(), AStop() })
            {
                var refusal = Refused.With("hearing-adopted-reassess", () => change.RequireDecidable(AHearing() with { IsAdopted = true }));
                Assert.That(refusal.Basis, Is.EqualTo("LAW-48"));
            }
        }
    }

    [Test]
    public void After_a_hearing_a_reduction_or_a_stop_is_decidable([Values] HearingAnswer answer)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => AReduction().RequireDecidable(AHearing() with { Answer = answer }), Throws.Nothing);
            Assert.That(() => AStop().RequireDecidable(AHearing() with { Answer = answer }), Throws.Nothing);
        }
    }

    [Test]
    public void An_increase_is_decidable_at_once() =>
        Assert.That(() => ProposedChange.From(new Money(1), Assessor.Assess(AnInput())).RequireDecidable(null), Throws.Nothing);

    [TestCase(false)]
    [TestCase(true)]
    public void Without_a_change_there_is_nothing_to_decide(bool isHeard) =>
        Refused.With(
            "nothing-to-decide",
            () => ProposedChange.From(Owed, Assessor.Assess(AnInput())).RequireDecidable(isHeard ? AHearing() : null));

    // Act art. 48, for whatever amounts: who would get less is heard first.
    [Test]
    public void Nobody_who_lives_gets_less_unheard() =>
        Gen.Select(Gen.Long[0, 3_000_00], Gen.Long[0, 3_000_00]).Sample(
            (currentFen, wageFen) =>
            {
                var input = AnInput(ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, new Money(wageFen))));
                var change = ProposedChange.From(new Money(currentFen), Assessor.Assess(input));
                return change.NeedsPriorHearing == (change.Kind is DecisionKind.Reduce or DecisionKind.Stop)
                    && (change.NewMonthlyFen >= change.OldMonthlyFen || change.NeedsPriorHearing);
            },
            iter: 1_000);

    private static void RefusedWithoutAHearing(ProposedChange change, string kind)
    {
        var refusal = Refused.With("prior-hearing-missing", () => change.RequireDecidable(null));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Basis, Is.EqualTo("LAW-48"));
            Assert.That(refusal.Arguments["kind"], Is.EqualTo(kind));
        }
    }

    private static ProposedChange AReduction() => ProposedChange.From(new Money(1_000_00), Assessor.Assess(AnInput()));

    private static ProposedChange AStop() => ProposedChange.From(Owed, Rich());

    private static Assessment Rich() =>
        Assessor.Assess(AnInput(ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, new Money(2_000_00)))));
}

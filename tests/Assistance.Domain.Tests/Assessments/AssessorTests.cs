using Assistance.Domain.Assessments;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments;

public sealed class AssessorTests
{
    private static readonly EvidenceGap Gap = new(Mother, LookupSource.Tax, LookupState.Unavailable);

    private static readonly string[] AllRules =
    [
        "RegistrationAgreesWithTheRegister", "NoMemberIsRecordedDead", "ReportedDeathsAreOnRecord", "MeansOfEveryMemberAreShown",
        "DisagreementsAreResolved",
        "CompositionIsClear",
        "PerCapitaIncomeIsBelowTheStandard", "FinancialAssetsAreWithinTheLimit", "VehiclesAreWithinTheLimit", "HousesAreWithinTheLimit",
    ];

    [Test]
    public void A_boring_household_is_eligible_by_every_rule()
    {
        var assessment = Assessor.Assess(AnInput());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assessment.Outcome, Is.EqualTo(Outcome.Eligible));
            Assert.That(assessment.Findings.Select(finding => finding.Rule), Is.EqualTo(AllRules));
            Assert.That(assessment.Findings.Select(finding => finding.Outcome), Is.All.EqualTo(Outcome.Eligible));
            Assert.That(assessment.Deciding.Count(), Is.EqualTo(AllRules.Length));
            Assert.That(assessment.NobodySurvives, Is.False);
            Assert.That(assessment.StandardFen, Is.EqualTo(new Money(StandardFen)));
        }
    }

    [Test]
    public void One_open_question_outweighs_all_that_speaks_for_the_household()
    {
        var assessment = Assessor.Assess(AnInput() with { Gaps = [Gap] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assessment.Outcome, Is.EqualTo(Outcome.NeedsReview));
            Assert.That(assessment.Deciding.Select(finding => finding.Code), Is.EqualTo(["means-not-shown"]));
        }
    }

    [Test]
    public void One_ground_against_outweighs_an_open_question()
    {
        var household = ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, new Money(2_000_00)));

        var assessment = Assessor.Assess(AnInput(household) with { Gaps = [Gap] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assessment.Outcome, Is.EqualTo(Outcome.Ineligible));
            Assert.That(assessment.Deciding.Select(finding => finding.Code), Is.EqualTo(["income-not-below-standard"]));
        }
    }

    [Test]
    public void All_rules_are_heard_though_one_has_decided()
    {
        var household = ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, new Money(2_000_00))) with
        {
            Properties = [new DeclaredProperty(Mother, PropertyKind.Vehicle, Money.Zero), new DeclaredProperty(Mother, PropertyKind.House, Money.Zero, 2)],
        };

        Assert.That(
            Assessor.Assess(AnInput(household)).Deciding.Select(finding => finding.Code),
            Is.EqualTo(["income-not-below-standard", "vehicles-above-limit", "houses-above-limit"]));
    }

    // 57 art. 23: the difference, to the fen.
    [TestCase(0, 1_500_00)]
    [TestCase(600_00, 900_00)]
    [TestCase(100_01, 1_399_99)]
    [TestCase(1_499_99, 1)]
    public void The_allowance_is_the_standard_for_each_less_the_income(long wageFen, long monthlyFen) =>
        Assert.That(Assessor.Assess(AnInput(WithWage(wageFen))).MonthlyFen, Is.EqualTo(new Money(monthlyFen)));

    [TestCase(1_500_00)]
    [TestCase(9_999_00)]
    public void An_ineligible_household_is_owed_nothing(long wageFen) =>
        Assert.That(Assessor.Assess(AnInput(WithWage(wageFen))).MonthlyFen, Is.EqualTo(Money.Zero));

    [Test]
    public void A_household_ineligible_for_its_property_is_owed_nothing() =>
        Assert.That(
            Assessor.Assess(AnInput(ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.Vehicle, Money.Zero)))).MonthlyFen,
            Is.EqualTo(Money.Zero));

    [Test]
    public void While_something_is_open_the_amount_is_computed_all_the_same() =>
        Assert.That(Assessor.Assess(AnInput() with { Gaps = [Gap] }).MonthlyFen, Is.EqualTo(new Money(900_00)));

    [Test]
    public void Where_nobody_survives_no_other_rule_is_heard()
    {
        var household = ABoringHousehold().WhereDied(Mother, Today.AddDays(-5)).WhereDied(Child, Today.AddDays(-2));
        var input = AnInput(household, ADeath(Mother, Today.AddDays(-5)), ADeath(Child, Today.AddDays(-2)));

        var assessment = Assessor.Assess(input);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assessment.NobodySurvives);
            Assert.That(assessment.Outcome, Is.EqualTo(Outcome.Ineligible));
            Assert.That(assessment.Findings.Select(finding => finding.Code), Is.EqualTo(["nobody-survives"]));
            Assert.That(assessment.MonthlyFen, Is.EqualTo(Money.Zero));
        }
    }

    [Test]
    public void Where_the_last_death_is_on_no_record_somebody_has_to_look()
    {
        var household = ABoringHousehold().WhereDied(Mother, Today.AddDays(-5)).WhereDied(Child, Today.AddDays(-2));

        var assessment = Assessor.Assess(AnInput(household, ADeath(Mother, Today.AddDays(-5))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assessment.Outcome, Is.EqualTo(Outcome.NeedsReview));
            Assert.That(assessment.Findings.Select(finding => finding.Code), Is.EqualTo(["death-not-on-record"]));
            Assert.That(assessment.MonthlyFen, Is.EqualTo(Money.Zero));
        }
    }

    [TestCase(false, false, false, false, false, false)]
    [TestCase(true, false, false, false, false, true)]
    [TestCase(false, true, false, false, false, true)]
    [TestCase(false, false, true, false, false, true)]
    [TestCase(false, false, false, true, false, true)]
    [TestCase(false, false, false, false, true, true)]
    public void One_sample_makes_the_whole_a_sample(bool standard, bool assets, bool vehicles, bool houses, bool absence, bool usesSamples)
    {
        var input = AnInput();
        foreach (var (code, isSample) in new[]
        {
            (ParameterCodes.Standard, standard), (ParameterCodes.FinancialAssetsMultiple, assets), (ParameterCodes.VehiclesAllowed, vehicles),
            (ParameterCodes.HousesAllowed, houses), (ParameterCodes.LongAbsenceMonths, absence),
        })
        {
            input = input.With(input.Parameter(code) with { IsSample = isSample });
        }


        Assert.That(Assessor.Assess(input).UsesSamples, Is.EqualTo(usesSamples));
    }

    [Test]
    public void Only_a_programme_with_rules_is_assessed([Values] Programme programme)
    {
        if (programme is Programme.SubsistenceAllowance or Programme.ExtremePovertySupport or Programme.MarginalLowIncome
            or Programme.EssentialExpenditureHardship or Programme.TemporaryAssistance)
        {
            Assert.That(Assessor.Assess(AnInput() with { Programme = programme }).Findings, Is.Not.Empty);
            return;
        }

        Refused.With("no-rules-for-programme", () => Assessor.Assess(AnInput() with { Programme = programme }));
    }

    // A refusal by a wrong number of members would outweigh the open question (57 art. 7).
    [Test]
    public void Until_it_is_clear_who_counts_no_means_are_judged()
    {
        var household = WithWage(2_000_00) with
        {
            Members = [AMember(), AMember(Child, Relationship.Grandparent, new DateOnly(1940, 1, 1))],
        };

        var assessment = Assessor.Assess(AnInput(household));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assessment.Outcome, Is.EqualTo(Outcome.NeedsReview));
            Assert.That(assessment.Deciding.Select(finding => finding.Code), Is.EqualTo(["composition-open"]));
            Assert.That(assessment.Findings.Select(finding => finding.Rule), Has.None.EqualTo("PerCapitaIncomeIsBelowTheStandard"));
            Assert.That(assessment.NobodySurvives, Is.False);
        }
    }

    // 57 art. 7: whoever is in prison neither divides the income nor adds to it.
    [Test]
    public void Only_the_means_of_those_who_count_are_judged_and_only_they_are_covered()
    {
        var household = ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, new Money(100_00)), new DeclaredIncome(Stranger, IncomeKind.Wages, new Money(9_000_00))) with
        {
            Members = [.. ABoringHousehold().Members, AMember(Stranger, Relationship.Spouse, new DateOnly(1984, 1, 1))],
            Properties =
            [
                new DeclaredProperty(Stranger, PropertyKind.Vehicle, new Money(1)),
                new DeclaredProperty(Stranger, PropertyKind.House, new Money(1), 5),
                new DeclaredProperty(Stranger, PropertyKind.Deposit, new Money(99_999_99)),
            ],
        };

        var assessment = Assessor.Assess(AnInput(household.WhereAway(Stranger, AbsenceKind.Imprisonment, Today.AddDays(-1))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assessment.Outcome, Is.EqualTo(Outcome.Eligible));
            Assert.That(assessment.Economy.Members, Is.EqualTo(2));
            Assert.That(assessment.Economy.NotCounted, Is.EqualTo(1));
            Assert.That(assessment.Economy.MonthlyIncomeFen, Is.EqualTo(new Money(100_00)));
            Assert.That(assessment.Economy.FinancialAssetsFen, Is.EqualTo(Money.Zero));
            Assert.That(assessment.Economy.Vehicles, Is.Zero);
            Assert.That(assessment.Economy.Houses, Is.Zero);
            Assert.That(assessment.MonthlyFen, Is.EqualTo(new Money(1_400_00)));
            Assert.That(assessment.Composition.StandingOf(Stranger), Is.EqualTo(Standing.DoesNotCount));
        }
    }

    // They live, so they have to be heard before a stop (Act art. 48): it is not as if they had died.
    [Test]
    public void A_household_none_of_whose_living_members_counts_is_ineligible_and_has_not_died_out()
    {
        var assessment = Assessor.Assess(AnInput(
            ABoringHousehold().WhereDied(Child, Today).WhereAway(Mother, AbsenceKind.Imprisonment, Today), ADeath(Child, Today)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assessment.Outcome, Is.EqualTo(Outcome.Ineligible));
            Assert.That(assessment.Deciding.Select(finding => finding.Code), Is.EqualTo(["nobody-counts"]));
            Assert.That(assessment.NobodySurvives, Is.False);
            Assert.That(assessment.MonthlyFen, Is.EqualTo(Money.Zero));
        }
    }

    // Act art. 18: below is strictly less, and who is below is owed exactly what is missing.
    [Test]
    public void Whoever_is_below_the_standard_is_raised_exactly_to_it_and_nobody_else_is() =>
        Gen.Select(Gen.Long[0, 3_000_00], Gen.Int[1, 10], Gen.Long[1, 2_000_00]).Sample(
            (wageFen, members, standardFen) =>
            {
                var household = WithWage(wageFen) with
                {
                    Members = [AMember(), .. Enumerable.Range(1, members - 1).Select(_ => AMember(Guid.CreateVersion7(), Relationship.Child, new DateOnly(2014, 5, 6)))],
                };
                var assessment = Assessor.Assess(AnInput(household).With(ParameterCodes.Standard, standardFen));
                var isBelow = wageFen < standardFen * members;
                return (assessment.Outcome == Outcome.Eligible) == isBelow
                    && assessment.MonthlyFen.Fen == (isBelow ? (standardFen * members) - wageFen : 0);
            },
            iter: 1_000);

    [Test]
    public void The_same_input_gives_the_same_result()
    {
        var input = AnInput() with { Gaps = [Gap] };
        var (first, second) = (Assessor.Assess(input), Assessor.Assess(input));

        Assert.That(
            second.Findings.Select(finding => (finding.Code, finding.RuleVersion, string.Join(';', finding.Arguments))),
            Is.EqualTo(first.Findings.Select(finding => (finding.Code, finding.RuleVersion, string.Join(';', finding.Arguments)))));
    }

    private static Household WithWage(long fen) => ABoringHousehold().With(new DeclaredIncome(Mother, IncomeKind.Wages, new Money(fen)));
}

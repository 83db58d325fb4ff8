using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments;

/// <summary>Which figure is taken where statements differ (57 art. 13, 14, 17 and 18).</summary>
public sealed class ResolvedFiguresTests
{
    private static readonly Guid AResolution = new("00000000-0000-7000-8000-00000000b001");

    // 57 art. 13(1): a wage of 600 declared, 800 insured, 700 taxed.
    [TestCase(null, null, 800_00, FigureOrigin.Department, LookupSource.SocialInsurance, TestName = "Unresolved_the_highest_wage_is_taken")]
    [TestCase(ResolutionKind.DeclaredHolds, null, 600_00, FigureOrigin.Resolved, LookupSource.SocialInsurance)]
    [TestCase(ResolutionKind.SourceHolds, LookupSource.Tax, 700_00, FigureOrigin.Resolved, LookupSource.Tax)]
    [TestCase(ResolutionKind.SourceHolds, LookupSource.SocialInsurance, 800_00, FigureOrigin.Resolved, LookupSource.SocialInsurance)]
    [TestCase(ResolutionKind.BothHold, LookupSource.Tax, 1_300_00, FigureOrigin.Resolved, LookupSource.Tax, TestName = "Two_jobs_of_which_one_was_declared_add_up")]
    [TestCase(ResolutionKind.BothHold, null, 2_100_00, FigureOrigin.Resolved, LookupSource.SocialInsurance, TestName = "Three_jobs_add_up")]
    [TestCase(ResolutionKind.NotClear, null, 800_00, FigureOrigin.Department, LookupSource.SocialInsurance, TestName = "What_is_not_clear_is_taken_at_its_highest")]
    public void A_wage_is_taken_as_it_was_settled(ResolutionKind? kind, LookupSource? source, long counted, FigureOrigin origin, LookupSource shown)
    {
        var line = HouseholdEconomy.Of(Resolved(
            AnInput(null, AnAmount(FactKind.MonthlyWage, 800_00), AnAmount(FactKind.MonthlyTaxedWage, 700_00)), kind, source)).Incomes.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.CountedFen, Is.EqualTo(new Money(counted)));
            Assert.That(line.Origin, Is.EqualTo(origin));
            Assert.That(line.Source, Is.EqualTo(shown));
            Assert.That(line.DeclaredFen, Is.EqualTo(new Money(WageFen)));
            Assert.That(line.ResolutionId, Is.EqualTo(origin == FigureOrigin.Resolved ? AResolution : (Guid?)null));
        }
    }

    // 57 art. 14: deposits, securities, insurance and internet finance, as for income.
    [TestCase(FactKind.DepositBalance, PropertyKind.Deposit)]
    [TestCase(FactKind.SecuritiesValue, PropertyKind.Securities)]
    [TestCase(FactKind.PolicyCashValue, PropertyKind.CommercialInsurance)]
    [TestCase(FactKind.PaymentBalance, PropertyKind.InternetFinance)]
    public void An_asset_is_taken_at_its_highest_unless_it_was_settled(FactKind fact, PropertyKind kind)
    {
        var input = AnInput(ABoringHousehold().With(new DeclaredProperty(Mother, kind, new Money(500_00))), AnAmount(fact, 900_00));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(HouseholdEconomy.Of(input).FinancialAssetsFen, Is.EqualTo(new Money(900_00)));
            Assert.That(HouseholdEconomy.Of(input).Assets, Is.EqualTo(
            [
                new AssetLine
                {
                    PersonId = Mother, Kind = kind, DeclaredFen = new Money(500_00), DepartmentFen = new Money(900_00), Origin = FigureOrigin.Department,
                    Reason = FigureReason.DepartmentStatesNoLess, Source = LookupSources.All.Single(source => LookupSources.MayState(source).Contains(fact)), LookupId = ALookup,
                    CountedFen = new Money(900_00), BasisCode = "57-14",
                },
            ]));
            Assert.That(HouseholdEconomy.Of(Resolved(input, ResolutionKind.DeclaredHolds)).FinancialAssetsFen, Is.EqualTo(new Money(500_00)));
            Assert.That(HouseholdEconomy.Of(Resolved(input, ResolutionKind.BothHold)).FinancialAssetsFen, Is.EqualTo(new Money(1_400_00)));
        }
    }

    [Test]
    public void Claims_that_no_department_knows_of_are_taken_as_declared() =>
        Assert.That(
            HouseholdEconomy.Of(AnInput(ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.Claims, new Money(70))))).Assets.Single(),
            Has.Property(nameof(AssetLine.Origin)).EqualTo(FigureOrigin.Declared).And.Property(nameof(AssetLine.CountedFen)).EqualTo(new Money(70)));

    [Test]
    public void Two_accounts_that_banks_state_are_added_up() =>
        Assert.That(
            HouseholdEconomy.Of(AnInput(null, AnAmount(FactKind.DepositBalance, 300), AnAmount(FactKind.DepositBalance, 50))).FinancialAssetsFen,
            Is.EqualTo(new Money(350)));

    [Test]
    public void An_overdrawn_account_makes_no_other_asset_smaller()
    {
        var input = AnInput(
            ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.Securities, new Money(100))), AnAmount(FactKind.DepositBalance, -300));

        Assert.That(HouseholdEconomy.Of(Resolved(input, ResolutionKind.SourceHolds, LookupSource.Banks)).FinancialAssetsFen, Is.EqualTo(new Money(100)));
    }

    [Test]
    public void A_loss_makes_no_other_income_smaller()
    {
        var input = AnInput(null, AnAmount(FactKind.MonthlyTaxedBusinessIncome, -900_00));

        Assert.That(HouseholdEconomy.Of(Resolved(input, ResolutionKind.SourceHolds, LookupSource.Tax)).MonthlyIncomeFen, Is.EqualTo(new Money(WageFen)));
    }

    // 57 art. 13, excluded (1): shown with its origin and not counted.
    [Test]
    public void A_preferential_pension_that_is_on_record_is_shown_and_does_not_count()
    {
        var line = HouseholdEconomy.Of(AnInput(ABoringHousehold().With(Array.Empty<DeclaredIncome>()), AnAmount(FactKind.MonthlyPreferentialPension, 800_00))).Incomes.Single();

        Assert.That((line.Kind, line.DepartmentFen, line.CountedFen), Is.EqualTo((IncomeKind.PreferentialPension, (Money?)new Money(800_00), Money.Zero)));
    }

    [TestCase(null, 2, TestName = "Unresolved_the_larger_number_of_houses_is_taken")]
    [TestCase(ResolutionKind.DeclaredHolds, 1)]
    [TestCase(ResolutionKind.BothHold, 3)]
    public void Houses_are_taken_as_they_were_settled(ResolutionKind? kind, int houses)
    {
        var input = AnInput(ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.House, Money.Zero)), ACount(FactKind.HousesOwned, 2));

        var economy = HouseholdEconomy.Of(Resolved(input, kind));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(economy.Houses, Is.EqualTo(houses));
            Assert.That(economy.HousesForCertain, Is.EqualTo(houses));
            Assert.That(economy.PropertyCounts.Single().Origin, Is.EqualTo(kind is null ? FigureOrigin.Department : FigureOrigin.Resolved));
        }
    }

    [Test]
    public void A_vessel_on_record_counts_beside_a_car() =>
        Assert.That(HouseholdEconomy.Of(AnInput(null, ACount(FactKind.VehiclesOwned, 1), ACount(FactKind.VesselsOwned, 1))).Vehicles, Is.EqualTo(2));

    [Test]
    public void An_exempt_vehicle_that_the_register_has_no_more_takes_nothing_off()
    {
        var input = AnInput(
            ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.Vehicle, Money.Zero, 1, PropertyExemption.LivelihoodVehicle)),
            ACount(FactKind.VehiclesOwned, 0));

        Assert.That(HouseholdEconomy.Of(Resolved(input, ResolutionKind.SourceHolds, LookupSource.Vehicles)).Vehicles, Is.Zero);
    }

    // 57 art. 18: a new answer reopens what was settled.
    [Test]
    public void A_resolution_of_other_statements_has_no_effect()
    {
        var resolutions = Resolved(AnInput(null, AnAmount(FactKind.MonthlyWage, 800_00)), ResolutionKind.DeclaredHolds).Resolutions;

        var line = HouseholdEconomy.Of(AnInput(null, AnAmount(FactKind.MonthlyWage, 900_00)) with { Resolutions = resolutions }).Incomes.Single();

        Assert.That((line.Origin, line.CountedFen), Is.EqualTo((FigureOrigin.Department, new Money(900_00))));
    }

    [Test]
    public void The_newest_resolution_holds()
    {
        var input = Resolved(AnInput(null, AnAmount(FactKind.MonthlyWage, 800_00)), ResolutionKind.DeclaredHolds);
        var later = input.Resolutions[0] with { Kind = ResolutionKind.SourceHolds, Source = LookupSource.SocialInsurance };

        Assert.That(HouseholdEconomy.Of(input with { Resolutions = [.. input.Resolutions, later] }).MonthlyIncomeFen, Is.EqualTo(new Money(800_00)));
    }

    // ---- What the rules say of it ----

    private static readonly string[] Bases = ["57-17", "57-18"];

    [Test]
    public void Where_nothing_differs_the_rule_says_so() =>
        new DisagreementsAreResolved().On(AnInput(null, AnAmount(FactKind.MonthlyWage, WageFen))).Holds(Outcome.Eligible, "statements-agree", Bases);

    [Test]
    public void Where_the_higher_was_taken_the_finding_says_of_what() =>
        new DisagreementsAreResolved().On(AnInput(null, AnAmount(FactKind.MonthlyWage, 700_00), AnAmount(FactKind.DepositBalance, 1)))
            .Holds(Outcome.Eligible, "differences-settled", Bases, "differing=2", "highest=disagreement.Wages, disagreement.Deposits", "resolved=");

    [Test]
    public void Where_an_officer_settled_it_the_finding_says_of_what() =>
        new DisagreementsAreResolved().On(Resolved(AnInput(null, AnAmount(FactKind.MonthlyWage, 700_00)), ResolutionKind.DeclaredHolds))
            .Holds(Outcome.Eligible, "differences-settled", Bases, "differing=1", "highest=", "resolved=disagreement.Wages");

    [Test]
    public void What_is_not_clear_needs_review() =>
        new DisagreementsAreResolved().On(Resolved(AnInput(null, AnAmount(FactKind.MonthlyWage, 700_00)), ResolutionKind.NotClear))
            .Holds(Outcome.NeedsReview, "differences-open", Bases, "fields=disagreement.Wages", "open=1");

    [Test]
    public void What_is_no_number_needs_review_until_it_is_settled()
    {
        var input = AnInput(null, ASince(FactKind.MarriedSince, Today));

        using (Assert.EnterMultipleScope())
        {
            new DisagreementsAreResolved().On(input).Holds(Outcome.NeedsReview, "differences-open", Bases, "fields=disagreement.Marriage", "open=1");
            new DisagreementsAreResolved().On(Resolved(input, ResolutionKind.SourceHolds, LookupSource.Marriage))
                .Holds(Outcome.Eligible, "differences-settled", Bases, "differing=1", "highest=", "resolved=disagreement.Marriage");
        }
    }

    [Test]
    public void Of_who_does_not_count_nothing_has_to_be_settled() =>
        new DisagreementsAreResolved().On(AnInput(
            ABoringHousehold().WhereAway(Child, AbsenceKind.Imprisonment, Today.AddDays(-1)), ASince(FactKind.EnrolledSince, Today, Child)))
            .Holds(Outcome.Eligible, "statements-agree", Bases);

    // Act art. 37: no ground to refuse, whichever holds.
    [TestCase(ResolutionKind.DeclaredHolds, null, Outcome.Eligible)]
    [TestCase(ResolutionKind.SourceHolds, LookupSource.HouseholdRegistration, Outcome.Eligible)]
    [TestCase(ResolutionKind.NotClear, null, Outcome.NeedsReview)]
    public void A_registration_that_was_settled_is_open_no_more(ResolutionKind kind, LookupSource? source, Outcome outcome) =>
        Assert.That(new RegistrationAgreesWithTheRegister().On(Resolved(AnInput(null, ARegistration("110101")), kind, source)).Outcome, Is.EqualTo(outcome));

    // N22 part 1(3): who is dead by the register, and is settled to be, has to be reported; who is settled to live need not be.
    [TestCase(ResolutionKind.DeclaredHolds, null, Outcome.Eligible)]
    [TestCase(ResolutionKind.SourceHolds, LookupSource.Death, Outcome.NeedsReview)]
    public void A_death_on_record_is_open_until_the_register_is_found_wrong(ResolutionKind kind, LookupSource? source, Outcome outcome) =>
        Assert.That(new NoMemberIsRecordedDead().On(Resolved(AnInput(null, ADeath(Child, Today)), kind, source)).Outcome, Is.EqualTo(outcome));

    [Test]
    public void A_cremation_alone_shows_a_death() => Assert.That(
        new NoMemberIsRecordedDead().On(AnInput(null, ASince(FactKind.CrematedOn, Today, Child))).Outcome, Is.EqualTo(Outcome.NeedsReview));

    [Test]
    public void A_cremation_alone_bears_out_a_reported_death() => Assert.That(
        new ReportedDeathsAreOnRecord().On(AnInput(ABoringHousehold().WhereDied(Child, Today.AddDays(-2)), ASince(FactKind.CrematedOn, Today, Child))).Code,
        Is.EqualTo("deaths-on-record"));

    // Every disagreement of the input settled the same way.
    private static AssessmentInput Resolved(AssessmentInput input, ResolutionKind? kind, LookupSource? source = null) => kind is null ? input : input with
    {
        Resolutions =
        [
            .. input.Disagreements.Select(disagreement => new DisagreementResolution(
                AResolution, disagreement.PersonId, disagreement.Field, disagreement.StatementsHash, kind.Value, source)),
        ],
    };
}

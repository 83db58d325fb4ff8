using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Lookups;

/// <summary>What counts as a change in a periodic review (57 art. 31: 没有明显变化的，不再调整).</summary>
public sealed class FactChangesTests
{
    private static readonly DateOnly Today = new(2026, 11, 2);
    private static readonly DateTimeOffset Then = new(2026, 5, 4, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly Guid Mother = Guid.NewGuid();
    private static readonly Guid Child = Guid.NewGuid();
    private static readonly NoticeableChange Noticeable = new(Monthly: new Money(5_000), Assets: new Money(100_000));

    [TestCase(120_000, 120_000, false, TestName = "The_same_wage_is_no_change")]
    [TestCase(120_000, 124_999, false, TestName = "A_little_more_is_no_noticeable_change")]
    [TestCase(120_000, 125_000, true, TestName = "From_the_limit_on_it_is_one")]
    [TestCase(120_000, 115_000, true, TestName = "And_less_is_one_too")]
    public void A_wage_changes_by_what_is_noticeable_a_month(long then, long now, bool isChanged) =>
        Assert.That(Changes(LookupSource.SocialInsurance, [Wage(then)], [Wage(now)]), Is.EqualTo(isChanged ? [FactKind.MonthlyWage] : Array.Empty<FactKind>()));

    [TestCase(0, 99_999, false)]
    [TestCase(0, 100_000, true)]
    [TestCase(-50_000, 50_000, true)]
    public void A_balance_changes_by_what_is_noticeable_of_assets(long then, long now, bool isChanged) =>
        Assert.That(
            Changes(LookupSource.Banks, [Fact(FactKind.DepositBalance) with { AmountFen = new Money(then) }], [Fact(FactKind.DepositBalance) with { AmountFen = new Money(now) }]),
            Is.EqualTo(isChanged ? [FactKind.DepositBalance] : Array.Empty<FactKind>()));

    [Test]
    public void Two_wages_are_compared_by_their_sum() =>
        Assert.That(Changes(LookupSource.SocialInsurance, [Wage(50_000), Wage(70_000)], [Wage(120_000)]), Is.Empty);

    [Test]
    public void A_limit_of_nothing_finds_no_change_where_there_is_none() =>
        Assert.That(
            Changes(LookupSource.SocialInsurance, [Wage(1)], [Wage(1)], noticeable: new NoticeableChange(Money.Zero, Money.Zero)), Is.Empty);

    [Test]
    public void To_be_on_record_no_more_is_a_change() =>
        Assert.That(Changes(LookupSource.SocialInsurance, [Wage(120_000)], [], LookupState.NotFound), Is.EqualTo(new[] { FactKind.MonthlyWage }));

    [Test]
    public void To_own_none_and_not_to_be_on_record_is_the_same() =>
        Assert.That(Changes(LookupSource.Vehicles, [Fact(FactKind.VehiclesOwned) with { Count = 0 }], [], LookupState.NotFound), Is.Empty);

    [Test]
    public void A_vehicle_more_is_a_change() =>
        Assert.That(
            Changes(LookupSource.Vehicles, [Fact(FactKind.VehiclesOwned) with { Count = 1 }], [Fact(FactKind.VehiclesOwned) with { Count = 2 }]),
            Is.EqualTo(new[] { FactKind.VehiclesOwned }));

    [Test]
    public void Another_grade_of_disability_is_a_change() =>
        Assert.That(
            Changes(LookupSource.DisabilityFederation, [Fact(FactKind.DisabilityGrade) with { Count = 2 }], [Fact(FactKind.DisabilityGrade) with { Count = 1 }]),
            Is.EqualTo(new[] { FactKind.DisabilityGrade }));

    [Test]
    public void A_registration_elsewhere_is_a_change() =>
        Assert.That(
            Changes(
                LookupSource.HouseholdRegistration,
                [Fact(FactKind.RegisteredDivision) with { DivisionCode = "140213050" }],
                [Fact(FactKind.RegisteredDivision) with { DivisionCode = "140214001" }]),
            Is.EqualTo(new[] { FactKind.RegisteredDivision }));

    [Test]
    public void A_death_is_a_change_and_the_same_death_is_none()
    {
        var died = Fact(FactKind.DiedOn) with { FromOn = new DateOnly(2026, 3, 1) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Changes(LookupSource.Death, [], [died]), Is.EqualTo(new[] { FactKind.DiedOn }));
            Assert.That(Changes(LookupSource.Death, [died], [died]), Is.Empty);
        }
    }

    [Test]
    public void A_study_that_has_ended_meanwhile_is_a_change_although_the_school_says_the_same()
    {
        var enrolled = Fact(FactKind.EnrolledSince) with { FromOn = new DateOnly(2023, 9, 1), ToOn = new DateOnly(2026, 7, 1) };

        Assert.That(Changes(LookupSource.Education, [enrolled], [enrolled]), Is.EqualTo(new[] { FactKind.EnrolledSince }));
    }

    [Test]
    public void What_was_paid_for_treatment_is_compared_although_its_time_is_over()
    {
        var paid = Fact(FactKind.MedicalSelfPaid) with { AmountFen = new Money(900_000), FromOn = new DateOnly(2025, 1, 1), ToOn = new DateOnly(2025, 12, 31) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Changes(LookupSource.MedicalInsurance, [paid], [paid]), Is.Empty);
            Assert.That(Changes(LookupSource.MedicalInsurance, [], [paid]), Is.EqualTo(new[] { FactKind.MedicalSelfPaid }));
        }
    }

    [Test]
    public void What_nobody_had_answered_before_is_compared_with_nothing()
    {
        var fresh = Answer(Mother, LookupSource.Banks, Now);

        Assert.That(
            FactChanges.Between([], [fresh], [Fact(FactKind.DepositBalance) with { LookupId = fresh.LookupId, AmountFen = new Money(500_000) }], Today, Noticeable),
            Is.EqualTo(new[] { new FactChange(Mother, FactKind.DepositBalance) }));
    }

    [TestCase(LookupState.Unavailable)]
    [TestCase(LookupState.SetAside)]
    [TestCase(LookupState.Cancelled)]
    public void Silence_is_no_change(LookupState state) =>
        Assert.That(Changes(LookupSource.SocialInsurance, [Wage(120_000)], [], state), Is.Empty);

    [Test]
    public void The_newest_answer_is_compared_with_and_no_silence_after_it()
    {
        var oldest = Answer(Mother, LookupSource.SocialInsurance, Then.AddMonths(-6));
        var newest = Answer(Mother, LookupSource.SocialInsurance, Then);
        var silence = new LookupStanding(Guid.NewGuid(), Mother, LookupSource.SocialInsurance, LookupState.Unavailable, AnsweredAt: null);
        var fresh = Answer(Mother, LookupSource.SocialInsurance, Now);

        Assert.That(
            FactChanges.Between(
                [newest, oldest, silence], [fresh],
                [Wage(10_000) with { LookupId = oldest.LookupId }, Wage(120_000) with { LookupId = newest.LookupId }, Wage(120_000) with { LookupId = fresh.LookupId }],
                Today, Noticeable),
            Is.Empty);
    }

    [Test]
    public void Nobody_is_compared_with_anybody_else()
    {
        var mothers = Answer(Mother, LookupSource.SocialInsurance, Then);
        var childs = Answer(Child, LookupSource.SocialInsurance, Now);

        Assert.That(
            FactChanges.Between(
                [mothers], [childs], [Wage(120_000) with { LookupId = mothers.LookupId }, Wage(120_000) with { LookupId = childs.LookupId, PersonId = Child }], Today, Noticeable),
            Is.EqualTo(new[] { new FactChange(Child, FactKind.MonthlyWage) }));
    }

    private static IReadOnlyList<FactKind> Changes(
        LookupSource source, LookupFact[] then, LookupFact[] now, LookupState state = LookupState.Answered, NoticeableChange? noticeable = null)
    {
        var former = Answer(Mother, source, Then);
        var fresh = Answer(Mother, source, Now) with { State = state };
        return
        [
            .. FactChanges.Between(
                [former], [fresh],
                [.. then.Select(fact => fact with { LookupId = former.LookupId }), .. now.Select(fact => fact with { LookupId = fresh.LookupId })],
                Today, noticeable ?? Noticeable).Select(change => change.Kind),
        ];
    }

    private static LookupStanding Answer(Guid personId, LookupSource source, DateTimeOffset at) => new(Guid.NewGuid(), personId, source, LookupState.Answered, at);

    private static LookupFact Wage(long fen) => Fact(FactKind.MonthlyWage) with { AmountFen = new Money(fen) };

    private static LookupFact Fact(FactKind kind) => new()
    {
        LookupId = Guid.Empty,
        PersonId = Mother,
        Source = LookupSource.SocialInsurance,
        Kind = kind,
        AnsweredAt = Now,
        ValidUntilOn = Today.AddDays(30),
    };
}

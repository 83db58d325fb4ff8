using Assistance.Domain.Lookups;
using NUnit.Framework;
using static Assistance.Domain.Lookups.FactKind;

namespace Assistance.Domain.Tests.Lookups;

/// <summary>Who answers for what: Act art. 41; 57 art. 17; N22 part 3(2) for death records.</summary>
public sealed class LookupSourcesTests
{
    private static readonly Dictionary<LookupSource, FactKind[]> Expected = new()
    {
        [LookupSource.HouseholdRegistration] = [RegisteredDivision],
        [LookupSource.SocialInsurance] = [MonthlyWage, MonthlyPension, MonthlyUnemploymentBenefit, UnemployedSince],
        [LookupSource.Tax] = [MonthlyTaxedWage, MonthlyTaxedBusinessIncome],
        [LookupSource.RealEstate] = [HousesOwned],
        [LookupSource.Vehicles] = [VehiclesOwned, VesselsOwned],
        [LookupSource.Death] = [DiedOn, CrematedOn],
        [LookupSource.MarketRegistration] = [BusinessesOwned],
        [LookupSource.HousingFund] = [HousingFundBalance],
        [LookupSource.Banks] = [DepositBalance],
        [LookupSource.CommercialInsurance] = [PolicyCashValue],
        [LookupSource.Securities] = [SecuritiesValue],
        [LookupSource.PaymentInstitutions] = [PaymentBalance],
        [LookupSource.Marriage] = [MarriedSince],
        [LookupSource.MedicalInsurance] = [MedicalSelfPaid],
        [LookupSource.DisabilityFederation] = [DisabilityGrade],
        [LookupSource.Education] = [EnrolledSince],
        [LookupSource.Veterans] = [MonthlyPreferentialPension],
    };

    [Test]
    public void A_department_states_its_own_and_nothing_else([Values] LookupSource source, [Values] FactKind kind) =>
        Assert.That(LookupSources.MayState(source).Contains(kind), Is.EqualTo(Expected[source].Contains(kind)));

    [Test]
    public void Every_kind_of_fact_is_stated_by_exactly_one_department([Values] FactKind kind) =>
        Assert.That(LookupSources.All.Count(source => LookupSources.MayState(source).Contains(kind)), Is.EqualTo(1));

    [Test]
    public void All_departments_are_asked() =>
        Assert.That(LookupSources.All, Is.EquivalentTo(Expected.Keys));

    [TestCase(LookupState.Pending, false)]
    [TestCase(LookupState.Submitted, false)]
    [TestCase(LookupState.Cancelled, true)]
    [TestCase(LookupState.Answered, true)]
    [TestCase(LookupState.NotFound, true)]
    [TestCase(LookupState.Unavailable, true)]
    [TestCase(LookupState.SetAside, true)]
    public void Only_what_is_still_to_come_is_not_settled(LookupState state, bool isSettled) =>
        Assert.That(LookupSources.IsSettled(state), Is.EqualTo(isSettled));
}

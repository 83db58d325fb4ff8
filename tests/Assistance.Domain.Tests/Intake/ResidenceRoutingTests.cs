using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Intake;

public sealed class ResidenceRoutingTests
{
    private static readonly DivisionCode Pingcheng = DivisionCode.Parse("140213");

    private static readonly Gen<DivisionCode> AnyStreet = Gen.OneOf(
        "140213050", "140213053", "140213053001", "140213053002", "140213060004", // in the district
        "140214001", "140202001003", "140105001", // in Shanxi
        "110101001", "110101001005", "410102003") // elsewhere
        .Select(DivisionCode.Parse);

    private static readonly Gen<DivisionCode> AnyDivision = Gen.OneOf(
        AnyStreet, Gen.OneOf("140213", "140214", "110101", "1402", "14", "11").Select(DivisionCode.Parse));

    [TestCase("140213050", "140213050", "140213050", false, TestName = "Who_lives_where_registered_applies_there")]
    [TestCase("140213050", "140213053", "140213053", true, TestName = "PC_RESIDENCE_the_street_of_residence_accepts_whichever_street_registers")]
    [TestCase("140213050001", "140213053007", "140213053", true, TestName = "A_community_belongs_to_its_street")]
    [TestCase("140213053001", "140213053007", "140213053", false, TestName = "Two_communities_of_one_street_are_no_difference")]
    public void Registered_and_living_in_the_district(string registration, string residence, string street, bool residenceDiffers)
    {
        var decision = Decide(registration, residence);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Rule, Is.EqualTo("RegisteredAndLivingInTheDistrict"));
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.AcceptedHere));
            Assert.That(decision.AcceptingDivision.Value, Is.EqualTo(street));
            Assert.That(decision.BasisCodes, Is.EqualTo(["PC-RESIDENCE", "LAW-37", "57-4"]));
            Assert.That(decision.ResidenceDiffers, Is.EqualTo(residenceDiffers));
        }
    }

    // Row 3, 57 art. 5(1): members of different provinces apply where one member's registration and residence agree.
    [Test]
    public void Another_member_registered_and_living_in_the_district()
    {
        var decision = Decide("110101001", "140213053002", "110101001", "140213050");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Rule, Is.EqualTo("AnotherMemberRegisteredAndLivingInTheDistrict"));
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.AcceptedHere));
            Assert.That(decision.AcceptingDivision.Value, Is.EqualTo("140213053"));
            Assert.That(decision.BasisCodes, Is.EqualTo(["57-5", "PC-RESIDENCE"]));
            Assert.That(decision.ResidenceDiffers);
        }
    }

    // Row 2, the national rule: 57 art. 4.
    [TestCase("140213050", "110101001", TestName = "LAW_37_registered_here_and_living_in_another_province")]
    [TestCase("140213050003", "140214001", TestName = "LAW_37_registered_here_and_living_in_another_district_of_the_city")]
    [TestCase("140213050", "140214", TestName = "A_residence_elsewhere_need_not_be_known_to_the_street")]
    public void Registered_here_and_living_outside(string registration, string residence)
    {
        var decision = Decide(registration, residence);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Rule, Is.EqualTo("RegisteredHereLivingOutside"));
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.AcceptedHere));
            Assert.That(decision.AcceptingDivision.Value, Is.EqualTo("140213050"));
            Assert.That(decision.BasisCodes, Is.EqualTo(["LAW-37", "57-4"]));
            Assert.That(decision.ResidenceDiffers);
        }
    }

    [Test]
    public void Registered_here_and_living_where_another_member_is_registered_is_still_accepted_here() =>
        Assert.That(Decide("140213050", "110101001", "140213050", "110101001").AcceptingDivision.Value, Is.EqualTo("140213050"));

    // Row 5: no local policy opens the residence permit's way, so the office passes the application on itself (LAW-64, LAW-70(1)).
    [TestCase("110101001", "140213053001", "110101", true, TestName = "LAW_64_living_here_and_registered_in_another_province")]
    [TestCase("140214001", "140213053001", "140214", true, TestName = "LAW_64_living_here_and_registered_in_another_district_of_the_city")]
    [TestCase("110101001", "110101001005", "110101", false, TestName = "LAW_64_neither_living_nor_registered_here")]
    [TestCase("11", "140213053001", "11", true, TestName = "A_registration_known_only_to_the_province_is_passed_there")]
    public void Registered_elsewhere_is_passed_on(string registration, string residence, string receiving, bool residenceDiffers)
    {
        var decision = Decide(registration, residence);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Rule, Is.EqualTo("AppliesWhereTheHouseholdIsRegistered"));
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.TransferOutward));
            Assert.That(decision.AcceptingDivision.Value, Is.EqualTo(receiving));
            Assert.That(decision.BasisCodes, Is.EqualTo(["LAW-37", "LAW-64", "LAW-70"]));
            Assert.That(decision.ResidenceDiffers, Is.EqualTo(residenceDiffers));
        }
    }

    // 57 art. 5(1), second half: where no member lives where registered, any member may apply at that member's registration.
    [Test]
    public void Where_no_member_lives_where_registered_the_registration_of_any_member_here_suffices()
    {
        var decision = Decide("110101001", "410102003", "110101001", "140213050");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.AcceptedHere));
            Assert.That(decision.AcceptingDivision.Value, Is.EqualTo("140213050"));
            Assert.That(decision.BasisCodes[0], Is.EqualTo(LegalBases.MixedRegistration));
        }
    }

    // The sentence of this rule tells the household that no member is registered in this district.
    [Test]
    public void Nobody_is_told_that_no_member_is_registered_here_when_one_is() =>
        Assert.That(
            Decide("110101001", "110101001005", "110101001", "140213050").Rule, Is.Not.EqualTo("AppliesWhereTheHouseholdIsRegistered"));

    // 57 art. 5(1), first half: the place where one member's registration and residence agree.
    [Test]
    public void A_transfer_goes_where_a_member_lives_and_is_registered()
    {
        var decision = Decide("110101001", "410102003", "110101001", "410102003");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.TransferOutward));
            Assert.That(decision.AcceptingDivision.Value, Is.EqualTo("410102"));
            Assert.That(decision.ResidenceDiffers);
        }
    }

    [Test]
    public void A_residence_known_only_to_the_district_goes_to_the_street_of_registration() =>
        Assert.That(Decide("140213050", "140213").AcceptingDivision.Value, Is.EqualTo("140213050"));

    // The first six digits of an identity number are where it was first given and decide nothing.
    [Test]
    public void Routing_knows_no_identity_number() =>
        Assert.That(
            typeof(ResidenceFacts).GetProperties().Where(property => property.Name != "EqualityContract").Select(property => property.PropertyType),
            Is.All.EqualTo(typeof(DivisionCode)).Or.EqualTo(typeof(IReadOnlyList<DivisionCode>)));

    [Test]
    public void Every_pair_of_divisions_reaches_exactly_one_office_and_a_basis() =>
        Gen.Select(AnyDivision, AnyDivision).Sample(
            (registration, residence) =>
            {
                var facts = new ResidenceFacts(Pingcheng, registration, [registration], residence);
                var decision = ResidenceRouting.Decide(facts);
                return decision.BasisCodes.Count > 0
                    && decision.BasisCodes.All(basis => basis.Length > 0)
                    && decision.AcceptingDivision.Value.Length > 0
                    && ResidenceRouting.Decide(facts).AcceptingDivision == decision.AcceptingDivision
                    && (decision.Outcome == RoutingOutcome.TransferOutward
                        || (decision.AcceptingDivision.Level == DivisionLevel.Subdistrict && Pingcheng.Contains(decision.AcceptingDivision)));
            },
            iter: 1_000);

    [Test]
    public void Whoever_is_registered_in_a_street_of_the_district_is_never_passed_on() =>
        Gen.Select(AnyStreet.Where(Pingcheng.Contains), AnyDivision, AnyDivision).Sample(
            (registration, residence, other) =>
                ResidenceRouting.Decide(new ResidenceFacts(Pingcheng, registration, [registration, other], residence)).Outcome
                    == RoutingOutcome.AcceptedHere,
            iter: 1_000);

    [Test]
    public void Nobody_is_passed_on_to_the_district_itself() =>
        Gen.Select(AnyStreet, AnyStreet, AnyStreet).Sample(
            (registration, other, residence) =>
            {
                var decision = ResidenceRouting.Decide(new ResidenceFacts(Pingcheng, registration, [registration, other], residence));
                return decision.Outcome == RoutingOutcome.AcceptedHere || !Pingcheng.Contains(decision.AcceptingDivision);
            },
            iter: 1_000);

    private static RoutingDecision Decide(string registration, string residence, params string[] members) =>
        ResidenceRouting.Decide(new ResidenceFacts(
            Pingcheng,
            DivisionCode.Parse(registration),
            [.. (members.Length == 0 ? [registration] : members).Select(DivisionCode.Parse)],
            DivisionCode.Parse(residence)));
}

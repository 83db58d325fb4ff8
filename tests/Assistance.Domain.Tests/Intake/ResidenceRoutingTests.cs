using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Intake;

/// <summary>The rules of routing as the rows of <c>seeds/routing-rules.csv</c> put them in force.</summary>
public sealed class ResidenceRoutingTests
{
    private static readonly DivisionCode Pingcheng = DivisionCode.Parse("140213");
    private static readonly DateOnly Today = new(2026, 9, 21);

    private static readonly IReadOnlyList<RoutingRule> InForce = Seeds.RoutingRules.RulesInForceOn(Today);

    private static readonly Programme[] ByRegistration =
    [
        Programme.SubsistenceAllowance, Programme.ExtremePovertySupport, Programme.MarginalLowIncome, Programme.EssentialExpenditureHardship,
        Programme.MedicalAssistance, Programme.HousingAssistance, Programme.EmploymentAssistance,
    ];

    private static readonly Gen<DivisionCode> AnyStreet = Gen.OneOf(
        "140213050", "140213053", "140213053001", "140213053002", "140213060004", // in the district
        "140214001", "140202001003", "140105001", // in Shanxi
        "110101001", "110101001005", "410102003") // elsewhere
        .Select(DivisionCode.Parse);

    // As the form demands: inside the district to the street, elsewhere as coarse as the district, or coarser still.
    private static readonly Gen<DivisionCode> AnyRegistration = Gen.OneOf(
        AnyStreet, Gen.OneOf("140214", "110101", "11").Select(DivisionCode.Parse));

    private static readonly Gen<DivisionCode> AnyDivision = Gen.OneOf(
        AnyStreet, Gen.OneOf("140213", "140214", "110101", "1402", "14", "11").Select(DivisionCode.Parse));

    private static readonly Gen<ResidenceFacts> AnyHousehold =
        Gen.Select(
            Gen.Enum<Programme>(),
            AnyRegistration,
            AnyDivision.Array[0, 4],
            AnyDivision,
            Gen.Bool,
            AnyRegistration,
            Gen.Enum<ResidenceProofKind>(),
            (programme, registration, others, residence, holdsPermit, emergency, proof) => new ResidenceFacts
            {
                Programme = programme,
                AppliedOn = Today,
                District = Pingcheng,
                ApplicantRegistration = registration,
                MemberRegistrations = [registration, .. others],
                HabitualResidence = residence,
                HoldsResidencePermit = holdsPermit,
                EmergencyPlace = emergency,
                Proof = proof,
            });

    [Test]
    public void The_rules_of_the_table_and_those_of_the_code_are_the_same() =>
        Assert.That(Seeds.RoutingRules.Select(row => row.Rule).Distinct(), Is.EquivalentTo(ResidenceRouting.RuleNames));

    [Test]
    public void A_position_has_one_rule() =>
        Assert.That(
            Seeds.RoutingRules.GroupBy(row => row.Position).Where(rows => rows.Select(row => row.Rule).Distinct().Count() > 1).Select(rows => rows.Key), Is.Empty);

    // Row 1 of the routing table.
    [TestCase("140213050", "140213050", "140213050", false, null, TestName = "Who_lives_where_registered_applies_there")]
    [TestCase("140213050", "140213053", "140213053", true, null, TestName = "PC_RESIDENCE_the_street_of_residence_accepts_whichever_street_registers")]
    [TestCase("140213050001", "140213053007", "140213053", true, "140213053007", TestName = "A_community_belongs_to_its_street")]
    [TestCase("140213053001", "140213053007", "140213053", false, "140213053007", TestName = "Two_communities_of_one_street_are_no_difference")]
    public void Registered_and_living_in_the_district(string registration, string residence, string street, bool residenceDiffers, string? community)
    {
        var decision = Decide(registration, residence);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Rule, Is.EqualTo("RegisteredAndLivingInTheDistrict"));
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.AcceptedHere));
            Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo(street));
            Assert.That(decision.Community?.Value, Is.EqualTo(community));
            Assert.That(decision.BasisCodes, Is.EqualTo(["PC-RESIDENCE", "LAW-37", "57-4"]));
            Assert.That(decision.ResidenceDiffers, Is.EqualTo(residenceDiffers));
            Assert.That(decision.IsSample, Is.False);
        }
    }

    // Row 1 holds for every programme that goes by registration, each by its own articles.
    [TestCase(Programme.SubsistenceAllowance, "PC-RESIDENCE|LAW-37|57-4", null)]
    [TestCase(Programme.MarginalLowIncome, "PC-RESIDENCE|N22-4-3", null)]
    [TestCase(Programme.ExtremePovertySupport, "PC-RESIDENCE|LAW-37|TK-10", null)]
    [TestCase(Programme.EssentialExpenditureHardship, "PC-RESIDENCE|GX-6", null)]
    [TestCase(Programme.MedicalAssistance, "PC-RESIDENCE|LAW-37", null)]
    [TestCase(Programme.EmploymentAssistance, "PC-RESIDENCE|LAW-37", null)]
    [TestCase(Programme.HousingAssistance, "PC-RESIDENCE|LAW-37|LAW-38", OtherDoor.HousingDepartment, TestName = "LAW_38_2_housing_may_be_handed_in_at_its_department_as_well")]
    public void Every_programme_by_registration_goes_to_the_street_of_residence(Programme programme, string bases, OtherDoor? alsoAt)
    {
        var decision = Decide(Facts("140213050001", "140213053002") with { Programme = programme });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.AcceptedHere));
            Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo("140213053"));
            Assert.That(decision.BasisCodes, Is.EqualTo(bases.Split('|')));
            Assert.That(decision.AlsoAt, Is.EqualTo(alsoAt));
        }
    }

    // The local notice holds from 2025 on, the Act from 2026-07-01; before them the street of registration accepts (57 art. 4).
    [TestCase("2021-07-01", "140213050", "AppliesAtTheStreetOfRegistration", "57-4")]
    [TestCase("2024-12-31", "140213050", "AppliesAtTheStreetOfRegistration", "57-4")]
    [TestCase("2025-01-01", "140213053", "RegisteredAndLivingInTheDistrict", "PC-RESIDENCE|57-4")]
    [TestCase("2026-06-30", "140213053", "RegisteredAndLivingInTheDistrict", "PC-RESIDENCE|57-4")]
    [TestCase("2026-07-01", "140213053", "RegisteredAndLivingInTheDistrict", "PC-RESIDENCE|LAW-37|57-4")]
    public void The_rule_is_that_of_the_day(string day, string street, string rule, string bases)
    {
        var decision = DecideOn(day, Facts("140213050001", "140213053002"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo(street));
            Assert.That(decision.Rule, Is.EqualTo(rule));
            Assert.That(decision.BasisCodes, Is.EqualTo(bases.Split('|')));
            Assert.That(decision.Community is not null, Is.EqualTo(street == "140213053"));
        }
    }

    // Before 57 came into force there is no rule, and for housing none before the Act: nothing is guessed.
    [TestCase("2021-06-30", Programme.SubsistenceAllowance)]
    [TestCase("2026-06-30", Programme.EducationAssistance)]
    [TestCase("2022-10-19", Programme.TemporaryAssistance)]
    public void A_day_without_a_rule_fails_closed(string day, Programme programme)
    {
        var refusal = Refused.With(
            "no-parameter-in-force", () => DecideOn(day, Facts("140213050001", "140213053002") with { Programme = programme }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Arguments["parameter"], Is.EqualTo($"routing-rules.{programme}"));
            Assert.That(refusal.Arguments["on"], Is.EqualTo(day));
        }
    }

    [Test]
    public void An_empty_table_fails_closed() =>
        Refused.With("no-parameter-in-force", () => ResidenceRouting.Decide(Facts("140213050", "140213050"), []));

    [Test]
    public void A_row_that_is_switched_off_decides_nothing() =>
        Refused.With("no-parameter-in-force", () => ResidenceRouting.Decide(
            Facts("140213050", "140213050"), [.. InForce.Select(rule => rule with { IsEnabled = false })]));

    [Test]
    public void A_row_cannot_make_an_office_elsewhere_accept() =>
        Assert.That(
            () => ResidenceRouting.Decide(
                Facts("110101001", "110101001"),
                [.. InForce.Select(rule => rule.Rule == "AppliesWhereTheHouseholdIsRegistered" ? rule with { Outcome = RoutingOutcome.AcceptedHere } : rule)]),
            Throws.InvalidOperationException);

    [Test]
    public void A_row_without_a_rule_is_an_error_and_not_skipped() =>
        Assert.That(
            () => ResidenceRouting.Decide(Facts("140213050", "140213050"), [InForce[0] with { Rule = "AnybodyAnywhere", Programmes = ByRegistration }]),
            Throws.InvalidOperationException.With.Message.Contains("AnybodyAnywhere"));

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
            Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo("140213050"));
            Assert.That(decision.BasisCodes, Is.EqualTo(["LAW-37", "57-4"]));
            Assert.That(decision.ResidenceDiffers);
            Assert.That(decision.Community, Is.Null);
        }
    }

    [Test]
    public void Registered_here_and_living_where_another_member_is_registered_is_still_accepted_here() =>
        Assert.That(Decide("140213050", "110101001", "140213050", "110101001").AcceptingDivision?.Value, Is.EqualTo("140213050"));

    // Where the 2025 Measures name no place, registration stands in and says so.
    [Test]
    public void Hardship_by_essential_expenditure_living_outside_is_routed_by_a_sample() =>
        Assert.That(Decide(Facts("140213050", "110101001") with { Programme = Programme.EssentialExpenditureHardship }).IsSample);

    // Row 3, 57 art. 5(1) and N22 part 4(3): members registered in different provinces. Row 4, 57 art. 5(2): in different
    // counties of one, where the same test stands in as a sample.
    [TestCase("110101001", "140213053002", "140213050", "AnotherMemberRegisteredAndLivingInTheDistrict", "140213053", "57-5|N22-4-3|PC-RESIDENCE", false,
        TestName = "57_5_1_another_member_is_registered_and_lives_in_the_district")]
    [TestCase("140105001", "140213053002", "140213050", "AnotherMemberOfTheProvinceRegisteredAndLivingInTheDistrict", "140213053", "57-5|PC-RESIDENCE", true,
        TestName = "57_5_2_another_member_of_the_province_is_registered_and_lives_in_the_district")]
    [TestCase("110101001", "140213", "140213050", "AnotherMemberRegisteredInTheDistrict", "140213050", "57-5|N22-4-3", false,
        TestName = "57_5_1_a_residence_here_whose_street_is_not_known")]
    [TestCase("140105001", "140213", "140213050", "AnotherMemberOfTheProvinceRegisteredInTheDistrict", "140213050", "57-5", true,
        TestName = "57_5_2_a_residence_here_whose_street_is_not_known")]
    [TestCase("110101001", "410102003", "140213050", "AnotherMemberRegisteredHereLivingOutside", "140213050", "57-5|N22-4-3|LAW-37", false,
        TestName = "57_5_1_where_no_member_lives_where_registered_the_registration_of_any_member_here_suffices")]
    [TestCase("140105001", "410102003", "140213050", "AnotherMemberOfTheProvinceRegisteredHereLivingOutside", "140213050", "57-5", true,
        TestName = "57_5_2_where_no_member_lives_where_registered_the_registration_of_any_member_here_suffices")]
    public void Another_member_is_registered_here(
        string applicant, string residence, string other, string rule, string street, string bases, bool isSample)
    {
        var decision = Decide(applicant, residence, applicant, other);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Rule, Is.EqualTo(rule));
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.AcceptedHere));
            Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo(street));
            Assert.That(decision.BasisCodes, Is.EqualTo(bases.Split('|')));
            Assert.That(decision.ResidenceDiffers);
            Assert.That(decision.IsSample, Is.EqualTo(isSample));
        }
    }

    [Test]
    public void Before_the_local_notice_another_member_applies_at_the_street_of_that_registration() =>
        Assert.That(
            DecideOn("2024-12-31", Facts("110101001", "140213053002", "110101001", "140213050")).AcceptingDivision?.Value, Is.EqualTo("140213050"));

    // 57 art. 5(1), first half: the place where one member's registration and residence agree.
    [TestCase("110101001", "410102003", "AppliesWhereAMemberIsRegisteredAndLives", "410102", false, TestName = "57_5_1_a_transfer_goes_where_a_member_lives_and_is_registered")]
    [TestCase("140105001", "140214001", "AppliesWhereAMemberOfTheProvinceIsRegisteredAndLives", "140214", true, TestName = "57_5_2_a_transfer_goes_where_a_member_lives_and_is_registered")]
    public void A_transfer_goes_where_a_member_lives_and_is_registered(string applicant, string residence, string rule, string receiving, bool isSample)
    {
        var decision = Decide(Facts(applicant, residence, applicant, residence, "140213050") with { Proof = ResidenceProofKind.Lease });

        using (Assert.EnterMultipleScope())
        {
            // A member registered in the district lives elsewhere too: where one lives and is registered comes first.
            Assert.That(decision.Rule, Is.EqualTo(rule));
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.TransferOutward));
            Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo(receiving));
            Assert.That(decision.ResidenceDiffers);
            Assert.That(decision.IsSample, Is.EqualTo(isSample));
            Assert.That(decision.ProofReliedOn, Is.EqualTo(ResidenceProofKind.Lease));
        }
    }

    // Row 5: no local policy opens the residence permit's way, so the office passes the application on itself (LAW-64, LAW-70(1)).
    [TestCase("110101001", "140213053001", "110101", true, TestName = "LAW_64_living_here_and_registered_in_another_province")]
    [TestCase("140214001", "140213053001", "140214", true, TestName = "LAW_64_living_here_and_registered_in_another_district_of_the_city")]
    [TestCase("110101001", "110101001005", "110101", false, TestName = "LAW_64_neither_living_nor_registered_here")]
    [TestCase("110101", "110102", "110101", true, TestName = "Two_districts_elsewhere_are_a_difference")]
    [TestCase("11", "140213053001", "11", true, TestName = "A_registration_known_only_to_the_province_is_passed_there")]
    public void Registered_elsewhere_is_passed_on(string registration, string residence, string receiving, bool residenceDiffers)
    {
        foreach (var holdsPermit in new[] { false, true })
        {
            var decision = Decide(Facts(registration, residence) with { HoldsResidencePermit = holdsPermit });

            using (Assert.EnterMultipleScope())
            {
                Assert.That(decision.Rule, Is.EqualTo("AppliesWhereTheHouseholdIsRegistered"));
                Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.TransferOutward));
                Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo(receiving));
                Assert.That(decision.BasisCodes, Is.EqualTo(["LAW-37", "LAW-64", "LAW-70"]));
                Assert.That(decision.ResidenceDiffers, Is.EqualTo(residenceDiffers));
            }
        }
    }

    // 57 art. 5(3) and Act art. 37(1): once a local policy opens it.
    [TestCase(true, "140213053001", RoutingOutcome.AcceptedHere)]
    [TestCase(false, "140213053001", RoutingOutcome.TransferOutward)]
    [TestCase(true, "110101001", RoutingOutcome.TransferOutward)]
    public void Where_the_row_is_switched_on_a_residence_permit_of_this_district_suffices(bool holdsPermit, string residence, RoutingOutcome outcome)
    {
        var switchedOn = InForce.Select(rule => rule with { IsEnabled = true }).ToList();

        foreach (var programme in ByRegistration.Except([Programme.EssentialExpenditureHardship]))
        {
            var decision = ResidenceRouting.Decide(
                Facts("110101001", residence) with { Programme = programme, HoldsResidencePermit = holdsPermit, Proof = ResidenceProofKind.Lease }, switchedOn);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(decision.Outcome, Is.EqualTo(outcome), programme.ToString());
                if (outcome == RoutingOutcome.AcceptedHere)
                {
                    Assert.That(decision.Rule, Is.EqualTo("LivesHereWithAResidencePermit"));
                    Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo("140213053"));
                    Assert.That(decision.Community?.Value, Is.EqualTo("140213053001"));
                    Assert.That(decision.ProofReliedOn, Is.EqualTo(ResidenceProofKind.ResidencePermit));
                }
            }
        }
    }

    // The sentence of the last rule tells the household that no member is registered in this district.
    [Test]
    public void Nobody_is_told_that_no_member_is_registered_here_when_one_is([ValueSource(nameof(ByRegistration))] Programme programme) =>
        Assert.That(
            Decide(Facts("110101001", "110101001005", "110101001", "140213050") with { Programme = programme }).Rule,
            Is.Not.EqualTo("AppliesWhereTheHouseholdIsRegistered"));

    [Test]
    public void The_last_rule_stays_silent_where_a_member_is_registered_here() =>
        Refused.With("no-parameter-in-force", () => ResidenceRouting.Decide(
            Facts("110101001", "110101001005", "110101001", "140213050") with { Programme = Programme.MedicalAssistance },
            [.. InForce.Where(rule => rule.Rule != "AppliesWhereTheApplicantIsRegistered")]));

    // Row 6: Act art. 37(2).
    [TestCase("110101001", "110101001", "140213053002", "TheEmergencyHappenedInTheDistrict", RoutingOutcome.AcceptedHere, "140213053", "LAW-37",
        TestName = "LAW_37_2_an_emergency_here_asks_for_no_registration_and_no_residence")]
    [TestCase("140213050", "140213050001", "140213053", "TheEmergencyHappenedInTheDistrict", RoutingOutcome.AcceptedHere, "140213053", "LAW-37",
        TestName = "LAW_37_2_an_emergency_in_another_street_than_ones_own")]
    [TestCase("140213050", "140213050001", "110101001", "TheEmergencyHappenedElsewhere", RoutingOutcome.TransferOutward, "110101", "LAW-37|LAW-64|LAW-70",
        TestName = "LAW_37_2_an_emergency_outside_the_district_is_passed_there")]
    [TestCase("110101001", "140213050001", null, "TheEmergencyHappenedInTheDistrict", RoutingOutcome.AcceptedHere, "140213050", "LAW-37",
        TestName = "Where_nobody_says_the_emergency_is_where_they_live")]
    public void Temporary_assistance_goes_where_the_emergency_happened(
        string registration, string residence, string? emergency, string rule, RoutingOutcome outcome, string accepting, string bases)
    {
        var decision = Decide(Facts(registration, residence) with
        {
            Programme = Programme.TemporaryAssistance,
            EmergencyPlace = emergency is null ? null : DivisionCode.Parse(emergency),
            Proof = ResidenceProofKind.Lease,
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Rule, Is.EqualTo(rule));
            Assert.That(decision.Outcome, Is.EqualTo(outcome));
            Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo(accepting));
            Assert.That(decision.BasisCodes, Is.EqualTo(bases.Split('|')));
            Assert.That(decision.ProofReliedOn, Is.Null);
        }
    }

    // Row 7: Act art. 38(1).
    [TestCase("140213050", "140213053001")]
    [TestCase("110101001", "110101001")]
    public void LAW_38_1_education_is_applied_for_at_the_school(string registration, string residence)
    {
        var decision = Decide(Facts(registration, residence) with { Programme = Programme.EducationAssistance });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Outcome, Is.EqualTo(RoutingOutcome.OtherDoor));
            Assert.That(decision.AcceptingDivision, Is.Null);
            Assert.That(decision.Community, Is.Null);
            Assert.That(decision.BasisCodes, Is.EqualTo(["LAW-38"]));
        }
    }

    [TestCase("140213053002", ResidenceProofKind.UtilityBill)]
    [TestCase("110101001", null, TestName = "Where_registration_decides_no_proof_of_residence_is_relied_on")]
    public void The_proof_is_named_where_the_residence_decided(string residence, ResidenceProofKind? reliedOn) =>
        Assert.That(
            Decide(Facts("140213050001", residence) with { Proof = ResidenceProofKind.UtilityBill }).ProofReliedOn, Is.EqualTo(reliedOn));

    [Test]
    public void A_residence_known_only_to_the_district_goes_to_the_street_of_registration()
    {
        var decision = Decide("140213050", "140213");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.AcceptingDivision?.Value, Is.EqualTo("140213050"));
            Assert.That(decision.ResidenceDiffers, Is.False, "What is not known is no difference.");
        }
    }

    // The form asks for the street; where it is not known the application is neither accepted by nobody nor passed to ourselves.
    [Test]
    public void A_registration_here_without_its_street_fails_closed() =>
        Refused.With("no-parameter-in-force", () => Decide("140213", "110101001"));

    // The first six digits of an identity number are where it was first given and decide nothing.
    [Test]
    public void Routing_knows_no_identity_number_and_nothing_but_places_and_papers() =>
        Assert.That(
            typeof(ResidenceFacts).GetProperties().Where(property => property.Name != "EqualityContract").Select(property => property.PropertyType).Distinct(),
            Is.SubsetOf(new[]
            {
                typeof(Programme), typeof(DateOnly), typeof(DivisionCode), typeof(IReadOnlyList<DivisionCode>), typeof(bool),
                typeof(DivisionCode?), typeof(ResidenceProofKind?),
            }));

    [Test]
    public void Every_household_and_programme_reaches_exactly_one_outcome_and_an_accepted_one_a_street_of_the_district() =>
        AnyHousehold.Sample(
            facts =>
            {
                var decision = ResidenceRouting.Decide(facts, InForce);
                return decision.BasisCodes.Count > 0 && decision.BasisCodes.All(basis => basis.Length > 0) && decision.Outcome switch
                {
                    RoutingOutcome.AcceptedHere => decision.AcceptingDivision is { Level: DivisionLevel.Subdistrict } street && Pingcheng.Contains(street)
                        && (decision.Community is not { } community || street.Contains(community)),
                    RoutingOutcome.TransferOutward => decision.AcceptingDivision is { } other && !Pingcheng.Contains(other),
                    _ => facts.Programme == Programme.EducationAssistance && decision.AcceptingDivision is null,
                };
            },
            iter: 5_000);

    [Test]
    public void Whoever_is_registered_in_a_street_of_the_district_is_never_passed_on() =>
        Gen.Select(AnyHousehold, Gen.OneOf(ByRegistration)).Where(pair => Pingcheng.Contains(pair.Item1.ApplicantRegistration)).Sample(
            (facts, programme) => ResidenceRouting.Decide(facts with { Programme = programme }, InForce).Outcome == RoutingOutcome.AcceptedHere,
            iter: 2_000);

    [Test]
    public void The_order_of_the_members_decides_nothing() =>
        AnyHousehold.Sample(
            facts => Same(
                ResidenceRouting.Decide(facts, InForce),
                ResidenceRouting.Decide(facts with { MemberRegistrations = [.. facts.MemberRegistrations.Reverse()] }, InForce)),
            iter: 2_000);

    [Test]
    public void The_order_of_the_rows_decides_nothing_but_their_position() =>
        AnyHousehold.Sample(
            facts => Same(ResidenceRouting.Decide(facts, InForce), ResidenceRouting.Decide(facts, [.. InForce.Reverse()])),
            iter: 1_000);

    [Test]
    public void Only_temporary_assistance_looks_at_the_emergency_and_nothing_looks_at_the_kind_of_proof() =>
        Gen.Select(AnyHousehold, AnyRegistration, Gen.Enum<ResidenceProofKind>()).Sample(
            (facts, emergency, proof) =>
            {
                var decision = ResidenceRouting.Decide(facts, InForce);
                var other = ResidenceRouting.Decide(
                    facts with { Proof = proof, EmergencyPlace = facts.Programme == Programme.TemporaryAssistance ? facts.EmergencyPlace : emergency }, InForce);
                return Same(decision, other with { ProofReliedOn = decision.ProofReliedOn });
            },
            iter: 1_000);

    private static bool Same(RoutingDecision left, RoutingDecision right) =>
        left.BasisCodes.SequenceEqual(right.BasisCodes) && left == right with { BasisCodes = left.BasisCodes };

    private static ResidenceFacts Facts(string registration, string residence, params string[] members) => new()
    {
        Programme = Programme.SubsistenceAllowance,
        AppliedOn = Today,
        District = Pingcheng,
        ApplicantRegistration = DivisionCode.Parse(registration),
        MemberRegistrations = [.. (members.Length == 0 ? [registration] : members).Select(DivisionCode.Parse)],
        HabitualResidence = DivisionCode.Parse(residence),
    };

    private static RoutingDecision Decide(string registration, string residence, params string[] members) => Decide(Facts(registration, residence, members));

    private static RoutingDecision Decide(ResidenceFacts facts) => ResidenceRouting.Decide(facts, InForce);

    private static RoutingDecision DecideOn(string day, ResidenceFacts facts)
    {
        var on = Seeds.Day(day)!.Value;
        return ResidenceRouting.Decide(facts with { AppliedOn = on }, Seeds.RoutingRules.RulesInForceOn(on));
    }
}

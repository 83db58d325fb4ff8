using Assistance.Domain.Shared;

namespace Assistance.Domain.Intake;

/// <summary>How the household shows where it lives.</summary>
public enum ResidenceProofKind
{
    ResidencePermit,
    Lease,
    UtilityBill,
    CommunityAttestation,
    HomeVisit,
}

/// <summary>
/// Where a household belongs, as far as routing needs it. Codes as declared, inside the district to the street: never taken
/// from an identity number.
/// </summary>
public sealed record ResidenceFacts
{
    public required Programme Programme { get; init; }

    /// <summary>The day of the application, by which the rules are in force.</summary>
    public required DateOnly AppliedOn { get; init; }

    /// <summary>The district this service is run by.</summary>
    public required DivisionCode District { get; init; }

    /// <summary>The applicant's household registration.</summary>
    public required DivisionCode ApplicantRegistration { get; init; }

    /// <summary>The registration of every member, the applicant among them.</summary>
    public required IReadOnlyList<DivisionCode> MemberRegistrations { get; init; }

    /// <summary>Where the household lives.</summary>
    public required DivisionCode HabitualResidence { get; init; }

    /// <summary>Whether the household holds a residence permit of where it lives (57 art. 5(3)).</summary>
    public bool HoldsResidencePermit { get; init; }

    /// <summary>Where the emergency happened, for temporary assistance; where nobody says, it is where the household lives.</summary>
    public DivisionCode? EmergencyPlace { get; init; }

    public ResidenceProofKind? Proof { get; init; }
}

/// <summary>Which office accepts an application, and why.</summary>
public sealed record RoutingDecision
{
    /// <summary>The rule of a routing that the district ruled on when two streets differed.</summary>
    public const string ArbitratedByTheDistrict = "ArbitratedByTheDistrict";

    /// <summary>The deciding rule's code; its sentence is rendered from it.</summary>
    public required string Rule { get; init; }

    public required RoutingOutcome Outcome { get; init; }

    /// <summary>Legal bases, the first one deciding.</summary>
    public required IReadOnlyList<string> BasisCodes { get; init; }

    /// <summary>The street that accepts; for a transfer, the district the application goes to; null where another door than an office of this kind takes it.</summary>
    public DivisionCode? AcceptingDivision { get; init; }

    /// <summary>The community the household lives in, where it lives in the accepting street.</summary>
    public DivisionCode? Community { get; init; }

    /// <summary>The proof of residence, where the residence decided and one was given.</summary>
    public ResidenceProofKind? ProofReliedOn { get; init; }

    /// <summary>人户分离: residence and registration are in different streets, which allows 45 working days (N22 part 4(1)).</summary>
    public required bool ResidenceDiffers { get; init; }

    /// <summary>Whether the rule stands in for a local one that was not found.</summary>
    public bool IsSample { get; init; }

    public OtherDoor? AlsoAt { get; init; }
}

/// <summary>
/// Decides which office accepts a household's application. When a rule applies is code, one small function a rule; which
/// rules hold, for whom, from when and by which article are rows of <c>seeds/routing-rules.csv</c>. The last of them always
/// answers, so that every household reaches exactly one office and nobody is sent away.
/// </summary>
public static class ResidenceRouting
{
    private static readonly Dictionary<string, Func<ResidenceFacts, Place?>> Conditions = new Func<ResidenceFacts, Place?>[]
    {
        EducationIsAppliedForAtTheSchool,
        TheEmergencyHappenedInTheDistrict,
        TheEmergencyHappenedElsewhere,
        RegisteredAndLivingInTheDistrict,
        AppliesAtTheStreetOfRegistration,
        AnotherMemberRegisteredAndLivingInTheDistrict,
        AnotherMemberOfTheProvinceRegisteredAndLivingInTheDistrict,
        AnotherMemberRegisteredInTheDistrict,
        AnotherMemberOfTheProvinceRegisteredInTheDistrict,
        RegisteredHereLivingOutside,
        AppliesWhereAMemberIsRegisteredAndLives,
        AppliesWhereAMemberOfTheProvinceIsRegisteredAndLives,
        AnotherMemberRegisteredHereLivingOutside,
        AnotherMemberOfTheProvinceRegisteredHereLivingOutside,
        LivesHereWithAResidencePermit,
        AppliesWhereTheApplicantIsRegistered,
        AppliesWhereTheHouseholdIsRegistered,
    }.ToDictionary(rule => rule.Method.Name);

    /// <summary>The names that rows of the table may give.</summary>
    public static IReadOnlyCollection<string> RuleNames => Conditions.Keys;

    /// <exception cref="RuleViolation">no-parameter-in-force: no rule in force answers for the programme, so nothing is guessed.</exception>
    public static RoutingDecision Decide(ResidenceFacts facts, IReadOnlyList<RoutingRule> inForce) =>
        inForce.Where(rule => rule.IsEnabled && rule.Programmes.Contains(facts.Programme))
            .OrderBy(rule => rule.Position)
            .Select(rule => Decide(facts, rule))
            .FirstOrDefault(decision => decision is not null)
        ?? throw Refusals.NoStandardInForce($"routing-rules.{facts.Programme}", facts.AppliedOn);

    private static RoutingDecision? Decide(ResidenceFacts facts, RoutingRule rule)
    {
        if (!Conditions.TryGetValue(rule.Rule, out var condition))
        {
            throw new InvalidOperationException($"No routing rule is named {rule.Rule}.");
        }

        if (condition(facts) is not { } place)
        {
            return null;
        }

        if (!CanBe(rule.Outcome, place, facts.District))
        {
            throw new InvalidOperationException($"The routing rule {rule.Rule} cannot be answered by {rule.Outcome}.");
        }

        return new RoutingDecision
        {
            Rule = rule.Rule,
            Outcome = rule.Outcome,
            BasisCodes = rule.BasisCodes,
            AcceptingDivision = place.Division,
            Community = place.Division == StreetOf(facts.HabitualResidence) ? facts.HabitualResidence.At(DivisionLevel.Community) : null,
            ProofReliedOn = place.Proof,
            ResidenceDiffers = !AgreeToTheStreet(facts.ApplicantRegistration, facts.HabitualResidence),
            IsSample = rule.IsSample,
            AlsoAt = rule.AlsoAt,
        };
    }

    // A row may change what the law says of a rule, and never that a street of the district accepts or another district is passed to.
    private static bool CanBe(RoutingOutcome outcome, Place place, DivisionCode district) => outcome switch
    {
        RoutingOutcome.AcceptedHere => place.Division is { Level: DivisionLevel.Subdistrict } street && district.Contains(street),
        RoutingOutcome.TransferOutward => place.Division is { } other && !district.Contains(other) && !other.Contains(district),
        _ => place.Division is null,
    };

    // Act art. 38(1): the school takes the application and carries it out.
    private static Place? EducationIsAppliedForAtTheSchool(ResidenceFacts facts) =>
        facts.Programme == Programme.EducationAssistance ? new Place(null) : null;

    // Act art. 37(2): where the emergency happens, without any test of registration or residence.
    private static Place? TheEmergencyHappenedInTheDistrict(ResidenceFacts facts) =>
        facts.Programme == Programme.TemporaryAssistance && StreetHere(facts, EmergencyPlaceOf(facts)) is { } street ? new Place(street) : null;

    private static Place? TheEmergencyHappenedElsewhere(ResidenceFacts facts) =>
        facts.Programme == Programme.TemporaryAssistance ? DistrictElsewhere(facts, EmergencyPlaceOf(facts)) : null;

    // The local notice on where residents of this district apply: the street they live in accepts, whichever street they
    // are registered in.
    private static Place? RegisteredAndLivingInTheDistrict(ResidenceFacts facts) =>
        facts.District.Contains(facts.ApplicantRegistration) ? WhereTheyLiveHere(facts) : null;

    // The national rule (57 art. 4; Act art. 37(1)), before the local notice and where the street of residence is not known.
    private static Place? AppliesAtTheStreetOfRegistration(ResidenceFacts facts) =>
        facts.District.Contains(facts.HabitualResidence) && StreetHere(facts, facts.ApplicantRegistration) is { } street ? new Place(street) : null;

    // 57 art. 5(1), first half: members registered in different provinces apply where one member's registration and
    // residence agree; inside this district the local notice names the street.
    private static Place? AnotherMemberRegisteredAndLivingInTheDistrict(ResidenceFacts facts) =>
        OfSeveralProvinces(facts) && AMemberIsRegisteredHere(facts) ? WhereTheyLiveHere(facts) : null;

    // 57 art. 5(2) leaves members of one province to its own rule; Shanxi's was not found, and the same test is applied.
    private static Place? AnotherMemberOfTheProvinceRegisteredAndLivingInTheDistrict(ResidenceFacts facts) =>
        OfSeveralDistrictsOfOneProvince(facts) && AMemberIsRegisteredHere(facts) ? WhereTheyLiveHere(facts) : null;

    // The same before the local notice: at the street that member is registered in.
    private static Place? AnotherMemberRegisteredInTheDistrict(ResidenceFacts facts) =>
        OfSeveralProvinces(facts) && facts.District.Contains(facts.HabitualResidence) ? WhereAMemberIsRegisteredHere(facts) : null;

    private static Place? AnotherMemberOfTheProvinceRegisteredInTheDistrict(ResidenceFacts facts) =>
        OfSeveralDistrictsOfOneProvince(facts) && facts.District.Contains(facts.HabitualResidence) ? WhereAMemberIsRegisteredHere(facts) : null;

    // The national rule holds for a resident who lives elsewhere: the street of registration accepts.
    private static Place? RegisteredHereLivingOutside(ResidenceFacts facts) =>
        !facts.District.Contains(facts.HabitualResidence) && StreetHere(facts, facts.ApplicantRegistration) is { } street ? new Place(street) : null;

    // 57 art. 5(1), first half: another district, where one member's registration and residence agree.
    private static Place? AppliesWhereAMemberIsRegisteredAndLives(ResidenceFacts facts) =>
        OfSeveralProvinces(facts) ? WhereAMemberIsRegisteredAndLivesElsewhere(facts) : null;

    private static Place? AppliesWhereAMemberOfTheProvinceIsRegisteredAndLives(ResidenceFacts facts) =>
        OfSeveralDistrictsOfOneProvince(facts) ? WhereAMemberIsRegisteredAndLivesElsewhere(facts) : null;

    // 57 art. 5(1), second half: no member lives where registered, so any member's registration serves.
    private static Place? AnotherMemberRegisteredHereLivingOutside(ResidenceFacts facts) =>
        OfSeveralProvinces(facts) && !facts.District.Contains(facts.HabitualResidence) ? WhereAMemberIsRegisteredHere(facts) : null;

    private static Place? AnotherMemberOfTheProvinceRegisteredHereLivingOutside(ResidenceFacts facts) =>
        OfSeveralDistrictsOfOneProvince(facts) && !facts.District.Contains(facts.HabitualResidence) ? WhereAMemberIsRegisteredHere(facts) : null;

    // 57 art. 5(3) and Act art. 37(1): where conditions allow, that is where a local policy opened it.
    private static Place? LivesHereWithAResidencePermit(ResidenceFacts facts) =>
        facts.HoldsResidencePermit && WhereTheyLiveHere(facts) is { } place ? place with { Proof = ResidenceProofKind.ResidencePermit } : null;

    // A member is registered here, which does not decide for this programme: the applicant's registration does.
    private static Place? AppliesWhereTheApplicantIsRegistered(ResidenceFacts facts) =>
        AMemberIsRegisteredHere(facts) ? DistrictElsewhere(facts, facts.ApplicantRegistration) : null;

    private static Place? AppliesWhereTheHouseholdIsRegistered(ResidenceFacts facts) =>
        AMemberIsRegisteredHere(facts) ? null : DistrictElsewhere(facts, facts.ApplicantRegistration);

    private static DivisionCode EmergencyPlaceOf(ResidenceFacts facts) => facts.EmergencyPlace ?? facts.HabitualResidence;

    private static bool AMemberIsRegisteredHere(ResidenceFacts facts) => facts.MemberRegistrations.Any(facts.District.Contains);

    private static bool OfSeveralProvinces(ResidenceFacts facts) => CountAt(DivisionLevel.Province, facts) > 1;

    private static bool OfSeveralDistrictsOfOneProvince(ResidenceFacts facts) =>
        CountAt(DivisionLevel.Province, facts) == 1 && CountAt(DivisionLevel.District, facts) > 1;

    private static int CountAt(DivisionLevel level, ResidenceFacts facts) =>
        facts.MemberRegistrations.Select(member => member.At(level)).Distinct().Count();

    private static Place? WhereTheyLiveHere(ResidenceFacts facts) =>
        StreetHere(facts, facts.HabitualResidence) is { } street ? new Place(street, facts.Proof) : null;

    // Several members may be registered in several streets: the first by code, so that the order of the form decides nothing.
    private static Place? WhereAMemberIsRegisteredHere(ResidenceFacts facts) =>
        facts.MemberRegistrations.Select(member => StreetHere(facts, member)).OfType<DivisionCode>()
            .OrderBy(street => street.Value, StringComparer.Ordinal)
            .Select(street => (Place?)new Place(street))
            .FirstOrDefault();

    private static Place? WhereAMemberIsRegisteredAndLivesElsewhere(ResidenceFacts facts) =>
        facts.HabitualResidence.At(DivisionLevel.District) is { } district && facts.MemberRegistrations.Any(district.Contains)
            && DistrictElsewhere(facts, district) is { } place
            ? place with { Proof = facts.Proof }
            : null;

    private static DivisionCode? StreetHere(ResidenceFacts facts, DivisionCode division) =>
        facts.District.Contains(division) ? StreetOf(division) : null;

    // Nothing is passed on to the district itself, nor to a province or city known only as one that holds it.
    private static Place? DistrictElsewhere(ResidenceFacts facts, DivisionCode division)
    {
        var district = division.At(DivisionLevel.District) ?? division;
        return facts.District.Contains(district) || district.Contains(facts.District) ? null : new Place(district);
    }

    private static DivisionCode? StreetOf(DivisionCode division) => division.At(DivisionLevel.Subdistrict);

    // As far as both are known.
    private static bool AgreeToTheStreet(DivisionCode registration, DivisionCode residence)
    {
        var (registered, living) = (StreetOf(registration) ?? registration, StreetOf(residence) ?? residence);
        return registered.Contains(living) || living.Contains(registered);
    }

    private readonly record struct Place(DivisionCode? Division, ResidenceProofKind? Proof = null);
}

using Assistance.Domain.Shared;

namespace Assistance.Domain.Intake;

/// <summary>Where a household belongs, as far as routing needs it. Codes as declared: never taken from an identity number.</summary>
/// <param name="District">The district this service is run by.</param>
/// <param name="ApplicantRegistration">The applicant's household registration.</param>
/// <param name="MemberRegistrations">The registration of every member, the applicant among them.</param>
/// <param name="HabitualResidence">Where the household lives.</param>
public sealed record ResidenceFacts(
    DivisionCode District,
    DivisionCode ApplicantRegistration,
    IReadOnlyList<DivisionCode> MemberRegistrations,
    DivisionCode HabitualResidence);

public enum RoutingOutcome
{
    /// <summary>An office of this district accepts the application.</summary>
    AcceptedHere,

    /// <summary>The office that took it passes it on to another district, with written guidance for the household.</summary>
    TransferOutward,
}

/// <param name="Rule">The deciding rule's code; its sentence is rendered from it.</param>
/// <param name="BasisCodes">Legal bases, the first one deciding.</param>
/// <param name="AcceptingDivision">The street that accepts; for a transfer, the district the application goes to.</param>
/// <param name="ResidenceDiffers">人户分离: residence and registration are in different divisions, which allows 45 working days (N22 part 4(1)).</param>
public sealed record RoutingDecision(
    string Rule, RoutingOutcome Outcome, IReadOnlyList<string> BasisCodes, DivisionCode AcceptingDivision, bool ResidenceDiffers);

/// <summary>
/// Decides which office accepts a household's application. The rules are tried in order and the last always answers, so
/// that every household reaches exactly one office and nobody is sent away.
/// </summary>
public static class ResidenceRouting
{
    private static readonly Func<ResidenceFacts, RoutingDecision?>[] Rules =
    [
        RegisteredAndLivingInTheDistrict,
        AnotherMemberRegisteredAndLivingInTheDistrict,
        RegisteredHereLivingOutside,
        AppliesWhereAMemberIsRegisteredAndLives,
        AnotherMemberRegisteredHereLivingOutside,
        AppliesWhereTheHouseholdIsRegistered,
    ];

    public static RoutingDecision Decide(ResidenceFacts facts) =>
        Rules.Select(rule => rule(facts)).First(decision => decision is not null)!;

    // The local notice on where residents of this district apply: the street they live in accepts, whichever
    // street they are registered in.
    private static RoutingDecision? RegisteredAndLivingInTheDistrict(ResidenceFacts facts) =>
        facts.District.Contains(facts.ApplicantRegistration) && LivesInAStreetOfTheDistrict(facts)
            ? Accepted(nameof(RegisteredAndLivingInTheDistrict), facts, Street(facts.HabitualResidence),
                LegalBases.LocalResidenceNotice, LegalBases.ApplyAtRegistration, LegalBases.HouseholdIsTheUnit)
            : null;

    // 57 art. 5(1): members registered in different places apply where one member's registration and residence agree.
    private static RoutingDecision? AnotherMemberRegisteredAndLivingInTheDistrict(ResidenceFacts facts) =>
        facts.MemberRegistrations.Any(facts.District.Contains) && LivesInAStreetOfTheDistrict(facts)
            ? Accepted(nameof(AnotherMemberRegisteredAndLivingInTheDistrict), facts, Street(facts.HabitualResidence),
                LegalBases.MixedRegistration, LegalBases.LocalResidenceNotice)
            : null;

    // The national rule holds for a resident who lives elsewhere: the street of registration accepts.
    private static RoutingDecision? RegisteredHereLivingOutside(ResidenceFacts facts) =>
        facts.District.Contains(facts.ApplicantRegistration) && facts.ApplicantRegistration.Level >= DivisionLevel.Subdistrict
            ? Accepted(nameof(RegisteredHereLivingOutside), facts, Street(facts.ApplicantRegistration),
                LegalBases.ApplyAtRegistration, LegalBases.HouseholdIsTheUnit)
            : null;

    // 57 art. 5(1), first half: another district, where one member's registration and residence agree.
    private static RoutingDecision? AppliesWhereAMemberIsRegisteredAndLives(ResidenceFacts facts) =>
        facts.HabitualResidence.At(DivisionLevel.District) is { } district
            && !facts.District.Contains(district) && facts.MemberRegistrations.Any(district.Contains)
            && facts.MemberRegistrations.Any(member => !district.Contains(member))
            ? new(nameof(AppliesWhereAMemberIsRegisteredAndLives), RoutingOutcome.TransferOutward,
                [LegalBases.MixedRegistration, LegalBases.OneWindow, LegalBases.NoWrongfulRefusal], district,
                ResidenceDiffers: !facts.ApplicantRegistration.Contains(facts.HabitualResidence))
            : null;

    // 57 art. 5(1), second half: no member lives where registered, so any member's registration serves.
    private static RoutingDecision? AnotherMemberRegisteredHereLivingOutside(ResidenceFacts facts) =>
        facts.MemberRegistrations.Where(member => facts.District.Contains(member) && member.Level >= DivisionLevel.Subdistrict)
            .Select(member => Accepted(nameof(AnotherMemberRegisteredHereLivingOutside), facts, Street(member),
                LegalBases.MixedRegistration, LegalBases.ApplyAtRegistration))
            .FirstOrDefault();

    private static RoutingDecision AppliesWhereTheHouseholdIsRegistered(ResidenceFacts facts) =>
        new(nameof(AppliesWhereTheHouseholdIsRegistered), RoutingOutcome.TransferOutward,
            [LegalBases.ApplyAtRegistration, LegalBases.OneWindow, LegalBases.NoWrongfulRefusal],
            facts.ApplicantRegistration.At(DivisionLevel.District) ?? facts.ApplicantRegistration,
            ResidenceDiffers: !facts.ApplicantRegistration.Contains(facts.HabitualResidence));

    private static RoutingDecision Accepted(string rule, ResidenceFacts facts, DivisionCode street, params string[] bases) =>
        new(rule, RoutingOutcome.AcceptedHere, bases, street,
            ResidenceDiffers: facts.ApplicantRegistration.At(DivisionLevel.Subdistrict) != facts.HabitualResidence.At(DivisionLevel.Subdistrict));

    private static bool LivesInAStreetOfTheDistrict(ResidenceFacts facts) =>
        facts.District.Contains(facts.HabitualResidence) && facts.HabitualResidence.Level >= DivisionLevel.Subdistrict;

    private static DivisionCode Street(DivisionCode division) => division.At(DivisionLevel.Subdistrict)!.Value;
}

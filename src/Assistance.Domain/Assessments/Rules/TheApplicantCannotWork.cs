using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// 无劳动能力 (特困人员认定办法 art. 5): 60 or older, under 16, or disabled intellectually or mentally to grade 3, physically to grade 2,
/// visually to grade 1. Another ground that the province sets is not known here.
/// </summary>
public sealed class TheApplicantCannotWork : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var applicant = input.Household.LivingOn(input.AssessedOn).FirstOrDefault(member => member.Relationship == Relationship.Self);
        var ground = applicant is null ? null : GroundOf(applicant, input.AssessedOn);
        return ground is not null
            ? this.Found(Outcome.Eligible, "cannot-work", [LegalBases.ExtremePoverty, LegalBases.UnableToWork], ("ground", ground))
            : this.Found(Outcome.Ineligible, "can-work", [LegalBases.ExtremePoverty, LegalBases.UnableToWork]);
    }

    private static string? GroundOf(HouseholdMember member, DateOnly on) =>
        member.BornOn.AddYears(60) <= on ? "Aged60"
        : member.BornOn.AddYears(16) > on ? "Under16"
        : member.Disability is { Kind: DisabilityKind.Intellectual or DisabilityKind.Mental, Grade: <= 3 }
            or { Kind: DisabilityKind.Physical, Grade: <= 2 } or { Kind: DisabilityKind.Visual, Grade: 1 } ? "Disabled"
        : null;
}

using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// The declared registration agrees with the police register (Act art. 37; 57 art. 4), or an officer settled which holds. A
/// difference is somebody's to clear up and no ground to refuse; compared down to the district, since a move between streets changes no right.
/// </summary>
public sealed class RegistrationAgreesWithTheRegister : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var differing = input.Disagreements.Count(disagreement => disagreement.Field == DisagreementField.RegisteredDivision
            && input.ResolutionOf(disagreement) is null or { Kind: ResolutionKind.NotClear });
        return differing == 0
            ? this.Found(Outcome.Eligible, "registration-agrees", [LegalBases.ApplyAtRegistration, LegalBases.HouseholdIsTheUnit])
            : this.Found(Outcome.NeedsReview, "registration-differs", [LegalBases.ApplyAtRegistration, LegalBases.VerificationStarts],
                ("members", differing.Text()));
    }
}

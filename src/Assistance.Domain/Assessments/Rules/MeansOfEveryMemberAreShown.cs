using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// Every member's means are shown by a department's answer or by what the household supplied instead (57 art. 17 and 19).
/// A department's silence is neither a yes nor a no: somebody has to look.
/// </summary>
public sealed class MeansOfEveryMemberAreShown : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy) =>
        input.Gaps.Count == 0
            ? this.Found(Outcome.Eligible, "means-shown", [LegalBases.VerificationStarts, LegalBases.DepartmentsVerify],
                ("facts", input.Facts.Count.Text()))
            : this.Found(Outcome.NeedsReview, "means-not-shown", [LegalBases.VerificationStarts, LegalBases.ReviewFromInvestigation],
                ("missing", input.Gaps.Count.Text()),
                ("sources", string.Join(", ", input.Gaps.Select(gap => gap.Source).Distinct().Order())));
}

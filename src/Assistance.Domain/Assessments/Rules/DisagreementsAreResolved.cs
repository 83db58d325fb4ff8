using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// Where statements differ, it says which was taken (57 art. 17 and 18): of amounts and numbers the highest, unless an officer
/// settled which holds. What is no number nobody but an officer can pick, and neither what was looked into and is not clear.
/// </summary>
public sealed class DisagreementsAreResolved : IAssessmentRule
{
    private static readonly string[] Bases = [LegalBases.VerificationStarts, LegalBases.RecheckOnObjection];

    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var composition = input.Composition;
        var differing = input.Disagreements
            .Where(disagreement => composition.StandingOf(disagreement.PersonId) is { } standing && standing != Standing.DoesNotCount && !HasItsOwnRule(disagreement.Field))
            .Select(disagreement => (disagreement.Field, Kind: input.ResolutionOf(disagreement)?.Kind)).ToList();
        var open = differing.Where(difference => difference.Kind == ResolutionKind.NotClear || (difference.Kind is null && !Disagreements.IsOfNumbers(difference.Field))).ToList();
        return (differing.Count, open.Count) switch
        {
            (0, _) => this.Found(Outcome.Eligible, "statements-agree", Bases),
            (_, 0) => this.Found(Outcome.Eligible, "differences-settled", Bases,
                ("differing", differing.Count.Text()),
                ("highest", Words(differing.Where(difference => difference.Kind is null))),
                ("resolved", Words(differing.Where(difference => difference.Kind is not null)))),
            _ => this.Found(Outcome.NeedsReview, "differences-open", Bases, ("open", open.Count.Text()), ("fields", Words(open))),
        };
    }

    private static bool HasItsOwnRule(DisagreementField field) => field is DisagreementField.RegisteredDivision or DisagreementField.Death;

    private static string Words(IEnumerable<(DisagreementField Field, ResolutionKind? Kind)> differences) =>
        string.Join(", ", differences.Select(difference => difference.Field).Distinct().Order().Select(field => $"disagreement.{field}"));
}

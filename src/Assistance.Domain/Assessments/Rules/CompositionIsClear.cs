using Assistance.Domain.Households;

namespace Assistance.Domain.Assessments.Rules;

/// <summary>
/// It is clear who counts as a member (57 art. 7 and 8). While it is not, nothing that is divided by the members can be
/// judged; and a household none of whose living members counts has nobody to be assisted.
/// </summary>
public sealed class CompositionIsClear : IAssessmentRule
{
    public int Version => 1;

    public Finding Evaluate(AssessmentInput input, HouseholdEconomy economy)
    {
        var composition = input.Composition;
        var open = composition.Standings.Where(member => member.Standing == Standing.NeedsReview).ToList();
        var found = (open.Count, composition.Counted) switch
        {
            ( > 0, _) => this.Found(Outcome.NeedsReview, "composition-open", BasesOf(open), ("open", open.Count.Text())),
            (_, 0) => this.Found(Outcome.Ineligible, "nobody-counts", BasesOf(composition.Standings), ("living", composition.Standings.Count.Text())),
            (_, var counted) => this.Found(Outcome.Eligible, "composition-clear", BasesOf(composition.Standings),
                ("counted", counted.Text()), ("living", composition.Standings.Count.Text())),
        };
        return found.By(ParameterCodes.LongAbsenceMonths);
    }

    private static string[] BasesOf(IEnumerable<MemberStanding> standings) =>
        [.. standings.Select(member => member.BasisCode).Distinct().Order(StringComparer.Ordinal)];
}

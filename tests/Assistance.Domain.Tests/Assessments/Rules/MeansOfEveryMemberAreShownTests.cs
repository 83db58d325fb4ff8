using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Lookups;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>57 art. 17 and 19; a department's silence is neither a yes nor a no.</summary>
public sealed class MeansOfEveryMemberAreShownTests
{
    [Test]
    public void Without_a_gap_the_means_are_shown() =>
        new MeansOfEveryMemberAreShown().On(AnInput(null, AnAmount(FactKind.MonthlyWage, 1), ACount(FactKind.HousesOwned, 0)))
            .Holds(Outcome.Eligible, "means-shown", ["57-17", "LAW-41"], "facts=2");

    [Test]
    public void One_gap_needs_review([Values] LookupState state) =>
        new MeansOfEveryMemberAreShown().On(AnInput() with { Gaps = [new EvidenceGap(Mother, LookupSource.RealEstate, state)] })
            .Holds(Outcome.NeedsReview, "means-not-shown", ["57-17", "57-19"], "missing=1", "sources=RealEstate");

    [Test]
    public void Each_silent_department_is_named_once()
    {
        var input = AnInput() with
        {
            Gaps =
            [
                new EvidenceGap(Mother, LookupSource.Vehicles, LookupState.Unavailable),
                new EvidenceGap(Child, LookupSource.Tax, LookupState.Unavailable),
                new EvidenceGap(Child, LookupSource.Vehicles, LookupState.SetAside),
            ],
        };

        new MeansOfEveryMemberAreShown().On(input)
            .Holds(Outcome.NeedsReview, "means-not-shown", ["57-17", "57-19"], "missing=3", "sources=Tax, Vehicles");
    }
}

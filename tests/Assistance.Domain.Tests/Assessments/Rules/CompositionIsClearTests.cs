using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Households;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>57 art. 7 and 8.</summary>
public sealed class CompositionIsClearTests
{
    private static readonly Household WithASibling = ABoringHousehold() with
    {
        Members = [.. ABoringHousehold().Members, AMember(Stranger, Relationship.Sibling)],
    };

    [Test]
    public void Where_everybody_stands_somewhere_it_is_clear() =>
        new CompositionIsClear().On(AnInput()).Holds(Outcome.Eligible, "composition-clear", ["57-4", "57-7"], "counted=2", "living=2");

    [Test]
    public void Where_one_member_is_open_somebody_has_to_determine() =>
        new CompositionIsClear().On(AnInput(WithASibling)).Holds(Outcome.NeedsReview, "composition-open", ["57-7"], "open=1");

    [TestCase(true, "counted=3")]
    [TestCase(false, "counted=2")]
    public void What_the_office_determined_makes_it_clear(bool counts, string counted) =>
        new CompositionIsClear().On(AnInput(WithASibling with { Determinations = [new Determination(Stranger, counts)] }))
            .Holds(Outcome.Eligible, "composition-clear", ["57-4", "57-7"], counted, "living=3");

    [Test]
    public void Where_nobody_counts_there_is_nobody_to_assist() =>
        new CompositionIsClear().On(AnInput(ABoringHousehold().WhereDied(Child, Today).WhereAway(Mother, AbsenceKind.Imprisonment, Today)))
            .Holds(Outcome.Ineligible, "nobody-counts", ["57-7"], "living=1");
}

namespace Assistance.Domain.Households;

/// <summary>What makes a declared relationship to the applicant unlikely.</summary>
public enum RelationshipDoubtKind
{
    TwoSpouses,
    SpouseIsAMinor,
    ChildIsNotYounger,
    ParentIsNotOlder,
    GrandparentIsNotOlder,
    GrandchildIsNotYounger,
}

/// <summary>
/// A relationship that does not make sense as declared. A slip of the pen as a rule and sometimes the truth (a step-parent,
/// an adoption): somebody looks, and nobody is turned away for it.
/// </summary>
/// <param name="Persons">The members whose relationship it is; the applicant is not among them.</param>
public sealed record RelationshipDoubt(RelationshipDoubtKind Kind, IReadOnlyList<Guid> Persons)
{
    public static IReadOnlyList<RelationshipDoubt> Of(Household household, DateOnly on)
    {
        var living = household.LivingOn(on).ToList();
        var doubts = new List<RelationshipDoubt>();
        var spouses = living.Where(member => member.Relationship == Relationship.Spouse).ToList();
        if (spouses.Count > 1)
        {
            doubts.Add(new RelationshipDoubt(RelationshipDoubtKind.TwoSpouses, [.. spouses.Select(spouse => spouse.PersonId)]));
        }

        var applicant = household.Members.FirstOrDefault(member => member.Relationship == Relationship.Self);
        doubts.AddRange(living
            .Select(member => (member.PersonId, Kind: DoubtOf(member, applicant, on)))
            .Where(doubt => doubt.Kind is not null)
            .Select(doubt => new RelationshipDoubt(doubt.Kind!.Value, [doubt.PersonId])));
        return doubts;
    }

    // By age alone, and only where it is on the wrong side: how many years lie between two generations decides nothing.
    private static RelationshipDoubtKind? DoubtOf(HouseholdMember member, HouseholdMember? applicant, DateOnly on) => member.Relationship switch
    {
        Relationship.Spouse when member.IsMinorOn(on) => RelationshipDoubtKind.SpouseIsAMinor,
        Relationship.Child when member.BornOn <= applicant?.BornOn => RelationshipDoubtKind.ChildIsNotYounger,
        Relationship.Parent when member.BornOn >= applicant?.BornOn => RelationshipDoubtKind.ParentIsNotOlder,
        Relationship.Grandparent when member.BornOn >= applicant?.BornOn => RelationshipDoubtKind.GrandparentIsNotOlder,
        Relationship.Grandchild when member.BornOn <= applicant?.BornOn => RelationshipDoubtKind.GrandchildIsNotYounger,
        _ => null,
    };
}

using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Disclosures;

/// <summary>When an item is needed.</summary>
public enum ItemCircumstance
{
    Household,
    EachMember,
    MemberWithoutIdentityNumber,
    FullTimeStudent,
    MemberWithDeposits,
    Adult,
    MemberWithDisability,
    MemberWithPreferentialPension,
    ResidenceDiffers,
}

/// <summary>
/// One row of <c>seeds/disclosure-items.csv</c>: what programmes need from a date on, of whom, why, and how it may be met.
/// </summary>
public sealed record DisclosureItemType : IDated
{
    public required string ItemCode { get; init; }

    /// <summary>The programmes that need it; one item serves them all.</summary>
    public required IReadOnlyList<Programme> Programmes { get; init; }

    public required ItemCircumstance Circumstance { get; init; }

    /// <summary>The department that answers the item; null where only the household can.</summary>
    public LookupSource? AnsweredBy { get; init; }

    /// <summary>Whether "no record" of that department answers the item (no house is registered) or leaves it open (nobody is registered).</summary>
    public bool IsAnsweredByNoRecord { get; init; }

    /// <summary>Whether the submitted form itself meets it: application, pledge and consents are one submission.</summary>
    public bool IsMetByTheForm { get; init; }

    public required IReadOnlyList<SupplyWay> Ways { get; init; }

    public required int Copies { get; init; }

    public required string BasisCode { get; init; }

    public required DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public required string NameZh { get; init; }

    public required string NameEn { get; init; }

    public required string WhyZh { get; init; }

    public required string ExampleZh { get; init; }

    private static readonly IEnumerable<HouseholdMember?> TheHousehold = [null];

    /// <summary>The members of a household whom the item concerns; a single null for the household as a whole.</summary>
    public IEnumerable<HouseholdMember?> Concerns(Household household, DateOnly day, bool residenceDiffers) => Circumstance switch
    {
        ItemCircumstance.Household => TheHousehold,
        ItemCircumstance.ResidenceDiffers => residenceDiffers ? TheHousehold : [],
        // A child without a number is on no department's record; the certificate of birth stands for all of them.
        ItemCircumstance.EachMember => household.LivingOn(day).Where(member => AnsweredBy is null || member.HasIdentityNumber),
        ItemCircumstance.MemberWithoutIdentityNumber => household.LivingOn(day).Where(member => !member.HasIdentityNumber),
        ItemCircumstance.FullTimeStudent => household.LivingOn(day).Where(member => member.IsFullTimeStudent),
        ItemCircumstance.MemberWithDeposits => household.LivingOn(day).Where(member => household.Properties.Any(property =>
            property.PersonId == member.PersonId && property.Kind == PropertyKind.Deposit)),
        ItemCircumstance.Adult => household.LivingOn(day).Where(member => member.HasIdentityNumber && !member.IsMinorOn(day)),
        ItemCircumstance.MemberWithDisability => household.LivingOn(day).Where(member => member.Disability is not null),
        ItemCircumstance.MemberWithPreferentialPension => household.LivingOn(day).Where(member => household.Incomes.Any(income =>
            income.PersonId == member.PersonId && income.Kind == IncomeKind.PreferentialPension)),
        _ => throw new InvalidOperationException($"No rule for circumstance {Circumstance}."),
    };
}

using Assistance.Domain.Shared;

namespace Assistance.Domain.Households;

/// <summary>A change that a household reports or the office finds out (Act art. 46; 57 art. 30).</summary>
public enum ChangeKind
{
    IncomeChanged,
    MemberBorn,
    MemberDied,
}

/// <summary>What changed, on which day, and for whom. Applying it to a household gives the next state of that household.</summary>
public sealed record CircumstanceChange
{
    public required ChangeKind Kind { get; init; }

    public required DateOnly ChangedOn { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>For <see cref="ChangeKind.IncomeChanged"/>: everything the person now receives per month; it replaces what was declared.</summary>
    public IReadOnlyList<DeclaredIncome> Incomes { get; init; } = [];

    /// <summary>For <see cref="ChangeKind.MemberBorn"/>: the new member.</summary>
    public HouseholdMember? NewMember { get; init; }

    /// <exception cref="RuleViolation">member-not-in-household: the change is of somebody who is no living member.</exception>
    public Household ApplyTo(Household household)
    {
        if (Kind == ChangeKind.MemberBorn)
        {
            return household with { Members = [.. household.Members, NewMember!] };
        }

        if (household.LivingOn(ChangedOn.AddDays(-1)).All(member => member.PersonId != PersonId))
        {
            throw Refusals.MemberNotInHousehold();
        }

        return Kind == ChangeKind.MemberDied
            ? household with
            {
                Members = [.. household.Members.Select(member => member.PersonId == PersonId ? member with { DiedOn = ChangedOn } : member)],
            }
            : household with
            {
                Incomes = [.. household.Incomes.Where(income => income.PersonId != PersonId), .. Incomes],
            };
    }
}

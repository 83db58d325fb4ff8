using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>What if: something of an assessment's input otherwise than it is. What is supposed takes the place of what was declared and of what departments state.</summary>
public sealed record Supposition
{
    /// <summary>Incomes a month; one of zero is none.</summary>
    public IReadOnlyList<DeclaredIncome> Incomes { get; init; } = [];

    /// <summary>Financial assets by their value, houses and vehicles by their number.</summary>
    public IReadOnlyList<DeclaredProperty> Properties { get; init; } = [];

    /// <summary>What was spent in twelve months.</summary>
    public IReadOnlyList<DeclaredExpenditure> Expenditures { get; init; } = [];

    /// <summary>Members who leave the household.</summary>
    public IReadOnlyList<Guid> Leaving { get; init; } = [];

    /// <summary>Parameters of another value, a standard of next year perhaps.</summary>
    public IReadOnlyList<PolicyParameter> Parameters { get; init; } = [];

    public AssessmentInput ApplyTo(AssessmentInput input)
    {
        var household = input.Household;
        return input with
        {
            Household = household with
            {
                Members = [.. household.Members.Where(member => !Leaving.Contains(member.PersonId))],
                Incomes = [.. household.Incomes.Where(income => !Incomes.Any(supposed => (supposed.PersonId, supposed.Kind) == (income.PersonId, income.Kind))), .. Incomes.Where(income => income.MonthlyFen > Money.Zero)],
                Properties = [.. household.Properties.Where(property => !Properties.Any(supposed => (supposed.PersonId, supposed.Kind) == (property.PersonId, property.Kind))), .. Properties],
                Expenditures = [.. household.Expenditures.Where(spent => !Expenditures.Any(supposed => (supposed.PersonId, supposed.Kind) == (spent.PersonId, spent.Kind))), .. Expenditures],
            },
            Facts = [.. input.Facts.Where(fact => !Supposes(fact))],
            Gaps = [.. input.Gaps.Where(gap => !Leaving.Contains(gap.PersonId))],
            Parameters = [.. input.Parameters.Where(row => !Parameters.Any(supposed => supposed.Code == row.Code)), .. Parameters],
        };
    }

    private bool Supposes(LookupFact fact) =>
        Incomes.Any(income => income.PersonId == fact.PersonId && Disagreements.FieldOf(income.Kind) is { } field && Disagreements.IsStatedBy(field, fact.Kind))
        || Properties.Any(property => property.PersonId == fact.PersonId && Disagreements.FieldOf(property.Kind) is { } field && Disagreements.IsStatedBy(field, fact.Kind));
}

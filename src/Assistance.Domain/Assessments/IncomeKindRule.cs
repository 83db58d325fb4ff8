using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>The classes of income of 57 art. 13.</summary>
public enum IncomeClass
{
    Wages,
    BusinessNet,
    PropertyNet,
    TransferNet,
    Other,
}

/// <summary>One dated row of <c>seeds/income-kinds.csv</c>: the class of a kind of income, and whether it counts.</summary>
public sealed record IncomeKindRule : IDated
{
    public required IncomeKind Kind { get; init; }

    public required IncomeClass IncomeClass { get; init; }

    public required bool IsCounted { get; init; }

    public required string BasisCode { get; init; }

    public required DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }
}

using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>The judgement on a household: every finding, the economy it rests on, and what it would be owed a month.</summary>
public sealed record Assessment
{
    public required Outcome Outcome { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required HouseholdEconomy Economy { get; init; }

    public required Money StandardFen { get; init; }

    /// <summary>The monthly allowance: standard × members − income where eligible (57 art. 23), otherwise zero.</summary>
    public required Money MonthlyFen { get; init; }

    public required bool UsesSamples { get; init; }

    public bool NobodySurvives => Economy.Members == 0;

    public IEnumerable<Finding> Deciding => Findings.Where(finding => finding.Outcome == Outcome);
}

/// <summary>Assesses a household for a programme: one ordered list of rules, all of them heard, the gravest finding deciding.</summary>
public static class Assessor
{
    private static readonly IAssessmentRule[] SubsistenceAllowance =
    [
        new RegistrationAgreesWithTheRegister(),
        new NoMemberIsRecordedDead(),
        new ReportedDeathsAreOnRecord(),
        new MeansOfEveryMemberAreShown(),
        new PerCapitaIncomeIsBelowTheStandard(),
        new FinancialAssetsAreWithinTheLimit(),
        new VehiclesAreWithinTheLimit(),
        new HousesAreWithinTheLimit(),
    ];

    public static Assessment Assess(AssessmentInput input)
    {
        var economy = HouseholdEconomy.Of(input);
        // Where nobody survives no other rule has anything to judge.
        IReadOnlyList<Finding> findings = economy.Members == 0
            ? [new AMemberSurvives().Evaluate(input, economy)]
            : [.. RulesOf(input).Select(rule => rule.Evaluate(input, economy))];
        var outcome = findings.Max(finding => finding.Outcome);
        return new Assessment
        {
            Outcome = outcome,
            Findings = findings,
            Economy = economy,
            StandardFen = new Money(input.Standard.Value),
            MonthlyFen = outcome == Outcome.Ineligible
                ? Money.Zero
                : Money.Max(Money.Zero, new Money(input.Standard.Value) * economy.Members - economy.MonthlyIncomeFen),
            UsesSamples = input.UsesSamples,
        };
    }

    /// <exception cref="RuleViolation">no-rules-for-programme: they are not there yet, and nothing is judged by another's.</exception>
    private static IAssessmentRule[] RulesOf(AssessmentInput input) => input.Programme switch
    {
        Programme.SubsistenceAllowance => SubsistenceAllowance,
        _ => throw Refusals.NoRulesForProgramme(input.Programme.ToString()),
    };
}

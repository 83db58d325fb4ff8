using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>The judgement on a household: every finding, the economy it rests on, and what it would be owed a month.</summary>
public sealed record Assessment
{
    public required Outcome Outcome { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Who counts as a member, by which rule.</summary>
    public required HouseholdComposition Composition { get; init; }

    public required HouseholdEconomy Economy { get; init; }

    public required Money StandardFen { get; init; }

    /// <summary>The monthly allowance: standard × members − income where eligible (57 art. 23), otherwise zero.</summary>
    public required Money MonthlyFen { get; init; }

    public required bool UsesSamples { get; init; }

    public bool NobodySurvives => Economy is { Members: 0, NotCounted: 0 };

    public IEnumerable<Finding> Deciding => Findings.Where(finding => finding.Outcome == Outcome);
}

/// <summary>Assesses a household for a programme: one ordered list of rules, all of them heard, the gravest finding deciding.</summary>
public static class Assessor
{
    // What is judged whoever counts, and whether that is clear.
    private static readonly IAssessmentRule[] OfTheMembers =
    [
        new RegistrationAgreesWithTheRegister(),
        new NoMemberIsRecordedDead(),
        new ReportedDeathsAreOnRecord(),
        new MeansOfEveryMemberAreShown(),
        new DisagreementsAreResolved(),
        new CompositionIsClear(),
    ];

    // What is judged by the means of those who count.
    private static readonly IAssessmentRule[] SubsistenceAllowance =
    [
        new PerCapitaIncomeIsBelowTheStandard(),
        new FinancialAssetsAreWithinTheLimit(),
        new VehiclesAreWithinTheLimit(),
        new HousesAreWithinTheLimit(),
    ];

    public static Assessment Assess(AssessmentInput input)
    {
        var economy = HouseholdEconomy.Of(input);
        var composition = input.Composition;
        IReadOnlyList<Finding> findings = [.. RulesFor(input, economy, composition).Select(rule => rule.Evaluate(input, economy))];
        var outcome = findings.Max(finding => finding.Outcome);
        return new Assessment
        {
            Outcome = outcome,
            Findings = findings,
            Composition = composition,
            Economy = economy,
            StandardFen = new Money(input.Standard.Value),
            MonthlyFen = outcome == Outcome.Ineligible
                ? Money.Zero
                : Money.Max(Money.Zero, new Money(input.Standard.Value) * economy.Members - economy.MonthlyIncomeFen),
            UsesSamples = input.UsesSamples,
        };
    }

    private static IEnumerable<IAssessmentRule> RulesFor(AssessmentInput input, HouseholdEconomy economy, HouseholdComposition composition)
    {
        var ofTheMeans = RulesOf(input);
        // Where nobody survives no other rule has anything to judge.
        if (economy is { Members: 0, NotCounted: 0 })
        {
            return [new AMemberSurvives()];
        }

        // Until it is clear who counts no means are judged: a refusal by a wrong number of members would outweigh the open question.
        return composition.Open > 0 || composition.Counted == 0 ? OfTheMembers : OfTheMembers.Concat(ofTheMeans);
    }

    /// <exception cref="RuleViolation">no-rules-for-programme: they are not there yet, and nothing is judged by another's.</exception>
    private static IAssessmentRule[] RulesOf(AssessmentInput input) => input.Programme switch
    {
        Programme.SubsistenceAllowance => SubsistenceAllowance,
        _ => throw Refusals.NoRulesForProgramme(input.Programme.ToString()),
    };
}

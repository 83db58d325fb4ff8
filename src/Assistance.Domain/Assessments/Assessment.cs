using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>Whether a household fits one programme, by which findings, and what it would be paid.</summary>
public sealed record ProgrammeScreening
{
    public required Programme Programme { get; init; }

    /// <summary>With what is judged of the members, whatever the programme.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What is asked about for this programme alone; none where it is not clear who counts.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What would be paid; nothing where it is not eligible.</summary>
    public required Allowance Allowance { get; init; }
}

/// <summary>
/// The judgement on a household: every finding for the programme applied for, the economy it rests on, what it would be owed,
/// and how it stands for every other programme, so that a refusal always says what remains (分层分类: Act art. 13).
/// </summary>
public sealed record Assessment
{
    /// <summary>For the programme applied for.</summary>
    public required Outcome Outcome { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Who counts as a member, by which rule.</summary>
    public required HouseholdComposition Composition { get; init; }

    public required HouseholdEconomy Economy { get; init; }

    public required Money StandardFen { get; init; }

    /// <summary>The amount a month for the programme applied for, with what comes on top; zero where not eligible, or where it is paid once or not at all.</summary>
    public required Money MonthlyFen { get; init; }

    /// <summary>How the amount of the programme applied for comes about.</summary>
    public required Allowance Allowance { get; init; }

    /// <summary>Every programme that has rules here, the highest first; empty where nobody survives.</summary>
    public required IReadOnlyList<ProgrammeScreening> Screenings { get; init; }

    /// <summary>Whether any number that the judgement rests on is a sample and no official one.</summary>
    public required bool UsesSamples { get; init; }

    public bool NobodySurvives => Economy is { Members: 0, NotCounted: 0 };

    public IEnumerable<Finding> Deciding => Findings.Where(finding => finding.Outcome == Outcome);

    /// <summary>The highest programme that the household fits; null where it fits none.</summary>
    public Programme? Highest => Screenings.FirstOrDefault(screening => screening.Outcome == Outcome.Eligible && ProgrammeRules.IsLayer(screening.Programme))?.Programme;

    /// <summary>What else the household can have by what was found: the other programmes that fit, and what their households may apply for (Act art. 24 to 27).</summary>
    public IReadOnlyList<Programme> Others(Programme appliedFor) =>
    [
        .. Screenings.Where(screening => screening.Outcome == Outcome.Eligible && screening.Programme != appliedFor
            && (!ProgrammeRules.IsLayer(screening.Programme) || screening.Programme == Highest)).Select(screening => screening.Programme),
        .. Highest is { } highest ? ProgrammeRules.OpenedBy(highest) : [],
    ];
}

/// <summary>Assesses a household: one ordered list of rules a programme, all of them heard, the gravest finding deciding; every programme at once.</summary>
public static class Assessor
{
    /// <exception cref="RuleViolation">no-rules-for-programme, or no-parameter-in-force.</exception>
    public static Assessment Assess(AssessmentInput input)
    {
        ProgrammeRules.RequireRules(input.Programme);
        var economy = HouseholdEconomy.Of(input);
        var composition = input.Composition;
        var common = Evaluate(economy is { Members: 0, NotCounted: 0 } ? ProgrammeRules.OfNobody : ProgrammeRules.OfTheMembers, input, economy);
        // Where nobody survives no other rule has anything to judge. Until it is clear who counts no means are judged: a refusal
        // by a wrong number of members would outweigh the open question.
        var screenings = economy is { Members: 0, NotCounted: 0 } ? []
            : Screen(input, economy, common, isJudged: composition.Open == 0 && composition.Counted > 0);
        var own = screenings.FirstOrDefault(screening => screening.Programme == input.Programme);
        IReadOnlyList<Finding> findings = own is null ? common : [.. ProgrammeRules.Heard(own.Programme, input, common), .. own.Findings];
        var allowance = own?.Allowance ?? Allowance.Nothing;
        return new Assessment
        {
            Outcome = findings.Max(finding => finding.Outcome),
            Findings = findings,
            Composition = composition,
            Economy = economy,
            StandardFen = input.Amount(ParameterCodes.Standard),
            MonthlyFen = allowance.IsOnce ? Money.Zero : allowance.AmountFen,
            Allowance = allowance,
            Screenings = screenings,
            UsesSamples = findings.SelectMany(finding => finding.Parameters).Concat(economy.Parameters).Concat(allowance.Parameters)
                .Distinct().Any(code => input.Find(code)?.IsSample == true),
        };
    }

    private static List<ProgrammeScreening> Screen(AssessmentInput input, HouseholdEconomy economy, IReadOnlyList<Finding> common, bool isJudged)
    {
        var screenings = new List<ProgrammeScreening>();
        foreach (var programme in ProgrammeRules.Screened)
        {
            var heard = ProgrammeRules.Heard(programme, input, common).ToList();
            IReadOnlyList<Finding> own = isJudged || heard.Count == 0 ? Evaluate(ProgrammeRules.Of(programme, input, screenings), input, economy) : [];
            var outcome = heard.Concat(own).Max(finding => finding.Outcome);
            screenings.Add(new ProgrammeScreening
            {
                Programme = programme,
                Outcome = outcome,
                Findings = own,
                Allowance = outcome == Outcome.Ineligible ? Allowance.Nothing : Allowance.Of(programme, input, economy),
            });
        }

        return screenings;
    }

    private static IReadOnlyList<Finding> Evaluate(IEnumerable<IAssessmentRule> rules, AssessmentInput input, HouseholdEconomy economy) =>
        [.. rules.Select(rule => rule.Evaluate(input, economy))];
}

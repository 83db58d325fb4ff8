using System.Globalization;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>One rule of a programme, named as the sentence it checks. Pure: the same input gives the same finding.</summary>
public interface IAssessmentRule
{
    /// <summary>Raised whenever the rule would judge the same input differently; stored with each finding.</summary>
    int Version { get; }

    Finding Evaluate(AssessmentInput input, HouseholdEconomy economy);
}

internal static class Findings
{
    public static Finding Found(
        this IAssessmentRule rule, Outcome outcome, string code, string[] bases, params (string Name, string Value)[] arguments) => new()
        {
            Rule = rule.GetType().Name,
            RuleVersion = rule.Version,
            Outcome = outcome,
            Code = code,
            BasisCodes = bases,
            Arguments = new SortedDictionary<string, string>(
                arguments.ToDictionary(argument => argument.Name, argument => argument.Value), StringComparer.Ordinal),
        };

    /// <summary>Names the parameters that the finding rests on.</summary>
    public static Finding By(this Finding finding, params string[] parameters) => finding with { Parameters = parameters };

    public static string Text(this Money amount) => amount.Fen.ToString(CultureInfo.InvariantCulture);

    public static string Text(this int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using Assistance.Domain.Assessments;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Assessments;

internal static class FindingAssertions
{
    /// <summary>Evaluates one rule on an input, with the economy that follows from it.</summary>
    public static Finding On(this IAssessmentRule rule, AssessmentInput input) => rule.Evaluate(input, HouseholdEconomy.Of(input));

    /// <summary>Asserts everything of a finding; arguments as <c>name=value</c>, in order of their names.</summary>
    public static void Holds(this Finding finding, Outcome outcome, string code, string[] bases, params string[] arguments)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Outcome, Is.EqualTo(outcome));
            Assert.That(finding.Code, Is.EqualTo(code));
            Assert.That(finding.BasisCodes, Is.EqualTo(bases));
            Assert.That(finding.Arguments.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(arguments));
            Assert.That(finding.RuleVersion, Is.EqualTo(1));
        }
    }
}

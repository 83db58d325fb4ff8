using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests;

internal static class Refused
{
    /// <summary>Asserts that an act is refused with this code, and gives the refusal to look further into.</summary>
    public static RuleViolation With(string code, Action act)
    {
        var refusal = Assert.Throws<RuleViolation>(() => act());
        Assert.That(refusal!.Code, Is.EqualTo(code));
        return refusal;
    }
}

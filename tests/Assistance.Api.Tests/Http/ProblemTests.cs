using System.Reflection;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Shared;

namespace Assistance.Api.Tests.Http;

public sealed class ProblemTests
{
    private static readonly RuleViolation[] Violations =
    [
        .. typeof(Refusals).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(RuleViolation))
            .Select(method => (RuleViolation)method.Invoke(null, [.. method.GetParameters().Select(Sample)])!),
    ];

    [TestCaseSource(nameof(Violations))]
    public void Every_refusal_has_texts_in_both_languages_with_every_argument_filled_in(RuleViolation violation)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            var (title, detail) = ProblemCatalogue.Texts(violation.Code, violation.Arguments, language, code => code);

            Assert.That(title, Is.Not.Empty);
            Assert.That(detail, Is.Not.Empty.And.Not.Contain("{").And.Not.Contain("}"));
        }
    }

    [Test]
    public void No_text_is_without_a_refusal_that_uses_it()
    {
        string[] ofTheFrame =
        [
            "invalid-request", "unauthenticated", "forbidden", "not-found", "method-not-allowed", "payload-too-large", "unsupported-media-type",
            "precondition-required", "precondition-failed", "idempotency-key-reused", "conflict", "internal-error",
        ];

        Assert.That(ProblemCatalogue.Codes, Is.EquivalentTo(ofTheFrame.Concat(Violations.Select(violation => violation.Code))));
    }

    private static object Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "x",
        var type when type == typeof(int) => 1,
        var type when type == typeof(long) => 1L,
        var type when type == typeof(DateOnly) => new DateOnly(2026, 9, 21),
        var type when type == typeof(IReadOnlyList<BlockedMember>) => new[] { new BlockedMember(1, Programme.SubsistenceAllowance, "x") },
        var type when type == typeof(IEnumerable<int>) => new[] { 1 },
        var type when type.IsEnum => Enum.GetValues(type).GetValue(0)!,
        _ => new[] { "x" },
    };
}

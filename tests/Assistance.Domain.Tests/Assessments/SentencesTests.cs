using System.Text.RegularExpressions;
using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Decisions;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments;

/// <summary>Whatever the rules can say has a sentence in both languages that says it with the rule's own arguments.</summary>
public sealed partial class SentencesTests
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Sentences =
        Seeds.Rows("sentences.csv").ToDictionary(row => row["code"]);

    // Every finding that a rule can come to.
    private static readonly Finding[] Findings = [.. AllFindings().DistinctBy(finding => (finding.Rule, finding.Code))];

    [TestCaseSource(nameof(Findings))]
    public void A_finding_has_its_sentence_in_both_languages(Finding finding)
    {
        Assert.That(Sentences, Contains.Key(finding.Code));
        using (Assert.EnterMultipleScope())
        {
            foreach (var language in new[] { "zh", "en" })
            {
                var text = Sentences[finding.Code][language];
                Assert.That(text, Is.Not.Empty);
                Assert.That(
                    Placeholder().Matches(text).Select(match => match.Groups["name"].Value).Distinct(), Is.SubsetOf(finding.Arguments.Keys), language);
            }
        }
    }

    [TestCaseSource(nameof(Findings))]
    public void A_finding_rests_on_articles_that_are_held(Finding finding) =>
        Assert.That(finding.BasisCodes, Is.Not.Empty.And.SubsetOf(Seeds.Rows("legal-bases.csv").Select(row => row["code"])));

    [Test]
    public void Every_code_that_the_rules_write_is_among_the_findings_tried()
    {
        var folder = Path.Combine(Seeds.Root, "src", "Assistance.Domain", "Assessments", "Rules");
        var written = Directory.GetFiles(folder, "*.cs")
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value)).Distinct();

        Assert.That(Findings.Select(finding => finding.Code).Distinct(), Is.EquivalentTo(written));
    }

    [Test]
    public void Every_rule_is_among_the_findings_tried_and_named_as_its_class() =>
        Assert.That(
            Findings.Select(finding => finding.Rule).Distinct(),
            Is.EquivalentTo(typeof(IAssessmentRule).Assembly.GetTypes()
                .Where(type => type.IsClass && type.IsAssignableTo(typeof(IAssessmentRule))).Select(type => type.Name)));

    [Test]
    public void Every_rule_of_routing_has_its_sentence()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ResidenceRouting.RuleNames, Is.Not.Empty.And.SubsetOf(Sentences.Keys));
            foreach (var row in Seeds.RoutingRules)
            {
                Assert.That(Seeds.Day(Sentences[row.Rule]["from"]), Is.LessThanOrEqualTo(row.FromOn), $"{row.Rule} from {row.FromOn:yyyy-MM-dd}");
            }
        }
    }

    [Test]
    public void Every_rule_of_composition_has_its_sentence() =>
        Assert.That(HouseholdComposition.RuleNames.Select(rule => $"composition.{rule}"), Is.Not.Empty.And.SubsetOf(Sentences.Keys));

    [TestCase(typeof(Programme))]
    [TestCase(typeof(RelationshipDoubtKind))]
    [TestCase(typeof(ResidenceProofKind))]
    [TestCase(typeof(OtherDoor))]
    [TestCase(typeof(ResolutionKind))]
    public void Every_code_of_a_list_has_its_word(Type list) =>
        Assert.That(Enum.GetNames(list).Select(name => $"word.{name}"), Is.SubsetOf(Sentences.Keys));

    [Test]
    public void Every_field_of_a_disagreement_has_its_word() =>
        Assert.That(Enum.GetNames<DisagreementField>().Select(name => $"word.disagreement.{name}"), Is.SubsetOf(Sentences.Keys));

    [Test]
    public void Every_decision_has_a_title_and_a_summary([Values] DecisionKind kind)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Sentences, Contains.Key($"notice.title.{kind}"));
            Assert.That(Sentences, Contains.Key($"notice.summary.{kind}"));
        }
    }

    [Test]
    public void Every_sentence_is_there_in_both_languages() =>
        Assert.That(Sentences.Values.Where(row => row["zh"].Length == 0 || row["en"].Length == 0), Is.Empty);

    private static IEnumerable<Finding> AllFindings()
    {
        var rich = ABoringHousehold() with
        {
            Incomes = [new DeclaredIncome(Mother, IncomeKind.Wages, new Money(9_999_00))],
            Properties =
            [
                new DeclaredProperty(Mother, PropertyKind.Deposit, new Money(999_999_00)),
                new DeclaredProperty(Mother, PropertyKind.House, Money.Zero, 9),
                new DeclaredProperty(Mother, PropertyKind.Vehicle, Money.Zero, 9),
            ],
        };
        var nobody = ABoringHousehold().WhereDied(Mother, Today).WhereDied(Child, Today);
        return
        [
            .. Assessor.Assess(AnInput()).Findings,
            .. Assessor.Assess(AnInput(rich)).Findings,
            .. Assessor.Assess(AnInput(null, ACount(FactKind.HousesOwned, 1, Mother), ACount(FactKind.HousesOwned, 1, Child))).Findings,
            .. Assessor.Assess(AnInput(
                ABoringHousehold().WhereDied(Child, Today), ARegistration("110101"), ADeath(Mother, Today)) with
                {
                    Gaps = [new EvidenceGap(Mother, LookupSource.Tax, LookupState.Unavailable)],
                }).Findings,
            .. Assessor.Assess(AnInput(ABoringHousehold().WhereDied(Child, Today), ADeath(Child, Today))).Findings,
            .. Assessor.Assess(AnInput(ABoringHousehold().Where(Child, member => member with { Relationship = Relationship.Sibling }))).Findings,
            .. Assessor.Assess(AnInput(ABoringHousehold().WhereDied(Child, Today).WhereAway(Mother, AbsenceKind.Imprisonment, Today))).Findings,
            .. Assessor.Assess(AnInput(null, ASince(FactKind.MarriedSince, Today))).Findings,
            .. Assessor.Assess(AnInput(nobody)).Findings,
            .. Assessor.Assess(AnInput(nobody, ADeath(Mother, Today), ADeath(Child, Today))).Findings,
            new AMemberSurvives().On(AnInput()),
            .. WorkedExampleTests.All.SelectMany(example => Assessor.Assess(example.Input()).Screenings).SelectMany(screening => screening.Findings),
        ];
    }

    [GeneratedRegex("\"(?<code>[a-z]+(-[a-z]+)+)\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"\{\{\s*(?<name>\w+)")]
    private static partial Regex Placeholder();
}

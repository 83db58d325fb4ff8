using System.Reflection;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Shared;

/// <summary>No rule and no number rests on an article that the data do not hold.</summary>
public sealed class LegalBasesTests
{
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Rows = Seeds.Rows("legal-bases.csv");

    private static readonly string[] Constants =
    [
        .. typeof(LegalBases).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Distinct(),
    ];

    [Test]
    public void The_articles_named_by_the_code_and_those_of_the_data_are_the_same() =>
        Assert.That(Constants, Is.EquivalentTo(Rows.Select(row => row["code"]).Distinct()));

    [TestCase("parameters.csv")]
    [TestCase("disclosure-items.csv")]
    [TestCase("income-kinds.csv")]
    public void Every_article_cited_by_a_row_is_held(string file) =>
        Assert.That(Seeds.Rows(file).Select(row => row["basis"]).Distinct(), Is.SubsetOf(Rows.Select(row => row["code"])));

    [TestCase("parameters.csv")]
    [TestCase("disclosure-items.csv")]
    [TestCase("income-kinds.csv")]
    public void Every_article_cited_by_a_row_is_in_force_from_the_first_day_of_the_row(string file)
    {
        var early = Seeds.Rows(file)
            .Where(row => !Rows.Any(basis =>
                basis["code"] == row["basis"] && Seeds.Day(basis["from"]) <= Seeds.Day(row["from"])))
            .Select(row => $"{row.Values.First()} from {row["from"]} cites {row["basis"]}");

        Assert.That(early, Is.Empty);
    }

    [Test]
    public void Every_article_cited_by_a_rule_of_routing_is_in_force_as_long_as_the_rule()
    {
        var outside = Seeds.RoutingRules
            .SelectMany(rule => rule.BasisCodes.Select(code => (rule, code)))
            .Where(cited => !Rows.Any(basis =>
                basis["code"] == cited.code && Seeds.Day(basis["from"]) <= cited.rule.FromOn && Seeds.Day(basis["to"]) is null))
            .Select(cited => $"{cited.rule.Rule} from {cited.rule.FromOn:yyyy-MM-dd} cites {cited.code}");

        Assert.That(outside, Is.Empty);
    }

    [Test]
    public void Rows_of_one_rule_of_routing_and_position_do_not_overlap()
    {
        foreach (var rows in Seeds.RoutingRules.GroupBy(row => (row.Rule, row.Position)))
        {
            var ordered = rows.OrderBy(row => row.FromOn).ToList();
            foreach (var (earlier, later) in ordered.Zip(ordered.Skip(1)))
            {
                Assert.That(earlier.ToOn, Is.Not.Null.And.LessThan(later.FromOn), $"{rows.Key}");
            }
        }
    }

    [Test]
    public void Every_article_has_its_titles_its_text_and_its_source()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var row in Rows)
            {
                Assert.That(row.Where(field => field.Key is not ("to" or "articleZh" or "articleEn") && field.Value.Trim().Length == 0), Is.Empty, row["code"]);
            }
        }
    }

    [TestCase("legal-bases.csv", "code")]
    [TestCase("parameters.csv", "code")]
    [TestCase("income-kinds.csv", "kind")]
    [TestCase("disclosure-items.csv", "code")]
    [TestCase("sentences.csv", "code")]
    public void Rows_of_one_code_do_not_overlap(string file, string code)
    {
        foreach (var rows in Seeds.Rows(file).GroupBy(row => row[code]))
        {
            var ordered = rows.OrderBy(row => row["from"], StringComparer.Ordinal).ToList();
            foreach (var (earlier, later) in ordered.Zip(ordered.Skip(1)))
            {
                Assert.That(Seeds.Day(earlier["to"]), Is.Not.Null.And.LessThan(Seeds.Day(later["from"])!.Value), rows.Key);
            }
        }
    }
}

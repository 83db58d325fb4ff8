using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Shared;

public sealed class DivisionCodeTests
{
    [TestCase("14", DivisionLevel.Province)]
    [TestCase("1402", DivisionLevel.City)]
    [TestCase("140213", DivisionLevel.District)]
    [TestCase("140213053", DivisionLevel.Subdistrict)]
    [TestCase("140213053001", DivisionLevel.Community)]
    public void The_level_follows_from_the_length(string text, DivisionLevel level)
    {
        var isCode = DivisionCode.TryParse(text, out var code);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isCode);
            Assert.That(code.Level, Is.EqualTo(level));
            Assert.That(code.Value, Is.EqualTo(text));
            Assert.That(code.ToString(), Is.EqualTo(text));
        }
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("1")]
    [TestCase("140")]
    [TestCase("14021")]
    [TestCase("1402130")]
    [TestCase("1402130530")]
    [TestCase("1402130530011")]
    [TestCase("14021X")]
    [TestCase("14 213")]
    [TestCase("１４０２１３", TestName = "Full_width_digits_are_no_code")]
    public void Anything_else_is_no_code(string? text)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(DivisionCode.TryParse(text, out var code), Is.False);
            Assert.That(code, Is.Default);
        }
    }

    [Test]
    public void Parsing_what_is_no_code_fails() =>
        Assert.That(() => DivisionCode.Parse("14021"), Throws.TypeOf<FormatException>().With.Message.Contains("'14021'"));

    [TestCase("140213", "140213", true, TestName = "A_division_contains_itself")]
    [TestCase("140213", "140213053", true)]
    [TestCase("14", "140213053001", true)]
    [TestCase("140213053", "140213", false, TestName = "A_street_does_not_contain_its_district")]
    [TestCase("140213", "140214001", false)]
    [TestCase("140213", "211402130", false, TestName = "Only_the_beginning_of_a_code_counts")]
    public void A_division_contains_what_begins_with_its_code(string division, string other, bool contains) =>
        Assert.That(DivisionCode.Parse(division).Contains(DivisionCode.Parse(other)), Is.EqualTo(contains));

    [TestCase("140213054", "140213055")]
    [TestCase("140213059", "14021305:")]
    public void A_division_and_everything_inside_it_are_a_range_of_codes(string division, string end)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(DivisionCode.Parse(division).RangeEnd, Is.EqualTo(end));
            foreach (var inside in new[] { division, $"{division}000", $"{division}999" })
            {
                Assert.That(string.CompareOrdinal(inside, division), Is.Not.Negative);
                Assert.That(string.CompareOrdinal(inside, end), Is.Negative);
            }

            Assert.That(string.CompareOrdinal("140213060001", end), Is.Positive);
        }
    }

    [TestCase(DivisionLevel.Province, "14")]
    [TestCase(DivisionLevel.City, "1402")]
    [TestCase(DivisionLevel.District, "140213")]
    [TestCase(DivisionLevel.Subdistrict, "140213053")]
    [TestCase(DivisionLevel.Community, "140213053001")]
    public void A_community_has_an_ancestor_at_every_level(DivisionLevel level, string ancestor) =>
        Assert.That(DivisionCode.Parse("140213053001").At(level), Is.EqualTo(DivisionCode.Parse(ancestor)));

    [Test]
    public void A_division_has_no_ancestor_below_itself()
    {
        var district = DivisionCode.Parse("140213");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(district.At(DivisionLevel.District), Is.EqualTo(district));
            Assert.That(district.At(DivisionLevel.Subdistrict), Is.Null);
        }
    }
}

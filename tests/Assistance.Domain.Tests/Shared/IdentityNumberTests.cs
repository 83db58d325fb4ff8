using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Shared;

public sealed class IdentityNumberTests
{
    private static readonly Gen<string> AnyNumber =
        Gen.Select(Gen.Int[0, 32_000], Gen.Int[1, 999])
            .Select((days, sequence) => SyntheticHouseholds.AnIdentityNumber(new DateOnly(1930, 1, 1).AddDays(days), sequence));

    // The two examples of GB 11643-1999 itself.
    [TestCase("11010519491231002X", "1949-12-31", false)]
    [TestCase("440524188001010014", "1880-01-01", true)]
    public void The_examples_of_the_standard_are_numbers(string text, string bornOn, bool isMale)
    {
        var fault = IdentityNumber.TryParse(text, out var number);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault, Is.EqualTo(IdentityNumberFault.None));
            Assert.That(number.Value, Is.EqualTo(text));
            Assert.That(number.BornOn, Is.EqualTo(Seeds.Day(bornOn)));
            Assert.That(number.IsMale, Is.EqualTo(isMale));
        }
    }

    [TestCase("11010519491231002x", TestName = "A_lower_case_x_is_made_upper_case")]
    [TestCase("  11010519491231002X\t", TestName = "Blanks_around_a_number_are_taken_off")]
    public void A_number_is_normalised(string text) =>
        Assert.That(IdentityNumber.Parse(text).Value, Is.EqualTo("11010519491231002X"));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("1101051949123100X", TestName = "Seventeen_characters_are_no_number")]
    [TestCase("110105194912310020X", TestName = "Nineteen_characters_are_no_number")]
    [TestCase("110105491231002", TestName = "A_number_of_the_old_fifteen_digits_is_no_number")]
    [TestCase("1101051949123100X2", TestName = "An_X_before_the_last_character_is_no_number")]
    [TestCase("11010519491231002Y", TestName = "No_letter_but_X_is_a_check_character")]
    [TestCase("11010519491231002 X", TestName = "A_blank_inside_is_no_number")]
    [TestCase("１１０１０５１９４９１２３１００２X", TestName = "Full_width_digits_are_no_digits")]
    [TestCase("44052418800101001４", TestName = "A_full_width_check_digit_is_no_digit")]
    public void Another_shape_is_told_as_such(string? text) =>
        Assert.That(IdentityNumber.TryParse(text, out _), Is.EqualTo(IdentityNumberFault.Shape));

    [TestCase("140213201002290019", TestName = "The_29th_of_February_2010_was_no_day_though_the_check_character_fits")]
    [TestCase("140213201002290018", TestName = "An_impossible_day_is_told_before_a_wrong_check_character")]
    [TestCase("140213201013010015")]
    [TestCase("140213201000010013")]
    public void An_impossible_birth_date_is_told_as_such(string text) =>
        Assert.That(IdentityNumber.TryParse(text, out _), Is.EqualTo(IdentityNumberFault.BirthDate));

    [TestCase("1879-12-31", IdentityNumberFault.BirthDate)]
    [TestCase("1880-01-01", IdentityNumberFault.None)]
    public void Nobody_was_born_before_1880(string bornOn, IdentityNumberFault expected) =>
        Assert.That(
            IdentityNumber.TryParse(SyntheticHouseholds.AnIdentityNumber(Seeds.Day(bornOn)!.Value, 1), out _), Is.EqualTo(expected));

    [TestCase("110105194912310021")]
    [TestCase("440524188001010015")]
    [TestCase("44052418800101001X")]
    public void A_wrong_check_character_is_told_as_such(string text) =>
        Assert.That(IdentityNumber.TryParse(text, out _), Is.EqualTo(IdentityNumberFault.Checksum));

    [Test]
    public void A_text_that_is_no_number_gives_no_number()
    {
        _ = IdentityNumber.TryParse("440524188001010015", out var number);

        Assert.That(number, Is.Default);
    }

    [Test]
    public void Parsing_what_is_no_number_fails_and_does_not_repeat_it() =>
        Assert.That(
            () => IdentityNumber.Parse("440524188001010015"),
            Throws.TypeOf<FormatException>().With.Message.Contains("Checksum").And.Message.Not.Contains("440524"));

    [Test]
    public void Written_into_a_text_a_number_is_masked()
    {
        var number = IdentityNumber.Parse("11010519491231002X");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(number.ToString(), Is.EqualTo("1101************2X"));
            Assert.That($"{number}", Is.EqualTo("1101************2X"));
            Assert.That(number.Masked, Is.EqualTo("1101************2X"));
            Assert.That(IdentityNumber.Mask("440524188001010014"), Is.EqualTo("4405************14"));
        }
    }

    [Test]
    public void Numbers_are_equal_by_value() =>
        Assert.That(IdentityNumber.Parse("11010519491231002x"), Is.EqualTo(IdentityNumber.Parse("11010519491231002X")));

    [Test]
    public void Every_number_with_its_check_character_is_read_back() =>
        AnyNumber.Sample(
            text => IdentityNumber.TryParse(text, out var number) == IdentityNumberFault.None
                && number.Value == text
                && number.IsMale == (text[16] % 2 == 1)
                && FormattableString.Invariant($"{number.BornOn:yyyyMMdd}") == text[6..14],
            iter: 1_000);

    // What the check character is for: every weight of GB 11643-1999 is prime to 11.
    [Test]
    public void Changing_any_one_digit_of_the_first_seventeen_is_detected() =>
        Gen.Select(AnyNumber, Gen.Int[0, 16], Gen.Int[1, 9]).Sample(
            (text, position, difference) =>
            {
                var digits = text.ToCharArray();
                digits[position] = (char)('0' + ((digits[position] - '0' + difference) % 10));
                return IdentityNumber.TryParse(new string(digits), out _) != IdentityNumberFault.None;
            },
            iter: 5_000);
}

using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Shared;

public sealed class MoneyTests
{
    private static readonly Gen<long> AnyFen = Gen.Long[-100_000_000_00, 100_000_000_00];

    [Test]
    public void Amounts_are_added_subtracted_and_multiplied_to_the_fen()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new Money(10) + new Money(20), Is.EqualTo(new Money(30)));
            Assert.That(new Money(10) - new Money(20), Is.EqualTo(new Money(-10)));
            Assert.That(new Money(750_00) * 3, Is.EqualTo(new Money(2250_00)));
            Assert.That(Money.Zero.Fen, Is.Zero);
        }
    }

    [Test]
    public void A_sum_too_large_fails_and_does_not_wrap() =>
        Assert.That(() => new Money(long.MaxValue) + new Money(1), Throws.TypeOf<OverflowException>());

    [Test]
    public void A_difference_too_large_fails_and_does_not_wrap() =>
        Assert.That(() => new Money(long.MinValue) - new Money(1), Throws.TypeOf<OverflowException>());

    [Test]
    public void A_multiple_too_large_fails_and_does_not_wrap() =>
        Assert.That(() => new Money(long.MaxValue) * 2, Throws.TypeOf<OverflowException>());

    [TestCase(1, 2, -1)]
    [TestCase(2, 2, 0)]
    [TestCase(3, 2, 1)]
    public void Amounts_compare_by_their_fen(long left, long right, int sign)
    {
        var (a, b) = (new Money(left), new Money(right));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Math.Sign(a.CompareTo(b)), Is.EqualTo(sign));
            Assert.That(a < b, Is.EqualTo(sign < 0));
            Assert.That(a > b, Is.EqualTo(sign > 0));
            Assert.That(a <= b, Is.EqualTo(sign <= 0));
            Assert.That(a >= b, Is.EqualTo(sign >= 0));
            Assert.That(Money.Max(a, b).Fen, Is.EqualTo(Math.Max(left, right)));
        }
    }

    [TestCase(100_00, 4, 25_00)]
    [TestCase(100_00, 3, 33_33, TestName = "A_share_is_rounded_down")]
    [TestCase(2, 3, 0)]
    [TestCase(0, 5, 0)]
    [TestCase(-100_00, 3, -33_34, TestName = "A_share_of_a_debt_is_rounded_down_too")]
    public void A_share_is_a_whole_number_of_fen(long fen, int people, long share) =>
        Assert.That(new Money(fen).ShareOf(people), Is.EqualTo(new Money(share)));

    [Test]
    public void Nothing_is_shared_among_nobody() =>
        Assert.That(() => new Money(1).ShareOf(0), Throws.TypeOf<DivideByZeroException>());

    [TestCase(0, "0.00")]
    [TestCase(5, "0.05")]
    [TestCase(1_234_50, "1234.50")]
    [TestCase(-1_234_05, "-1234.05")]
    [TestCase(-50, "-0.50", TestName = "A_debt_of_less_than_a_yuan_keeps_its_sign")]
    public void An_amount_is_written_in_yuan_with_two_decimals(long fen, string text) =>
        Assert.That(new Money(fen).ToString(), Is.EqualTo(text));

    [Test]
    public void Items_are_summed_by_their_amounts()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new long[] { 1, 20, -300 }.Sum(fen => new Money(fen)), Is.EqualTo(new Money(-279)));
            Assert.That(Array.Empty<long>().Sum(fen => new Money(fen)), Is.EqualTo(Money.Zero));
            Assert.That(() => new[] { long.MaxValue, 1 }.Sum(fen => new Money(fen)), Throws.TypeOf<OverflowException>());
        }
    }

    [Test]
    public void What_was_added_can_be_taken_away_again() =>
        Gen.Select(AnyFen, AnyFen).Sample(
            (a, b) => new Money(a) + new Money(b) - new Money(b) == new Money(a), iter: 1_000);

    [Test]
    public void The_shares_of_an_amount_never_exceed_it_and_miss_less_than_a_fen_each() =>
        Gen.Select(Gen.Long[0, 100_000_000_00], Gen.Int[1, 20]).Sample(
            (fen, people) =>
            {
                var given = new Money(fen).ShareOf(people) * people;
                return given <= new Money(fen) && new Money(fen) - given < new Money(people);
            },
            iter: 1_000);
}

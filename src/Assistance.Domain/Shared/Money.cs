namespace Assistance.Domain.Shared;

/// <summary>An amount of renminbi as a whole number of fen (1 yuan = 100 fen), signed. Never a fraction, never floating point.</summary>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    public static readonly Money Zero = new(0);

    public static Money Max(Money left, Money right) => left >= right ? left : right;

    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));
    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));
    public static Money operator *(Money amount, int times) => new(checked(amount.Fen * times));
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    /// <summary>One equal share, rounded down to the fen. For display: comparisons multiply instead of dividing.</summary>
    public Money ShareOf(int people) => Math.DivRem(Fen, people) switch
    {
        (var quotient, < 0) => new(quotient - 1),
        (var quotient, _) => new(quotient),
    };

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    public override string ToString() => FormattableString.Invariant($"{(Fen < 0 ? "-" : "")}{Math.Abs(Fen / 100)}.{Math.Abs(Fen % 100):00}");
}

public static class MoneySums
{
    public static Money Sum<T>(this IEnumerable<T> items, Func<T, Money> amount) =>
        items.Aggregate(Money.Zero, (sum, item) => sum + amount(item));
}

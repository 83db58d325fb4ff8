using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>How an amount comes about.</summary>
public enum AllowanceMethod
{
    /// <summary>Nothing is paid: the programme opens the door to others (Act art. 21 and 22).</summary>
    None,

    /// <summary>差额: standard × persons − income (57 art. 23).</summary>
    Difference,

    /// <summary>分档: an amount a person by the income a person (57 art. 23).</summary>
    Tier,

    /// <summary>A percentage of the standard for one person (特困: Act art. 17).</summary>
    ShareOfStandard,

    /// <summary>小额快救: what is needed, up to a month's standard, paid once.</summary>
    SmallSum,

    /// <summary>What is needed in an emergency, up to a number of months of the standard, paid once.</summary>
    Emergency,

    /// <summary>A percentage of the spending that the household could not avoid, paid once.</summary>
    ShareOfSpending,
}

/// <summary>Who keeps special difficulties beside the allowance (分类施保: Act art. 20; 57 art. 27).</summary>
public enum TopUpCategory
{
    /// <summary>From 60 (老年人权益保障法 art. 2).</summary>
    Aged,

    Minor,

    SevereDisability,

    SeriousIllness,
}

/// <summary>What one member gets on top, for the category that gives most; categories are not added up.</summary>
public sealed record TopUp(Guid PersonId, TopUpCategory Category, int Percent, Money MonthlyFen);

/// <summary>An amount and what it is made of. Fen; a month, or once where <see cref="IsOnce"/>.</summary>
public sealed record Allowance
{
    public static readonly Allowance Nothing = new() { Method = AllowanceMethod.None, BaseFen = Money.Zero, AmountFen = Money.Zero, BasisCodes = [] };

    public required AllowanceMethod Method { get; init; }

    /// <summary>Before rounding and what comes on top.</summary>
    public required Money BaseFen { get; init; }

    public IReadOnlyList<TopUp> TopUps { get; init; } = [];

    /// <summary>What is paid: rounded, with what comes on top.</summary>
    public required Money AmountFen { get; init; }

    public bool IsOnce { get; init; }

    public required IReadOnlyList<string> BasisCodes { get; init; }

    /// <summary>The codes of the parameters it rests on.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>What a household would be paid, were it eligible.</summary>
    public static Allowance Of(Programme programme, AssessmentInput input, HouseholdEconomy economy) => programme switch
    {
        Programme.SubsistenceAllowance => Subsistence(input, economy),
        Programme.ExtremePovertySupport => ShareOfStandard(input),
        Programme.TemporaryAssistance => Once(input, economy),
        _ => Nothing,
    };

    private static Allowance Subsistence(AssessmentInput input, HouseholdEconomy economy)
    {
        var (method, amount, used) = TierOf(input, economy) is { } tier
            ? (AllowanceMethod.Tier, input.Amount(ParameterCodes.TierAmount(tier)) * economy.Members, new[] { ParameterCodes.TierLimit(tier), ParameterCodes.TierAmount(tier) })
            : (AllowanceMethod.Difference, Money.Max(Money.Zero, (input.Amount(ParameterCodes.Standard) * economy.Members) - economy.MonthlyIncomeFen), []);
        var topUps = TopUpsOf(input).ToList();
        return new Allowance
        {
            Method = method,
            BaseFen = amount,
            TopUps = topUps,
            AmountFen = RoundedUp(amount, input) + topUps.Sum(topUp => topUp.MonthlyFen),
            BasisCodes = topUps.Count > 0 ? [LegalBases.Difference, LegalBases.CategoryTopUps] : [LegalBases.Difference],
            Parameters = [ParameterCodes.Standard, ParameterCodes.Rounding, .. used, .. topUps.Select(topUp => ParameterCodes.TopUpOf(topUp.Category)).Distinct()],
        };
    }

    // The lowest tier whose limit the income a person does not exceed; nobody eligible is without one, or the table is wrong.
    private static int? TierOf(AssessmentInput input, HouseholdEconomy economy)
    {
        var tiers = Enumerable.Range(1, ParameterCodes.MostTiers).Where(tier => input.Find(ParameterCodes.TierLimit(tier)) is not null).ToList();
        var standard = input.Amount(ParameterCodes.Standard);
        return tiers.Count == 0 ? null
            : tiers.Where(tier => economy.MonthlyIncomeFen * 100 <= standard * input.Number(ParameterCodes.TierLimit(tier)) * economy.Members)
                .Select(tier => (int?)tier).FirstOrDefault() ?? tiers[^1];
    }

    // In the household's favour.
    private static Money RoundedUp(Money amount, AssessmentInput input)
    {
        var step = Math.Max(1, input.Parameter(ParameterCodes.Rounding).Value);
        return new Money(checked((amount.Fen + step - 1) / step * step));
    }

    private static IEnumerable<TopUp> TopUpsOf(AssessmentInput input) =>
        from member in HouseholdEconomy.CountedIn(input)
        let best = Enum.GetValues<TopUpCategory>()
            .Where(category => IsOf(category, member, input.AssessedOn))
            .Select(category => (Category: category, Percent: checked((int)(input.Find(ParameterCodes.TopUpOf(category))?.Value ?? 0))))
            .Where(found => found.Percent > 0).OrderByDescending(found => found.Percent).ThenBy(found => found.Category).FirstOrDefault()
        where best.Percent > 0
        select new TopUp(member.PersonId, best.Category, best.Percent, new Money(input.Amount(ParameterCodes.Standard).Fen * best.Percent / 100));

    private static bool IsOf(TopUpCategory category, HouseholdMember member, DateOnly on) => category switch
    {
        TopUpCategory.Aged => member.BornOn.AddYears(60) <= on,
        TopUpCategory.Minor => member.IsMinorOn(on),
        TopUpCategory.SevereDisability => member.Disability?.IsSevere == true,
        _ => member.HasCertifiedMajorIllness,
    };

    private static Allowance ShareOfStandard(AssessmentInput input)
    {
        var amount = new Money(input.Amount(ParameterCodes.Standard).Fen * input.Number(ParameterCodes.ExtremePovertyPercent) / 100);
        return new Allowance
        {
            Method = AllowanceMethod.ShareOfStandard,
            BaseFen = amount,
            AmountFen = RoundedUp(amount, input),
            BasisCodes = [LegalBases.ExtremePovertyStandard],
            Parameters = [ParameterCodes.Standard, ParameterCodes.ExtremePovertyPercent, ParameterCodes.Rounding],
        };
    }

    private static Allowance Once(AssessmentInput input, HouseholdEconomy economy)
    {
        var standard = input.Amount(ParameterCodes.Standard);
        if (input.Household.Emergency is not { } emergency)
        {
            var share = new Money(economy.RigidSpendingYearlyFen.Fen * input.Number(ParameterCodes.ExpenditureShare) / 100);
            return Paid(AllowanceMethod.ShareOfSpending, share, [ParameterCodes.ExpenditureShare]);
        }

        var small = standard * input.Number(ParameterCodes.SmallSumMonths);
        return emergency.NeededFen <= small
            ? Paid(AllowanceMethod.SmallSum, emergency.NeededFen, [ParameterCodes.Standard, ParameterCodes.SmallSumMonths])
            : Paid(
                AllowanceMethod.Emergency,
                Min(emergency.NeededFen, standard * input.Number(ParameterCodes.EmergencyMonths) * Math.Max(1, economy.Members)),
                [ParameterCodes.Standard, ParameterCodes.EmergencyMonths]);

        static Money Min(Money left, Money right) => left < right ? left : right;

        static Allowance Paid(AllowanceMethod method, Money amount, IReadOnlyList<string> parameters) => new()
        {
            Method = method,
            BaseFen = amount,
            AmountFen = amount,
            IsOnce = true,
            BasisCodes = [LegalBases.TemporaryAssistanceDefined, LegalBases.TemporaryAssistanceKinds],
            Parameters = parameters,
        };
    }
}

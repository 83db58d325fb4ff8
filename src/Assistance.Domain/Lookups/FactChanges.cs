using Assistance.Domain.Shared;

namespace Assistance.Domain.Lookups;

/// <summary>That what is stated about a person is other than it was.</summary>
public sealed record FactChange(Guid PersonId, FactKind Kind);

/// <summary>
/// From which difference on an amount is seen to have changed. Without a noticeable change (没有明显变化) nothing is adjusted
/// (57 art. 31), and a balance is another every day.
/// </summary>
public sealed record NoticeableChange(Money Monthly, Money Assets);

/// <summary>What departments now state beside what they stated before, person by person and kind by kind.</summary>
public static class FactChanges
{
    /// <param name="former">Earlier look-ups of the case; the newest answer of each person and source is what is compared with.</param>
    /// <param name="fresh">The look-ups of the re-check. Where a department did not answer there is nothing to compare.</param>
    /// <param name="facts">The facts that either brought.</param>
    public static IReadOnlyList<FactChange> Between(
        IReadOnlyList<LookupStanding> former, IReadOnlyList<LookupStanding> fresh, IReadOnlyList<LookupFact> facts, DateOnly today, NoticeableChange noticeable)
    {
        var factsOf = facts.ToLookup(fact => fact.LookupId);
        var formerAnswers = former.Where(lookup => lookup.IsAnswer).GroupBy(lookup => (lookup.PersonId, lookup.Source))
            .ToDictionary(answers => answers.Key, answers => answers.MaxBy(answer => answer.AnsweredAt)!);
        return
        [
            .. from answer in fresh
               where answer.IsAnswer
               let before = formerAnswers.GetValueOrDefault((answer.PersonId, answer.Source))
               from kind in LookupSources.MayState(answer.Source)
               // What held when it was said then, and what holds today: a study that has ended by itself is a change too.
               let then = before is null ? [] : Holding(factsOf[before.LookupId], kind, ChinaTime.DayOf(before.AnsweredAt!.Value))
               let now = Holding(factsOf[answer.LookupId], kind, today)
               where Differs(kind, then, now, noticeable)
               select new FactChange(answer.PersonId, kind),
        ];
    }

    private static List<LookupFact> Holding(IEnumerable<LookupFact> facts, FactKind kind, DateOnly day) =>
        // What was paid for treatment is stated for a time that is over.
        [.. facts.Where(fact => fact.Kind == kind && (kind == FactKind.MedicalSelfPaid || fact.HoldsOn(day)))];

    private static bool Differs(FactKind kind, List<LookupFact> then, List<LookupFact> now, NoticeableChange noticeable) => LookupSources.FieldOf(kind) switch
    {
        FactField.Amount or FactField.SignedAmount =>
            Sum(then) != Sum(now) && Math.Abs(Sum(now) - Sum(then)) >= (IsMonthly(kind) ? noticeable.Monthly : noticeable.Assets).Fen,
        // To own none, and not to be on record as an owner, is the same; a grade is no number of things.
        FactField.Count when kind != FactKind.DisabilityGrade => then.Sum(fact => fact.Count) != now.Sum(fact => fact.Count),
        FactField.Count => !Same(then, now, fact => fact.Count),
        FactField.Division => !Same(then, now, fact => fact.DivisionCode),
        _ => !Same(then, now, fact => fact.FromOn),
    };

    private static bool Same<T>(List<LookupFact> then, List<LookupFact> now, Func<LookupFact, T> stated) =>
        then.Select(stated).ToHashSet().SetEquals(now.Select(stated));

    private static long Sum(List<LookupFact> facts) => facts.Sum(fact => fact.AmountFen?.Fen ?? 0);

    private static bool IsMonthly(FactKind kind) => kind is FactKind.MonthlyWage or FactKind.MonthlyPension or FactKind.MonthlyUnemploymentBenefit
        or FactKind.MonthlyTaxedWage or FactKind.MonthlyTaxedBusinessIncome or FactKind.MonthlyPreferentialPension;
}

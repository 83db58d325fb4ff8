using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Lookups;

/// <summary>What several can state about one person: the household itself, and one department or more.</summary>
public enum DisagreementField
{
    /// <summary>Per month: declared, insured, taxed.</summary>
    Wages,

    BusinessIncome,

    Pension,

    UnemploymentBenefit,

    PreferentialPension,

    /// <summary>Compared down to the district, since a move between streets changes no right.</summary>
    RegisteredDivision,

    Houses,

    /// <summary>Motor vehicles and vessels together (Act art. 41: 车船).</summary>
    Vehicles,

    Deposits,

    Securities,

    CommercialInsurance,

    /// <summary>互联网金融资产: declared as internet finance, stated by payment institutions.</summary>
    PaymentBalance,

    /// <summary>The grade of the disability certificate.</summary>
    Disability,

    /// <summary>Whether enrolled full-time.</summary>
    Enrolment,

    /// <summary>Whether married; of the applicant and the spouse, of whom the form tells it.</summary>
    Marriage,

    /// <summary>The day of death.</summary>
    Death,
}

/// <summary>What is stated, in the one form that its field has; without any, that there is none.</summary>
/// <param name="AmountFen">Fen, per month where it is income.</param>
/// <param name="IsSo">For what is or is not: enrolment, marriage.</param>
public sealed record StatedValue(Money? AmountFen = null, int? Count = null, string? DivisionCode = null, DateOnly? On = null, bool? IsSo = null)
{
    /// <summary>The number stated: fen or a count.</summary>
    public long Number => AmountFen?.Fen ?? Count ?? 0;
}

/// <summary>One statement: the household's own, or a department's with its provenance.</summary>
public sealed record Statement
{
    /// <summary>The department; null where it is what the household declared.</summary>
    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateOnly? ValidUntilOn { get; init; }

    public required StatedValue Value { get; init; }
}

/// <summary>Statements about one thing of one person, of which at least two differ.</summary>
/// <param name="Statements">What was declared first, then the departments in their order.</param>
public sealed record Disagreement(Guid PersonId, DisagreementField Field, IReadOnlyList<Statement> Statements)
{
    public Statement? Declared => Statements.FirstOrDefault(statement => statement.Source is null);

    /// <summary>
    /// Identifies what stood: who stated what. An answer that says the same leaves it as it is; one that says something else,
    /// or a changed declaration, makes it another.
    /// </summary>
    public string StatementsHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        Statements.Select(statement => $"{statement.Source?.ToString() ?? "Declared"}={Disagreements.KeyOf(Field, statement.Value)}")
            .Prepend($"{PersonId:N} {Field}")))));

    public Statement? Of(LookupSource source) => Statements.FirstOrDefault(statement => statement.Source == source);

    /// <summary>The departments' statements that say something else than was declared.</summary>
    public IEnumerable<Statement> AgainstTheDeclared => Declared is not { } declared ? [] : Statements.Where(statement =>
        statement.Source is not null && Disagreements.KeyOf(Field, statement.Value) != Disagreements.KeyOf(Field, declared.Value));
}

/// <summary>How an officer settles a disagreement.</summary>
public enum ResolutionKind
{
    /// <summary>The household is right, and the departments that say otherwise are not.</summary>
    DeclaredHolds,

    /// <summary>The department named is right.</summary>
    SourceHolds,

    /// <summary>
    /// They are about different things, two jobs for example, and add up: what was declared and what the department named
    /// states; where none is named, all that differ.
    /// </summary>
    BothHold,

    /// <summary>Looked into and not cleared up; somebody has to go on with it.</summary>
    NotClear,
}

/// <summary>How a disagreement was settled, for the very statements that stood then.</summary>
public sealed record DisagreementResolution(
    Guid ResolutionId, Guid PersonId, DisagreementField Field, string StatementsHash, ResolutionKind Kind, LookupSource? Source)
{
    /// <summary>Whether it is about these statements; once others stand it is superseded and stays on record.</summary>
    public bool IsOf(Disagreement disagreement) =>
        PersonId == disagreement.PersonId && Field == disagreement.Field && StatementsHash == disagreement.StatementsHash;
}

/// <summary>
/// Declared against source A against source B (57 art. 17 and 18): where the statements that hold on the day differ. That a
/// department has no record is no statement of "none", and neither is its silence.
/// </summary>
public static class Disagreements
{
    private static readonly Dictionary<DisagreementField, FactKind[]> Kinds = new()
    {
        [DisagreementField.Wages] = [FactKind.MonthlyWage, FactKind.MonthlyTaxedWage],
        [DisagreementField.BusinessIncome] = [FactKind.MonthlyTaxedBusinessIncome],
        [DisagreementField.Pension] = [FactKind.MonthlyPension],
        [DisagreementField.UnemploymentBenefit] = [FactKind.MonthlyUnemploymentBenefit],
        [DisagreementField.PreferentialPension] = [FactKind.MonthlyPreferentialPension],
        [DisagreementField.RegisteredDivision] = [FactKind.RegisteredDivision],
        [DisagreementField.Houses] = [FactKind.HousesOwned],
        [DisagreementField.Vehicles] = [FactKind.VehiclesOwned, FactKind.VesselsOwned],
        [DisagreementField.Deposits] = [FactKind.DepositBalance],
        [DisagreementField.Securities] = [FactKind.SecuritiesValue],
        [DisagreementField.CommercialInsurance] = [FactKind.PolicyCashValue],
        [DisagreementField.PaymentBalance] = [FactKind.PaymentBalance],
        [DisagreementField.Disability] = [FactKind.DisabilityGrade],
        [DisagreementField.Enrolment] = [FactKind.EnrolledSince],
        [DisagreementField.Marriage] = [FactKind.MarriedSince],
        [DisagreementField.Death] = [FactKind.DiedOn, FactKind.CrematedOn],
    };

    /// <summary>The disagreements about the members, member by member.</summary>
    public static IReadOnlyList<Disagreement> Of(Household household, IReadOnlyList<LookupFact> facts, DateOnly day) =>
    [
        .. household.Members.SelectMany(member => Kinds.Keys.Order().Select(field =>
                new Disagreement(member.PersonId, field, StatementsOf(household, facts, day, member, field))))
            .Where(stated => stated.Statements.Select(statement => KeyOf(stated.Field, statement.Value)).Distinct().Skip(1).Any()),
    ];

    /// <summary>What is stated about one thing of a member, whether or not it differs.</summary>
    public static IReadOnlyList<Statement> StatementsOf(
        Household household, IReadOnlyList<LookupFact> facts, DateOnly day, HouseholdMember member, DisagreementField field)
    {
        if (member.DiedOn <= day && field != DisagreementField.Death)
        {
            return [];
        }

        var declared = DeclaredBy(household, day, member, field);
        var stated = facts.Where(fact => fact.PersonId == member.PersonId && Kinds[field].Contains(fact.Kind) && fact.HoldsOn(day))
            .GroupBy(fact => fact.Source).OrderBy(source => source.Key)
            .Select(source => new Statement
            {
                Source = source.Key,
                LookupId = source.First().LookupId,
                AnsweredAt = source.First().AnsweredAt,
                ValidUntilOn = source.First().ValidUntilOn,
                Value = ValueOf(field, [.. source], declared),
            });
        return declared is null ? [.. stated] : [new Statement { Value = declared }, .. stated];
    }

    /// <summary>Whether statements are of amounts or numbers of things, which can be compared and added up.</summary>
    public static bool IsOfNumbers(DisagreementField field) => field
        is not (DisagreementField.RegisteredDivision or DisagreementField.Disability or DisagreementField.Enrolment or DisagreementField.Marriage or DisagreementField.Death);

    /// <summary>Whether a kind of fact is a statement of a field.</summary>
    public static bool IsStatedBy(DisagreementField field, FactKind kind) => Kinds[field].Contains(kind);

    /// <summary>The field of a kind of income; null where no department states it.</summary>
    public static DisagreementField? FieldOf(IncomeKind kind) => kind switch
    {
        IncomeKind.Wages => DisagreementField.Wages,
        IncomeKind.BusinessNet => DisagreementField.BusinessIncome,
        IncomeKind.Pension => DisagreementField.Pension,
        IncomeKind.UnemploymentBenefit => DisagreementField.UnemploymentBenefit,
        IncomeKind.PreferentialPension => DisagreementField.PreferentialPension,
        _ => null,
    };

    /// <summary>The field of a kind of property; null where no department states it.</summary>
    public static DisagreementField? FieldOf(PropertyKind kind) => kind switch
    {
        PropertyKind.Deposit => DisagreementField.Deposits,
        PropertyKind.Securities => DisagreementField.Securities,
        PropertyKind.CommercialInsurance => DisagreementField.CommercialInsurance,
        PropertyKind.InternetFinance => DisagreementField.PaymentBalance,
        PropertyKind.House => DisagreementField.Houses,
        PropertyKind.Vehicle => DisagreementField.Vehicles,
        _ => null,
    };

    // What two statements are compared by.
    internal static string KeyOf(DisagreementField field, StatedValue value) => field == DisagreementField.RegisteredDivision
        ? DivisionCode.Parse(value.DivisionCode!).At(DivisionLevel.District)?.Value ?? value.DivisionCode!
        : string.Create(CultureInfo.InvariantCulture, $"{value.AmountFen?.Fen}|{value.Count}|{value.On:yyyy-MM-dd}|{value.IsSo}");

    // Several statements of one source are several jobs, accounts or policies, and are added up; of a number of things each
    // kind is stated once, and the largest counts where it is not.
    private static StatedValue ValueOf(DisagreementField field, IReadOnlyList<LookupFact> facts, StatedValue? declared) => field switch
    {
        DisagreementField.RegisteredDivision => new StatedValue(DivisionCode: facts.MaxBy(fact => fact.FromOn ?? DateOnly.MinValue)!.DivisionCode),
        DisagreementField.Houses or DisagreementField.Vehicles => new StatedValue(Count: facts.GroupBy(fact => fact.Kind).Sum(kind => kind.Max(fact => fact.Count ?? 0))),
        DisagreementField.Disability => new StatedValue(Count: facts.Max(fact => fact.Count)),
        DisagreementField.Enrolment or DisagreementField.Marriage => new StatedValue(IsSo: true),
        DisagreementField.Death => new StatedValue(On: DeathBy(facts, declared?.On)),
        _ => new StatedValue(facts.Sum(fact => fact.AmountFen ?? Money.Zero)),
    };

    // A cremation bears out any death before it that was declared, and shows one where none was.
    private static DateOnly? DeathBy(IReadOnlyList<LookupFact> facts, DateOnly? declared) =>
        facts.FirstOrDefault(fact => fact.Kind == FactKind.DiedOn) is { } death ? death.FromOn
        : declared <= facts[0].FromOn ? declared
        : facts[0].FromOn;

    // The form asks for all income and property, so that what is not declared is declared to be none.
    private static StatedValue? DeclaredBy(Household household, DateOnly day, HouseholdMember member, DisagreementField field) => field switch
    {
        DisagreementField.RegisteredDivision => new StatedValue(DivisionCode: member.RegisteredDivisionCode),
        DisagreementField.Houses or DisagreementField.Vehicles =>
            new StatedValue(Count: PropertiesOf(household, member, field).Sum(property => property.Count)),
        DisagreementField.Deposits or DisagreementField.Securities or DisagreementField.CommercialInsurance or DisagreementField.PaymentBalance =>
            new StatedValue(PropertiesOf(household, member, field).Sum(property => property.ValueFen)),
        DisagreementField.Disability => new StatedValue(Count: member.Disability?.Grade),
        DisagreementField.Enrolment => new StatedValue(IsSo: member.IsFullTimeStudent),
        DisagreementField.Marriage => MarriageDeclaredBy(household, day, member),
        DisagreementField.Death => new StatedValue(On: member.DiedOn <= day ? member.DiedOn : null),
        _ => new StatedValue(household.Incomes.Where(income => income.PersonId == member.PersonId && FieldOf(income.Kind) == field).Sum(income => income.MonthlyFen)),
    };

    private static IEnumerable<DeclaredProperty> PropertiesOf(Household household, HouseholdMember member, DisagreementField field) =>
        household.Properties.Where(property => property.PersonId == member.PersonId && FieldOf(property.Kind) == field);

    // Of a marriage that ended by a death the register may still say that it lasts: nothing is declared about it.
    private static StatedValue? MarriageDeclaredBy(Household household, DateOnly day, HouseholdMember member)
    {
        var spouses = household.Members.Where(other => other.Relationship == Relationship.Spouse).ToList();
        return member.Relationship is not (Relationship.Self or Relationship.Spouse) || spouses.Exists(spouse => spouse.DiedOn <= day)
            || household.Members.Any(other => other.Relationship == Relationship.Self && other.DiedOn <= day)
            ? null
            : new StatedValue(IsSo: spouses.Count > 0 || household.Obligors.Any(obligor => obligor.Relationship == Relationship.Spouse));
    }
}

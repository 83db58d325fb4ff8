using System.Text.Json;
using System.Text.Json.Serialization;
using Assistance.Domain.Assessments;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments;

/// <summary>
/// Households worked out by hand, as data in <c>cases/*.json</c>: whoever knows the rules adds one without code. What a case
/// does not say is as in <see cref="SyntheticHouseholds"/>: 2026-09-10, a standard of 750 yuan, and so on.
/// </summary>
public sealed class WorkedExampleTests
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    internal static IReadOnlyList<WorkedExample> All { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Seeds.Root, "tests", "Assistance.Domain.Tests", "Assessments", "cases"), "*.json").Order(StringComparer.Ordinal)
            .SelectMany(file => JsonSerializer.Deserialize<List<WorkedExample>>(File.ReadAllText(file), Strict)!),
    ];

    private static IEnumerable<TestCaseData> Cases => All.Select(example => new TestCaseData(example).SetArgDisplayNames(example.Name));

    [TestCaseSource(nameof(Cases))]
    public void A_household_is_assessed_as_it_was_worked_out_by_hand(WorkedExample example)
    {
        var assessment = Assessor.Assess(example.Input());
        var expected = example.Expected;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(assessment.Outcome, Is.EqualTo(expected.Outcome));
            Assert.That(assessment.Deciding.Select(finding => finding.Code), Is.SupersetOf(expected.Decided));
            Assert.That(assessment.Economy.MonthlyIncomeFen.Fen, Is.EqualTo(expected.IncomeFen));
            Assert.That(assessment.MonthlyFen.Fen, Is.EqualTo(expected.MonthlyFen));
            Assert.That(assessment.Allowance.IsOnce ? assessment.Allowance.AmountFen.Fen : 0, Is.EqualTo(expected.OnceFen));
            Assert.That(assessment.Highest, Is.EqualTo(expected.Fits));
            Assert.That(assessment.Others(example.Programme), Is.EquivalentTo(expected.Others ?? assessment.Others(example.Programme)));
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void A_worked_example_cites_articles_that_are_held_and_says_how_it_was_reckoned(WorkedExample example)
    {
        Assert.That(example.Cites, Is.Not.Empty.And.SubsetOf(Seeds.Rows("legal-bases.csv").Select(row => row["code"])));
        Assert.That(example.Reckoned, Is.Not.Empty);
    }

    [Test]
    public void Every_example_has_a_name_of_its_own() => Assert.That(All.Select(example => example.Name), Is.Unique);
}

/// <summary>One household, and what comes of it.</summary>
public sealed record WorkedExample
{
    public required string Name { get; init; }

    /// <summary>The articles that it is about.</summary>
    public required IReadOnlyList<string> Cites { get; init; }

    /// <summary>The arithmetic, by hand.</summary>
    public required string Reckoned { get; init; }

    public required Programme Programme { get; init; }

    public DateOnly? On { get; init; }

    /// <summary>Parameters of another value than usual; fen, percent, months or a count.</summary>
    public Dictionary<string, long> Parameters { get; init; } = [];

    public required IReadOnlyList<ExampleMember> Members { get; init; }

    public IReadOnlyList<ExampleObligor> Obligors { get; init; } = [];

    public Filing? Filing { get; init; }

    public ExampleEmergency? Emergency { get; init; }

    public required ExampleResult Expected { get; init; }

    internal AssessmentInput Input()
    {
        var input = AnInput(
            new Household
            {
                Members = [.. Members.Select((member, position) => member.Member(position + 1))],
                Incomes = [.. Members.SelectMany((member, position) => member.Incomes.Select(income => new DeclaredIncome(Id(position + 1), income.Key, new Money(income.Value))))],
                Properties = [.. Members.SelectMany((member, position) => member.Properties(Id(position + 1)))],
                Expenditures = [.. Members.SelectMany((member, position) => member.Spent.Select(spent => new DeclaredExpenditure(Id(position + 1), spent.Key, new Money(spent.Value))))],
                Obligors = [.. Obligors.Select((obligor, position) => new Obligor(Id(100 + position), obligor.Is, Ability: obligor.Ability))],
                Filing = Filing ?? new Filing(),
                Emergency = Emergency is null ? null : new Emergency(Emergency.Kind, Emergency.OccurredOn, new Money(Emergency.NeededFen)),
            },
            [
                .. Members.SelectMany((member, position) => member.Stated.Select(stated => stated.Fact(Id(position + 1)))),
                .. Obligors.SelectMany((obligor, position) => obligor.Stated.Select(stated => stated.Fact(Id(100 + position)))),
            ]) with
        {
            Programme = Programme,
            AssessedOn = On ?? Today,
            Gaps = [.. Members.SelectMany((member, position) => member.Unanswered.Select(source => new EvidenceGap(Id(position + 1), source, LookupState.Unavailable)))],
        };
        return Parameters.Aggregate(input, (changed, parameter) => changed.With(parameter.Key, parameter.Value));
    }

    private static Guid Id(int position) => new($"00000000-0000-7000-8000-{position:x12}");
}

/// <summary>A member as declared, what departments state of them, and which of them are silent.</summary>
public sealed record ExampleMember
{
    public required Relationship Is { get; init; }

    public required DateOnly BornOn { get; init; }

    /// <summary>Fen a month.</summary>
    public Dictionary<IncomeKind, long> Incomes { get; init; } = [];

    /// <summary>Fen.</summary>
    public Dictionary<PropertyKind, long> Owns { get; init; } = [];

    public int Houses { get; init; }

    public int Vehicles { get; init; }

    /// <summary>Vehicles for a disability or a livelihood (57 art. 14).</summary>
    public int ExemptVehicles { get; init; }

    /// <summary>Fen in twelve months.</summary>
    public Dictionary<ExpenditureKind, long> Spent { get; init; } = [];

    public Disability? Disability { get; init; }

    public bool IsSeriouslyIll { get; init; }

    public bool IsStudent { get; init; }

    public bool IsEmployed { get; init; }

    public bool CannotSupportSelf { get; init; }

    public bool HasLegalCapacity { get; init; } = true;

    public Absence? Absence { get; init; }

    public DateOnly? DiedOn { get; init; }

    public IReadOnlyList<ExampleFact> Stated { get; init; } = [];

    public IReadOnlyList<LookupSource> Unanswered { get; init; } = [];

    internal HouseholdMember Member(int position) => AMember(new Guid($"00000000-0000-7000-8000-{position:x12}"), Is, BornOn) with
    {
        Disability = Disability,
        HasCertifiedMajorIllness = IsSeriouslyIll,
        IsFullTimeStudent = IsStudent,
        IsEmployed = IsEmployed,
        CannotSupportSelf = CannotSupportSelf,
        HasLegalCapacity = HasLegalCapacity,
        Absence = Absence,
        LivesWithHousehold = Absence is null,
        DiedOn = DiedOn,
    };

    internal IEnumerable<DeclaredProperty> Properties(Guid personId) =>
    [
        .. Owns.Select(owned => new DeclaredProperty(personId, owned.Key, new Money(owned.Value))),
        .. Houses > 0 ? [new DeclaredProperty(personId, PropertyKind.House, Money.Zero, Houses)] : Array.Empty<DeclaredProperty>(),
        .. Vehicles > 0 ? [new DeclaredProperty(personId, PropertyKind.Vehicle, Money.Zero, Vehicles)] : Array.Empty<DeclaredProperty>(),
        .. ExemptVehicles > 0
            ? [new DeclaredProperty(personId, PropertyKind.Vehicle, Money.Zero, ExemptVehicles, PropertyExemption.LivelihoodVehicle)]
            : Array.Empty<DeclaredProperty>(),
    ];
}

/// <summary>Somebody living elsewhere who owes support, and what departments state of them.</summary>
public sealed record ExampleObligor
{
    public required Relationship Is { get; init; }

    public ObligorAbility Ability { get; init; }

    public IReadOnlyList<ExampleFact> Stated { get; init; } = [];
}

/// <summary>What a department states: an amount in fen, a count, or a day.</summary>
public sealed record ExampleFact(FactKind Kind, long? Fen = null, int? Count = null, DateOnly? FromOn = null)
{
    internal LookupFact Fact(Guid personId) => (Fen is { } fen ? AnAmount(Kind, fen, personId) : Count is { } count ? ACount(Kind, count, personId) : ADeath(personId, FromOn!.Value))
        with
    { FromOn = FromOn };
}

/// <summary>An emergency; fen.</summary>
public sealed record ExampleEmergency(EmergencyKind Kind, DateOnly OccurredOn, long NeededFen);

/// <summary>What comes of a case.</summary>
public sealed record ExampleResult
{
    public required Outcome Outcome { get; init; }

    /// <summary>Findings that decide it, by code; at least these.</summary>
    public required IReadOnlyList<string> Decided { get; init; }

    /// <summary>The household's income a month after deductions.</summary>
    public required long IncomeFen { get; init; }

    public long MonthlyFen { get; init; }

    public long OnceFen { get; init; }

    /// <summary>The highest class of households that it fits.</summary>
    public Programme? Fits { get; init; }

    /// <summary>What else it may have; not looked at where it is not said.</summary>
    public IReadOnlyList<Programme>? Others { get; init; }
}

using Assistance.Api.Data;
using Assistance.Domain.Assessments;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Reference;

/// <summary>Everything a government may change, as loaded from the reference tables: immutable, asked by code and day.</summary>
public sealed class ReferenceData
{
    private readonly Dictionary<string, DivisionRow> divisions;
    private readonly ILookup<string?, DivisionRow> below;
    private readonly ILookup<string, LegalBasisRow> legalBases;
    private readonly IReadOnlyList<DisclosureItemType> itemTypes;
    private readonly IReadOnlyList<RoutingRule> routingRules;

    private ReferenceData(
        IReadOnlyList<DivisionRow> divisions,
        IReadOnlyList<CalendarDayRow> calendar,
        IReadOnlyList<LegalBasisRow> legalBases,
        IReadOnlyList<PolicyParameterRow> parameters,
        IReadOnlyList<IncomeKindRow> incomeKinds,
        IReadOnlyList<DisclosureItemTypeRow> itemTypes,
        IReadOnlyList<RoutingRuleRow> routingRules,
        IReadOnlyList<SentenceRow> sentences,
        IReadOnlyList<DocumentTemplateRow> templates,
        long parameterState)
    {
        ParameterState = parameterState;
        this.divisions = divisions.ToDictionary(row => row.DivisionCode);
        below = divisions.ToLookup(row => row.ParentDivisionCode);
        this.legalBases = legalBases.ToLookup(row => row.BasisCode);
        this.itemTypes = [.. itemTypes.OrderBy(row => row.ItemCode, StringComparer.Ordinal).Select(ItemType)];
        this.routingRules = [.. routingRules.Select(RoutingRule)];
        Texts = new Texts(
            sentences, templates, itemTypes.DistinctBy(row => row.ItemCode).Select(row => (row.ItemCode, row.NameZh, row.NameEn)), FullDivisionName);
        // A notice gives a year's days off from New Year on; a file with only that year's eve does not cover it.
        Calendar = new WorkingCalendar(
            calendar.Select(row => KeyValuePair.Create(row.DayOn, row.IsDayOff)),
            calendar.Where(row => row.DayOn is { Month: > 1 }).GroupBy(row => row.DayOn.Year).Where(year => year.Count() > 5).Select(year => year.Key));
        Parameters = new PolicyParameters(parameters.Select(row => row.AsParameter()));
        IncomeKinds =
        [
            .. incomeKinds.Select(row => new IncomeKindRule
            {
                Kind = Enum.Parse<IncomeKind>(row.IncomeKind),
                IncomeClass = Enum.Parse<IncomeClass>(row.IncomeClass),
                IsCounted = row.IsCounted,
                BasisCode = row.BasisCode,
                FromOn = row.FromOn,
                ToOn = row.ToOn,
            }),
        ];
    }

    public WorkingCalendar Calendar { get; }

    public PolicyParameters Parameters { get; private set; }

    /// <summary>How many times rows had joined the parameters when they were read; see <see cref="ParameterRefresh"/>.</summary>
    public long ParameterState { get; private set; }

    public IReadOnlyList<IncomeKindRule> IncomeKinds { get; }

    internal Texts Texts { get; }

    public static async Task<ReferenceData> LoadAsync(Session session) => new(
        await ReferenceRepository.DivisionsAsync(session),
        await ReferenceRepository.CalendarAsync(session),
        await ReferenceRepository.LegalBasesAsync(session),
        await ReferenceRepository.ParametersAsync(session),
        await ReferenceRepository.IncomeKindsAsync(session),
        await ReferenceRepository.ItemTypesAsync(session),
        await ReferenceRepository.RoutingRulesAsync(session),
        await ReferenceRepository.SentencesAsync(session),
        await ReferenceRepository.TemplatesAsync(session),
        await ReferenceRepository.ParameterStateAsync(session));

    /// <summary>The same with other parameters.</summary>
    internal ReferenceData With(IEnumerable<PolicyParameter> parameters, long parameterState)
    {
        var data = (ReferenceData)MemberwiseClone();
        data.Parameters = new PolicyParameters(parameters);
        data.ParameterState = parameterState;
        return data;
    }

    public bool HasDivision(string code) => divisions.ContainsKey(code);

    /// <summary>The divisions directly below one, by code.</summary>
    internal IReadOnlyList<DivisionRow> DivisionsBelow(string code) => [.. below[code].OrderBy(row => row.DivisionCode, StringComparer.Ordinal)];

    /// <summary>The names from the city down, for example 大同市平城区振华街道.</summary>
    public string FullDivisionName(string code)
    {
        var names = new List<string>();
        for (string? at = code; at is { Length: >= 4 } && divisions.TryGetValue(at, out var division); at = division.ParentDivisionCode)
        {
            names.Insert(0, division.DivisionName);
        }

        return names.Count == 0 ? code : string.Concat(names);
    }

    /// <exception cref="RuleViolation">no-parameter-in-force: the article is not in force on the day, so nothing may rest on it.</exception>
    public LegalBasisRow LegalBasis(string code, DateOnly on) =>
        legalBases[code].InForceOn(on) ?? throw Refusals.NoStandardInForce(code, on);

    /// <summary>An article in every version that is held; none where it is not known.</summary>
    public IEnumerable<LegalBasisRow> LegalBasisVersions(string code) => legalBases[code];

    public LegalBasisRow? FindLegalBasis(string code, DateOnly on) => legalBases[code].InForceOn(on);

    /// <summary>What the disclosure may list on a day, one row an item.</summary>
    public IReadOnlyList<DisclosureItemType> ItemTypes(DateOnly on) =>
        [.. itemTypes.GroupBy(type => type.ItemCode).Select(versions => versions.InForceOn(on)).OfType<DisclosureItemType>()];

    public DisclosureItemType? ItemType(string itemCode, DateOnly on) => itemTypes.Where(type => type.ItemCode == itemCode).InForceOn(on);

    public IReadOnlyList<RoutingRule> RoutingRules(DateOnly on) => routingRules.RulesInForceOn(on);

    public ProcedurePeriods Periods(DateOnly on) => new(
        Parameters.Number(ParameterCodes.StartInvestigation, on),
        Parameters.Number(ParameterCodes.StartVerification, on),
        Parameters.Number(ParameterCodes.DistrictOpinion, on),
        Parameters.Number(ParameterCodes.Total, on),
        Parameters.Number(ParameterCodes.TotalExtended, on),
        Parameters.Number(ParameterCodes.TakeUp, on),
        Parameters.Number(ParameterCodes.Arbitration, on));

    private static DisclosureItemType ItemType(DisclosureItemTypeRow row) => new()
    {
        ItemCode = row.ItemCode,
        Programmes = [.. row.Programmes.Split('|').Select(Enum.Parse<Programme>)],
        Circumstance = Enum.Parse<ItemCircumstance>(row.ItemCircumstance),
        AnsweredBy = row.LookupSource is { } source ? Enum.Parse<LookupSource>(source) : null,
        IsAnsweredByNoRecord = row.IsAnsweredByNoRecord,
        IsMetByTheForm = row.IsMetByTheForm,
        Ways = [.. row.SupplyWays.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<SupplyWay>)],
        Copies = row.CopyCount,
        BasisCode = row.BasisCode,
        FromOn = row.FromOn,
        ToOn = row.ToOn,
        NameZh = row.NameZh,
        NameEn = row.NameEn,
        WhyZh = row.WhyZh,
        ExampleZh = row.ExampleZh,
    };

    private static RoutingRule RoutingRule(RoutingRuleRow row) => new()
    {
        Rule = row.RoutingRuleCode,
        Position = row.PositionNumber,
        Programmes = Domain.Intake.RoutingRule.ParseProgrammes(row.Programmes),
        Outcome = Enum.Parse<RoutingOutcome>(row.RoutingOutcome),
        BasisCodes = row.BasisCodes.Split('|'),
        AlsoAt = row.OtherDoor is { } door ? Enum.Parse<OtherDoor>(door) : null,
        FromOn = row.FromOn,
        ToOn = row.ToOn,
        IsEnabled = row.IsEnabled,
        IsSample = row.IsSample,
    };
}

/// <summary>
/// Holds the reference data of the running service: set once the database is migrated and seeded, and again whenever rows
/// have joined the parameters.
/// </summary>
public sealed class ReferenceStore
{
    private ReferenceData? current;

    public ReferenceData Current => current ?? throw new InvalidOperationException("The reference data is not loaded yet.");

    public bool IsLoaded => current is not null;

    public void Set(ReferenceData data) => current = data;
}

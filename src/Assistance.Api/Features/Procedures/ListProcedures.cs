using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Procedures;

/// <summary>How applications are dealt with, and adjustments of what is in payment; and the periods that are counted.</summary>
/// <param name="Pausing">What the law says of clocks that pause.</param>
public sealed record ProcedureListResponse(
    IReadOnlyList<ProcedureResponse> Procedures, IReadOnlyList<ProcedureClockResponse> Clocks, string Pausing);

/// <summary>One procedure: its states in their order, its acts, and both as a diagram.</summary>
public sealed record ProcedureResponse
{
    /// <summary>What it is about: <c>Application</c> or <c>AwardAdjustment</c>.</summary>
    public required string Procedure { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<ProcedureStateResponse> States { get; init; }

    public required IReadOnlyList<ProcedureActResponse> Acts { get; init; }

    /// <summary>A Mermaid <c>stateDiagram-v2</c> of the acts that change the state, with names in both languages.</summary>
    public required string Diagram { get; init; }
}

/// <summary>A state, by its code and its name.</summary>
public sealed record ProcedureStateResponse(string State, string Name);

/// <summary>An act: in which states, to which, by whom, on which conditions, with which clocks, by which article.</summary>
public sealed record ProcedureActResponse
{
    public required string Act { get; init; }

    public required string Name { get; init; }

    /// <summary>The states in which it is allowed: in any other it is refused as <c>wrong-state</c>. None where it begins the matter.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>The states it leads to; none where it changes no state.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Whether it can also leave the state as it is.</summary>
    public required bool MayStay { get; init; }

    /// <summary>The roles of a token that may do it; one of them is enough.</summary>
    public required IReadOnlyList<CodeResponse> Roles { get; init; }

    /// <summary>Whose officers may do it.</summary>
    public required CodeResponse Office { get; init; }

    /// <summary>What it needs beside, each by the code and title of the problem that it is refused with.</summary>
    public required IReadOnlyList<CodeResponse> Needs { get; init; }

    public required IReadOnlyList<ClockEffectResponse> Clocks { get; init; }

    public required LegalBasisResponse LegalBasis { get; init; }

    /// <summary>The operations of this contract that do it.</summary>
    public required IReadOnlyList<string> Operations { get; init; }
}

/// <summary>A code with its words.</summary>
public sealed record CodeResponse(string Code, string Name);

/// <summary>What an act does to a clock; one that is not running is neither met, withdrawn nor extended.</summary>
/// <param name="When">On what it depends; absent where it always comes.</param>
public sealed record ClockEffectResponse(ClockEffect Effect, string Clock, CodeResponse? When);

/// <summary>A period that is counted.</summary>
public sealed record ProcedureClockResponse
{
    public required string Clock { get; init; }

    public required string Name { get; init; }

    /// <summary>Working days as of today.</summary>
    public required int WorkingDays { get; init; }

    /// <summary>Working days where residence and registration differ; absent where that makes no difference.</summary>
    public int? ExtendedWorkingDays { get; init; }

    /// <summary>The programmes it is counted for.</summary>
    public required IReadOnlyList<Programme> Programmes { get; init; }

    /// <summary>Whether the service meets it by itself, with the first question to a department.</summary>
    public required bool IsMetByTheService { get; init; }

    /// <summary>The acts of an application that let it pause: none, by law.</summary>
    public required IReadOnlyList<ApplicationAct> PausedBy { get; init; }

    public required IReadOnlyList<LegalBasisResponse> LegalBases { get; init; }
}

/// <summary>Publishes the tables that the gates read; there is nothing personal in them.</summary>
internal sealed class ListProcedures(ReferenceStore reference, EndpointDataSource endpoints, TimeProvider time)
{
    public ProcedureListResponse Handle(Language language)
    {
        var today = ChinaTime.DayOf(time.GetUtcNow());
        var words = new Wording(reference.Current, today, language);
        var operations = endpoints.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<RouteOfAct>() is not null).ToLookup(
            endpoint => endpoint.Metadata.GetRequiredMetadata<RouteOfAct>().Act,
            endpoint => endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName);
        var periods = reference.Current.Periods(today);
        return new ProcedureListResponse(
            [
                Procedure("Application", ApplicationProcedure.Table, operations, words),
                Procedure("AwardAdjustment", AdjustmentProcedure.Table, operations, words),
            ],
            [.. ProcedureClocks.Rules.Select(rule => Clock(rule, periods, words))],
            words.Sentence("procedure.pausing"));
    }

    private static ProcedureResponse Procedure<TAct, TState>(
        string name, Procedure<TAct, TState> table, ILookup<Enum, string> operations, Wording words)
        where TAct : struct, Enum
        where TState : struct, Enum => new()
        {
            Procedure = name,
            Name = words.Sentence($"procedure.{name}"),
            States = [.. Enum.GetValues<TState>().Select(state => new ProcedureStateResponse(state.ToString(), words.Word(state)))],
            Acts = [.. table.Acts.Select(row => Act(row, [.. operations[row.Act].Order(StringComparer.Ordinal)], words))],
            Diagram = StateDiagram.Of(table, words.InBothLanguages),
        };

    private static ProcedureActResponse Act<TAct, TState>(ProcedureAct<TAct, TState> row, IReadOnlyList<string> operations, Wording words)
        where TAct : struct, Enum
        where TState : struct, Enum => new()
        {
            Act = row.Act.ToString(),
            Name = words.Word(row.Act),
            From = [.. row.From.Select(state => state.ToString())],
            To = [.. row.To.Select(state => state.ToString())],
            MayStay = row.MayStay,
            Roles = [.. row.Roles.Select(role => new CodeResponse(Security.Roles.Of(role), words.Sentence($"procedure.role.{role}")))],
            Office = words.Coded("office", row.Office),
            Needs = [.. row.Needs.Select(code => new CodeResponse(code, ProblemCatalogue.Texts(code, new Dictionary<string, string>(), words.Language, word => word).Title))],
            Clocks = [.. row.Clocks.Select(step => new ClockEffectResponse(step.Effect, step.Clock, step.When is { } when ? words.Coded("when", when) : null))],
            LegalBasis = words.Basis(row.BasisCode),
            Operations = operations,
        };

    private static ProcedureClockResponse Clock(ClockRule rule, ProcedurePeriods periods, Wording words) => new()
    {
        Clock = rule.Code,
        Name = words.Word(rule.Code),
        WorkingDays = rule.Code switch
        {
            ProcedureClocks.StartInvestigation => periods.StartInvestigation,
            ProcedureClocks.StartVerification => periods.StartVerification,
            ProcedureClocks.DistrictOpinion => periods.DistrictOpinion,
            ProcedureClocks.Total => periods.Total,
            ProcedureClocks.TakeUp => periods.TakeUp,
            ProcedureClocks.Arbitration => periods.Arbitration,
            _ => throw new InvalidOperationException($"No days are known for {rule.Code}."),
        },
        ExtendedWorkingDays = rule.Code == ProcedureClocks.Total ? periods.TotalExtended : null,
        Programmes = rule.Programmes,
        IsMetByTheService = rule.IsMetByTheService,
        PausedBy =
        [
            .. ApplicationProcedure.Table.Acts
                .Where(row => row.Clocks.Any(step => step.Effect == ClockEffect.Pauses && step.Clock == rule.Code)).Select(row => row.Act),
        ],
        LegalBases = [.. rule.BasisCodes.Select(words.Basis)],
    };

    private sealed record Wording(ReferenceData Reference, DateOnly Today, Language Language)
    {
        public string Word(Enum code) => Word(code.ToString());

        public string Word(string code) => Reference.Texts.Word(code, Language);

        public string InBothLanguages(Enum code) =>
            $"{Reference.Texts.Word(code.ToString(), Language.Zh)} {Reference.Texts.Word(code.ToString(), Language.En)}";

        public string Sentence(string code) => Reference.Texts.Sentence(code, new Dictionary<string, string>(), Today, Language);

        public CodeResponse Coded(string kind, Enum code) => new(code.ToString(), Sentence($"procedure.{kind}.{code}"));

        public LegalBasisResponse Basis(string code) => LegalBasisResponse.Of(Reference.LegalBasis(code, Today), Language);
    }
}

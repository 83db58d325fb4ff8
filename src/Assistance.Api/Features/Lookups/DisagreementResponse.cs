using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>Whether somebody has settled a disagreement.</summary>
public enum DisagreementState
{
    Open,

    /// <summary>Settled, or looked into and not clear: the resolution says which.</summary>
    Resolved,
}

/// <summary>The disagreement board of a case.</summary>
public sealed record DisagreementListResponse
{
    public required IReadOnlyList<DisagreementResponse> Items { get; init; }

    /// <summary>Resolutions of statements that stand no more, or that a later resolution replaced; on record, without effect.</summary>
    public required IReadOnlyList<ResolutionResponse> Superseded { get; init; }

    internal static DisagreementListResponse Of(DisagreementBoard board)
    {
        var items = board.Disagreements.Select(disagreement => DisagreementResponse.Of(disagreement, board.ResolutionOf(disagreement))).ToList();
        var standing = items.Select(item => item.Resolution?.ResolutionId).ToHashSet();
        return new DisagreementListResponse
        {
            Items = items,
            Superseded = [.. board.Resolutions.Where(row => !standing.Contains(row.ResolutionId)).Select(ResolutionResponse.Of)],
        };
    }
}

/// <summary>Statements about one thing of one member, of which at least two differ.</summary>
public sealed record DisagreementResponse
{
    public required Guid PersonId { get; init; }

    public required DisagreementField Field { get; init; }

    public required DisagreementState State { get; init; }

    /// <summary>Identifies what stands; a resolution names it, and another answer makes it another.</summary>
    public required string StatementsHash { get; init; }

    /// <summary>What was declared first, then the departments.</summary>
    public required IReadOnlyList<StatementResponse> Statements { get; init; }

    public ResolutionResponse? Resolution { get; init; }

    internal static DisagreementResponse Of(Disagreement disagreement, DisagreementResolutionRow? resolution) => new()
    {
        PersonId = disagreement.PersonId,
        Field = disagreement.Field,
        State = resolution is null ? DisagreementState.Open : DisagreementState.Resolved,
        StatementsHash = disagreement.StatementsHash,
        Statements = [.. disagreement.Statements.Select(StatementResponse.Of)],
        Resolution = resolution is null ? null : ResolutionResponse.Of(resolution),
    };
}

/// <summary>One statement; without any value, that there is none.</summary>
public sealed record StatementResponse
{
    /// <summary>The department; absent where it is what the household declared.</summary>
    public LookupSource? Source { get; init; }

    /// <summary>The query that brought it.</summary>
    public Guid? LookupId { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateOnly? ValidUntilOn { get; init; }

    /// <summary>Fen, per month where it is income; what one department states of several jobs or accounts is added up.</summary>
    public long? AmountFen { get; init; }

    public int? Count { get; init; }

    public string? DivisionCode { get; init; }

    public DateOnly? On { get; init; }

    /// <summary>For enrolment and marriage: whether it is so.</summary>
    public bool? IsSo { get; init; }

    internal static StatementResponse Of(Statement statement) => new()
    {
        Source = statement.Source,
        LookupId = statement.LookupId,
        AnsweredAt = statement.AnsweredAt?.ToOffset(ChinaTime.Offset),
        ValidUntilOn = statement.ValidUntilOn,
        AmountFen = statement.Value.AmountFen?.Fen,
        Count = statement.Value.Count,
        DivisionCode = statement.Value.DivisionCode,
        On = statement.Value.On,
        IsSo = statement.Value.IsSo,
    };
}

/// <summary>How a disagreement was settled, by whom and why.</summary>
public sealed record ResolutionResponse
{
    public required Guid ResolutionId { get; init; }

    public required Guid PersonId { get; init; }

    public required DisagreementField Field { get; init; }

    public required ResolutionKind Kind { get; init; }

    /// <summary>The department whose statement holds, or adds up with what was declared.</summary>
    public LookupSource? Source { get; init; }

    public required string Reasons { get; init; }

    public required DateTimeOffset ResolvedAt { get; init; }

    public required string ResolvedBy { get; init; }

    internal static ResolutionResponse Of(DisagreementResolutionRow row) => new()
    {
        ResolutionId = row.ResolutionId,
        PersonId = row.PersonId,
        Field = row.DisagreementField,
        Kind = row.ResolutionKind,
        Source = row.LookupSource,
        Reasons = row.Reasons,
        ResolvedAt = row.ResolvedAt.ToOffset(ChinaTime.Offset),
        ResolvedBy = row.ResolvedBy,
    };
}

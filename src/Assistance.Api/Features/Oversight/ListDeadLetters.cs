using Assistance.Api.Data;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Oversight;

/// <summary>Why nothing is done about a look-up by itself any more.</summary>
public enum DeadLetterKind
{
    /// <summary>The answer was malformed, about somebody else, or impossible.</summary>
    SetAside,

    /// <summary>The department may not be sent the same query twice, and it is not known whether it saw this one.</summary>
    LeftToAnOfficer,

    /// <summary>Asked for two days, and there was no answer.</summary>
    GivenUp,
}

/// <summary>A look-up that waits for an officer. Whom it is about is told by its case alone.</summary>
public sealed record DeadLetterResponse
{
    public required Guid LookupId { get; init; }

    public required Guid CaseFileId { get; init; }

    public required int Round { get; init; }

    public required LookupSource Source { get; init; }

    public required LookupPurpose Purpose { get; init; }

    public required DeadLetterKind Kind { get; init; }

    /// <summary>What went wrong last, as a code.</summary>
    public string? Cause { get; init; }

    public required int Attempts { get; init; }

    /// <summary>When the department was first asked; absent where no query ever left the service.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Since when it waits for an officer.</summary>
    public required DateTimeOffset ParkedAt { get; init; }
}

/// <summary>Lists the look-ups of the district that nothing is done about by itself.</summary>
internal sealed class ListDeadLetters(Database database)
{
    public async Task<Page<DeadLetterResponse>> HandleAsync(LookupSource? source, string? after, int? take, CancellationToken cancellation)
    {
        var (afterId, size) = Paging.Parse(after, take);
        var rows = await database.ReadAsync(session => DeadLetterRepository.PageAsync(session, source, afterId, size + 1), cancellation);
        return Paging.Of(rows, size, Response, row => row.LookupId);
    }

    private static DeadLetterResponse Response(LookupRow row) => new()
    {
        LookupId = row.LookupId,
        CaseFileId = row.CaseFileId,
        Round = row.RoundNumber,
        Source = row.LookupSource,
        Purpose = row.Purpose,
        Kind = row.LookupState == LookupState.SetAside ? DeadLetterKind.SetAside
            : row.AttemptCount < LookupSettlement.MostAttempts ? DeadLetterKind.LeftToAnOfficer
            : DeadLetterKind.GivenUp,
        Cause = row.LookupCause,
        Attempts = row.AttemptCount,
        AskedAt = row.AskedAt?.ToOffset(ChinaTime.Offset),
        ParkedAt = row.ParkedAt!.Value.ToOffset(ChinaTime.Offset),
    };
}

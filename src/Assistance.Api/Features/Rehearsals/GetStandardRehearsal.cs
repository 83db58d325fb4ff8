using Assistance.Api.Data;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Rehearsals;

/// <summary>How far a rehearsal has come, and what it found so far. Amounts are fen a month.</summary>
public sealed record StandardRehearsalResponse
{
    public required Guid RehearsalId { get; init; }

    public required RehearsalState State { get; init; }

    public required DateOnly On { get; init; }

    public required string Reasons { get; init; }

    /// <summary>The parameters supposed or in force on the day, with their bases.</summary>
    public required IReadOnlyList<UsedParameterResponse> Parameters { get; init; }

    /// <summary>Awards in payment when it was taken.</summary>
    public required int Awards { get; init; }

    public required int Done { get; init; }

    public required int Rises { get; init; }

    public required int Falls { get; init; }

    /// <summary>Would not be eligible any more.</summary>
    public required int Leaves { get; init; }

    /// <summary>Would have to be looked at; counted with what they are paid now.</summary>
    public required int NeedsReview { get; init; }

    /// <summary>What is paid a month now to the awards gone through.</summary>
    public required long BeforeFen { get; init; }

    /// <summary>What would be paid to them.</summary>
    public required long AfterFen { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required string RequestedBy { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>One award that would change: nothing of the persons but the case's number. Fen a month.</summary>
public sealed record RehearsedAwardResponse(Guid AwardId, Guid CaseFileId, string CaseNumber, RehearsedChange Change, long OldMonthlyFen, long NewMonthlyFen);

/// <summary>Reads a rehearsal and the awards that it would change; reading those is recorded.</summary>
internal sealed class GetStandardRehearsal(Database database, AccessLog access)
{
    public async Task<(StandardRehearsalResponse Rehearsal, int Version)?> HandleAsync(Guid id, CancellationToken cancellation) =>
        await database.ReadAsync(session => StandardRehearsalRepository.FindAsync(session, id), cancellation) is { } row
            ? (Response(row), row.Version)
            : null;

    public async Task<Page<RehearsedAwardResponse>?> RowsAsync(Guid id, string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (cursor, size) = Paging.Parse(after, take);
        var rows = await database.ReadAsync(
            async session => await StandardRehearsalRepository.FindAsync(session, id) is null
                ? null
                : await StandardRehearsalRepository.RowsAsync(session, id, cursor, size + 1),
            cancellation);
        if (rows is null)
        {
            return null;
        }

        await access.RecordAsync(officer, $"/v1/standard-rehearsals/{id}/rows", nameof(GetStandardRehearsal), cancellation);
        return Paging.Of(
            rows,
            size,
            row => new RehearsedAwardResponse(row.AwardId, row.CaseFileId, row.CaseNumber, row.RehearsedChange, row.OldMonthlyFen.Fen, row.NewMonthlyFen.Fen),
            row => row.AwardId);
    }

    private static StandardRehearsalResponse Response(StandardRehearsalRow row) => new()
    {
        RehearsalId = row.RehearsalId,
        State = row.RehearsalState,
        On = row.AppliesOn,
        Reasons = row.Reasons,
        Parameters = [.. ApiJson.Read<IReadOnlyList<PolicyParameter>>(row.ParametersJson).Select(UsedParameterResponse.Of)],
        Awards = row.AwardCount,
        Done = row.DoneCount,
        Rises = row.RisesCount,
        Falls = row.FallsCount,
        Leaves = row.LeavesCount,
        NeedsReview = row.OpenCount,
        BeforeFen = row.BeforeFen.Fen,
        AfterFen = row.AfterFen.Fen,
        RequestedAt = row.RequestedAt.ToOffset(ChinaTime.Offset),
        RequestedBy = row.RequestedBy,
        FinishedAt = row.FinishedAt?.ToOffset(ChinaTime.Offset),
    };
}

using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>What the re-check of one case came to: nothing of the person but the case's number.</summary>
public sealed record VerificationJobRowResponse
{
    public required Guid CaseFileId { get; init; }

    public required string CaseNumber { get; init; }

    public required Guid AwardId { get; init; }

    public required string AcceptingDivisionCode { get; init; }

    public required VerificationJobRowState State { get; init; }

    /// <summary>Why nobody was asked, as a code.</summary>
    public string? Cause { get; init; }

    /// <summary>The round of verification; absent while it is not begun.</summary>
    public int? Round { get; init; }

    public required int Persons { get; init; }

    public required int LookupsAnswered { get; init; }

    public required int LookupsFailed { get; init; }

    /// <summary>How many kinds of fact about how many persons are other than before, each by itself.</summary>
    public required int ChangedFacts { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>Lists the cases of a bulk re-check, the district all and a street its own; the read is recorded.</summary>
public sealed class ListVerificationJobRows(Database database, AccessLog access)
{
    public async Task<Page<VerificationJobRowResponse>?> HandleAsync(
        Guid id, VerificationJobRowState? state, string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (cursor, size) = Paging.Parse(after, take);
        var rows = await database.ReadAsync(
            async session => await VerificationJobRepository.FindAsync(session, id, officer) is null
                ? null
                : await VerificationJobRepository.RowsAsync(session, id, officer, state, cursor, size + 1),
            cancellation);
        if (rows is null)
        {
            return null;
        }

        await access.RecordAsync(officer, $"/v1/verification-jobs/{id}/rows", nameof(ListVerificationJobRows), cancellation);
        return Paging.Of(rows, size, Response, row => row.CaseFileId);
    }

    private static VerificationJobRowResponse Response(VerificationJobCaseRow row) => new()
    {
        CaseFileId = row.CaseFileId,
        CaseNumber = row.CaseNumber,
        AwardId = row.AwardId,
        AcceptingDivisionCode = row.AcceptingDivisionCode,
        State = row.JobRowState,
        Cause = row.JobRowCause,
        Round = row.RoundNumber,
        Persons = row.PersonCount,
        LookupsAnswered = row.AnsweredCount,
        LookupsFailed = row.FailedCount,
        ChangedFacts = row.ChangedCount,
        FinishedAt = row.FinishedAt?.ToOffset(ChinaTime.Offset),
    };
}

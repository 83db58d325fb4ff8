using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Parameters;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Parameters;

/// <summary>Rows that somebody proposed for the parameters.</summary>
public record ParameterUploadItem
{
    public required Guid UploadId { get; init; }

    public required ParameterUploadState State { get; init; }

    public required string Reasons { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public required string ProposedBy { get; init; }

    /// <summary>When it was activated, withdrawn or rejected; absent before.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedBy { get; init; }

    /// <summary>Why it was withdrawn or rejected.</summary>
    public string? ClosingReasons { get; init; }
}

/// <summary>A proposed row, with the line of the file it came in.</summary>
public sealed record ProposedParameterResponse(int Line, ParameterResponse Parameter, string? Note);

/// <summary>An upload with its rows, and while it waits for a second person how it stands now.</summary>
public sealed record ParameterUploadResponse : ParameterUploadItem
{
    public required IReadOnlyList<ProposedParameterResponse> Rows { get; init; }

    /// <summary>What would change if it were activated now, and what stands against it by now; absent once it is closed.</summary>
    public ParameterReportResponse? Report { get; init; }
}

/// <summary>Shows what was proposed for the parameters.</summary>
public sealed class GetParameterUpload(Database database, ReferenceStore reference, TimeProvider time)
{
    /// <summary>The uploads, the oldest first.</summary>
    public async Task<Page<ParameterUploadItem>> ListAsync(ParameterUploadState? state, string? after, int? take, CancellationToken cancellation)
    {
        var (cursor, size) = Paging.Parse(after, take);
        var rows = await database.ReadAsync(session => ParameterUploadRepository.PageAsync(session, state, cursor, size + 1), cancellation);
        return Paging.Of(rows, size, Item, row => row.UploadId);
    }

    /// <returns>The upload with its version; null where there is none.</returns>
    public Task<(ParameterUploadResponse Upload, int Version)?> HandleAsync(Guid id, Language language, CancellationToken cancellation) => database.ReadAsync(
        async session =>
        {
            if (await ParameterUploadRepository.FindAsync(session, id) is not { } upload)
            {
                return ((ParameterUploadResponse, int)?)null;
            }

            var current = reference.Current;
            var lines = (await ParameterUploadRepository.LinesAsync(session, id)).Select(row => row.Line).ToList();
            var standing = upload.UploadState == ParameterUploadState.Proposed ? await ProposeParameters.StandingAsync(session, current, time.Now) : null;
            var item = Item(upload);
            return (new ParameterUploadResponse
            {
                UploadId = item.UploadId,
                State = item.State,
                Reasons = item.Reasons,
                ProposedAt = item.ProposedAt,
                ProposedBy = item.ProposedBy,
                ClosedAt = item.ClosedAt,
                ClosedBy = item.ClosedBy,
                ClosingReasons = item.ClosingReasons,
                Rows = [.. lines.Select(line => new ProposedParameterResponse(line.Line, ParameterResponse.Of(line.Parameter, current, language), line.Remark))],
                Report = standing is null ? null : ParameterReportResponse.Of(ParameterFile.Check(lines, standing), standing.EarliestOn, current, language),
            }, upload.Version);
        },
        cancellation);

    private static ParameterUploadItem Item(ParameterUploadRow upload) => new()
    {
        UploadId = upload.UploadId,
        State = upload.UploadState,
        Reasons = upload.Reasons,
        ProposedAt = upload.ProposedAt.ToOffset(ChinaTime.Offset),
        ProposedBy = upload.ProposedBy,
        ClosedAt = upload.ClosedAt?.ToOffset(ChinaTime.Offset),
        ClosedBy = upload.ClosedBy,
        ClosingReasons = upload.ClosingReasons,
    };
}

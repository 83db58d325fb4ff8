using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Parameters;

namespace Assistance.Api.Features.Parameters;

/// <summary>Rows proposed for the parameters: by whom, when and why, and what became of them.</summary>
internal sealed record ParameterUploadRow
{
    public Guid UploadId { get; init; }

    public ParameterUploadState UploadState { get; init; }

    public string Reasons { get; init; } = "";

    public DateTimeOffset ProposedAt { get; init; }

    public string ProposedBy { get; init; } = "";

    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedBy { get; init; }

    public string? ClosingReasons { get; init; }

    public int Version { get; init; }
}

internal sealed class ParameterUploadLineRow
{
    public Guid UploadId { get; init; }

    public int LineNumber { get; init; }

    public string ParameterCode { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public long ParameterValue { get; init; }

    public string Unit { get; init; } = "";

    public string BasisCode { get; init; } = "";

    public string? DocumentNumber { get; init; }

    public bool IsSample { get; init; }

    public string? Remark { get; init; }

    public DateOnly? EndedFromOn { get; init; }

    public ParameterLine Line => new(LineNumber, new PolicyParameter
    {
        Code = ParameterCode,
        Value = ParameterValue,
        Unit = Unit,
        FromOn = FromOn,
        ToOn = ToOn,
        BasisCode = BasisCode,
        DocumentNumber = DocumentNumber,
        IsSample = IsSample,
    }, Remark);
}

/// <summary>A row that an upload brought into the parameters, with who stands for it.</summary>
internal sealed class ActivatedLineRow
{
    public DateOnly FromOn { get; init; }

    public DateOnly? EndedFromOn { get; init; }

    public Guid UploadId { get; init; }

    public DateTimeOffset ProposedAt { get; init; }

    public string ProposedBy { get; init; } = "";

    public DateTimeOffset ClosedAt { get; init; }

    public string ClosedBy { get; init; } = "";
}

internal static class ParameterUploadRepository
{
    private const string AddSql = """
        INSERT INTO ParameterUpload (UploadId, UploadState, Reasons, ProposedAt, ProposedBy, Version)
        VALUES (@UploadId, @UploadState, @Reasons, @ProposedAt, @ProposedBy, @Version)
        """;

    private const string AddLineSql = """
        INSERT INTO ParameterUploadRow (UploadId, LineNumber, ParameterCode, FromOn, ToOn, ParameterValue, Unit, BasisCode, DocumentNumber, IsSample, Remark)
        VALUES (@UploadId, @LineNumber, @ParameterCode, @FromOn, @ToOn, @ParameterValue, @Unit, @BasisCode, @DocumentNumber, @IsSample, @Remark)
        """;

    public static async Task AddAsync(Session session, ParameterUploadRow upload, IReadOnlyList<ParameterLine> lines)
    {
        await session.ExecuteAsync(AddSql, new { upload.UploadId, upload.UploadState, upload.Reasons, upload.ProposedAt, upload.ProposedBy, upload.Version });
        foreach (var line in lines)
        {
            await session.ExecuteAsync(AddLineSql, new
            {
                upload.UploadId,
                LineNumber = line.Line,
                ParameterCode = line.Parameter.Code,
                line.Parameter.FromOn,
                line.Parameter.ToOn,
                ParameterValue = line.Parameter.Value,
                line.Parameter.Unit,
                line.Parameter.BasisCode,
                line.Parameter.DocumentNumber,
                line.Parameter.IsSample,
                line.Remark,
            });
        }
    }

    private const string FindSql = """
        SELECT UploadId, UploadState, Reasons, ProposedAt, ProposedBy, ClosedAt, ClosedBy, ClosingReasons, Version
        FROM ParameterUpload WHERE UploadId = @UploadId
        """;

    public static Task<ParameterUploadRow?> FindAsync(Session session, Guid uploadId) =>
        session.FirstOrDefaultAsync<ParameterUploadRow>(FindSql, new { UploadId = uploadId });

    private const string LinesSql = """
        SELECT UploadId, LineNumber, ParameterCode, FromOn, ToOn, ParameterValue, Unit, BasisCode, DocumentNumber, IsSample, Remark, EndedFromOn
        FROM ParameterUploadRow WHERE UploadId = @UploadId
        ORDER BY LineNumber
        """;

    public static Task<IReadOnlyList<ParameterUploadLineRow>> LinesAsync(Session session, Guid uploadId) =>
        session.ListAsync<ParameterUploadLineRow>(LinesSql, new { UploadId = uploadId });

    private const string PageSql = """
        SELECT UploadId, UploadState, Reasons, ProposedAt, ProposedBy, ClosedAt, ClosedBy, ClosingReasons, Version
        FROM ParameterUpload WHERE UploadId > @AfterUploadId
        ORDER BY UploadId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string PageOfStateSql = """
        SELECT UploadId, UploadState, Reasons, ProposedAt, ProposedBy, ClosedAt, ClosedBy, ClosingReasons, Version
        FROM ParameterUpload WHERE UploadState = @UploadState AND UploadId > @AfterUploadId
        ORDER BY UploadId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The uploads after one, the oldest first; those of a state where one is named.</summary>
    public static Task<IReadOnlyList<ParameterUploadRow>> PageAsync(Session session, ParameterUploadState? state, Guid after, int take) => state is { } one
        ? session.ListAsync<ParameterUploadRow>(PageOfStateSql, new { UploadState = one, AfterUploadId = after, Take = take })
        : session.ListAsync<ParameterUploadRow>(PageSql, new { AfterUploadId = after, Take = take });

    private const string CloseSql = """
        UPDATE ParameterUpload SET UploadState = @UploadState, ClosedAt = @ClosedAt, ClosedBy = @ClosedBy, ClosingReasons = @ClosingReasons, Version = @Version
        WHERE UploadId = @UploadId AND Version = @ExpectedVersion
        """;

    /// <exception cref="ProblemException">412: somebody else has closed it meanwhile.</exception>
    public static async Task<ParameterUploadRow> CloseAsync(Session session, ParameterUploadRow upload)
    {
        var next = upload with { Version = upload.Version + 1 };
        var affected = await session.ExecuteAsync(CloseSql, new
        {
            next.UploadState,
            next.ClosedAt,
            next.ClosedBy,
            next.ClosingReasons,
            next.Version,
            next.UploadId,
            ExpectedVersion = upload.Version,
        });
        return affected == 1 ? next : throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
    }

    private const string RecordEndSql = """
        UPDATE ParameterUploadRow SET EndedFromOn = @EndedFromOn WHERE UploadId = @UploadId AND LineNumber = @LineNumber
        """;

    /// <summary>Records which row of the table was given its end by a line.</summary>
    public static Task RecordEndAsync(Session session, Guid uploadId, int line, DateOnly endedFromOn) =>
        session.ExecuteAsync(RecordEndSql, new { EndedFromOn = endedFromOn, UploadId = uploadId, LineNumber = line });

    private const string ActivatedOfCodeSql = """
        SELECT r.FromOn, r.EndedFromOn, u.UploadId, u.ProposedAt, u.ProposedBy, u.ClosedAt, u.ClosedBy
        FROM ParameterUploadRow r JOIN ParameterUpload u ON u.UploadId = r.UploadId
        WHERE r.ParameterCode = @ParameterCode AND u.UploadState = 'Activated'
        ORDER BY r.FromOn
        """;

    /// <summary>The rows of a code that came by uploads, by their first day.</summary>
    public static Task<IReadOnlyList<ActivatedLineRow>> ActivatedOfCodeAsync(Session session, string code) =>
        session.ListAsync<ActivatedLineRow>(ActivatedOfCodeSql, new { ParameterCode = code });

    /// <returns>The upload that changed a code last; null where it stands as the seeds have it.</returns>
    public static async Task<Guid?> LatestOfCodeAsync(Session session, string code) =>
        (await ActivatedOfCodeAsync(session, code)).MaxBy(row => row.ClosedAt)?.UploadId;
}

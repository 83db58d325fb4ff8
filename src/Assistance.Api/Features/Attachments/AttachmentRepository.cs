using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;

namespace Assistance.Api.Features.Attachments;

/// <summary>How far an attachment has come. Only a complete one can be supplied for an item.</summary>
public enum AttachmentState
{
    /// <summary>Bytes are still awaited.</summary>
    Uploading,

    /// <summary>Every byte is here, has the declared hash and is of an accepted type.</summary>
    Complete,

    /// <summary>The file was not taken and its bytes are gone; a new upload may begin.</summary>
    Rejected,
}

/// <summary>Why a finished file was not taken.</summary>
public enum RejectionCause
{
    /// <summary>The stored bytes do not have the declared hash.</summary>
    HashMismatch,

    /// <summary>The bytes are neither a PDF nor a picture of an accepted format, whatever the file was called.</summary>
    TypeNotAccepted,

    /// <summary>A PDF that would run, start or carry something.</summary>
    ActiveContent,
}

internal sealed record AttachmentRow
{
    public Guid AttachmentId { get; init; }

    public Guid ApplicationId { get; init; }

    /// <summary>Of the application; read beside the row.</summary>
    public Guid CaseFileId { get; init; }

    public ApplicationState ApplicationState { get; init; }

    public string ItemKey { get; init; } = "";

    public string? AttachmentName { get; init; }

    public long DeclaredLength { get; init; }

    public long ReceivedLength { get; init; }

    public string ContentHash { get; init; } = "";

    public string? MediaType { get; init; }

    public AttachmentState AttachmentState { get; init; }

    public RejectionCause? RejectionCause { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public DateTimeOffset? SuppliedAt { get; init; }

    /// <summary>The item's code: its key without the person it concerns.</summary>
    public string ItemCode => ItemKey.Split(':')[0];
}

/// <summary>What is known of evidence files; their bytes are in the <see cref="IFileStore"/>.</summary>
internal static class AttachmentRepository
{
    private const string AddSql = """
        INSERT INTO Attachment (AttachmentId, ApplicationId, ItemKey, AttachmentName, DeclaredLength, ReceivedLength, ContentHash,
            MediaType, AttachmentState, RejectionCause, CreatedAt, CreatedBy, ExpiresAt, CompletedAt, SuppliedAt)
        VALUES (@AttachmentId, @ApplicationId, @ItemKey, @AttachmentName, @DeclaredLength, 0, @ContentHash,
            NULL, @AttachmentState, NULL, @CreatedAt, @CreatedBy, @ExpiresAt, NULL, NULL)
        """;

    public static Task AddAsync(Session session, AttachmentRow row) => session.ExecuteAsync(AddSql, new
    {
        row.AttachmentId,
        row.ApplicationId,
        row.ItemKey,
        row.AttachmentName,
        row.DeclaredLength,
        row.ContentHash,
        row.AttachmentState,
        row.CreatedAt,
        row.CreatedBy,
        row.ExpiresAt,
    });

    private const string UnusedSql = """
        SELECT COUNT(*) FROM Attachment
        WHERE ApplicationId = @ApplicationId AND AttachmentState IN ('Uploading', 'Complete') AND SuppliedAt IS NULL
        """;

    /// <summary>How many attachments of an application are unfinished, or complete and not supplied for anything yet.</summary>
    public static Task<int> UnusedAsync(Session session, Guid applicationId) =>
        session.FirstOrDefaultAsync<int>(UnusedSql, new { ApplicationId = applicationId });

    private const string FindSql = """
        SELECT t.AttachmentId, t.ApplicationId, a.CaseFileId, a.ApplicationState, t.ItemKey, t.AttachmentName, t.DeclaredLength, t.ReceivedLength,
               t.ContentHash, t.MediaType, t.AttachmentState, t.RejectionCause, t.CreatedAt, t.CreatedBy, t.ExpiresAt,
               t.CompletedAt, t.SuppliedAt
        FROM Attachment t
        JOIN Application a ON a.ApplicationId = t.ApplicationId
        WHERE t.AttachmentId = @AttachmentId AND EXISTS (
            SELECT 1 FROM Application s JOIN ApplicationOffice o ON o.ApplicationId = s.ApplicationId
            WHERE s.CaseFileId = a.CaseFileId AND o.DivisionCode = @DivisionCode)
        """;

    public static Task<AttachmentRow?> FindAsync(Session session, Guid attachmentId, Officer officer) =>
        session.FirstOrDefaultAsync<AttachmentRow>(FindSql, new { AttachmentId = attachmentId, DivisionCode = officer.Division });

    private const string SetReceivedSql = """
        UPDATE Attachment SET ReceivedLength = @ReceivedLength, ExpiresAt = @ExpiresAt
        WHERE AttachmentId = @AttachmentId AND AttachmentState = 'Uploading'
        """;

    public static Task SetReceivedAsync(Session session, AttachmentRow row) => session.ExecuteAsync(SetReceivedSql, new
    {
        row.ReceivedLength,
        row.ExpiresAt,
        row.AttachmentId,
    });

    private const string FinishSql = """
        UPDATE Attachment SET ReceivedLength = @ReceivedLength, MediaType = @MediaType, AttachmentState = @AttachmentState,
            RejectionCause = @RejectionCause, CompletedAt = @CompletedAt
        WHERE AttachmentId = @AttachmentId AND AttachmentState = 'Uploading'
        """;

    /// <summary>Makes an upload complete or rejected; neither changes any more.</summary>
    /// <exception cref="ProblemException">404: it is an upload no longer.</exception>
    public static async Task FinishAsync(Session session, AttachmentRow row)
    {
        var affected = await session.ExecuteAsync(FinishSql, new
        {
            row.ReceivedLength,
            row.MediaType,
            row.AttachmentState,
            row.RejectionCause,
            row.CompletedAt,
            row.AttachmentId,
        });
        if (affected == 0)
        {
            throw ProblemException.NotFound();
        }
    }

    private const string FindOfItemSql = """
        SELECT AttachmentId, ApplicationId, ItemKey, AttachmentName, DeclaredLength, ReceivedLength, ContentHash, MediaType,
               AttachmentState, RejectionCause, CreatedAt, CreatedBy, ExpiresAt, CompletedAt, SuppliedAt
        FROM Attachment WHERE AttachmentId = @AttachmentId AND ApplicationId = @ApplicationId AND ItemKey = @ItemKey
        """;

    /// <summary>The attachments that an item is to be supplied with, in the order given.</summary>
    /// <param name="path">Where the ids stand in the request, for the faults.</param>
    /// <exception cref="ProblemException">
    /// 400 naming every id that is not an attachment of this application and item, is not complete, or is named or supplied already.
    /// </exception>
    public static async Task<IReadOnlyList<AttachmentRow>> CompleteOfAsync(
        Session session, Guid applicationId, string itemKey, IReadOnlyList<Guid> ids, string path = "$.attachmentIds")
    {
        var (found, faults) = (new List<AttachmentRow>(), new List<Fault>());
        for (var i = 0; i < ids.Count; i++)
        {
            var row = await session.FirstOrDefaultAsync<AttachmentRow>(
                FindOfItemSql, new { AttachmentId = ids[i], ApplicationId = applicationId, ItemKey = itemKey });
            switch (row)
            {
                case null:
                    faults.Add(new Fault($"{path}[{i}]", "unknown-attachment", "此项没有这个附件。", "This item has no such attachment."));
                    break;
                case { AttachmentState: not AttachmentState.Complete }:
                    faults.Add(new Fault($"{path}[{i}]", "attachment-not-complete", "附件尚未上传完成，或未被接受。", "The attachment is not complete, or was not taken."));
                    break;
                case { SuppliedAt: not null }:
                    faults.Add(new Fault($"{path}[{i}]", "attachment-already-supplied", "附件已经提供过。", "The attachment was supplied already."));
                    break;
                case var _ when found.Any(earlier => earlier.AttachmentId == row.AttachmentId):
                    faults.Add(new Fault($"{path}[{i}]", "attachment-repeated", "附件只能列出一次。", "An attachment may be named once only."));
                    break;
                default:
                    found.Add(row);
                    break;
            }
        }

        return faults.Count == 0 ? found : throw ProblemException.Invalid(faults);
    }

    private const string SuppliedOfCaseSql = """
        SELECT t.AttachmentId, t.ApplicationId, t.ItemKey, t.AttachmentName, t.DeclaredLength, t.ReceivedLength, t.ContentHash, t.MediaType,
               t.AttachmentState, t.RejectionCause, t.CreatedAt, t.CreatedBy, t.ExpiresAt, t.CompletedAt, t.SuppliedAt
        FROM Application a JOIN Attachment t ON t.ApplicationId = a.ApplicationId
        WHERE a.CaseFileId = @CaseFileId AND t.SuppliedAt IS NOT NULL
        """;

    /// <summary>The files that the household supplied in a case.</summary>
    public static Task<IReadOnlyList<AttachmentRow>> SuppliedOfCaseAsync(Session session, Guid caseFileId) =>
        session.ListAsync<AttachmentRow>(SuppliedOfCaseSql, new { CaseFileId = caseFileId });

    private const string MarkSuppliedSql = """
        UPDATE Attachment SET SuppliedAt = @SuppliedAt
        WHERE AttachmentId = @AttachmentId AND AttachmentState = 'Complete' AND SuppliedAt IS NULL
        """;

    /// <summary>Binds complete attachments to the supply they were made for, in its transaction.</summary>
    /// <exception cref="ProblemException">409: somebody else supplied one meanwhile.</exception>
    public static async Task MarkSuppliedAsync(Session session, IEnumerable<AttachmentRow> rows, DateTimeOffset at)
    {
        foreach (var row in rows)
        {
            if (await session.ExecuteAsync(MarkSuppliedSql, new { SuppliedAt = at, row.AttachmentId }) == 0)
            {
                throw new ProblemException(StatusCodes.Status409Conflict, "conflict");
            }
        }
    }

    private const string AbandonedSql = """
        SELECT AttachmentId FROM Attachment
        WHERE AttachmentState IN ('Uploading', 'Complete') AND SuppliedAt IS NULL AND ExpiresAt < @BeforeExpiresAt
        ORDER BY ExpiresAt, AttachmentId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>Uploads that nobody went on with or supplied, the oldest first.</summary>
    public static Task<IReadOnlyList<Guid>> AbandonedAsync(Session session, DateTimeOffset now, int take) =>
        session.ListAsync<Guid>(AbandonedSql, new { BeforeExpiresAt = now, Take = take });

    private const string IsAbandonedSql = """
        SELECT COUNT(*) FROM Attachment
        WHERE AttachmentId = @AttachmentId AND AttachmentState IN ('Uploading', 'Complete') AND SuppliedAt IS NULL AND ExpiresAt < @BeforeExpiresAt
        """;

    public static async Task<bool> IsAbandonedAsync(Session session, Guid attachmentId, DateTimeOffset now) =>
        await session.FirstOrDefaultAsync<int>(IsAbandonedSql, new { AttachmentId = attachmentId, BeforeExpiresAt = now }) == 1;

    private const string DeleteSql = "DELETE FROM Attachment WHERE AttachmentId = @AttachmentId AND SuppliedAt IS NULL";

    public static Task DeleteAsync(Session session, Guid attachmentId) => session.ExecuteAsync(DeleteSql, new { AttachmentId = attachmentId });
}

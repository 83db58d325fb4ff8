using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;

namespace Assistance.Api.Features.Drafts;

internal sealed record DraftRow
{
    public Guid DraftId { get; init; }

    public string DivisionCode { get; init; } = "";

    /// <summary>The form as it was sent, encrypted: it holds identity numbers.</summary>
    public byte[] FormCipher { get; init; } = [];

    /// <summary>Which parts came from the file, and from when; no word of what they say.</summary>
    public string TakenOverJson { get; init; } = "[]";

    public DateTimeOffset SavedAt { get; init; }

    public string SavedBy { get; init; } = "";

    public DateOnly ExpiresOn { get; init; }

    public int Version { get; init; }
}

internal sealed class DraftListRow
{
    public Guid DraftId { get; init; }

    public DateTimeOffset SavedAt { get; init; }

    public string SavedBy { get; init; } = "";

    public DateOnly ExpiresOn { get; init; }

    public int Version { get; init; }
}

/// <summary>Drafts of the form, each seen by the office that began it alone, and by nobody from the day it expires on.</summary>
internal static class DraftRepository
{
    private const string CountSql = """
        SELECT COUNT(DraftId) FROM ApplicationDraft WHERE DivisionCode = @DivisionCode AND ExpiresOn > @AfterExpiresOn
        """;

    /// <summary>How many drafts an office has going.</summary>
    public static Task<int> CountAsync(Session session, Officer officer, DateOnly today) =>
        session.FirstOrDefaultAsync<int>(CountSql, new { DivisionCode = officer.Division, AfterExpiresOn = today });

    private const string AddSql = """
        INSERT INTO ApplicationDraft (DraftId, DivisionCode, FormCipher, TakenOverJson, SavedAt, SavedBy, ExpiresOn, Version)
        VALUES (@DraftId, @DivisionCode, @FormCipher, @TakenOverJson, @SavedAt, @SavedBy, @ExpiresOn, @Version)
        """;

    public static Task AddAsync(Session session, DraftRow row) => session.ExecuteAsync(AddSql, row);

    private const string FindSql = """
        SELECT DraftId, DivisionCode, FormCipher, TakenOverJson, SavedAt, SavedBy, ExpiresOn, Version FROM ApplicationDraft
        WHERE DraftId = @DraftId AND DivisionCode = @DivisionCode AND ExpiresOn > @AfterExpiresOn
        """;

    public static Task<DraftRow?> FindAsync(Session session, Guid draftId, Officer officer, DateOnly today) =>
        session.FirstOrDefaultAsync<DraftRow>(FindSql, new { DraftId = draftId, DivisionCode = officer.Division, AfterExpiresOn = today });

    /// <exception cref="ProblemException">404: it does not exist, has expired, or is another office's.</exception>
    public static async Task<DraftRow> GetAsync(Session session, Guid draftId, Officer officer, DateOnly today) =>
        await FindAsync(session, draftId, officer, today) ?? throw ProblemException.NotFound();

    private const string PageSql = """
        SELECT DraftId, SavedAt, SavedBy, ExpiresOn, Version FROM ApplicationDraft
        WHERE DivisionCode = @DivisionCode AND DraftId > @AfterDraftId AND ExpiresOn > @AfterExpiresOn
        ORDER BY DraftId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<DraftListRow>> PageAsync(Session session, Officer officer, Guid after, int take, DateOnly today) =>
        session.ListAsync<DraftListRow>(PageSql, new { DivisionCode = officer.Division, AfterDraftId = after, AfterExpiresOn = today, Take = take });

    private const string SaveSql = """
        UPDATE ApplicationDraft SET FormCipher = @FormCipher, SavedAt = @SavedAt, SavedBy = @SavedBy, ExpiresOn = @ExpiresOn, Version = @Version
        WHERE DraftId = @DraftId AND Version = @ExpectedVersion
        """;

    /// <summary>Saves a changed draft as its next version.</summary>
    /// <exception cref="ProblemException">412: somebody else saved it meanwhile.</exception>
    public static async Task<DraftRow> SaveAsync(Session session, DraftRow row)
    {
        var next = row with { Version = row.Version + 1 };
        var affected = await session.ExecuteAsync(SaveSql, new
        {
            next.FormCipher,
            next.SavedAt,
            next.SavedBy,
            next.ExpiresOn,
            next.Version,
            next.DraftId,
            ExpectedVersion = row.Version,
        });
        return affected == 1 ? next : throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
    }

    private const string DeleteVersionSql = """
        DELETE FROM ApplicationDraft WHERE DraftId = @DraftId AND DivisionCode = @DivisionCode AND Version = @ExpectedVersion
        """;

    /// <exception cref="ProblemException">412: somebody saved it meanwhile.</exception>
    public static async Task DeleteVersionAsync(Session session, DraftRow row)
    {
        if (await session.ExecuteAsync(DeleteVersionSql, new { row.DraftId, row.DivisionCode, ExpectedVersion = row.Version }) == 0)
        {
            throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
        }
    }

    private const string DeleteSql = "DELETE FROM ApplicationDraft WHERE DraftId = @DraftId AND DivisionCode = @DivisionCode";

    /// <summary>Deletes what a submission was made of. A draft that is gone, or another office's, is left out: nothing is refused for it.</summary>
    public static Task DeleteAsync(Session session, Guid draftId, Officer officer) =>
        session.ExecuteAsync(DeleteSql, new { DraftId = draftId, DivisionCode = officer.Division });

    private const string ExpiredSql = """
        SELECT DraftId FROM ApplicationDraft WHERE ExpiresOn <= @UntilExpiresOn
        ORDER BY ExpiresOn, DraftId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string DeleteExpiredSql = "DELETE FROM ApplicationDraft WHERE DraftId = @DraftId AND ExpiresOn <= @UntilExpiresOn";

    /// <summary>Deletes the drafts that have expired, a batch at a time.</summary>
    /// <returns>How many were found; fewer than a batch means that none are left.</returns>
    public static async Task<int> DeleteExpiredAsync(Session session, DateOnly today, int batch)
    {
        var expired = await session.ListAsync<Guid>(ExpiredSql, new { UntilExpiresOn = today, Take = batch });
        foreach (var draftId in expired)
        {
            await session.ExecuteAsync(DeleteExpiredSql, new { DraftId = draftId, UntilExpiresOn = today });
        }

        return expired.Count;
    }
}

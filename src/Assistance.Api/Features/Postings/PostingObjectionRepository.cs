using Assistance.Api.Data;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Postings;

internal sealed record PostingObjectionRow
{
    public Guid ObjectionId { get; init; }

    public Guid ApplicationId { get; init; }

    /// <summary>The posting it was made to, which may be gone since.</summary>
    public Guid PostingId { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public ReceivedWay ReceivedWay { get; init; }

    /// <summary>A <see cref="Sender"/>, encrypted; null where nobody said who they are.</summary>
    public byte[]? SenderCipher { get; init; }

    public string Statement { get; init; } = "";

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";

    public ObjectionAnswer? ObjectionAnswer { get; init; }

    public string? DemocraticReviewJson { get; init; }

    public ObjectionOutcome? ObjectionOutcome { get; init; }

    public string? Reasons { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    public string? ResolvedBy { get; init; }
}

/// <summary>Objections to what is posted, and what came of them.</summary>
internal static class PostingObjectionRepository
{
    private const string AddSql = """
        INSERT INTO PostingObjection (ObjectionId, ApplicationId, PostingId, ReceivedOn, ReceivedWay, SenderCipher, Statement, RecordedAt, RecordedBy)
        VALUES (@ObjectionId, @ApplicationId, @PostingId, @ReceivedOn, @ReceivedWay, @SenderCipher, @Statement, @RecordedAt, @RecordedBy)
        """;

    public static Task AddAsync(Session session, PostingObjectionRow row) => session.ExecuteAsync(AddSql, new
    {
        row.ObjectionId,
        row.ApplicationId,
        row.PostingId,
        row.ReceivedOn,
        row.ReceivedWay,
        row.SenderCipher,
        row.Statement,
        row.RecordedAt,
        row.RecordedBy,
    });

    private const string AnswerSql = """
        UPDATE PostingObjection SET ObjectionAnswer = @ObjectionAnswer, DemocraticReviewJson = @DemocraticReviewJson,
            ObjectionOutcome = @ObjectionOutcome, Reasons = @Reasons, ResolvedAt = @ResolvedAt, ResolvedBy = @ResolvedBy
        WHERE ObjectionId = @ObjectionId
        """;

    public static Task AnswerAsync(Session session, PostingObjectionRow row) => session.ExecuteAsync(AnswerSql, new
    {
        row.ObjectionAnswer,
        row.DemocraticReviewJson,
        row.ObjectionOutcome,
        row.Reasons,
        row.ResolvedAt,
        row.ResolvedBy,
        row.ObjectionId,
    });

    private const string PageSql = """
        SELECT ObjectionId, ApplicationId, PostingId, ReceivedOn, ReceivedWay, SenderCipher, Statement, RecordedAt, RecordedBy,
               ObjectionAnswer, DemocraticReviewJson, ObjectionOutcome, Reasons, ResolvedAt, ResolvedBy
        FROM PostingObjection WHERE ApplicationId = @ApplicationId AND ObjectionId > @AfterObjectionId
        ORDER BY ObjectionId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<PostingObjectionRow>> PageAsync(Session session, Guid applicationId, Guid after, int take) =>
        session.ListAsync<PostingObjectionRow>(PageSql, new { ApplicationId = applicationId, AfterObjectionId = after, Take = take });

    private const string FindSql = """
        SELECT ObjectionId, ApplicationId, PostingId, ReceivedOn, ReceivedWay, SenderCipher, Statement, RecordedAt, RecordedBy,
               ObjectionAnswer, DemocraticReviewJson, ObjectionOutcome, Reasons, ResolvedAt, ResolvedBy
        FROM PostingObjection WHERE ObjectionId = @ObjectionId AND ApplicationId = @ApplicationId
        """;

    public static Task<PostingObjectionRow?> FindAsync(Session session, Guid applicationId, Guid objectionId) =>
        session.FirstOrDefaultAsync<PostingObjectionRow>(FindSql, new { ObjectionId = objectionId, ApplicationId = applicationId });

    private const string OpenSql = "SELECT ObjectionId FROM PostingObjection WHERE ApplicationId = @ApplicationId AND ResolvedAt IS NULL";

    public static async Task<bool> IsOpenAsync(Session session, Guid applicationId) =>
        await session.FirstOrDefaultAsync<Guid?>(OpenSql, new { ApplicationId = applicationId }) is not null;

    /// <exception cref="RuleViolation">posting-objection-open.</exception>
    public static async Task RequireNoneOpenAsync(Session session, Guid applicationId)
    {
        if (await IsOpenAsync(session, applicationId))
        {
            throw Refusals.PostingObjectionOpen();
        }
    }

    private const string ChangedSql = """
        SELECT o.ObjectionId FROM PostingObjection o JOIN PublicPosting p ON p.PostingId = o.PostingId
        WHERE o.ApplicationId = @ApplicationId AND o.ObjectionOutcome = 'Changed'
        """;

    /// <summary>Whether an objection to what was posted last changed the opinion, and nothing else has since.</summary>
    public static async Task<bool> HasChangedThePostedAsync(Session session, Guid applicationId) =>
        await session.FirstOrDefaultAsync<Guid?>(ChangedSql, new { ApplicationId = applicationId }) is not null;
}

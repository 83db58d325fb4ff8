using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

internal sealed record CorrectionTicketRow
{
    public Guid TicketId { get; init; }

    public Guid CaseFileId { get; init; }

    public Guid LookupId { get; init; }

    public LookupSource LookupSource { get; init; }

    public string Statement { get; init; } = "";

    public CorrectionTicketState TicketState { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public string RequestedBy { get; init; } = "";

    public int AttemptCount { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The department's last day (政务数据共享条例 art. 26).</summary>
    public DateOnly? DueOn { get; init; }

    public bool IsDueProvisional { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public string? Remark { get; init; }

    /// <summary>The query as the department knows it: where the answer was reused, the one that first brought it.</summary>
    public Guid QueryId { get; init; }
}

/// <summary>
/// Requests to departments to look at what they stated (校核申请), each written with the act that calls for it and sent after
/// the commit, row by row under a lease.
/// </summary>
internal static class CorrectionTicketRepository
{
    private const string CalledWrongSql = """
        SELECT l.LookupId FROM Lookup l
        WHERE l.CaseFileId = @CaseFileId AND EXISTS (
            SELECT 1 FROM Lookup d JOIN CorrectionTicket t ON t.LookupId = d.LookupId
            WHERE d.PersonId = l.PersonId AND d.LookupSource = l.LookupSource AND t.TicketState = 'Corrected' AND t.AnsweredAt >= l.AnsweredAt)
        """;

    /// <summary>The look-ups of a case whose answers their departments have called wrong since.</summary>
    public static async Task<IReadOnlySet<Guid>> CalledWrongAsync(Session session, Guid caseFileId) =>
        (await session.ListAsync<Guid>(CalledWrongSql, new { CaseFileId = caseFileId })).ToHashSet();

    // A look-up whose ticket is on its way needs no second one.
    private const string AddSql = """
        INSERT INTO CorrectionTicket (TicketId, CaseFileId, LookupId, LookupSource, Statement, TicketState, RequestedAt, RequestedBy, DueAt,
            AttemptCount, IsDueProvisional)
        SELECT @TicketId, l.CaseFileId, l.LookupId, l.LookupSource, @Statement, 'ToSend', @RequestedAt, @RequestedBy, @DueAt, 0, 0
        FROM Lookup l WHERE l.LookupId = @LookupId
            AND NOT EXISTS (SELECT 1 FROM CorrectionTicket t WHERE t.LookupId = l.LookupId AND t.TicketState IN ('ToSend', 'Sent'))
        """;

    /// <summary>Asks the department of a look-up to check its answer, unless it is being asked already.</summary>
    public static Task RequestAsync(Session session, Guid lookupId, string statement, Act act) => session.ExecuteAsync(AddSql, new
    {
        TicketId = Guid.CreateVersion7(act.Now),
        Statement = statement,
        RequestedAt = act.Now,
        RequestedBy = act.Officer.Id,
        DueAt = act.Now,
        LookupId = lookupId,
    });

    private const string DueSql = """
        SELECT t.TicketId, t.CaseFileId, t.LookupId, t.LookupSource, t.Statement, t.TicketState, t.RequestedAt, t.RequestedBy, t.AttemptCount,
               t.SentAt, t.DueOn, t.IsDueProvisional, t.AnsweredAt, t.Remark, COALESCE(l.ReusedLookupId, l.LookupId) AS QueryId
        FROM CorrectionTicket t JOIN Lookup l ON l.LookupId = t.LookupId
        WHERE t.TicketState = 'ToSend' AND t.DueAt <= @DueAt AND (t.LeaseUntilAt IS NULL OR t.LeaseUntilAt < @DueAt)
        ORDER BY t.DueAt, t.TicketId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The tickets to be sent now, the longest due first.</summary>
    public static Task<IReadOnlyList<CorrectionTicketRow>> DueAsync(Session session, DateTimeOffset now, int take) =>
        session.ListAsync<CorrectionTicketRow>(DueSql, new { DueAt = now, Take = take });

    private const string LeaseSql = """
        UPDATE CorrectionTicket SET LeaseOwner = @LeaseOwner, LeaseUntilAt = @LeaseUntilAt
        WHERE TicketId = @TicketId AND TicketState = 'ToSend' AND DueAt <= @DueAt AND (LeaseUntilAt IS NULL OR LeaseUntilAt < @DueAt)
        """;

    /// <summary>Claims for this instance until the lease ends those that nobody else has or has sent meanwhile.</summary>
    public static async Task<IReadOnlyList<CorrectionTicketRow>> ClaimAsync(
        Session session, IReadOnlyList<CorrectionTicketRow> due, string owner, DateTimeOffset now, TimeSpan lease)
    {
        var claimed = new List<CorrectionTicketRow>();
        foreach (var row in due)
        {
            if (await session.ExecuteAsync(LeaseSql, new { LeaseOwner = owner, LeaseUntilAt = now + lease, row.TicketId, DueAt = now }) == 1)
            {
                claimed.Add(row);
            }
        }

        return claimed;
    }

    private const string SentSql = """
        UPDATE CorrectionTicket SET TicketState = 'Sent', SentAt = @SentAt, DueOn = @DueOn, IsDueProvisional = @IsDueProvisional,
            AttemptCount = AttemptCount + 1, LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE TicketId = @TicketId AND LeaseOwner = @LeaseOwner AND TicketState = 'ToSend'
        """;

    /// <returns>False where the lease was lost, or the department has answered already.</returns>
    public static async Task<bool> MarkSentAsync(Session session, CorrectionTicketRow row, string owner) => await session.ExecuteAsync(SentSql, new
    {
        row.SentAt,
        row.DueOn,
        row.IsDueProvisional,
        row.TicketId,
        LeaseOwner = owner,
    }) == 1;

    private const string PostponeSql = """
        UPDATE CorrectionTicket SET DueAt = @DueAt, AttemptCount = AttemptCount + 1, LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE TicketId = @TicketId AND LeaseOwner = @LeaseOwner AND TicketState = 'ToSend'
        """;

    public static Task PostponeAsync(Session session, Guid ticketId, DateTimeOffset until, string owner) =>
        session.ExecuteAsync(PostponeSql, new { DueAt = until, TicketId = ticketId, LeaseOwner = owner });

    private const string RefuseSql = """
        UPDATE CorrectionTicket SET TicketState = 'Refused', Remark = @Remark, AttemptCount = AttemptCount + 1, LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE TicketId = @TicketId AND LeaseOwner = @LeaseOwner AND TicketState = 'ToSend'
        """;

    /// <returns>False where the lease was lost, or the department has answered already.</returns>
    public static async Task<bool> RefuseAsync(Session session, Guid ticketId, string cause, string owner) =>
        await session.ExecuteAsync(RefuseSql, new { Remark = cause, TicketId = ticketId, LeaseOwner = owner }) == 1;

    // An answer can overtake the note that the request was sent.
    private const string AnswerSql = """
        UPDATE CorrectionTicket SET TicketState = @TicketState, AnsweredAt = @AnsweredAt, Remark = @Remark, SentAt = COALESCE(SentAt, @AnsweredAt),
            LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE TicketId = @TicketId AND TicketState IN ('ToSend', 'Sent')
        """;

    /// <returns>False where it was answered before: twice is once, and the first answer stands.</returns>
    public static async Task<bool> AnswerAsync(Session session, CorrectionTicketRow row) => await session.ExecuteAsync(AnswerSql, new
    {
        row.TicketState,
        row.AnsweredAt,
        row.Remark,
        row.TicketId,
    }) == 1;

    private const string FindSql = """
        SELECT t.TicketId, t.CaseFileId, t.LookupId, t.LookupSource, t.Statement, t.TicketState, t.RequestedAt, t.RequestedBy, t.AttemptCount,
               t.SentAt, t.DueOn, t.IsDueProvisional, t.AnsweredAt, t.Remark, COALESCE(l.ReusedLookupId, l.LookupId) AS QueryId
        FROM CorrectionTicket t JOIN Lookup l ON l.LookupId = t.LookupId
        WHERE t.TicketId = @TicketId
        """;

    public static Task<CorrectionTicketRow?> FindAsync(Session session, Guid ticketId) =>
        session.FirstOrDefaultAsync<CorrectionTicketRow>(FindSql, new { TicketId = ticketId });

    private const string PageSql = """
        SELECT TicketId, CaseFileId, LookupId, LookupSource, Statement, TicketState, RequestedAt, RequestedBy, AttemptCount, SentAt, DueOn,
               IsDueProvisional, AnsweredAt, Remark
        FROM CorrectionTicket WHERE CaseFileId = @CaseFileId AND TicketId > @AfterTicketId
        ORDER BY TicketId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<CorrectionTicketRow>> PageAsync(Session session, Guid caseFileId, Guid after, int take) =>
        session.ListAsync<CorrectionTicketRow>(PageSql, new { CaseFileId = caseFileId, AfterTicketId = after, Take = take });
}

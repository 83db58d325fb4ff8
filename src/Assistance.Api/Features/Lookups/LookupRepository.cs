using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

internal sealed record LookupRow
{
    public Guid LookupId { get; init; }

    public Guid CaseFileId { get; init; }

    public int RoundNumber { get; init; }

    public Guid PersonId { get; init; }

    public LookupSource LookupSource { get; init; }

    public LookupPurpose Purpose { get; init; }

    public string BasisCode { get; init; } = "";

    public Guid ConsentId { get; init; }

    public string CausedBy { get; init; } = "";

    public LookupState LookupState { get; init; }

    public int AttemptCount { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? AskedAt { get; init; }

    public SharingClock? SharingClock { get; init; }

    public DateOnly? SharingDueOn { get; init; }

    public bool IsDueProvisional { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public int AnswerRevision { get; init; }

    public DateOnly? ValidUntilOn { get; init; }

    public string? ResponseHash { get; init; }

    public string? LookupCause { get; init; }

    public Guid? ReusedLookupId { get; init; }

    /// <summary>Since when nothing is done about it by itself; null while something is, or nothing has to be.</summary>
    public DateTimeOffset? ParkedAt { get; init; }

    /// <summary>The month of the department's first answer; null before, and where it was asked nothing.</summary>
    public DateOnly? AnsweredMonthOn { get; init; }

    /// <summary>Working days from the request to that answer.</summary>
    public int? AnswerDayCount { get; init; }

    /// <summary>Whether that answer came after the department's last day.</summary>
    public bool? IsAnswerLate { get; init; }

    public DateOnly? BodyDeletedOn { get; init; }

    /// <summary>Whether it was sent, or was about to be, before it was claimed; not a column.</summary>
    public bool WasAsked { get; init; }
}

/// <summary>
/// A look-up exists only for a person of a case, with a purpose, a legal basis and a
/// consent; work is claimed row by row under a lease, so that instances share it and a crash repeats nothing answered.
/// </summary>
internal static class LookupRepository
{
    /// <summary>The columns of a row, in every statement that reads one.</summary>
    public const string Columns = """
        LookupId, CaseFileId, RoundNumber, PersonId, LookupSource, Purpose, BasisCode, ConsentId, CausedBy, LookupState, AttemptCount,
        DueAt, AskedAt, SharingClock, SharingDueOn, IsDueProvisional, SubmittedAt, AnsweredAt, AnswerRevision, ValidUntilOn, ResponseHash,
        LookupCause, ReusedLookupId, ParkedAt, AnsweredMonthOn, AnswerDayCount, IsAnswerLate, BodyDeletedOn
        """;

    private const string AddSql = """
        INSERT INTO Lookup (LookupId, CaseFileId, RoundNumber, PersonId, LookupSource, Purpose, BasisCode, ConsentId, CausedBy, LookupState,
            AttemptCount, DueAt, IsDueProvisional, AnsweredAt, AnswerRevision, ValidUntilOn, ResponseHash, ReusedLookupId)
        VALUES (@LookupId, @CaseFileId, @RoundNumber, @PersonId, @LookupSource, @Purpose, @BasisCode, @ConsentId, @CausedBy, @LookupState,
            0, @DueAt, 0, @AnsweredAt, @AnswerRevision, @ValidUntilOn, @ResponseHash, @ReusedLookupId)
        """;

    /// <summary>Adds what a warrant allows, and nothing else can be added: to be asked, or answered already by what is on file.</summary>
    /// <param name="dueAt">From when on it is asked; the earlier, the sooner its turn.</param>
    /// <returns>The id of the look-up.</returns>
    public static async Task<Guid> AddAsync(
        Session session, LookupWarrant warrant, int round, LookupRow? onFile, DateTimeOffset now, DateTimeOffset? dueAt = null)
    {
        var lookupId = Guid.CreateVersion7(now);
        await session.ExecuteAsync(AddSql, new
        {
            LookupId = lookupId,
            warrant.CaseFileId,
            RoundNumber = round,
            warrant.PersonId,
            LookupSource = warrant.Source,
            warrant.Purpose,
            warrant.BasisCode,
            warrant.ConsentId,
            warrant.CausedBy,
            LookupState = onFile?.LookupState ?? LookupState.Pending,
            DueAt = dueAt ?? now,
            onFile?.AnsweredAt,
            AnswerRevision = onFile?.AnswerRevision ?? 0,
            onFile?.ValidUntilOn,
            onFile?.ResponseHash,
            ReusedLookupId = onFile is null ? (Guid?)null : onFile.ReusedLookupId ?? onFile.LookupId,
        });
        // What an earlier round still tried for is what this one asks: never both.
        await session.ExecuteAsync(SupersedeSql, new { LookupCause = "superseded", warrant.CaseFileId, warrant.PersonId, LookupSource = warrant.Source, RoundNumber = round });
        return lookupId;
    }

    private const string SupersedeSql = """
        UPDATE Lookup SET LookupState = 'Cancelled', LookupCause = @LookupCause, LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE CaseFileId = @CaseFileId AND PersonId = @PersonId AND LookupSource = @LookupSource AND RoundNumber < @RoundNumber
            AND LookupState IN ('Pending', 'Submitted', 'Unavailable')
        """;

    // Far more than one person's departments answer within the longest validity; what lay beyond would be asked anew.
    private const int MostOnFile = 500;

    private const string OnFileSql = $"""
        SELECT {Columns}
        FROM Lookup
        WHERE PersonId = @PersonId AND AnsweredAt IS NOT NULL
            AND LookupState IN ('Answered', 'NotFound') AND ValidUntilOn >= @ValidUntilOn AND ReusedLookupId IS NULL
            AND NOT EXISTS (SELECT 1 FROM DisclosureContestation c WHERE c.LookupId = Lookup.LookupId)
            AND NOT EXISTS (SELECT 1 FROM CorrectionTicket t WHERE t.LookupId = Lookup.LookupId AND t.TicketState <> 'Upheld')
            AND NOT EXISTS (
                SELECT 1 FROM Lookup r JOIN CorrectionTicket t ON t.LookupId = r.LookupId
                WHERE r.ReusedLookupId = Lookup.LookupId AND t.TicketState <> 'Upheld')
            AND NOT EXISTS (SELECT 1 FROM ConsentRefusal r WHERE r.ConsentId = Lookup.ConsentId)
        ORDER BY LookupSource DESC, AnsweredAt DESC
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>
    /// Of each department the newest answer about a person that any case holds, that is still valid, that nobody disputes, and
    /// whose consent was not withdrawn. The purpose is the same wherever it came from: verifying what social assistance depends on.
    /// </summary>
    public static async Task<IReadOnlyDictionary<LookupSource, LookupRow>> OnFileAsync(Session session, Guid personId, DateOnly today) =>
        (await session.ListAsync<LookupRow>(OnFileSql, new { PersonId = personId, ValidUntilOn = today, Take = MostOnFile }))
            .GroupBy(row => row.LookupSource).ToDictionary(ofSource => ofSource.Key, ofSource => ofSource.First());

    // One that stayed unavailable is asked again later: an answer that comes late still withdraws its item.
    private const string DueSql = $"""
        SELECT {Columns}
        FROM Lookup
        WHERE LookupSource = @LookupSource AND LookupState IN ('Pending', 'Submitted', 'Unavailable') AND DueAt <= @DueAt
            AND (LeaseUntilAt IS NULL OR LeaseUntilAt < @DueAt)
        ORDER BY DueAt, LookupId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    // Due as it was when it was read: whoever had it meanwhile moved that on. The consent is looked at each time, so that nothing
    // is sent after it ended.
    private const string LeaseSql = """
        UPDATE Lookup SET LeaseOwner = @LeaseOwner, LeaseUntilAt = @LeaseUntilAt, AskedAt = COALESCE(AskedAt, @AskedAt)
        WHERE LookupId = @LookupId AND LookupState IN ('Pending', 'Submitted', 'Unavailable') AND DueAt = @DueAt
            AND (LeaseUntilAt IS NULL OR LeaseUntilAt < @AskedAt)
            AND EXISTS (
                SELECT 1 FROM VerificationConsent c
                WHERE c.ConsentId = Lookup.ConsentId AND c.RevokedAt IS NULL AND (c.EndsOn IS NULL OR c.EndsOn >= @EndsOn))
        """;

    private const string CancelEndedSql = """
        UPDATE Lookup SET LookupState = 'Cancelled', LookupCause = @LookupCause, LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE LookupId = @LookupId AND LookupState IN ('Pending', 'Submitted', 'Unavailable')
            AND NOT EXISTS (
                SELECT 1 FROM VerificationConsent c
                WHERE c.ConsentId = Lookup.ConsentId AND c.RevokedAt IS NULL AND (c.EndsOn IS NULL OR c.EndsOn >= @EndsOn))
        """;

    /// <summary>The look-ups for which a department is to be asked now, the longest due first.</summary>
    public static Task<IReadOnlyList<LookupRow>> DueAsync(Session session, LookupSource source, DateTimeOffset now, int take) =>
        session.ListAsync<LookupRow>(DueSql, new { LookupSource = source, DueAt = now, Take = take });

    /// <summary>
    /// Claims for this instance until the lease ends those that nobody else has and that were not cancelled meanwhile. One whose
    /// consent has ended is cancelled: the case waits for it no longer.
    /// </summary>
    public static async Task<IReadOnlyList<LookupRow>> ClaimAsync(
        Session session, IReadOnlyList<LookupRow> due, string owner, DateTimeOffset now, TimeSpan lease)
    {
        var claimed = new List<LookupRow>();
        var today = ChinaTime.DayOf(now);
        foreach (var row in due)
        {
            var leased = await session.ExecuteAsync(
                LeaseSql, new { LeaseOwner = owner, LeaseUntilAt = now + lease, AskedAt = now, row.LookupId, row.DueAt, EndsOn = today });
            if (leased == 1)
            {
                claimed.Add(row with { AskedAt = row.AskedAt ?? now, WasAsked = row.AskedAt is not null });
            }
            else if (await session.ExecuteAsync(CancelEndedSql, new { LookupCause = nameof(LookupBar.ConsentExpired), row.LookupId, EndsOn = today }) == 1)
            {
                await CaseEvents.AppendAsync(session, row.CaseFileId, new CaseEvent("LookupCancelled", LegalBases.ConsentToVerification, new Dictionary<string, string>
                {
                    ["source"] = row.LookupSource.ToString(),
                    ["cause"] = nameof(LookupBar.ConsentExpired),
                }), now, officer: null);
            }
        }

        return claimed;
    }

    private const string CancelOfPersonSql = """
        UPDATE Lookup SET LookupState = 'Cancelled', LookupCause = @LookupCause, LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE CaseFileId = @CaseFileId AND PersonId = @PersonId AND LookupState IN ('Pending', 'Submitted', 'Unavailable', 'SetAside')
        """;

    /// <summary>Stops whatever a case still asks about somebody who is not of it any more; an answer that is on its way is dropped.</summary>
    public static Task CancelOfPersonAsync(Session session, Guid caseFileId, Guid personId) =>
        session.ExecuteAsync(CancelOfPersonSql, new { LookupCause = nameof(LookupBar.NotOfTheCase), CaseFileId = caseFileId, PersonId = personId });

    private const string MayBeSentSql = """
        SELECT l.LookupId
        FROM Lookup l JOIN VerificationConsent c ON c.ConsentId = l.ConsentId
        WHERE l.LookupId = @LookupId AND l.LookupState <> 'Cancelled' AND c.RevokedAt IS NULL AND (c.EndsOn IS NULL OR c.EndsOn >= @EndsOn)
        """;

    /// <summary>Whether a look-up was not cancelled and its consent holds.</summary>
    public static async Task<bool> MayBeSentAsync(Session session, Guid lookupId, DateOnly today) =>
        await session.FirstOrDefaultAsync<Guid?>(MayBeSentSql, new { LookupId = lookupId, EndsOn = today }) is not null;

    private const string SettleSql = """
        UPDATE Lookup SET LookupState = @LookupState, AttemptCount = @AttemptCount, DueAt = @DueAt, AskedAt = @AskedAt, LeaseOwner = NULL, LeaseUntilAt = NULL,
            SharingClock = @SharingClock, SharingDueOn = @SharingDueOn, IsDueProvisional = @IsDueProvisional, SubmittedAt = @SubmittedAt,
            AnsweredAt = @AnsweredAt, AnswerRevision = @AnswerRevision, ValidUntilOn = @ValidUntilOn, ResponseHash = @ResponseHash,
            LookupCause = @LookupCause, ParkedAt = @ParkedAt, AnsweredMonthOn = @AnsweredMonthOn, AnswerDayCount = @AnswerDayCount,
            IsAnswerLate = @IsAnswerLate
        WHERE LookupId = @LookupId AND LeaseOwner = @LeaseOwner AND LookupState IN ('Pending', 'Submitted', 'Unavailable')
        """;

    /// <returns>False where the lease was lost: somebody else has it, and this result is dropped.</returns>
    public static async Task<bool> SettleAsync(Session session, LookupRow row, string owner) =>
        await session.ExecuteAsync(SettleSql, new
        {
            row.LookupState,
            row.AttemptCount,
            row.DueAt,
            row.AskedAt,
            row.SharingClock,
            row.SharingDueOn,
            row.IsDueProvisional,
            row.SubmittedAt,
            row.AnsweredAt,
            row.AnswerRevision,
            row.ValidUntilOn,
            row.ResponseHash,
            row.LookupCause,
            row.ParkedAt,
            row.AnsweredMonthOn,
            row.AnswerDayCount,
            row.IsAnswerLate,
            row.LookupId,
            LeaseOwner = owner,
        }) == 1;

    private const string ReceiveSql = """
        UPDATE Lookup SET LookupState = @LookupState, DueAt = @DueAt, LeaseOwner = NULL, LeaseUntilAt = NULL,
            SharingClock = @SharingClock, SharingDueOn = @SharingDueOn, IsDueProvisional = @IsDueProvisional, SubmittedAt = @SubmittedAt,
            AnsweredAt = @AnsweredAt, AnswerRevision = @AnswerRevision, ValidUntilOn = @ValidUntilOn, ResponseHash = @ResponseHash,
            LookupCause = @LookupCause, ParkedAt = @ParkedAt, AnsweredMonthOn = @AnsweredMonthOn, AnswerDayCount = @AnswerDayCount,
            IsAnswerLate = @IsAnswerLate
        WHERE LookupId = @LookupId AND AnswerRevision = @BeforeAnswerRevision AND LookupState <> 'Cancelled'
        """;

    /// <summary>Writes what the department sent on its own, whoever is just asking it.</summary>
    /// <returns>False where another answer came first.</returns>
    public static async Task<bool> ReceiveAsync(Session session, LookupRow row, int before) =>
        await session.ExecuteAsync(ReceiveSql, new
        {
            row.LookupState,
            row.DueAt,
            row.SharingClock,
            row.SharingDueOn,
            row.IsDueProvisional,
            row.SubmittedAt,
            row.AnsweredAt,
            row.AnswerRevision,
            row.ValidUntilOn,
            row.ResponseHash,
            row.LookupCause,
            row.ParkedAt,
            row.AnsweredMonthOn,
            row.AnswerDayCount,
            row.IsAnswerLate,
            row.LookupId,
            BeforeAnswerRevision = before,
        }) == 1;

    private const string FindSql = $"""
        SELECT {Columns}
        FROM Lookup WHERE LookupId = @LookupId
        """;

    public static Task<LookupRow?> FindAsync(Session session, Guid lookupId) =>
        session.FirstOrDefaultAsync<LookupRow>(FindSql, new { LookupId = lookupId });

    private const string CasesOfSql = """
        SELECT CaseFileId FROM Lookup WHERE LookupId = @LookupId
        UNION
        SELECT CaseFileId FROM Lookup WHERE ReusedLookupId = @LookupId
        """;

    /// <summary>The cases that rest on the answer to a query: the one that it was asked for, and those that reuse it.</summary>
    public static Task<IReadOnlyList<Guid>> CasesOfAsync(Session session, Guid queryId) =>
        session.ListAsync<Guid>(CasesOfSql, new { LookupId = queryId });

    private const string CancelSql = """
        UPDATE Lookup SET LookupState = 'Cancelled', LookupCause = @LookupCause, LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE ConsentId = @ConsentId AND LookupState IN ('Pending', 'Submitted', 'Unavailable', 'SetAside')
        """;

    /// <summary>Stops whatever rests on a consent; an answer that is on its way is dropped.</summary>
    public static Task CancelAsync(Session session, Guid consentId, LookupBar cause) =>
        session.ExecuteAsync(CancelSql, new { LookupCause = cause.ToString(), ConsentId = consentId });

    private const string CancelOfCaseSql = """
        UPDATE Lookup SET LookupState = 'Cancelled', LookupCause = @LookupCause, LeaseOwner = NULL, LeaseUntilAt = NULL
        WHERE CaseFileId = @CaseFileId AND LookupState IN ('Pending', 'Submitted', 'Unavailable', 'SetAside')
        """;

    /// <summary>Stops whatever a case still asks; an answer that is on its way is dropped.</summary>
    public static Task CancelOfCaseAsync(Session session, Guid caseFileId, LookupBar cause) =>
        session.ExecuteAsync(CancelOfCaseSql, new { LookupCause = cause.ToString(), CaseFileId = caseFileId });

    private const string OfCaseSql = $"""
        SELECT {Columns}
        FROM Lookup WHERE CaseFileId = @CaseFileId
        ORDER BY RoundNumber, PersonId, LookupSource
        """;

    /// <summary>The look-ups of a case, the oldest round first.</summary>
    public static Task<IReadOnlyList<LookupRow>> OfCaseAsync(Session session, Guid caseFileId) =>
        session.ListAsync<LookupRow>(OfCaseSql, new { CaseFileId = caseFileId });

    public static LookupStanding StandingOf(LookupRow row) =>
        new(row.LookupId, row.PersonId, row.LookupSource, row.LookupState, row.AnsweredAt, row.ValidUntilOn) { IsReused = row.ReusedLookupId is not null };
}

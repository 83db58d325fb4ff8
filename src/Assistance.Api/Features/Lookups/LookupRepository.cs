using Assistance.Api.Data;
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

    public string Purpose { get; init; } = "";

    public string BasisCode { get; init; } = "";

    public Guid ConsentId { get; init; }

    public LookupState LookupState { get; init; }

    public int AttemptCount { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? AskedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateOnly? ValidUntilOn { get; init; }

    public string? ResponseHash { get; init; }

    public string? LookupCause { get; init; }
}

internal sealed class FactRow
{
    public Guid LookupId { get; init; }

    public Guid PersonId { get; init; }

    public LookupSource LookupSource { get; init; }

    public FactKind FactKind { get; init; }

    public long? AmountFen { get; init; }

    public int? FactCount { get; init; }

    public string? DivisionCode { get; init; }

    public DateOnly? FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public DateTimeOffset AnsweredAt { get; init; }

    public DateOnly ValidUntilOn { get; init; }
}

/// <summary>
/// Look-ups and the facts they brought. A look-up exists only for a person of a case, with a purpose, a legal basis and a
/// consent; work is claimed row by row under a lease, so that instances share it and a crash repeats nothing answered.
/// </summary>
internal static class LookupRepository
{
    private const string AddSql = """
        INSERT INTO Lookup (LookupId, CaseFileId, RoundNumber, PersonId, LookupSource, Purpose, BasisCode, ConsentId, LookupState,
            AttemptCount, DueAt)
        VALUES (@LookupId, @CaseFileId, @RoundNumber, @PersonId, @LookupSource, @Purpose, @BasisCode, @ConsentId, @LookupState,
            @AttemptCount, @DueAt)
        """;

    public static Task AddAsync(Session session, LookupRow row) => session.ExecuteAsync(AddSql, new
    {
        row.LookupId,
        row.CaseFileId,
        row.RoundNumber,
        row.PersonId,
        row.LookupSource,
        row.Purpose,
        row.BasisCode,
        row.ConsentId,
        row.LookupState,
        row.AttemptCount,
        row.DueAt,
    });

    // One that stayed unavailable is asked again later: an answer that comes late still withdraws its item. The consent is
    // looked at each time, so that nothing is sent after it was revoked.
    private const string DueSql = """
        SELECT LookupId, CaseFileId, RoundNumber, PersonId, LookupSource, Purpose, BasisCode, ConsentId, LookupState, AttemptCount,
               DueAt, AskedAt, AnsweredAt, ValidUntilOn, ResponseHash, LookupCause
        FROM Lookup
        WHERE LookupState IN ('Pending', 'Unavailable') AND DueAt <= @DueAt AND (LeaseUntilAt IS NULL OR LeaseUntilAt < @DueAt)
            AND EXISTS (SELECT 1 FROM VerificationConsent c WHERE c.ConsentId = Lookup.ConsentId AND c.RevokedAt IS NULL)
        ORDER BY DueAt, LookupId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string LeaseSql = """
        UPDATE Lookup SET LeaseOwner = @LeaseOwner, LeaseUntilAt = @LeaseUntilAt, AskedAt = @AskedAt
        WHERE LookupId = @LookupId AND LookupState IN ('Pending', 'Unavailable') AND (LeaseUntilAt IS NULL OR LeaseUntilAt < @AskedAt)
        """;

    /// <summary>Claims due look-ups for this instance until the lease ends.</summary>
    public static async Task<IReadOnlyList<LookupRow>> ClaimAsync(
        Session session, string owner, DateTimeOffset now, TimeSpan lease, int take)
    {
        var claimed = new List<LookupRow>();
        foreach (var row in await session.ListAsync<LookupRow>(DueSql, new { DueAt = now, Take = take }))
        {
            var leased = await session.ExecuteAsync(LeaseSql, new { LeaseOwner = owner, LeaseUntilAt = now + lease, AskedAt = now, row.LookupId });
            if (leased == 1)
            {
                claimed.Add(row with { AskedAt = now });
            }
        }

        return claimed;
    }

    private const string SettleSql = """
        UPDATE Lookup SET LookupState = @LookupState, AttemptCount = @AttemptCount, DueAt = @DueAt, LeaseOwner = NULL, LeaseUntilAt = NULL,
            AnsweredAt = @AnsweredAt, ValidUntilOn = @ValidUntilOn, ResponseHash = @ResponseHash, ResponseCipher = @ResponseCipher,
            LookupCause = @LookupCause
        WHERE LookupId = @LookupId AND LeaseOwner = @LeaseOwner AND LookupState IN ('Pending', 'Unavailable')
        """;

    /// <returns>False where the lease was lost: somebody else has it, and this result is dropped.</returns>
    public static async Task<bool> SettleAsync(Session session, LookupRow row, string owner, byte[]? responseCipher) =>
        await session.ExecuteAsync(SettleSql, new
        {
            row.LookupState,
            row.AttemptCount,
            row.DueAt,
            row.AnsweredAt,
            row.ValidUntilOn,
            row.ResponseHash,
            ResponseCipher = responseCipher,
            row.LookupCause,
            row.LookupId,
            LeaseOwner = owner,
        }) == 1;

    private const string AddFactSql = """
        INSERT INTO LookupFact (LookupId, FactNumber, FactKind, AmountFen, FactCount, DivisionCode, FromOn, ToOn)
        VALUES (@LookupId, @FactNumber, @FactKind, @AmountFen, @FactCount, @DivisionCode, @FromOn, @ToOn)
        """;

    public static Task AddFactAsync(Session session, int number, LookupFact fact) => session.ExecuteAsync(AddFactSql, new
    {
        fact.LookupId,
        FactNumber = number,
        FactKind = fact.Kind,
        fact.AmountFen,
        FactCount = fact.Count,
        fact.DivisionCode,
        fact.FromOn,
        fact.ToOn,
    });

    private const string OfCaseSql = """
        SELECT LookupId, CaseFileId, RoundNumber, PersonId, LookupSource, Purpose, BasisCode, ConsentId, LookupState, AttemptCount,
               DueAt, AskedAt, AnsweredAt, ValidUntilOn, ResponseHash, LookupCause
        FROM Lookup WHERE CaseFileId = @CaseFileId
        ORDER BY RoundNumber, PersonId, LookupSource
        """;

    /// <summary>The look-ups of a case, the oldest round first.</summary>
    public static Task<IReadOnlyList<LookupRow>> OfCaseAsync(Session session, Guid caseFileId) =>
        session.ListAsync<LookupRow>(OfCaseSql, new { CaseFileId = caseFileId });

    public static LookupStanding StandingOf(LookupRow row) =>
        new(row.LookupId, row.PersonId, row.LookupSource, row.LookupState, row.AnsweredAt, row.ValidUntilOn);

    private const string FactsSql = """
        SELECT f.LookupId, l.PersonId, l.LookupSource, f.FactKind, f.AmountFen, f.FactCount, f.DivisionCode, f.FromOn, f.ToOn,
               l.AnsweredAt, l.ValidUntilOn
        FROM LookupFact f JOIN Lookup l ON l.LookupId = f.LookupId
        WHERE l.CaseFileId = @CaseFileId
        ORDER BY f.LookupId, f.FactNumber
        """;

    public static async Task<IReadOnlyList<LookupFact>> FactsAsync(Session session, Guid caseFileId) =>
    [
        .. (await session.ListAsync<FactRow>(FactsSql, new { CaseFileId = caseFileId })).Select(row => new LookupFact
        {
            LookupId = row.LookupId,
            PersonId = row.PersonId,
            Source = row.LookupSource,
            Kind = row.FactKind,
            AmountFen = row.AmountFen is { } fen ? new Money(fen) : null,
            Count = row.FactCount,
            DivisionCode = row.DivisionCode,
            FromOn = row.FromOn,
            ToOn = row.ToOn,
            AnsweredAt = row.AnsweredAt,
            ValidUntilOn = row.ValidUntilOn,
        }),
    ];
}

using Assistance.Api.Data;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

internal sealed class LookupBodyRow
{
    public int AnswerRevision { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public byte[] BodyCipher { get; init; } = [];

    public DateOnly DeleteOn { get; init; }
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
/// What look-ups brought: the bodies as they came in, encrypted and for a time, and the facts drawn from them, which stay.
/// </summary>
internal static class LookupAnswerRepository
{
    private const string DeleteBodySql = "DELETE FROM LookupBody WHERE LookupId = @LookupId AND AnswerRevision = @AnswerRevision";

    private const string AddBodySql = """
        INSERT INTO LookupBody (LookupId, AnswerRevision, ReceivedAt, BodyCipher, DeleteOn)
        VALUES (@LookupId, @AnswerRevision, @ReceivedAt, @BodyCipher, @DeleteOn)
        """;

    /// <summary>Keeps the body as it came in; one that was set aside under the same revision gives way.</summary>
    public static async Task KeepBodyAsync(Session session, LookupRow row, byte[] cipher, DateTimeOffset now, DateOnly deleteOn)
    {
        await session.ExecuteAsync(DeleteBodySql, new { row.LookupId, row.AnswerRevision });
        await session.ExecuteAsync(AddBodySql, new { row.LookupId, row.AnswerRevision, ReceivedAt = now, BodyCipher = cipher, DeleteOn = deleteOn });
    }

    private const string BodiesDueSql = """
        SELECT LookupId, AnswerRevision FROM LookupBody WHERE DeleteOn <= @DeleteOn
        ORDER BY DeleteOn, LookupId, AnswerRevision
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string BodyDeletedSql = "UPDATE Lookup SET BodyDeletedOn = @BodyDeletedOn WHERE LookupId = @LookupId";

    /// <summary>Deletes bodies whose day has come and records that they were; their hashes and facts remain.</summary>
    /// <returns>How many there were, at most as many as asked for.</returns>
    public static async Task<int> DeleteBodiesAsync(Session session, DateOnly today, int take)
    {
        var due = await session.ListAsync<LookupRow>(BodiesDueSql, new { DeleteOn = today, Take = take });
        foreach (var row in due)
        {
            await session.ExecuteAsync(DeleteBodySql, new { row.LookupId, row.AnswerRevision });
            await session.ExecuteAsync(BodyDeletedSql, new { BodyDeletedOn = today, row.LookupId });
        }

        return due.Count;
    }

    private const string BodiesSql = """
        SELECT AnswerRevision, ReceivedAt, BodyCipher, DeleteOn FROM LookupBody WHERE LookupId = @LookupId
        ORDER BY AnswerRevision
        """;

    /// <summary>The bodies of a look-up that are still kept, the oldest revision first.</summary>
    public static Task<IReadOnlyList<LookupBodyRow>> BodiesAsync(Session session, Guid lookupId) =>
        session.ListAsync<LookupBodyRow>(BodiesSql, new { LookupId = lookupId });

    private const string DeleteFactsSql = "DELETE FROM LookupFact WHERE LookupId = @LookupId";

    private const string CorrectReusesSql = """
        UPDATE Lookup SET LookupState = @LookupState, AnsweredAt = @AnsweredAt, AnswerRevision = @AnswerRevision, ValidUntilOn = @ValidUntilOn,
            ResponseHash = @ResponseHash
        WHERE ReusedLookupId = @ReusedLookupId AND LookupState <> 'Cancelled'
        """;

    /// <summary>Writes the facts of an answer; those of one it corrects give way, here and in every case that reuses it.</summary>
    public static async Task ReplaceFactsAsync(Session session, LookupRow row, IReadOnlyList<LookupFact> facts, bool isCorrection)
    {
        if (isCorrection)
        {
            await session.ExecuteAsync(DeleteFactsSql, new { row.LookupId });
            await session.ExecuteAsync(
                CorrectReusesSql,
                new { row.LookupState, row.AnsweredAt, row.AnswerRevision, row.ValidUntilOn, row.ResponseHash, ReusedLookupId = row.LookupId });
        }

        for (var i = 0; i < facts.Count; i++)
        {
            await AddFactAsync(session, i + 1, facts[i]);
        }
    }

    private const string AddFactSql = """
        INSERT INTO LookupFact (LookupId, FactNumber, FactKind, AmountFen, FactCount, DivisionCode, FromOn, ToOn)
        VALUES (@LookupId, @FactNumber, @FactKind, @AmountFen, @FactCount, @DivisionCode, @FromOn, @ToOn)
        """;

    private static Task<int> AddFactAsync(Session session, int number, LookupFact fact) => session.ExecuteAsync(AddFactSql, new
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

    private const string FactsSql = """
        SELECT l.LookupId, l.PersonId, l.LookupSource, f.FactKind, f.AmountFen, f.FactCount, f.DivisionCode, f.FromOn, f.ToOn,
               l.AnsweredAt, l.ValidUntilOn
        FROM Lookup l JOIN LookupFact f ON f.LookupId = COALESCE(l.ReusedLookupId, l.LookupId)
        WHERE l.CaseFileId = @CaseFileId
        ORDER BY l.LookupId, f.FactNumber
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

using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;

namespace Assistance.Api.Events;

/// <summary>
/// One thing that happened to a case: who, when, what, on which basis. The kind is the key of its sentence
/// (<c>event.&lt;kind&gt;</c> in <c>seeds/sentences.csv</c>) and the arguments fill it; they hold no personal data.
/// </summary>
internal sealed record CaseEvent(string Kind, string? BasisCode, IReadOnlyDictionary<string, string> Arguments);

internal sealed class CaseEventRow
{
    public Guid CaseFileId { get; init; }

    public int EventNumber { get; init; }

    public string EventKind { get; init; } = "";

    public DateTimeOffset OccurredAt { get; init; }

    public string ActorId { get; init; } = "";

    public string? ActorDivisionCode { get; init; }

    public string? BasisCode { get; init; }

    public string EventJson { get; init; } = "";
}

/// <summary>
/// The log of what happened to each case, appended in the transaction of the change itself. Numbered within the case, so
/// that its order is exact; the timeline is read from it alone.
/// </summary>
internal static class CaseEvents
{
    /// <summary>The actor of what the service does by itself.</summary>
    public const string SystemActor = "system";

    private const string NextNumberSql = "UPDATE CaseFile SET LastEventNumber = LastEventNumber + 1 WHERE CaseFileId = @CaseFileId";

    private const string CurrentNumberSql = "SELECT LastEventNumber FROM CaseFile WHERE CaseFileId = @CaseFileId";

    private const string AppendSql = """
        INSERT INTO CaseEvent (CaseFileId, EventNumber, EventKind, OccurredAt, ActorId, ActorDivisionCode, BasisCode, EventJson)
        VALUES (@CaseFileId, @EventNumber, @EventKind, @OccurredAt, @ActorId, @ActorDivisionCode, @BasisCode, @EventJson)
        """;

    public static async Task AppendAsync(Session session, Guid caseFileId, CaseEvent happened, DateTimeOffset at, Officer? officer)
    {
        await session.ExecuteAsync(NextNumberSql, new { CaseFileId = caseFileId });
        var number = await session.FirstOrDefaultAsync<int>(CurrentNumberSql, new { CaseFileId = caseFileId });
        await AppendAsync(session, caseFileId, number, happened, at, officer);
    }

    /// <summary>For a case file made in the same transaction, which already counts its first events.</summary>
    public static Task AppendAsync(Session session, Guid caseFileId, int number, CaseEvent happened, DateTimeOffset at, Officer? officer) =>
        session.ExecuteAsync(AppendSql, new CaseEventRow
        {
            CaseFileId = caseFileId,
            EventNumber = number,
            EventKind = happened.Kind,
            OccurredAt = at,
            ActorId = officer?.Id ?? SystemActor,
            ActorDivisionCode = officer?.Division.Value,
            BasisCode = happened.BasisCode,
            EventJson = ApiJson.Write(happened.Arguments),
        });

    private const string PageSql = """
        SELECT CaseFileId, EventNumber, EventKind, OccurredAt, ActorId, ActorDivisionCode, BasisCode, EventJson
        FROM CaseEvent WHERE CaseFileId = @CaseFileId AND EventNumber > @AfterEventNumber
        ORDER BY EventNumber
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<CaseEventRow>> PageAsync(Session session, Guid caseFileId, int after, int take) =>
        session.ListAsync<CaseEventRow>(PageSql, new { CaseFileId = caseFileId, AfterEventNumber = after, Take = take });
}

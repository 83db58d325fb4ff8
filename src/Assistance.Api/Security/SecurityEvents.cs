using Assistance.Api.Data;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Security;

/// <summary>What whoever watches over the service has to know of.</summary>
public enum SecurityEventKind
{
    /// <summary>Somebody had a department asked for no open case, about somebody not of the case, without a consent that holds, or for what the case does not need.</summary>
    LookupNotPermitted,

    /// <summary>A message in a department's name was not signed by it.</summary>
    CallbackNotGenuine,
}

internal sealed class SecurityEventRow
{
    public Guid SecurityEventId { get; init; }

    public SecurityEventKind SecurityEventKind { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public string ActorId { get; init; } = "";

    public string? ActorDivisionCode { get; init; }

    /// <summary>The case it was tried for; null where there was none.</summary>
    public Guid? CaseFileId { get; init; }

    public string? CaseNumber { get; init; }

    public LookupSource? LookupSource { get; init; }

    public string SecurityCause { get; init; } = "";
}

/// <summary>What was refused and has to be looked into: who, when, for which case and why; never whom it was about.</summary>
internal static class SecurityEvents
{
    private const string AddSql = """
        INSERT INTO SecurityEvent (SecurityEventId, SecurityEventKind, OccurredAt, ActorId, ActorDivisionCode, CaseFileId, LookupSource, SecurityCause)
        VALUES (@SecurityEventId, @SecurityEventKind, @OccurredAt, @ActorId, @ActorDivisionCode, @CaseFileId, @LookupSource, @SecurityCause)
        """;

    public static Task AddAsync(
        Session session, SecurityEventKind kind, Officer? officer, Guid? caseFileId, LookupSource? source, string cause, DateTimeOffset at) =>
        session.ExecuteAsync(AddSql, new
        {
            SecurityEventId = Guid.CreateVersion7(at),
            SecurityEventKind = kind,
            OccurredAt = at,
            ActorId = officer?.Id ?? SecurityLog.Nobody,
            ActorDivisionCode = officer?.Division,
            CaseFileId = caseFileId,
            LookupSource = source,
            SecurityCause = cause,
        });

    private const string PageSql = """
        SELECT e.SecurityEventId, e.SecurityEventKind, e.OccurredAt, e.ActorId, e.ActorDivisionCode, e.CaseFileId, f.CaseNumber, e.LookupSource, e.SecurityCause
        FROM SecurityEvent e LEFT JOIN CaseFile f ON f.CaseFileId = e.CaseFileId
        WHERE e.SecurityEventId > @AfterSecurityEventId
        ORDER BY e.SecurityEventId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string PageOfKindSql = """
        SELECT e.SecurityEventId, e.SecurityEventKind, e.OccurredAt, e.ActorId, e.ActorDivisionCode, e.CaseFileId, f.CaseNumber, e.LookupSource, e.SecurityCause
        FROM SecurityEvent e LEFT JOIN CaseFile f ON f.CaseFileId = e.CaseFileId
        WHERE e.SecurityEventKind = @SecurityEventKind AND e.SecurityEventId > @AfterSecurityEventId
        ORDER BY e.SecurityEventId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The events after one, oldest first; those of a kind where one is named.</summary>
    public static Task<IReadOnlyList<SecurityEventRow>> PageAsync(Session session, SecurityEventKind? kind, Guid after, int take) => kind is { } one
        ? session.ListAsync<SecurityEventRow>(PageOfKindSql, new { SecurityEventKind = one, AfterSecurityEventId = after, Take = take })
        : session.ListAsync<SecurityEventRow>(PageSql, new { AfterSecurityEventId = after, Take = take });
}

/// <summary>Records a security event in a transaction of its own, so that it stays although what was tried is refused.</summary>
internal sealed class SecurityLog(Database database, TimeProvider time)
{
    /// <summary>The actor of what came without a token.</summary>
    public const string Nobody = "anonymous";

    /// <param name="officer">Who tried; null for who showed no token.</param>
    /// <param name="source">The department that was to be asked, or in whose name the message came.</param>
    /// <param name="cause">Why it was refused, as a code; nothing of what was sent.</param>
    public Task RecordAsync(
        SecurityEventKind kind, Officer? officer, Guid? caseFileId, LookupSource? source, string cause, CancellationToken cancellation) =>
        database.WriteAsync(session => SecurityEvents.AddAsync(session, kind, officer, caseFileId, source, cause, time.Now), cancellation);
}

using Assistance.Api.Data;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Households;

internal sealed class ConsentRow
{
    public Guid ConsentId { get; init; }

    public Guid CaseFileId { get; init; }

    public Guid PersonId { get; init; }

    public Guid SignerPersonId { get; init; }

    public DateOnly SignedOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }

    /// <summary>The person's withdrawal of it; null for one that stands, ended, or gave way to a newer one.</summary>
    public Guid? RefusalId { get; init; }

    public LookupConsent Consent => new(ConsentId, SignedOn, EndsOn, RevokedAt);
}

/// <summary>That a person said no: to a consent that stood, or to giving one.</summary>
internal sealed class RefusalRow
{
    public Guid RefusalId { get; init; }

    public Guid CaseFileId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>The consent that was withdrawn; null where none stood.</summary>
    public Guid? ConsentId { get; init; }

    public string? Reasons { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";
}

/// <summary>Consents to verification (Act art. 40; 57 art. 9): without one that holds nobody is looked up. None is ever deleted.</summary>
internal static class ConsentRepository
{
    private const string AddSql = """
        INSERT INTO VerificationConsent (ConsentId, CaseFileId, PersonId, SignerPersonId, SignedOn, EndsOn, RecordedAt, RecordedBy)
        VALUES (@ConsentId, @CaseFileId, @PersonId, @SignerPersonId, @SignedOn, @EndsOn, @RecordedAt, @RecordedBy)
        """;

    public static Task AddAsync(Session session, ConsentRow consent) => session.ExecuteAsync(AddSql, new
    {
        consent.ConsentId,
        consent.CaseFileId,
        consent.PersonId,
        consent.SignerPersonId,
        consent.SignedOn,
        consent.EndsOn,
        consent.RecordedAt,
        consent.RecordedBy,
    });

    private const string OfCaseSql = """
        SELECT c.ConsentId, c.CaseFileId, c.PersonId, c.SignerPersonId, c.SignedOn, c.EndsOn, c.RecordedAt, c.RecordedBy, c.RevokedAt, c.RevokedBy,
               r.RefusalId
        FROM VerificationConsent c LEFT JOIN ConsentRefusal r ON r.ConsentId = c.ConsentId
        WHERE c.CaseFileId = @CaseFileId
        ORDER BY c.ConsentId
        """;

    /// <summary>Every consent of a case, ended ones too, in the order in which they were recorded.</summary>
    public static Task<IReadOnlyList<ConsentRow>> OfCaseAsync(Session session, Guid caseFileId) =>
        session.ListAsync<ConsentRow>(OfCaseSql, new { CaseFileId = caseFileId });

    /// <summary>The consent that decides about each person: the newest.</summary>
    public static async Task<IReadOnlyDictionary<Guid, LookupConsent>> NewestAsync(Session session, Guid caseFileId) =>
        Newest(await OfCaseAsync(session, caseFileId));

    public static IReadOnlyDictionary<Guid, LookupConsent> Newest(IEnumerable<ConsentRow> consents) =>
        consents.GroupBy(consent => consent.PersonId).ToDictionary(ofPerson => ofPerson.Key, ofPerson => ofPerson.Last().Consent);

    /// <summary>The consents that were withdrawn: what was answered on one of them is not used any more, by whatever consent follows.</summary>
    public static IReadOnlySet<Guid> Withdrawn(IEnumerable<ConsentRow> consents) =>
        consents.Where(consent => consent.RefusalId is not null).Select(consent => consent.ConsentId).ToHashSet();

    private const string RevokeSql = """
        UPDATE VerificationConsent SET RevokedAt = @RevokedAt, RevokedBy = @RevokedBy WHERE ConsentId = @ConsentId AND RevokedAt IS NULL
        """;

    public static Task RevokeAsync(Session session, Guid consentId, string officerId, DateTimeOffset now) =>
        session.ExecuteAsync(RevokeSql, new { RevokedAt = now, RevokedBy = officerId, ConsentId = consentId });

    private const string AddRefusalSql = """
        INSERT INTO ConsentRefusal (RefusalId, CaseFileId, PersonId, ConsentId, Reasons, RecordedAt, RecordedBy)
        VALUES (@RefusalId, @CaseFileId, @PersonId, @ConsentId, @Reasons, @RecordedAt, @RecordedBy)
        """;

    public static Task AddAsync(Session session, RefusalRow refusal) => session.ExecuteAsync(AddRefusalSql, refusal);

    private const string RefusalsSql = """
        SELECT RefusalId, CaseFileId, PersonId, ConsentId, Reasons, RecordedAt, RecordedBy
        FROM ConsentRefusal WHERE CaseFileId = @CaseFileId
        ORDER BY RefusalId
        """;

    /// <summary>Every refusal of a case, in the order in which they were recorded.</summary>
    public static Task<IReadOnlyList<RefusalRow>> RefusalsAsync(Session session, Guid caseFileId) =>
        session.ListAsync<RefusalRow>(RefusalsSql, new { CaseFileId = caseFileId });
}

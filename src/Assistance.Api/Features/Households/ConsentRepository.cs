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

    public LookupConsent Consent => new(ConsentId, SignedOn, EndsOn, RevokedAt);
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
        SELECT ConsentId, CaseFileId, PersonId, SignerPersonId, SignedOn, EndsOn, RecordedAt, RecordedBy, RevokedAt, RevokedBy
        FROM VerificationConsent WHERE CaseFileId = @CaseFileId
        ORDER BY ConsentId
        """;

    /// <summary>Every consent of a case, ended ones too, in the order in which they were recorded.</summary>
    public static Task<IReadOnlyList<ConsentRow>> OfCaseAsync(Session session, Guid caseFileId) =>
        session.ListAsync<ConsentRow>(OfCaseSql, new { CaseFileId = caseFileId });

    /// <summary>The consent that decides about each person: the newest.</summary>
    public static async Task<IReadOnlyDictionary<Guid, LookupConsent>> NewestAsync(Session session, Guid caseFileId) =>
        Newest(await OfCaseAsync(session, caseFileId));

    public static IReadOnlyDictionary<Guid, LookupConsent> Newest(IEnumerable<ConsentRow> consents) =>
        consents.GroupBy(consent => consent.PersonId).ToDictionary(ofPerson => ofPerson.Key, ofPerson => ofPerson.Last().Consent);

    private const string RevokeSql = """
        UPDATE VerificationConsent SET RevokedAt = @RevokedAt, RevokedBy = @RevokedBy WHERE ConsentId = @ConsentId AND RevokedAt IS NULL
        """;

    public static Task RevokeAsync(Session session, Guid consentId, string officerId, DateTimeOffset now) =>
        session.ExecuteAsync(RevokeSql, new { RevokedAt = now, RevokedBy = officerId, ConsentId = consentId });
}

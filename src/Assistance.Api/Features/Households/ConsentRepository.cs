using Assistance.Api.Data;

namespace Assistance.Api.Features.Households;

internal sealed class ConsentRow
{
    public Guid ConsentId { get; init; }

    public Guid CaseFileId { get; init; }

    public Guid PersonId { get; init; }

    public Guid SignerPersonId { get; init; }

    public DateOnly SignedOn { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>Consents to verification (Act art. 40): without one nobody is looked up.</summary>
internal static class ConsentRepository
{
    private const string AddSql = """
        INSERT INTO VerificationConsent (ConsentId, CaseFileId, PersonId, SignerPersonId, SignedOn, RevokedAt)
        VALUES (@ConsentId, @CaseFileId, @PersonId, @SignerPersonId, @SignedOn, @RevokedAt)
        """;

    public static Task AddAsync(Session session, ConsentRow consent) => session.ExecuteAsync(AddSql, consent);

    private const string ValidSql = """
        SELECT ConsentId, CaseFileId, PersonId, SignerPersonId, SignedOn, RevokedAt
        FROM VerificationConsent WHERE CaseFileId = @CaseFileId AND RevokedAt IS NULL
        """;

    public static Task<IReadOnlyList<ConsentRow>> ValidAsync(Session session, Guid caseFileId) =>
        session.ListAsync<ConsentRow>(ValidSql, new { CaseFileId = caseFileId });
}

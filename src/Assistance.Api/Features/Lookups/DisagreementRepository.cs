using Assistance.Api.Data;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

internal sealed class DisagreementResolutionRow
{
    public Guid ResolutionId { get; init; }

    public Guid CaseFileId { get; init; }

    public Guid PersonId { get; init; }

    public DisagreementField DisagreementField { get; init; }

    /// <summary>What stood when it was settled; where something else stands it is superseded.</summary>
    public string StatementsHash { get; init; } = "";

    public ResolutionKind ResolutionKind { get; init; }

    public LookupSource? LookupSource { get; init; }

    public string Reasons { get; init; } = "";

    public DateTimeOffset ResolvedAt { get; init; }

    public string ResolvedBy { get; init; } = "";

    public DisagreementResolution Resolution =>
        new(ResolutionId, PersonId, DisagreementField, StatementsHash, ResolutionKind, LookupSource);
}

/// <summary>How officers settled disagreements. Nothing here is ever changed: a later resolution holds, and the earlier stays on record.</summary>
internal static class DisagreementRepository
{
    private const string AddSql = """
        INSERT INTO DisagreementResolution (ResolutionId, CaseFileId, PersonId, DisagreementField, StatementsHash, ResolutionKind, LookupSource,
            Reasons, ResolvedAt, ResolvedBy)
        VALUES (@ResolutionId, @CaseFileId, @PersonId, @DisagreementField, @StatementsHash, @ResolutionKind, @LookupSource,
            @Reasons, @ResolvedAt, @ResolvedBy)
        """;

    public static Task AddAsync(Session session, DisagreementResolutionRow row) => session.ExecuteAsync(AddSql, new
    {
        row.ResolutionId,
        row.CaseFileId,
        row.PersonId,
        row.DisagreementField,
        row.StatementsHash,
        row.ResolutionKind,
        row.LookupSource,
        row.Reasons,
        row.ResolvedAt,
        row.ResolvedBy,
    });

    private const string OfCaseSql = """
        SELECT ResolutionId, CaseFileId, PersonId, DisagreementField, StatementsHash, ResolutionKind, LookupSource, Reasons, ResolvedAt, ResolvedBy
        FROM DisagreementResolution WHERE CaseFileId = @CaseFileId
        ORDER BY ResolutionId
        """;

    /// <summary>Every resolution of a case, the oldest first.</summary>
    public static Task<IReadOnlyList<DisagreementResolutionRow>> OfCaseAsync(Session session, Guid caseFileId) =>
        session.ListAsync<DisagreementResolutionRow>(OfCaseSql, new { CaseFileId = caseFileId });
}

using Assistance.Api.Data;
using Assistance.Domain.Disclosures;

namespace Assistance.Api.Features.Disclosures;

internal sealed class DisclosureRow
{
    public Guid DisclosureId { get; init; }

    public Guid ApplicationId { get; init; }

    public string DisclosureNumber { get; init; } = "";

    public DateTimeOffset SealedAt { get; init; }

    public string SealedBy { get; init; } = "";

    public string ContentHash { get; init; } = "";

    public string DisclosureJson { get; init; } = "";
}

internal sealed class SupplyRow
{
    public string ItemKey { get; init; } = "";

    public SupplyWay SupplyWay { get; init; }

    public DateTimeOffset SuppliedAt { get; init; }

    public string SuppliedTo { get; init; } = "";
}

/// <summary>Sealed disclosures, and what was supplied for their items.</summary>
internal static class DisclosureRepository
{
    private const string AddSql = """
        INSERT INTO Disclosure (DisclosureId, ApplicationId, DisclosureNumber, SealedAt, SealedBy, ContentHash, DisclosureJson)
        VALUES (@DisclosureId, @ApplicationId, @DisclosureNumber, @SealedAt, @SealedBy, @ContentHash, @DisclosureJson)
        """;

    public static Task AddAsync(Session session, DisclosureRow row) => session.ExecuteAsync(AddSql, row);

    private const string FindSql = """
        SELECT DisclosureId, ApplicationId, DisclosureNumber, SealedAt, SealedBy, ContentHash, DisclosureJson
        FROM Disclosure WHERE ApplicationId = @ApplicationId
        """;

    public static Task<DisclosureRow?> FindAsync(Session session, Guid applicationId) =>
        session.FirstOrDefaultAsync<DisclosureRow>(FindSql, new { ApplicationId = applicationId });

    private const string AddSupplySql = """
        INSERT INTO DisclosureSupply (ApplicationId, ItemKey, SupplyWay, Remark, SuppliedAt, SuppliedTo)
        VALUES (@ApplicationId, @ItemKey, @SupplyWay, @Remark, @SuppliedAt, @SuppliedTo)
        """;

    public static Task AddSupplyAsync(
        Session session, Guid applicationId, string itemKey, SupplyWay way, string? remark, DateTimeOffset at, string officerId) =>
        session.ExecuteAsync(AddSupplySql, new
        {
            ApplicationId = applicationId,
            ItemKey = itemKey,
            SupplyWay = way,
            Remark = remark,
            SuppliedAt = at,
            SuppliedTo = officerId,
        });

    private const string SuppliesSql = """
        SELECT ItemKey, SupplyWay, SuppliedAt, SuppliedTo FROM DisclosureSupply WHERE ApplicationId = @ApplicationId ORDER BY SuppliedAt
        """;

    public static async Task<IReadOnlyList<DisclosureSupply>> SuppliesAsync(Session session, Guid applicationId) =>
    [
        .. (await session.ListAsync<SupplyRow>(SuppliesSql, new { ApplicationId = applicationId }))
            .Select(row => new DisclosureSupply(row.ItemKey, row.SupplyWay, row.SuppliedAt, row.SuppliedTo)),
    ];
}

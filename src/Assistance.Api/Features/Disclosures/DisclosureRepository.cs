using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;

namespace Assistance.Api.Features.Disclosures;

/// <summary>A list as the household was told it: the sealed one, or a later one by a supervisor's override.</summary>
internal sealed record DisclosureRow
{
    public Guid DisclosureId { get; init; }

    public Guid CaseFileId { get; init; }

    /// <summary>1 for the sealed list, counted on for each override.</summary>
    public int DisclosureVersion { get; init; }

    public string DisclosureNumber { get; init; } = "";

    public string AcceptingDivisionCode { get; init; } = "";

    /// <summary>The first day of the month it was sealed in, China time.</summary>
    public DateOnly SealedMonthOn { get; init; }

    public DateTimeOffset SealedAt { get; init; }

    public string SealedBy { get; init; } = "";

    /// <summary>Why more was asked for; null for the first.</summary>
    public string? Reasons { get; init; }

    public int AskedCount { get; init; }

    public int AnsweredCount { get; init; }

    public int OnFileCount { get; init; }

    public string ContentHash { get; init; } = "";

    public string DisclosureJson { get; init; } = "";
}

internal sealed class AcknowledgementRow
{
    public Guid DisclosureId { get; init; }

    public AcknowledgementWay AcknowledgementWay { get; init; }

    public DateOnly AcknowledgedOn { get; init; }

    public Guid PersonId { get; init; }

    public string? Remark { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";
}

internal sealed record SupplyRow
{
    public Guid CaseFileId { get; init; }

    public string ItemKey { get; init; } = "";

    /// <summary>Counted within the item from 1; the last one holds.</summary>
    public int SupplyNumber { get; init; }

    public string ItemCode { get; init; } = "";

    public Guid? PersonId { get; init; }

    public SupplyWay SupplyWay { get; init; }

    public string? Remark { get; init; }

    public DateTimeOffset SuppliedAt { get; init; }

    public string SuppliedTo { get; init; } = "";

    public SupplyReturnReason? ReturnReason { get; init; }

    public string? ReturnRemark { get; init; }

    public DateTimeOffset? ReturnedAt { get; init; }

    public string? ReturnedBy { get; init; }

    /// <summary>A proof of residence that an officer saw with the form or with a move.</summary>
    public static SupplyRow OfResidence(Guid caseFileId, int number, ResidenceProofKind proof, DateTimeOffset at, string officerId) => new()
    {
        CaseFileId = caseFileId,
        ItemKey = ResidenceProof,
        SupplyNumber = number,
        ItemCode = ResidenceProof,
        SupplyWay = SupplyWay.PaperSighted,
        Remark = proof.ToString(),
        SuppliedAt = at,
        SuppliedTo = officerId,
    };

    /// <summary>The item that shows where the household lives, in <c>seeds/disclosure-items.csv</c>.</summary>
    public const string ResidenceProof = "residence-proof";
}

internal sealed class EarlierEvidenceRow
{
    /// <summary>For a household's evidence: where it lived when it was shown, and where it lives now.</summary>
    public string? HabitualAddress { get; init; }

    public string? PresentAddress { get; init; }

    /// <summary>The case that it is earlier evidence for.</summary>
    public Guid CaseFileId { get; init; }

    public string ItemCode { get; init; } = "";

    public Guid? PersonId { get; init; }

    public DateTimeOffset SuppliedAt { get; init; }
}

internal sealed class ContestationRow
{
    public Guid ContestationId { get; init; }

    public Guid CaseFileId { get; init; }

    public string ItemKey { get; init; } = "";

    public Guid LookupId { get; init; }

    public string Statement { get; init; } = "";

    public DateTimeOffset ContestedAt { get; init; }

    public string RecordedBy { get; init; } = "";
}

internal sealed class WaiverRow
{
    public Guid CaseFileId { get; init; }

    public string ItemKey { get; init; } = "";

    public string Reasons { get; init; } = "";

    public DateTimeOffset WaivedAt { get; init; }

    public string WaivedBy { get; init; } = "";
}

internal sealed record OverrideRow
{
    public Guid CaseFileId { get; init; }

    public string ItemKey { get; init; } = "";

    public Guid DisclosureId { get; init; }

    public string ItemCode { get; init; } = "";

    public Guid? PersonId { get; init; }

    /// <summary>For a material of no listed kind: what it is and why it is needed.</summary>
    public string? MaterialName { get; init; }

    public string? MaterialWhy { get; init; }
}

/// <summary>Sealed disclosures, and everything that was recorded about their items. Nothing here is ever overwritten.</summary>
internal static class DisclosureRepository
{
    private const string AddSql = """
        INSERT INTO Disclosure (DisclosureId, CaseFileId, DisclosureVersion, DisclosureNumber, AcceptingDivisionCode, SealedMonthOn,
            SealedAt, SealedBy, Reasons, AskedCount, AnsweredCount, OnFileCount, ContentHash, DisclosureJson)
        VALUES (@DisclosureId, @CaseFileId, @DisclosureVersion, @DisclosureNumber, @AcceptingDivisionCode, @SealedMonthOn,
            @SealedAt, @SealedBy, @Reasons, @AskedCount, @AnsweredCount, @OnFileCount, @ContentHash, @DisclosureJson)
        """;

    public static Task AddAsync(Session session, DisclosureRow row) => session.ExecuteAsync(AddSql, row);

    private const string OfCaseSql = """
        SELECT DisclosureId, CaseFileId, DisclosureVersion, DisclosureNumber, AcceptingDivisionCode, SealedMonthOn,
               SealedAt, SealedBy, Reasons, AskedCount, AnsweredCount, OnFileCount, ContentHash, DisclosureJson
        FROM Disclosure WHERE CaseFileId = @CaseFileId ORDER BY DisclosureVersion
        """;

    /// <summary>What the household was told, in order.</summary>
    public static Task<IReadOnlyList<DisclosureRow>> OfCaseAsync(Session session, Guid caseFileId) =>
        session.ListAsync<DisclosureRow>(OfCaseSql, new { CaseFileId = caseFileId });

    private const string AddAcknowledgementSql = """
        INSERT INTO DisclosureAcknowledgement (DisclosureId, AcknowledgementWay, AcknowledgedOn, PersonId, Remark, RecordedAt, RecordedBy)
        VALUES (@DisclosureId, @AcknowledgementWay, @AcknowledgedOn, @PersonId, @Remark, @RecordedAt, @RecordedBy)
        """;

    public static Task AddAsync(Session session, AcknowledgementRow row) => session.ExecuteAsync(AddAcknowledgementSql, row);

    private const string AcknowledgementsSql = """
        SELECT a.DisclosureId, a.AcknowledgementWay, a.AcknowledgedOn, a.PersonId, a.Remark, a.RecordedAt, a.RecordedBy
        FROM Disclosure d JOIN DisclosureAcknowledgement a ON a.DisclosureId = d.DisclosureId
        WHERE d.CaseFileId = @CaseFileId
        """;

    public static Task<IReadOnlyList<AcknowledgementRow>> AcknowledgementsAsync(Session session, Guid caseFileId) =>
        session.ListAsync<AcknowledgementRow>(AcknowledgementsSql, new { CaseFileId = caseFileId });

    private const string AddSupplySql = """
        INSERT INTO DisclosureSupply (CaseFileId, ItemKey, SupplyNumber, ItemCode, PersonId, SupplyWay, Remark, SuppliedAt, SuppliedTo)
        VALUES (@CaseFileId, @ItemKey, @SupplyNumber, @ItemCode, @PersonId, @SupplyWay, @Remark, @SuppliedAt, @SuppliedTo)
        """;

    public static Task AddAsync(Session session, SupplyRow row) => session.ExecuteAsync(AddSupplySql, new
    {
        row.CaseFileId,
        row.ItemKey,
        row.SupplyNumber,
        row.ItemCode,
        row.PersonId,
        row.SupplyWay,
        row.Remark,
        row.SuppliedAt,
        row.SuppliedTo,
    });

    private const string SuppliesSql = """
        SELECT CaseFileId, ItemKey, SupplyNumber, ItemCode, PersonId, SupplyWay, Remark, SuppliedAt, SuppliedTo, ReturnReason, ReturnRemark,
               ReturnedAt, ReturnedBy
        FROM DisclosureSupply WHERE CaseFileId = @CaseFileId ORDER BY ItemKey, SupplyNumber
        """;

    /// <summary>Everything supplied in a case, each item's in order.</summary>
    public static Task<IReadOnlyList<SupplyRow>> SuppliesAsync(Session session, Guid caseFileId) =>
        session.ListAsync<SupplyRow>(SuppliesSql, new { CaseFileId = caseFileId });

    private const string ReturnSql = """
        UPDATE DisclosureSupply SET ReturnReason = @ReturnReason, ReturnRemark = @ReturnRemark, ReturnedAt = @ReturnedAt, ReturnedBy = @ReturnedBy
        WHERE CaseFileId = @CaseFileId AND ItemKey = @ItemKey AND SupplyNumber = @SupplyNumber
        """;

    public static Task ReturnAsync(Session session, SupplyRow row) => session.ExecuteAsync(ReturnSql, new
    {
        row.ReturnReason,
        row.ReturnRemark,
        row.ReturnedAt,
        row.ReturnedBy,
        row.CaseFileId,
        row.ItemKey,
        row.SupplyNumber,
    });

    // A promise does not carry over: it was made for its own application.
    private const string EarlierOfPersonsSql = """
        SELECT s.ItemCode, s.PersonId, s.SuppliedAt
        FROM CaseMember m JOIN DisclosureSupply s ON s.PersonId = m.PersonId
        WHERE m.CaseFileId = @CaseFileId AND s.CaseFileId <> @CaseFileId AND s.SupplyWay <> 'Promise' AND s.ReturnedAt IS NULL
            AND NOT EXISTS (SELECT 1 FROM DisclosureSupply n WHERE n.CaseFileId = s.CaseFileId AND n.ItemKey = s.ItemKey AND n.SupplyNumber > s.SupplyNumber)
        """;

    private const string EarlierOfHouseholdSql = """
        SELECT s.ItemCode, s.PersonId, s.SuppliedAt, f.HabitualAddress
        FROM CaseFile f JOIN DisclosureSupply s ON s.CaseFileId = f.CaseFileId
        WHERE f.ApplicantPersonId = @ApplicantPersonId AND f.CaseFileId <> @CaseFileId AND f.HabitualDivisionCode = @HabitualDivisionCode
            AND s.PersonId IS NULL AND s.SupplyWay <> 'Promise' AND s.ReturnedAt IS NULL
            AND NOT EXISTS (SELECT 1 FROM DisclosureSupply n WHERE n.CaseFileId = s.CaseFileId AND n.ItemKey = s.ItemKey AND n.SupplyNumber > s.SupplyNumber)
        """;

    /// <summary>
    /// What the members showed in any other case, and what the household of the same applicant showed while living at the same
    /// address: on file by now, and not to be asked for again (57 art. 10).
    /// </summary>
    public static async Task<IReadOnlyList<EarlierEvidence>> EarlierAsync(Session session, CaseFileRow caseFile)
    {
        var ofPersons = await session.ListAsync<EarlierEvidenceRow>(EarlierOfPersonsSql, new { caseFile.CaseFileId });
        var ofHousehold = await session.ListAsync<EarlierEvidenceRow>(EarlierOfHouseholdSql, new
        {
            caseFile.ApplicantPersonId,
            caseFile.CaseFileId,
            caseFile.HabitualDivisionCode,
        });
        // Compared here, to the character: the engines would not agree on case, width and blanks.
        return EvidenceOf(ofPersons.Concat(ofHousehold.Where(row => row.HabitualAddress == caseFile.HabitualAddress)));
    }

    public static IReadOnlyList<EarlierEvidence> EvidenceOf(IEnumerable<EarlierEvidenceRow> rows) =>
        [.. rows.OrderBy(row => row.SuppliedAt).Select(row => new EarlierEvidence(row.ItemCode, row.PersonId, row.SuppliedAt))];

    private const string AddContestationSql = """
        INSERT INTO DisclosureContestation (ContestationId, CaseFileId, ItemKey, LookupId, Statement, ContestedAt, RecordedBy)
        VALUES (@ContestationId, @CaseFileId, @ItemKey, @LookupId, @Statement, @ContestedAt, @RecordedBy)
        """;

    public static Task AddAsync(Session session, ContestationRow row) => session.ExecuteAsync(AddContestationSql, row);

    private const string ContestationsSql = """
        SELECT ContestationId, CaseFileId, ItemKey, LookupId, Statement, ContestedAt, RecordedBy
        FROM DisclosureContestation WHERE CaseFileId = @CaseFileId ORDER BY ContestationId
        """;

    public static Task<IReadOnlyList<ContestationRow>> ContestationsAsync(Session session, Guid caseFileId) =>
        session.ListAsync<ContestationRow>(ContestationsSql, new { CaseFileId = caseFileId });

    private const string AddWaiverSql = """
        INSERT INTO DisclosureWaiver (CaseFileId, ItemKey, Reasons, WaivedAt, WaivedBy)
        VALUES (@CaseFileId, @ItemKey, @Reasons, @WaivedAt, @WaivedBy)
        """;

    public static Task AddAsync(Session session, WaiverRow row) => session.ExecuteAsync(AddWaiverSql, row);

    private const string WaiversSql = "SELECT CaseFileId, ItemKey, Reasons, WaivedAt, WaivedBy FROM DisclosureWaiver WHERE CaseFileId = @CaseFileId";

    public static Task<IReadOnlyList<WaiverRow>> WaiversAsync(Session session, Guid caseFileId) =>
        session.ListAsync<WaiverRow>(WaiversSql, new { CaseFileId = caseFileId });

    private const string AddOverrideSql = """
        INSERT INTO DisclosureOverride (CaseFileId, ItemKey, DisclosureId, ItemCode, PersonId, MaterialName, MaterialWhy)
        VALUES (@CaseFileId, @ItemKey, @DisclosureId, @ItemCode, @PersonId, @MaterialName, @MaterialWhy)
        """;

    public static Task AddAsync(Session session, OverrideRow row) => session.ExecuteAsync(AddOverrideSql, row);

    private const string OverridesSql = """
        SELECT CaseFileId, ItemKey, DisclosureId, ItemCode, PersonId, MaterialName, MaterialWhy
        FROM DisclosureOverride WHERE CaseFileId = @CaseFileId ORDER BY ItemKey
        """;

    public static Task<IReadOnlyList<OverrideRow>> OverridesAsync(Session session, Guid caseFileId) =>
        session.ListAsync<OverrideRow>(OverridesSql, new { CaseFileId = caseFileId });
}

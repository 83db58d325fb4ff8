using Assistance.Api.Data;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Security;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>A page of an office's received applications: those after one and up to another.</summary>
internal sealed record ReceivedPage(DivisionCode DivisionCode, Guid AfterApplicationId, Guid UntilApplicationId);

/// <summary>An application that is still being completed.</summary>
internal sealed class ReceivedRow
{
    public Guid ApplicationId { get; init; }

    public Guid CaseFileId { get; init; }

    public string CaseNumber { get; init; } = "";

    public Programme Programme { get; init; }

    public string CommunityCode { get; init; } = "";

    public DateTimeOffset SubmittedAt { get; init; }
}

internal sealed class PageHouseholdRow
{
    public Guid CaseFileId { get; init; }

    public string HouseholdJson { get; init; } = "";
}

/// <summary>
/// What the disclosures of a page of received applications are derived from: a statement each, however long the page, over
/// the range of the index that the page is. The same rows, case by case, are those of <see cref="DisclosureRepository"/>.
/// </summary>
internal static class ReceivedPageRepository
{
    private const string PageSql = """
        SELECT o.ApplicationId, a.CaseFileId, f.CaseNumber, a.Programme, o.CommunityCode, a.SubmittedAt
        FROM ApplicationOffice o
        JOIN Application a ON a.ApplicationId = o.ApplicationId
        JOIN CaseFile f ON f.CaseFileId = a.CaseFileId
        WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received' AND o.ApplicationId > @AfterApplicationId
        ORDER BY o.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<ReceivedRow>> PageAsync(Session session, Officer officer, Guid after, int take) =>
        session.ListAsync<ReceivedRow>(PageSql, new { DivisionCode = officer.Division, AfterApplicationId = after, Take = take });

    private const string ApplicationsSql = """
        SELECT c.ApplicationId, c.CaseFileId, c.Programme, c.ApplicationState, c.ReceivingDivisionCode, c.AcceptingDivisionCode,
               c.IsResidenceDiffering, c.RoutingJson, c.SubmittedAt, c.SubmittedBy, c.AcceptedAt, c.ReviewedBy, c.ReviewOpinion,
               c.ReviewReasons, c.DueOn, c.IsDueProvisional, c.Version
        FROM Application c WHERE c.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        """;

    /// <summary>The applications of the page's cases, those in another state or of another office among them.</summary>
    public static Task<IReadOnlyList<ApplicationRow>> ApplicationsAsync(Session session, ReceivedPage page) =>
        session.ListAsync<ApplicationRow>(ApplicationsSql, page);

    private const string HouseholdsSql = """
        SELECT s.CaseFileId, s.HouseholdJson
        FROM CaseFile f JOIN HouseholdSnapshot s ON s.CaseFileId = f.CaseFileId AND s.SnapshotNumber = f.DisclosedSnapshotNumber
        WHERE f.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        """;

    /// <summary>The households that the disclosures are about.</summary>
    public static Task<IReadOnlyList<PageHouseholdRow>> HouseholdsAsync(Session session, ReceivedPage page) =>
        session.ListAsync<PageHouseholdRow>(HouseholdsSql, page);

    private const string ConsentsSql = """
        SELECT c.ConsentId, c.CaseFileId, c.PersonId, c.SignerPersonId, c.SignedOn, c.EndsOn, c.RevokedAt, r.RefusalId
        FROM VerificationConsent c LEFT JOIN ConsentRefusal r ON r.ConsentId = c.ConsentId WHERE c.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        ORDER BY c.ConsentId
        """;

    public static Task<IReadOnlyList<ConsentRow>> ConsentsAsync(Session session, ReceivedPage page) =>
        session.ListAsync<ConsentRow>(ConsentsSql, page);

    private const string LookupsSql = """
        SELECT l.LookupId, l.CaseFileId, l.RoundNumber, l.PersonId, l.LookupSource, l.ConsentId, l.LookupState, l.AnsweredAt, l.ValidUntilOn, l.ReusedLookupId
        FROM Lookup l WHERE l.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        ORDER BY l.CaseFileId, l.RoundNumber, l.PersonId, l.LookupSource
        """;

    public static Task<IReadOnlyList<LookupRow>> LookupsAsync(Session session, ReceivedPage page) =>
        session.ListAsync<LookupRow>(LookupsSql, page);

    private const string SuppliesSql = """
        SELECT s.CaseFileId, s.ItemKey, s.SupplyNumber, s.ItemCode, s.PersonId, s.SupplyWay, s.Remark, s.SuppliedAt, s.SuppliedTo,
               s.ReturnReason, s.ReturnRemark, s.ReturnedAt, s.ReturnedBy
        FROM DisclosureSupply s WHERE s.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        ORDER BY s.CaseFileId, s.ItemKey, s.SupplyNumber
        """;

    public static Task<IReadOnlyList<SupplyRow>> SuppliesAsync(Session session, ReceivedPage page) =>
        session.ListAsync<SupplyRow>(SuppliesSql, page);

    private const string EarlierOfPersonsSql = """
        SELECT m.CaseFileId, s.ItemCode, s.PersonId, s.SuppliedAt
        FROM CaseMember m JOIN DisclosureSupply s ON s.PersonId = m.PersonId
        WHERE s.CaseFileId <> m.CaseFileId AND s.SupplyWay <> 'Promise' AND s.ReturnedAt IS NULL
            AND NOT EXISTS (SELECT 1 FROM DisclosureSupply n WHERE n.CaseFileId = s.CaseFileId AND n.ItemKey = s.ItemKey AND n.SupplyNumber > s.SupplyNumber) AND m.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        """;

    // Written in the order in which it is to be read: SQLite would begin with every supply that concerns no person.
    private const string EarlierOfHouseholdsSql = """
        SELECT f.CaseFileId, s.ItemCode, s.PersonId, s.SuppliedAt, e.HabitualAddress, f.HabitualAddress AS PresentAddress
        FROM CaseFile f CROSS JOIN CaseFile e CROSS JOIN DisclosureSupply s
        WHERE e.ApplicantPersonId = f.ApplicantPersonId AND s.CaseFileId = e.CaseFileId AND e.CaseFileId <> f.CaseFileId
            AND e.HabitualDivisionCode = f.HabitualDivisionCode
            AND s.PersonId IS NULL AND s.SupplyWay <> 'Promise' AND s.ReturnedAt IS NULL
            AND NOT EXISTS (SELECT 1 FROM DisclosureSupply n WHERE n.CaseFileId = s.CaseFileId AND n.ItemKey = s.ItemKey AND n.SupplyNumber > s.SupplyNumber) AND f.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        """;

    /// <summary>What was shown in other cases, as <see cref="DisclosureRepository.EarlierAsync"/> reads it for one.</summary>
    public static async Task<IEnumerable<EarlierEvidenceRow>> EarlierAsync(Session session, ReceivedPage page) =>
        (await session.ListAsync<EarlierEvidenceRow>(EarlierOfPersonsSql, page))
        .Concat((await session.ListAsync<EarlierEvidenceRow>(EarlierOfHouseholdsSql, page)).Where(row => row.HabitualAddress == row.PresentAddress));

    private const string ContestationsSql = """
        SELECT c.ContestationId, c.CaseFileId, c.ItemKey, c.LookupId, c.Statement, c.ContestedAt, c.RecordedBy
        FROM DisclosureContestation c WHERE c.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        ORDER BY c.CaseFileId, c.ContestationId
        """;

    public static Task<IReadOnlyList<ContestationRow>> ContestationsAsync(Session session, ReceivedPage page) =>
        session.ListAsync<ContestationRow>(ContestationsSql, page);

    private const string WaiversSql = """
        SELECT w.CaseFileId, w.ItemKey, w.Reasons, w.WaivedAt, w.WaivedBy
        FROM DisclosureWaiver w WHERE w.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        """;

    public static Task<IReadOnlyList<WaiverRow>> WaiversAsync(Session session, ReceivedPage page) =>
        session.ListAsync<WaiverRow>(WaiversSql, page);

    private const string OverridesSql = """
        SELECT v.CaseFileId, v.ItemKey, v.DisclosureId, v.ItemCode, v.PersonId, v.MaterialName, v.MaterialWhy
        FROM DisclosureOverride v WHERE v.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        ORDER BY v.CaseFileId, v.ItemKey
        """;

    public static Task<IReadOnlyList<OverrideRow>> OverridesAsync(Session session, ReceivedPage page) =>
        session.ListAsync<OverrideRow>(OverridesSql, page);

    private const string ToldSql = """
        SELECT d.DisclosureId, d.CaseFileId, d.DisclosureVersion, d.DisclosureNumber, d.AcceptingDivisionCode, d.SealedMonthOn,
               d.SealedAt, d.SealedBy, d.Reasons, d.AskedCount, d.AnsweredCount, d.OnFileCount, d.ContentHash, d.DisclosureJson
        FROM Disclosure d WHERE d.CaseFileId IN (
            SELECT a.CaseFileId FROM ApplicationOffice o JOIN Application a ON a.ApplicationId = o.ApplicationId
            WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = 'Received'
                AND o.ApplicationId > @AfterApplicationId AND o.ApplicationId <= @UntilApplicationId)
        ORDER BY d.CaseFileId, d.DisclosureVersion
        """;

    public static Task<IReadOnlyList<DisclosureRow>> ToldAsync(Session session, ReceivedPage page) =>
        session.ListAsync<DisclosureRow>(ToldSql, page);
}

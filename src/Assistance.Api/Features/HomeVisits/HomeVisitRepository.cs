using Assistance.Api.Data;
using Assistance.Domain.HomeVisits;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.HomeVisits;

internal sealed class HomeVisitRow
{
    public Guid HomeVisitId { get; init; }

    public Guid CaseFileId { get; init; }

    /// <summary>The application in whose procedure it was recorded; it holds for the whole case.</summary>
    public Guid ApplicationId { get; init; }

    public DateOnly VisitedOn { get; init; }

    /// <summary>The office that visited: that of the officer who recorded it.</summary>
    public string VisitingDivisionCode { get; init; } = "";

    public HomeVisitMethod VisitMethod { get; init; }

    /// <summary>Why not on the spot.</summary>
    public string? VisitGround { get; init; }

    public string VisitorsJson { get; init; } = "";

    public string FactsFound { get; init; } = "";

    /// <summary>The member present who signed; null where nobody did.</summary>
    public Guid? SignedByPersonId { get; init; }

    public string? UnsignedReason { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";
}

/// <summary>Home visits (入户调查, 57 art. 16), by the street and by the district.</summary>
internal static class HomeVisitRepository
{
    private const string AddSql = """
        INSERT INTO HomeVisit (HomeVisitId, CaseFileId, ApplicationId, VisitedOn, VisitingDivisionCode, VisitMethod, VisitGround,
            VisitorsJson, FactsFound, SignedByPersonId, UnsignedReason, RecordedAt, RecordedBy)
        VALUES (@HomeVisitId, @CaseFileId, @ApplicationId, @VisitedOn, @VisitingDivisionCode, @VisitMethod, @VisitGround,
            @VisitorsJson, @FactsFound, @SignedByPersonId, @UnsignedReason, @RecordedAt, @RecordedBy)
        """;

    public static Task AddAsync(Session session, HomeVisitRow row) => session.ExecuteAsync(AddSql, row);

    private const string PageSql = """
        SELECT HomeVisitId, CaseFileId, ApplicationId, VisitedOn, VisitingDivisionCode, VisitMethod, VisitGround,
               VisitorsJson, FactsFound, SignedByPersonId, UnsignedReason, RecordedAt, RecordedBy
        FROM HomeVisit WHERE CaseFileId = @CaseFileId AND HomeVisitId > @AfterHomeVisitId
        ORDER BY HomeVisitId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<HomeVisitRow>> PageAsync(Session session, Guid caseFileId, Guid after, int take) =>
        session.ListAsync<HomeVisitRow>(PageSql, new { CaseFileId = caseFileId, AfterHomeVisitId = after, Take = take });

    private const string OfCaseSql = "SELECT VisitMethod, VisitingDivisionCode, VisitedOn FROM HomeVisit WHERE CaseFileId = @CaseFileId";

    /// <summary>What the procedure asks of the visits of a case.</summary>
    public static async Task<IReadOnlyList<HomeVisit>> OfCaseAsync(Session session, Guid caseFileId) =>
    [
        .. (await session.ListAsync<HomeVisitRow>(OfCaseSql, new { CaseFileId = caseFileId }))
            .Select(row => new HomeVisit(row.VisitMethod, DivisionCode.Parse(row.VisitingDivisionCode), row.VisitedOn)),
    ];
}

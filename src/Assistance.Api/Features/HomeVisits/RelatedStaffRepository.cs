using Assistance.Api.Data;
using Assistance.Domain.HomeVisits;

namespace Assistance.Api.Features.HomeVisits;

internal sealed class RelatedStaffRow
{
    public Guid RelatedStaffRecordId { get; init; }

    public Guid CaseFileId { get; init; }

    /// <summary>The application in whose procedure it was recorded; it holds for the whole case.</summary>
    public Guid ApplicationId { get; init; }

    public string StaffName { get; init; } = "";

    public string StaffPost { get; init; } = "";

    public string StaffDivisionCode { get; init; } = "";

    /// <summary>What the member is to the staff member, in words.</summary>
    public string StaffRelationship { get; init; } = "";

    /// <summary>The member of the household.</summary>
    public Guid PersonId { get; init; }

    public RelatedStaffDeclarer StaffDeclarer { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";
}

/// <summary>Relations between a household and staff (近亲属备案, 57 art. 11), kept apart from the household itself.</summary>
internal static class RelatedStaffRepository
{
    private const string AddSql = """
        INSERT INTO RelatedStaffRecord (RelatedStaffRecordId, CaseFileId, ApplicationId, StaffName, StaffPost, StaffDivisionCode,
            StaffRelationship, PersonId, StaffDeclarer, RecordedAt, RecordedBy)
        VALUES (@RelatedStaffRecordId, @CaseFileId, @ApplicationId, @StaffName, @StaffPost, @StaffDivisionCode,
            @StaffRelationship, @PersonId, @StaffDeclarer, @RecordedAt, @RecordedBy)
        """;

    public static Task AddAsync(Session session, RelatedStaffRow row) => session.ExecuteAsync(AddSql, row);

    private const string PageSql = """
        SELECT RelatedStaffRecordId, CaseFileId, ApplicationId, StaffName, StaffPost, StaffDivisionCode,
               StaffRelationship, PersonId, StaffDeclarer, RecordedAt, RecordedBy
        FROM RelatedStaffRecord WHERE CaseFileId = @CaseFileId AND RelatedStaffRecordId > @AfterRelatedStaffRecordId
        ORDER BY RelatedStaffRecordId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<RelatedStaffRow>> PageAsync(Session session, Guid caseFileId, Guid after, int take) =>
        session.ListAsync<RelatedStaffRow>(PageSql, new { CaseFileId = caseFileId, AfterRelatedStaffRecordId = after, Take = take });

    public static async Task<bool> IsOnRecordAsync(Session session, Guid caseFileId) =>
        (await PageAsync(session, caseFileId, Guid.Empty, take: 1)).Count > 0;
}

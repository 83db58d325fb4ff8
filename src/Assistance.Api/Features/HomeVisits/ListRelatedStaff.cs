using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.HomeVisits;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.HomeVisits;

/// <summary>A relation to staff as it was recorded.</summary>
public sealed record RelatedStaffResponse(
    Guid RelatedStaffRecordId,
    string StaffName,
    string StaffPost,
    string StaffDivisionCode,
    string StaffDivision,
    string Relationship,
    Guid PersonId,
    RelatedStaffDeclarer DeclaredBy,
    DateTimeOffset RecordedAt,
    string RecordedBy);

/// <summary>The relations to staff in an application's case, oldest first; the read is recorded.</summary>
public sealed class ListRelatedStaff(Database database, AccessLog access, ReferenceStore reference)
{
    public async Task<Page<RelatedStaffResponse>?> HandleAsync(Guid id, string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (key, size) = Paging.Parse(after, take);
        var (caseFileId, rows) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } application
                ? (application.CaseFileId, await RelatedStaffRepository.PageAsync(session, application.CaseFileId, key, size + 1))
                : (Guid.Empty, (IReadOnlyList<RelatedStaffRow>?)null),
            cancellation);
        if (rows is null)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFileId, nameof(ListRelatedStaff), cancellation);
        return Paging.Of(rows, size, Item, row => row.RelatedStaffRecordId);
    }

    private RelatedStaffResponse Item(RelatedStaffRow row) => new(
        row.RelatedStaffRecordId,
        row.StaffName,
        row.StaffPost,
        row.StaffDivisionCode,
        reference.Current.FullDivisionName(row.StaffDivisionCode),
        row.StaffRelationship,
        row.PersonId,
        row.StaffDeclarer,
        row.RecordedAt.ToOffset(ChinaTime.Offset),
        row.RecordedBy);
}

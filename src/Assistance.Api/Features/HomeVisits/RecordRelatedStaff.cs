using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Domain.HomeVisits;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.HomeVisits;

/// <summary>A relation between a member and somebody who handles the case or sits on a community's committee.</summary>
[Example("""
    {
      "staffName": "样例乙",
      "staffPost": "社会救助经办人员",
      "staffDivisionCode": "140213054",
      "relationship": "兄弟",
      "personId": "019970c1-0000-7000-8000-000000000001",
      "declaredBy": "Household"
    }
    """)]
public sealed record RecordRelatedStaffRequest
{
    [Text(100)]
    public required string StaffName { get; init; }

    [Text(100)]
    public required string StaffPost { get; init; }

    /// <summary>The division the staff member works for: the district, a street or a community.</summary>
    [KnownDivision]
    public required string StaffDivisionCode { get; init; }

    /// <summary>What the member is to the staff member, in words.</summary>
    [Text(50)]
    public required string Relationship { get; init; }

    /// <summary>The member who is related.</summary>
    public required Guid PersonId { get; init; }

    public required RelatedStaffDeclarer DeclaredBy { get; init; }
}

/// <summary>The record; from here on the district has to visit the household itself before it decides.</summary>
public sealed record RecordRelatedStaffResponse(Guid RelatedStaffRecordId);

/// <summary>Records apart that an accepted household is related to staff (单独登记备案, 57 art. 11).</summary>
public sealed class RecordRelatedStaff(ActRunner runner)
{
    public Task<ActResult<RecordRelatedStaffResponse>> HandleAsync(
        Guid id, RecordRelatedStaffRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => RecordAsync(session, id, request, act), cancellation);

    private static async Task<Answer<RecordRelatedStaffResponse>> RecordAsync(Session session, Guid id, RecordRelatedStaffRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.RecordRelatedStaff, act.Officer);
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        if (!(await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber)).Has(request.PersonId))
        {
            throw Refusals.MemberNotInHousehold();
        }

        var row = new RelatedStaffRow
        {
            RelatedStaffRecordId = Guid.CreateVersion7(act.Now),
            CaseFileId = application.CaseFileId,
            ApplicationId = id,
            StaffName = request.StaffName.Trim(),
            StaffPost = request.StaffPost.Trim(),
            StaffDivisionCode = request.StaffDivisionCode,
            StaffRelationship = request.Relationship.Trim(),
            PersonId = request.PersonId,
            StaffDeclarer = request.DeclaredBy,
            RecordedAt = act.Now,
            RecordedBy = act.Officer.Id,
        };
        await RelatedStaffRepository.AddAsync(session, row);
        application = await ApplicationRepository.SaveAsync(session, application);
        // The sister applications are now held to the district's visit too.
        await ApplicationRepository.TouchSistersAsync(session, application);
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("RelatedStaffRecorded", LegalBases.RelatedStaff, new Dictionary<string, string>
        {
            ["declaredBy"] = request.DeclaredBy.ToString(),
        }), act.Now, act.Officer);
        return new Answer<RecordRelatedStaffResponse>(
            new RecordRelatedStaffResponse(row.RelatedStaffRecordId), $"/v1/applications/{id}/related-staff-records", application.Version);
    }
}

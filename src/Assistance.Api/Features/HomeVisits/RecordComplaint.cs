using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Postings;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.HomeVisits;

/// <summary>A complaint about a household that applies, or about how its case is handled.</summary>
[Example("""
    {
      "receivedOn": "2026-09-21",
      "way": "Phone",
      "sender": { "name": "样例己", "contact": "0352-0000000" },
      "statement": "反映该家庭成员有未申报的工作。"
    }
    """)]
public sealed record RecordComplaintRequest
{
    [NotInTheFuture]
    public required DateOnly ReceivedOn { get; init; }

    public required ReceivedWay Way { get; init; }

    /// <summary>Who complains, as far as they said; absent for an anonymous complaint.</summary>
    public Sender? Sender { get; init; }

    [Text(2000)]
    public required string Statement { get; init; }
}

/// <summary>The record; from here on the district has to visit the household itself before it decides.</summary>
public sealed record RecordComplaintResponse(Guid ComplaintId);

/// <summary>Records a complaint that comes in while an application is reviewed and confirmed (投诉、举报, 57 art. 20(2)).</summary>
public sealed class RecordComplaint(ActRunner runner, PersonalDataProtector protector)
{
    public Task<ActResult<RecordComplaintResponse>> HandleAsync(Guid id, RecordComplaintRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => RecordAsync(session, id, request, act), cancellation);

    private async Task<Answer<RecordComplaintResponse>> RecordAsync(Session session, Guid id, RecordComplaintRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.RecordComplaint, act.Officer);
        var complaintId = Guid.CreateVersion7(act.Now);
        await ComplaintRepository.AddAsync(session, new ComplaintRow
        {
            ComplaintId = complaintId,
            CaseFileId = application.CaseFileId,
            ApplicationId = id,
            ReceivedOn = request.ReceivedOn,
            ReceivedWay = request.Way,
            SenderCipher = Sender.Protect(request.Sender, complaintId, protector),
            Statement = request.Statement.Trim(),
            RecordedAt = act.Now,
            RecordedBy = act.Officer.Id,
        });
        application = await ApplicationRepository.SaveAsync(session, application);
        // The sister applications are now held to the district's visit too.
        await ApplicationRepository.TouchSistersAsync(session, application);
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("ComplaintRecorded", LegalBases.DistrictOpinion, new Dictionary<string, string>
        {
            ["on"] = request.ReceivedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["way"] = request.Way.ToString(),
        }), act.Now, act.Officer);
        return new Answer<RecordComplaintResponse>(new RecordComplaintResponse(complaintId), $"/v1/applications/{id}/complaints", application.Version);
    }
}

using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.HomeVisits;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.HomeVisits;

/// <summary>The form of a home visit (入户调查表, 57 art. 16).</summary>
[Example("""
    {
      "visitedOn": "2026-09-21",
      "method": "OnSite",
      "visitors": [
        { "officerId": "visitor-1", "name": "样例丙" },
        { "officerId": "visitor-2", "name": "样例丁" }
      ],
      "factsFound": "租住一居室，与申报一致；家中无机动车。",
      "signedByPersonId": "019970c1-0000-7000-8000-000000000001"
    }
    """)]
public sealed record RecordHomeVisitRequest : ICheckedRequest
{
    [NotInTheFuture]
    public required DateOnly VisitedOn { get; init; }

    public required HomeVisitMethod Method { get; init; }

    /// <summary>The major emergency for which it was not on the spot; absent where it was.</summary>
    [Text(500)]
    public string? Ground { get; init; }

    /// <summary>The officers who visited, all of the recording officer's office: at least two (57 art. 16).</summary>
    public required IReadOnlyList<VisitorRequest> Visitors { get; init; }

    /// <summary>What was found of income, property and how the household lives.</summary>
    [Text(4000)]
    public required string FactsFound { get; init; }

    /// <summary>The member present who signed the form.</summary>
    public Guid? SignedByPersonId { get; init; }

    /// <summary>Why no member signed; absent where one did.</summary>
    [Text(500)]
    public string? UnsignedReason { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (Method == HomeVisitMethod.OnSite && Ground is not null)
        {
            yield return new Fault("$.ground", "not-for-this-method", "上门调查不填写此项。", "Leave this out for a visit on the spot.");
        }
        else if (Method != HomeVisitMethod.OnSite && Ground is null)
        {
            yield return new Fault("$.ground", "missing", "以电话、视频方式调查的，请写明所因的重大突发事件。", "State the major emergency for which it was by telephone or video.");
        }

        if (Visitors.DistinctBy(visitor => visitor.OfficerId.Trim()).Count() != Visitors.Count)
        {
            yield return new Fault("$.visitors", "counted-twice", "同一调查人员重复列出。", "An officer is listed twice.");
        }

        if (SignedByPersonId is null == UnsignedReason is null)
        {
            yield return SignedByPersonId is null
                ? new Fault("$.signedByPersonId", "missing", "请填写签字的家庭成员；未签字的，写明原因。", "Give the member who signed, or the reason why none did.")
                : new Fault("$.unsignedReason", "not-when-signed", "已签字的，不填写未签字原因。", "Leave this out where a member signed.");
        }
    }
}

/// <summary>An officer who visited.</summary>
public sealed record VisitorRequest
{
    /// <summary>The officer's id, as tokens carry it.</summary>
    [Text(64)]
    public required string OfficerId { get; init; }

    [Text(100)]
    public required string Name { get; init; }
}

/// <summary>The recorded visit, and the office it counts for.</summary>
public sealed record RecordHomeVisitResponse(Guid HomeVisitId, string VisitingDivisionCode);

/// <summary>
/// Records a visit to the household (57 art. 16). It counts for the office of the officer who records it, which no body can
/// say otherwise: the district's own visit is one that the district recorded.
/// </summary>
public sealed class RecordHomeVisit(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<RecordHomeVisitResponse>> HandleAsync(Guid id, RecordHomeVisitRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => RecordAsync(session, id, request, act), cancellation);

    private async Task<Answer<RecordHomeVisitResponse>> RecordAsync(Session session, Guid id, RecordHomeVisitRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.RecordHomeVisit, act.Officer);
        var least = reference.Current.Parameters.Number(ParameterCodes.HomeVisitors, act.Today);
        if (request.Visitors.Count < least)
        {
            throw ProblemException.Invalid(new Fault("$.visitors", "too-few-visitors",
                $"每组调查人员不得少于 {least} 人。", $"At least {least} officers visit together."));
        }

        if (request.SignedByPersonId is { } signer && !await IsAnAdultOfAsync(session, application.CaseFileId, signer, request.VisitedOn))
        {
            throw Refusals.MemberNotInHousehold();
        }

        var row = new HomeVisitRow
        {
            HomeVisitId = Guid.CreateVersion7(act.Now),
            CaseFileId = application.CaseFileId,
            ApplicationId = id,
            VisitedOn = request.VisitedOn,
            VisitingDivisionCode = act.Officer.Division.Value,
            VisitMethod = request.Method,
            VisitGround = request.Ground?.Trim(),
            VisitorsJson = ApiJson.Write(request.Visitors),
            FactsFound = request.FactsFound.Trim(),
            SignedByPersonId = request.SignedByPersonId,
            UnsignedReason = request.UnsignedReason?.Trim(),
            RecordedAt = act.Now,
            RecordedBy = act.Officer.Id,
        };
        await HomeVisitRepository.AddAsync(session, row);
        // A visit after acceptance is one of the ways in which the investigation starts (57 art. 15), on its own day.
        if (application.AcceptedAt is { } acceptedAt && request.VisitedOn >= ChinaTime.DayOf(acceptedAt))
        {
            await ApplicationRepository.MeetClockOfCaseAsync(session, application.CaseFileId, ProcedureClocks.StartInvestigation, request.VisitedOn);
        }

        application = await ApplicationRepository.SaveAsync(session, application);
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("HomeVisited", LegalBases.HomeVisits, new Dictionary<string, string>
        {
            ["visiting"] = row.VisitingDivisionCode,
            ["on"] = row.VisitedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["method"] = row.VisitMethod.ToString(),
            ["visitors"] = request.Visitors.Count.ToString(CultureInfo.InvariantCulture),
        }), act.Now, act.Officer);
        return new Answer<RecordHomeVisitResponse>(
            new RecordHomeVisitResponse(row.HomeVisitId, row.VisitingDivisionCode), $"/v1/applications/{id}/home-visits", application.Version);
    }

    // A cohabiting member who was present signs (57 art. 16): no obligor, nobody who died, and nobody who needs a guardian.
    private static async Task<bool> IsAnAdultOfAsync(Session session, Guid caseFileId, Guid personId, DateOnly on)
    {
        var caseFile = await CaseFileRepository.GetAsync(session, caseFileId);
        return (await HouseholdRepository.GetAsync(session, caseFileId, caseFile.SnapshotNumber)).LivingOn(on)
            .Any(member => member.PersonId == personId && !member.NeedsGuardianOn(on));
    }
}

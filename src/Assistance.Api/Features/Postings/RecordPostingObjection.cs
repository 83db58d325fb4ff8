using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Postings;

/// <summary>An objection to what is posted, as the clerk took it down.</summary>
[Example("""
    {
      "receivedOn": "2026-09-21",
      "way": "Phone",
      "sender": { "name": "样例戊", "contact": "0352-0000000" },
      "statement": "该家庭近期购买了一辆小轿车。"
    }
    """)]
public sealed record RecordPostingObjectionRequest
{
    /// <summary>The day it came in, which counts and not that of recording.</summary>
    [NotInTheFuture]
    public required DateOnly ReceivedOn { get; init; }

    public required ReceivedWay Way { get; init; }

    /// <summary>Who objects, as far as they said; absent for an anonymous objection.</summary>
    public Sender? Sender { get; init; }

    /// <summary>What they object to.</summary>
    [Text(2000)]
    public required string Statement { get; init; }
}

/// <summary>The recorded objection, and by when the whole is due now that there is one.</summary>
public sealed record RecordPostingObjectionResponse(Guid ObjectionId, DateOnly? DueOn, bool IsDueProvisional);

/// <summary>
/// Takes an objection to the posting (公示异议, 57 art. 19(2)). From here on nothing goes to the district before it is answered,
/// and the whole may take 45 working days (57 art. 22; N22 part 4(1)), which a second objection does not lengthen again.
/// </summary>
public sealed class RecordPostingObjection(ActRunner runner, ReferenceStore reference, PersonalDataProtector protector)
{
    public Task<ActResult<RecordPostingObjectionResponse>> HandleAsync(
        Guid id, RecordPostingObjectionRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => RecordAsync(session, id, request, act), cancellation);

    private async Task<Answer<RecordPostingObjectionResponse>> RecordAsync(Session session, Guid id, RecordPostingObjectionRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.RecordPostingObjection, act.Officer);
        var posting = await PostingRepository.GetAsync(session, id);
        PostingObjections.RequireWithin(request.ReceivedOn, posting.PostedOn, posting.EndsOn);
        var objectionId = Guid.CreateVersion7(act.Now);
        await PostingObjectionRepository.AddAsync(session, new PostingObjectionRow
        {
            ObjectionId = objectionId,
            ApplicationId = id,
            PostingId = posting.PostingId,
            ReceivedOn = request.ReceivedOn,
            ReceivedWay = request.Way,
            SenderCipher = Sender.Protect(request.Sender, objectionId, protector),
            Statement = request.Statement.Trim(),
            RecordedAt = act.Now,
            RecordedBy = act.Officer.Id,
        });
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("PostingObjectionReceived", LegalBases.PublicPosting, new Dictionary<string, string>
        {
            ["on"] = request.ReceivedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["way"] = request.Way.ToString(),
        }), act.Now, act.Officer);
        var (extended, _) = await TotalPeriod.ExtendAsync(session, application, ExtensionGround.PostingObjection, reasons: "", reference.Current, act);
        application = await ApplicationRepository.SaveAsync(session, extended);
        return new Answer<RecordPostingObjectionResponse>(
            new RecordPostingObjectionResponse(objectionId, application.DueOn, application.IsDueProvisional),
            $"/v1/applications/{id}/posting-objections",
            application.Version);
    }
}

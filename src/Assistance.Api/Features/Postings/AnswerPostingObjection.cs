using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.HomeVisits;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.HomeVisits;
using Assistance.Domain.Intake;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Postings;

/// <summary>How an objection was looked into, and what the street thinks of its opinion since.</summary>
[Example("""
    {
      "answer": "DemocraticReview",
      "democraticReview": { "heldOn": "2026-09-21", "present": 15, "votesFor": 13, "votesAgainst": 2, "conclusion": "申报情况属实，同意初审意见。" },
      "outcome": "Upheld",
      "reasons": "车辆系其兄弟所有，与会人员一致认为申报情况属实。"
    }
    """)]
public sealed record AnswerPostingObjectionRequest : ICheckedRequest
{
    public required ObjectionAnswer Answer { get; init; }

    /// <summary>The meeting; for a democratic review alone.</summary>
    public DemocraticReview? DemocraticReview { get; init; }

    public required ObjectionOutcome Outcome { get; init; }

    /// <summary>What was found.</summary>
    [Text(2000)]
    public required string Reasons { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (Answer == ObjectionAnswer.DemocraticReview != DemocraticReview is not null)
        {
            yield return DemocraticReview is null
                ? new Fault("$.democraticReview", "missing", "请填写民主评议情况。", "Tell of the democratic review.")
                : new Fault("$.democraticReview", "not-for-this-answer", "重新调查的，不填写此项。", "Leave this out for a new investigation.");
        }

        if (DemocraticReview is { } review && review.VotesFor + review.VotesAgainst > review.Present)
        {
            yield return new Fault("$.democraticReview", "more-votes-than-present", "票数不得超过到会人数。", "There cannot be more votes than people present.");
        }
    }
}

/// <summary>A democratic review (民主评议): a meeting that looks into whether what the household declared is true and whole.</summary>
public sealed record DemocraticReview
{
    [NotInTheFuture]
    public required DateOnly HeldOn { get; init; }

    /// <summary>How many people were present and could vote.</summary>
    [Within(1, 10_000)]
    public required int Present { get; init; }

    /// <summary>Votes for the opinion as it was posted.</summary>
    [Within(0, 10_000)]
    public required int VotesFor { get; init; }

    [Within(0, 10_000)]
    public required int VotesAgainst { get; init; }

    [Text(2000)]
    public required string Conclusion { get; init; }
}

/// <summary>The state after the answer, and whether the opinion is posted again before the file goes up.</summary>
public sealed record AnswerPostingObjectionResponse(ApplicationState State, ObjectionOutcome Outcome, bool IsPostedAgain);

/// <summary>
/// Answers an objection by a new investigation of the street or a democratic review (57 art. 19(2)). An opinion that holds no
/// more is taken down at once and given anew; whether it is posted a second time is the programme's rule (TK art. 15).
/// </summary>
public sealed class AnswerPostingObjection(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<AnswerPostingObjectionResponse>> HandleAsync(
        Guid id, Guid objectionId, AnswerPostingObjectionRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => AnswerAsync(session, id, objectionId, request, act), cancellation);

    private async Task<Answer<AnswerPostingObjectionResponse>> AnswerAsync(
        Session session, Guid id, Guid objectionId, AnswerPostingObjectionRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.AnswerPostingObjection, act.Officer);
        var objection = await PostingObjectionRepository.FindAsync(session, id, objectionId) ?? throw ProblemException.NotFound();
        if (objection.ResolvedAt is not null)
        {
            throw Refusals.ObjectionAlreadyAnswered();
        }

        var rule = ObjectionRule.Of(application.Programme, reference.Current.Parameters, act.Today);
        await RequireLookedIntoAsync(session, application, objection, request, rule);
        await PostingObjectionRepository.AnswerAsync(session, objection with
        {
            ObjectionAnswer = request.Answer,
            DemocraticReviewJson = request.DemocraticReview is { } review ? ApiJson.Write(review) : null,
            ObjectionOutcome = request.Outcome,
            Reasons = request.Reasons.Trim(),
            ResolvedAt = act.Now,
            ResolvedBy = act.Officer.Id,
        });
        var state = PostingObjections.StateAfter(request.Outcome, application.ApplicationState, rule);
        if (state != application.ApplicationState)
        {
            await PostingRepository.WithdrawAsync(session, id, isByObjection: !rule.NeedsSecondPosting);
        }

        application = await ApplicationRepository.SaveAsync(session, state == ApplicationState.Accepted
            ? application with { ApplicationState = state, ReviewedBy = null, ReviewOpinion = null, ReviewReasons = null }
            : application with { ApplicationState = state });
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("PostingObjectionAnswered", LegalBases.PublicPosting, new Dictionary<string, string>
        {
            ["answer"] = request.Answer.ToString(),
            ["outcome"] = request.Outcome.ToString(),
            ["isPostedAgain"] = rule.NeedsSecondPosting ? "true" : "false",
        }), act.Now, act.Officer);
        return new Answer<AnswerPostingObjectionResponse>(
            new AnswerPostingObjectionResponse(application.ApplicationState, request.Outcome, rule.NeedsSecondPosting),
            $"/v1/applications/{id}/posting-objections",
            application.Version);
    }

    private static async Task RequireLookedIntoAsync(
        Session session, ApplicationRow application, PostingObjectionRow objection, AnswerPostingObjectionRequest request, ObjectionRule rule)
    {
        if (request.DemocraticReview is { } review)
        {
            PostingObjections.RequireDemocraticReview(rule, review.HeldOn, objection.ReceivedOn);
            return;
        }

        // Ids sort by time, those of visits and objections alike: only what was recorded after the objection looks into it.
        var visits = await HomeVisitRepository.PageAsync(session, application.CaseFileId, objection.ObjectionId, Paging.Most);
        PostingObjections.RequireReinvestigation(
            visits.Select(row => new HomeVisit(row.VisitMethod, DivisionCode.Parse(row.VisitingDivisionCode), row.VisitedOn)),
            DivisionCode.Parse(application.AcceptingDivisionCode),
            objection.ReceivedOn);
    }
}

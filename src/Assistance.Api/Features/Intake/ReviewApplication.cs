using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Http;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>The street's opinion.</summary>
[Example("""
    { "opinion": "ProposeGrant", "reasons": "家庭人均月收入低于保障标准，财产状况符合规定。" }
    """)]
public sealed record ReviewApplicationRequest
{
    public required ReviewOpinion Opinion { get; init; }

    /// <summary>Why, in the reviewer's words; for a refusal it goes into the notice.</summary>
    [Text(2000)]
    public required string Reasons { get; init; }
}

/// <summary>The state after the opinion.</summary>
public sealed record ReviewApplicationResponse(ApplicationState State, ReviewOpinion Opinion);

/// <summary>Gives the street's preliminary opinion (初审, 57 art. 19), which follows the current assessment.</summary>
public sealed class ReviewApplication(ActRunner runner)
{
    public Task<ActResult<ReviewApplicationResponse>> HandleAsync(Guid id, ReviewApplicationRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => ReviewAsync(session, id, request, act), cancellation);

    private static async Task<Answer<ReviewApplicationResponse>> ReviewAsync(Session session, Guid id, ReviewApplicationRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.Review, act.Officer);
        // What is not paid by the month has its own way to a decision; until that is here nothing is decided by another's.
        if (application.Programme != Programme.SubsistenceAllowance)
        {
            throw Refusals.NoProcedureForProgramme(application.Programme.ToString());
        }

        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var assessment = await AssessmentRepository.CurrentAsync(session, caseFile, application.Programme);
        DecisionRules.RequireOpinionFits(request.Opinion, assessment.Assessment);
        application = await ApplicationRepository.SaveAsync(session, application with
        {
            ApplicationState = ApplicationState.Reviewed,
            ReviewedBy = act.Officer.Id,
            ReviewOpinion = request.Opinion,
            ReviewReasons = request.Reasons.Trim(),
        });
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("PreliminarilyReviewed", LegalBases.ReviewFromInvestigation, new Dictionary<string, string>
        {
            ["opinion"] = request.Opinion.ToString(),
        }), act.Now, act.Officer);
        return new Answer<ReviewApplicationResponse>(
            new ReviewApplicationResponse(application.ApplicationState, request.Opinion), $"/v1/applications/{id}", application.Version);
    }
}

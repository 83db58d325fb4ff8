using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Postings;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Assessments;

/// <summary>Assesses an accepted application's household and keeps the result with everything it was computed from.</summary>
public sealed class AssessApplication(ActRunner runner, ReferenceStore reference, IOptions<DistrictOptions> district)
{
    public Task<ActResult<AssessmentResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => AssessAsync(session, id, act), cancellation);

    private async Task<Answer<AssessmentResponse>> AssessAsync(Session session, Guid id, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.Assess, act.Officer);
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var input = await AssessmentInputs.GatherAsync(
            session, caseFile, application.Programme, reference.Current, district.Value.Code, act.Today);
        var assessment = Assessor.Assess(input);
        var earlier = await AssessmentRepository.NewestAsync(session, caseFile.CaseFileId, application.Programme);
        var row = await AssessmentRepository.AddAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber, input, assessment, act);
        if (application.ApplicationState != ApplicationState.Accepted && (earlier?.Outcome, earlier?.MonthlyFen) != (assessment.Outcome, assessment.MonthlyFen))
        {
            // What was reviewed and posted holds no more: the street gives its opinion anew, and it is posted anew, unless an
            // objection is being looked into, whose answer says so.
            await PostingRepository.WithdrawAsync(session, id, await PostingObjectionRepository.IsOpenAsync(session, id));
            application = application with { ApplicationState = ApplicationState.Accepted, ReviewedBy = null, ReviewOpinion = null, ReviewReasons = null };
        }

        await ApplicationRepository.MeetClockAsync(session, id, ProcedureClocks.StartInvestigation, act.Today);
        application = await ApplicationRepository.SaveAsync(session, application);
        await CaseEvents.AppendAsync(session, caseFile.CaseFileId, EventOf(assessment), act.Now, act.Officer);
        return new Answer<AssessmentResponse>(
            AssessmentResponse.Of(row.AssessmentId, application.Programme, assessment, act.Today, reference.Current, act.Language),
            $"/v1/applications/{id}/assessment",
            application.Version);
    }

    internal static CaseEvent EventOf(Assessment assessment) => new("HouseholdAssessed", LegalBases.ReviewFromInvestigation, new Dictionary<string, string>
    {
        ["outcome"] = assessment.Outcome.ToString(),
        ["monthlyFen"] = assessment.MonthlyFen.Fen.ToString(CultureInfo.InvariantCulture),
    });
}

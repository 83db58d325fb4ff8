using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Postings;

/// <summary>
/// What is posted in the community, and nothing else: name, number of members, proposed result, until when, and where to
/// object. No identity number, address, telephone, illness, bank or disability (57 art. 19; N22 part 4(2)), and no amount
/// before the district has fixed it (57 art. 21).
/// </summary>
public sealed record PostingResponse
{
    public required string ApplicantName { get; init; }

    public required int Members { get; init; }

    public required ReviewOpinion ProposedResult { get; init; }

    public required string Community { get; init; }

    public required DateOnly PostedOn { get; init; }

    /// <summary>The last day of the posting; the day of posting is not counted.</summary>
    public required DateOnly EndsOn { get; init; }

    public required string ObjectionPhone { get; init; }

    internal static PostingResponse Of(PostingRow row, string community, string phone)
    {
        var opinion = ApiJson.Read<PostedOpinion>(row.PostingJson);
        return new PostingResponse
        {
            ApplicantName = opinion.ApplicantName,
            Members = opinion.Members,
            ProposedResult = opinion.ProposedResult,
            Community = community,
            PostedOn = row.PostedOn,
            EndsOn = row.EndsOn,
            ObjectionPhone = phone,
        };
    }
}

/// <summary>Posts the opinion in the community for 7 days (公示, 57 art. 19); a second time too, once every objection is answered.</summary>
public sealed class PostApplication(ActRunner runner, ReferenceStore reference, IOptions<DistrictOptions> district)
{
    public Task<ActResult<PostingResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => PostAsync(session, id, act), cancellation);

    private async Task<Answer<PostingResponse>> PostAsync(Session session, Guid id, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.Post, act.Officer);
        await PostingObjectionRepository.RequireNoneOpenAsync(session, id);
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var assessment = (await AssessmentRepository.CurrentAsync(session, caseFile, application.Programme)).Assessment;
        var applicant = (await PersonRepository.OfCaseAsync(session, caseFile.CaseFileId))[caseFile.ApplicantPersonId];
        var endsOn = act.Today.AddDays(reference.Current.Parameters.Number(ParameterCodes.PostingDays, act.Today));
        var row = new PostingRow
        {
            PostingId = Guid.CreateVersion7(act.Now),
            ApplicationId = id,
            CommunityCode = caseFile.HabitualDivisionCode,
            PostedOn = act.Today,
            EndsOn = endsOn,
            PostingJson = ApiJson.Write(new PostedOpinion
            {
                ApplicantName = applicant.PersonName,
                Members = assessment.Economy.Members,
                ProposedResult = application.ReviewOpinion!.Value,
            }),
        };
        await PostingRepository.AddAsync(session, row);
        application = await ApplicationRepository.SaveAsync(session, application with { ApplicationState = ApplicationState.Posted });
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("PubliclyPosted", LegalBases.PublicPosting, new Dictionary<string, string>
        {
            ["endsOn"] = endsOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }), act.Now, act.Officer);
        return new Answer<PostingResponse>(
            PostingResponse.Of(row, reference.Current.FullDivisionName(row.CommunityCode), district.Value.Hotline), $"/v1/applications/{id}", application.Version);
    }
}

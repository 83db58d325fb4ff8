using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Intake;

/// <summary>
/// What is posted in the community, and nothing else: name, number of members, proposed result and amount, until when, and
/// where to object. No identity number, address, telephone, illness, bank or disability (57 art. 24; N22 part 4(2)).
/// </summary>
public sealed record PostingResponse
{
    public required string ApplicantName { get; init; }

    public required int Members { get; init; }

    public required ReviewOpinion ProposedResult { get; init; }

    /// <summary>The proposed allowance in fen a month.</summary>
    public required long MonthlyFen { get; init; }

    public required string Community { get; init; }

    public required DateOnly PostedOn { get; init; }

    /// <summary>The last day of the posting; the day of posting is not counted.</summary>
    public required DateOnly EndsOn { get; init; }

    public required string ObjectionPhone { get; init; }

    /// <summary>Whether the amount rests on a sample standard.</summary>
    public required bool UsesSamples { get; init; }
}

/// <summary>Posts the opinion in the community for 7 days (公示, 57 art. 19).</summary>
public sealed class PostApplication(ActRunner runner, ReferenceStore reference, IOptions<DistrictOptions> district)
{
    public Task<ActResult<PostingResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => PostAsync(session, id, act), cancellation);

    private async Task<Answer<PostingResponse>> PostAsync(Session session, Guid id, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.Post, act.Officer);
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var assessment = (await AssessmentRepository.CurrentAsync(session, caseFile, application.Programme)).Assessment;
        var applicant = (await PersonRepository.OfCaseAsync(session, caseFile.CaseFileId))[caseFile.ApplicantPersonId];
        var endsOn = act.Today.AddDays(reference.Current.Parameters.Number(ParameterCodes.PostingDays, act.Today));
        var posting = new PostingResponse
        {
            ApplicantName = applicant.PersonName,
            Members = assessment.Economy.Members,
            ProposedResult = application.ReviewOpinion!.Value,
            MonthlyFen = assessment.MonthlyFen.Fen,
            Community = reference.Current.FullDivisionName(caseFile.HabitualDivisionCode),
            PostedOn = act.Today,
            EndsOn = endsOn,
            ObjectionPhone = district.Value.Hotline,
            UsesSamples = assessment.UsesSamples,
        };
        await PostingRepository.AddAsync(session, id, caseFile.HabitualDivisionCode, posting, act.Now);
        application = await ApplicationRepository.SaveAsync(session, application with { ApplicationState = ApplicationState.Posted });
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("PubliclyPosted", LegalBases.PublicPosting, new Dictionary<string, string>
        {
            ["endsOn"] = endsOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }), act.Now, act.Officer);
        return new Answer<PostingResponse>(posting, $"/v1/applications/{id}", application.Version);
    }
}

internal static class PostingRepository
{
    private const string AddSql = """
        INSERT INTO PublicPosting (PostingId, ApplicationId, CommunityCode, PostedOn, EndsOn, PostingJson)
        VALUES (@PostingId, @ApplicationId, @CommunityCode, @PostedOn, @EndsOn, @PostingJson)
        """;

    public static Task AddAsync(Session session, Guid applicationId, string communityCode, PostingResponse posting, DateTimeOffset now) =>
        session.ExecuteAsync(AddSql, new
        {
            PostingId = Guid.CreateVersion7(now),
            ApplicationId = applicationId,
            CommunityCode = communityCode,
            posting.PostedOn,
            posting.EndsOn,
            PostingJson = ApiJson.Write(posting),
        });

    private const string EndSql = "SELECT EndsOn FROM PublicPosting WHERE ApplicationId = @ApplicationId";

    public static Task<DateOnly> EndsOnAsync(Session session, Guid applicationId) =>
        session.FirstOrDefaultAsync<DateOnly>(EndSql, new { ApplicationId = applicationId });

    private const string WithdrawSql = "DELETE FROM PublicPosting WHERE ApplicationId = @ApplicationId";

    /// <summary>Takes a posting down whose result no longer holds, with the district's clock that followed it. The event log keeps both.</summary>
    public static async Task WithdrawAsync(Session session, Guid applicationId)
    {
        await session.ExecuteAsync(WithdrawSql, new { ApplicationId = applicationId });
        await ApplicationRepository.RemoveClockAsync(session, applicationId, ProcedureClocks.DistrictOpinion);
    }
}

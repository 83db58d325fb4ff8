using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.HomeVisits;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Notices;
using Assistance.Api.Features.Postings;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.HomeVisits;
using Assistance.Domain.Intake;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Decisions;

/// <summary>What the district decides on an application.</summary>
public enum ConfirmationKind
{
    Grant,
    Refuse,
}

/// <summary>The district's decision.</summary>
[Example("""
    { "kind": "Grant", "reasons": "家庭人均月收入低于保障标准，财产状况符合规定。" }
    """)]
public sealed record ConfirmApplicationRequest
{
    public required ConfirmationKind Kind { get; init; }

    /// <summary>Why, in words that the household can read; they go into the notice.</summary>
    [Text(2000)]
    public required string Reasons { get; init; }
}

/// <summary>A decision with its notice, and the award where there is one. Amounts are fen per month.</summary>
public sealed record DecisionResponse
{
    public required Guid DecisionId { get; init; }

    public required DecisionKind Kind { get; init; }

    public required long OldMonthlyFen { get; init; }

    public required long NewMonthlyFen { get; init; }

    /// <summary>The first day of the month it takes effect in; absent for a refusal.</summary>
    public DateOnly? EffectiveMonthOn { get; init; }

    public Guid? AwardId { get; init; }

    public required Guid NoticeId { get; init; }

    public required string NoticeNumber { get; init; }
}

/// <summary>
/// Confirms or refuses an application (审核确认, Act art. 44; 57 art. 20 and 21): by the district, after the posting, by
/// somebody other than the reviewer, as the assessment says, and where a relation to staff or a complaint is on record after
/// the district's own home visit. A grant is paid from the next month, and published in the community (57 art. 24).
/// </summary>
public sealed class ConfirmApplication(ActRunner runner, NoticeComposer notices, ReferenceStore reference)
{
    public Task<ActResult<DecisionResponse>> HandleAsync(Guid id, ConfirmApplicationRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => ConfirmAsync(session, id, request, act), cancellation);

    private async Task<Answer<DecisionResponse>> ConfirmAsync(Session session, Guid id, ConfirmApplicationRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.Confirm, act.Officer);
        DecisionRules.RequireAnotherOfficer(application.ReviewedBy!, act.Officer.Id);
        await RequireOwnHomeVisitAsync(session, application, act);
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var assessment = await AssessmentRepository.CurrentAsync(session, caseFile, application.Programme);
        var isGrant = request.Kind == ConfirmationKind.Grant;
        DecisionRules.RequireOpinionFits(isGrant ? ReviewOpinion.ProposeGrant : ReviewOpinion.ProposeRefusal, assessment.Assessment);

        var decision = new DecisionRow
        {
            DecisionId = Guid.CreateVersion7(act.Now),
            CaseFileId = application.CaseFileId,
            ApplicationId = id,
            AwardId = isGrant ? Guid.CreateVersion7(act.Now) : null,
            AssessmentId = assessment.AssessmentId,
            DecisionKind = isGrant ? DecisionKind.Grant : DecisionKind.Refuse,
            DecidedAt = act.Now,
            DecidedBy = act.Officer.Id,
            OldMonthlyFen = Money.Zero,
            NewMonthlyFen = isGrant ? assessment.MonthlyFen : Money.Zero,
            EffectiveMonthOn = isGrant ? DecisionRules.EffectiveMonth(act.Today) : null,
            BasisCode = isGrant ? LegalBases.BelowTheStandard : LegalBases.RefusalInWriting,
            Reasons = request.Reasons.Trim(),
        };
        await DecisionRepository.AddAsync(session, decision);
        await SettleClaimsAsync(session, application, decision);
        var matter = reference.Current.Texts.Sentence("notice.matter.Application", new Dictionary<string, string>
        {
            ["on"] = application.SubmittedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }, act.Today, Language.Zh);
        var (noticeId, number) = await notices.IssueAsync(session, decision, assessment, matter, hearing: null, act.Now);
        await ApplicationRepository.MeetClockAsync(session, id, ProcedureClocks.DistrictOpinion, act.Today);
        await ApplicationRepository.MeetClockAsync(session, id, ProcedureClocks.Total, act.Today);
        application = await ApplicationRepository.SaveAsync(session, application with
        {
            ApplicationState = isGrant ? ApplicationState.Granted : ApplicationState.Refused,
        });
        await CaseEvents.AppendAsync(session, application.CaseFileId, EventOf(decision, number), act.Now, act.Officer);
        if (isGrant)
        {
            await PublishAsync(session, caseFile, assessment.Assessment, decision, act);
        }

        return new Answer<DecisionResponse>(ResponseOf(decision, noticeId, number), $"/v1/decisions/{decision.DecisionId}", application.Version);
    }

    private static async Task SettleClaimsAsync(Session session, ApplicationRow application, DecisionRow decision)
    {
        if (decision.AwardId is not { } awardId)
        {
            await CaseEnding.EndAsync(session, application.CaseFileId, application.ApplicationId, application.Programme);
            return;
        }

        await AwardRepository.AddAsync(session, new AwardRow
        {
            AwardId = awardId,
            CaseFileId = application.CaseFileId,
            ApplicationId = application.ApplicationId,
            Programme = application.Programme,
            AwardState = AwardState.InPayment,
            MonthlyFen = decision.NewMonthlyFen,
            FirstMonthOn = decision.EffectiveMonthOn!.Value,
            EffectiveMonthOn = decision.EffectiveMonthOn.Value,
            Version = 1,
        });
    }

    // The community is told of a grant, and of nothing but name, number of members and amount (57 art. 24).
    private async Task PublishAsync(Session session, CaseFileRow caseFile, Assessment assessment, DecisionRow decision, Act act)
    {
        var applicant = (await PersonRepository.OfCaseAsync(session, caseFile.CaseFileId))[caseFile.ApplicantPersonId];
        var row = new GrantPublicationRow
        {
            PublicationId = Guid.CreateVersion7(act.Now),
            ApplicationId = decision.ApplicationId,
            CommunityCode = caseFile.HabitualDivisionCode,
            PublishedOn = act.Today,
            EndsOn = act.Today.AddDays(reference.Current.Parameters.Number(ParameterCodes.PublicationDays, act.Today)),
            PublicationJson = ApiJson.Write(new PublishedGrant
            {
                ApplicantName = applicant.PersonName,
                Members = assessment.Economy.Members,
                MonthlyFen = decision.NewMonthlyFen.Fen,
            }),
            IsSample = assessment.UsesSamples,
        };
        await PostingRepository.PublishAsync(session, row);
        await CaseEvents.AppendAsync(session, caseFile.CaseFileId, new CaseEvent("GrantPublished", LegalBases.PublicationAfterGrant, new Dictionary<string, string>
        {
            ["community"] = row.CommunityCode,
            ["endsOn"] = row.EndsOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }), act.Now, act.Officer);
    }

    // A relation to staff, or a complaint, calls for the district's own look (57 art. 20(2)), whatever it then decides.
    private static async Task RequireOwnHomeVisitAsync(Session session, ApplicationRow application, Act act)
    {
        var complaints = await ComplaintRepository.DaysAsync(session, application.CaseFileId);
        if (complaints.Count > 0 || await RelatedStaffRepository.IsOnRecordAsync(session, application.CaseFileId))
        {
            HomeVisit.RequireOfDistrict(
                await HomeVisitRepository.OfCaseAsync(session, application.CaseFileId),
                act.Officer.Division,
                complaints.Append(ChinaTime.DayOf(application.AcceptedAt!.Value)).Max());
        }
    }

    internal static void RequireDistrict(Act act)
    {
        if (!act.Officer.IsOfTheDistrict)
        {
            throw Refusals.NotTheDistrict();
        }
    }

    internal static CaseEvent EventOf(DecisionRow decision, string noticeNumber) => new("DecisionMade", decision.BasisCode, new Dictionary<string, string>
    {
        ["kind"] = decision.DecisionKind.ToString(),
        ["oldFen"] = decision.OldMonthlyFen.Fen.ToString(CultureInfo.InvariantCulture),
        ["newFen"] = decision.NewMonthlyFen.Fen.ToString(CultureInfo.InvariantCulture),
        ["effectiveMonth"] = decision.EffectiveMonthOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        ["notice"] = noticeNumber,
    });

    internal static DecisionResponse ResponseOf(DecisionRow decision, Guid noticeId, string number) => new()
    {
        DecisionId = decision.DecisionId,
        Kind = decision.DecisionKind,
        OldMonthlyFen = decision.OldMonthlyFen.Fen,
        NewMonthlyFen = decision.NewMonthlyFen.Fen,
        EffectiveMonthOn = decision.EffectiveMonthOn,
        AwardId = decision.AwardId,
        NoticeId = noticeId,
        NoticeNumber = number,
    };
}

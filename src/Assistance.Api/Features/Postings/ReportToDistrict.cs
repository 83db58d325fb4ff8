using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Postings;

/// <summary>That the district has the file, and by when it gives its opinion.</summary>
public sealed record ReportToDistrictResponse(ApplicationState State, DateOnly OpinionDueOn, bool IsDueProvisional);

/// <summary>
/// The street sends file and opinion to the district once the posting has ended without an objection, or every objection is
/// answered (上报, 57 art. 19). The district receives it at once, so that its 10 working days start here (57 art. 20).
/// </summary>
internal sealed class ReportToDistrict(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<ReportToDistrictResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) => runner.RunAsync(
        act,
        async session =>
        {
            var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
            act.RequireVersion(application.Version);
            application.Require(ApplicationAct.ReportToDistrict, act.Officer);
            await PostingObjectionRepository.RequireNoneOpenAsync(session, id);
            var isAfterObjection = application.ApplicationState == ApplicationState.Reviewed;
            await (isAfterObjection ? RequireNoSecondPostingAsync(session, application, act) : RequireEndedAsync(session, id, act));
            var clock = ProcedureClocks.DistrictOpinionFrom(act.Today, reference.Current.Periods(act.Today), reference.Current.Calendar);
            await ApplicationRepository.AddClockAsync(session, id, clock);
            application = await ApplicationRepository.SaveAsync(session, application with { ApplicationState = ApplicationState.WithDistrict });
            await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("ReportedToDistrict", LegalBases.PublicPosting, new Dictionary<string, string>
            {
                ["dueOn"] = clock.Due.On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["isAfterObjection"] = isAfterObjection ? "true" : "false",
            }), act.Now, act.Officer);
            return new Answer<ReportToDistrictResponse>(
                new ReportToDistrictResponse(application.ApplicationState, clock.Due.On, clock.Due.IsProvisional), $"/v1/applications/{id}", application.Version);
        },
        cancellation);

    private static async Task RequireEndedAsync(Session session, Guid applicationId, Act act)
    {
        var endsOn = (await PostingRepository.GetAsync(session, applicationId)).EndsOn;
        if (act.Today <= endsOn)
        {
            throw Refusals.PostingStillRunning(endsOn);
        }
    }

    // An opinion that an objection changed goes up at once where no second posting is asked for (57 art. 19(2)); every other is posted first.
    private async Task RequireNoSecondPostingAsync(Session session, ApplicationRow application, Act act)
    {
        if (!await PostingObjectionRepository.HasChangedThePostedAsync(session, application.ApplicationId)
            || ObjectionRule.Of(application.Programme, reference.Current.Parameters, act.Today).NeedsSecondPosting)
        {
            throw Refusals.NotPosted();
        }
    }
}

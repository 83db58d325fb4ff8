using Assistance.Api.Events;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>That the district has the file, and by when it gives its opinion.</summary>
public sealed record ReportToDistrictResponse(ApplicationState State, DateOnly OpinionDueOn, bool IsDueProvisional);

/// <summary>
/// The street sends file and opinion to the district once the posting has ended (上报, 57 art. 19). The district receives it
/// at once, so that its 10 working days start here (57 art. 20).
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
            var endsOn = await PostingRepository.EndsOnAsync(session, id);
            if (act.Today <= endsOn)
            {
                throw Refusals.PostingStillRunning(endsOn);
            }

            var clock = ProcedureClocks.DistrictOpinionFrom(act.Today, reference.Current.Periods(act.Today), reference.Current.Calendar);
            await ApplicationRepository.AddClockAsync(session, id, clock);
            application = await ApplicationRepository.SaveAsync(session, application with { ApplicationState = ApplicationState.WithDistrict });
            await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("ReportedToDistrict", LegalBases.PublicPosting, new Dictionary<string, string>
            {
                ["dueOn"] = clock.Due.On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            }), act.Now, act.Officer);
            return new Answer<ReportToDistrictResponse>(
                new ReportToDistrictResponse(application.ApplicationState, clock.Due.On, clock.Due.IsProvisional), $"/v1/applications/{id}", application.Version);
        },
        cancellation);
}

using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>On which ground the whole period is extended, and what bears it out.</summary>
[Example("""
    { "ground": "HardInvestigation", "reasons": "一名成员在外省务工，收入需函证核实。" }
    """)]
public sealed record ExtendPeriodRequest : ICheckedRequest
{
    public required ExtensionGround Ground { get; init; }

    /// <summary>What makes the case one of the ground.</summary>
    [Text(2_000)]
    public required string Reasons { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (Ground == ExtensionGround.PostingObjection)
        {
            yield return new Fault("$.ground", "comes-by-itself", "公示异议登记后自动延长，不必另行办理。", "Recording the objection extends the period by itself.");
        }
    }
}

/// <summary>By when the whole is due now.</summary>
public sealed record ExtendPeriodResponse(DateOnly DueOn, bool IsDueProvisional, LegalBasisResponse LegalBasis);

/// <summary>
/// Extends the whole on a ground of the law and on no other, once and before it is over (57 art. 22; N22 part 4(1); GX art. 8). Where
/// residence and registration differ, and at an objection to the posting, that comes by itself.
/// </summary>
internal sealed class ExtendPeriod(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<ExtendPeriodResponse>> HandleAsync(Guid id, ExtendPeriodRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(
            act,
            async session =>
            {
                var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
                act.RequireVersion(application.Version);
                application.Require(ApplicationAct.ExtendPeriod, act.Officer);
                if (application.DueOn is { } dueOn && act.Today > dueOn)
                {
                    throw Refusals.PeriodOver(dueOn);
                }

                var (extended, clock) = await TotalPeriod.ExtendAsync(session, application, request.Ground, request.Reasons.Trim(), reference.Current, act);
                if (clock is null)
                {
                    throw Refusals.NothingToExtend(request.Ground.ToString());
                }

                application = await ApplicationRepository.SaveAsync(session, extended);
                return new Answer<ExtendPeriodResponse>(
                    new ExtendPeriodResponse(clock.Due.On, clock.Due.IsProvisional, LegalBasisResponse.Of(reference.Current.LegalBasis(clock.BasisCode, act.Today), act.Language)),
                    $"/v1/applications/{id}",
                    application.Version);
            },
            cancellation);
}

/// <summary>The period for the whole of an application.</summary>
internal static class TotalPeriod
{
    /// <summary>Extends it where the programme knows the ground and it does not run that long already; with its event.</summary>
    /// <returns>The application with its new last day, to be saved, and the clock; null where nothing was extended.</returns>
    public static async Task<(ApplicationRow Application, ProcedureClock? Clock)> ExtendAsync(
        Session session, ApplicationRow application, ExtensionGround ground, string reasons, ReferenceData reference, Act act)
    {
        var total = (await ApplicationRepository.ClocksAsync(session, application.ApplicationId)).FirstOrDefault(clock => clock.ClockCode == ProcedureClocks.Total);
        if (total is null || ProcedureClocks.Extended(
                application.Programme, ground, total.StartedOn, total.WorkingDayCount, reference.Periods(act.Today), reference.Calendar) is not { } extended)
        {
            return (application, null);
        }

        await ApplicationRepository.RemoveClockAsync(session, application.ApplicationId, ProcedureClocks.Total);
        await ApplicationRepository.AddClockAsync(session, application.ApplicationId, extended);
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("TotalPeriodExtended", extended.BasisCode, new Dictionary<string, string>
        {
            ["ground"] = ground.ToString(),
            ["reasons"] = reasons,
            ["days"] = extended.WorkingDays.ToString(CultureInfo.InvariantCulture),
            ["dueOn"] = extended.Due.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }), act.Now, act.Officer);
        return (application with { DueOn = extended.Due.On, IsDueProvisional = extended.Due.IsProvisional }, extended);
    }
}

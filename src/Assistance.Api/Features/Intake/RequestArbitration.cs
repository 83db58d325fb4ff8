using System.Globalization;
using Assistance.Api.Events;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>Why the street thinks that another should accept.</summary>
[Example("""
    { "reasons": "经核实该户实际居住在御河街道，本街道房屋已出租。" }
    """)]
public sealed record RequestArbitrationRequest
{
    /// <summary>For the district to weigh; the household is no party to it and is not shown it.</summary>
    [Text(2_000)]
    public required string Reasons { get; init; }
}

/// <summary>By when the district decides.</summary>
public sealed record RequestArbitrationResponse(DateOnly DueOn, bool IsDueProvisional);

/// <summary>
/// The accepting street asks the district which street accepts. It is the only way to differ: the application is not sent
/// back, the street goes on with it, and every clock keeps running (local notice; Act art. 64 and 70(1)).
/// </summary>
internal sealed class RequestArbitration(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<RequestArbitrationResponse>> HandleAsync(
        Guid id, RequestArbitrationRequest request, Act act, CancellationToken cancellation) => runner.RunAsync(
        act,
        async session =>
        {
            var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
            act.RequireVersion(application.Version);
            application.Require(ApplicationAct.RequestArbitration, act.Officer);
            if ((await TransferRepository.ArbitrationsAsync(session, id)).Any(row => row.DecidedAt is null))
            {
                throw Refusals.ArbitrationOpen();
            }

            var due = ProcedureClocks.ArbitrationFrom(act.Today, reference.Current.Periods(act.Today), reference.Current.Calendar).Due;
            await TransferRepository.AddAsync(session, new ArbitrationRow
            {
                ArbitrationId = Guid.CreateVersion7(act.Now),
                ApplicationId = id,
                RequestingDivisionCode = act.Officer.Division.Value,
                RequestReasons = request.Reasons.Trim(),
                RequestedAt = act.Now,
                RequestedBy = act.Officer.Id,
                DueOn = due.On,
                IsDueProvisional = due.IsProvisional,
            });
            application = await ApplicationRepository.SaveAsync(session, application);
            await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("ArbitrationRequested", LegalBases.LocalResidenceNotice, new Dictionary<string, string>
            {
                ["street"] = act.Officer.Division.Value,
                ["dueOn"] = due.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            }), act.Now, act.Officer);
            return new Answer<RequestArbitrationResponse>(
                new RequestArbitrationResponse(due.On, due.IsProvisional), $"/v1/applications/{id}/transfers", application.Version);
        },
        cancellation);
}

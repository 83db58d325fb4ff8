using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Intake;

/// <summary>Which street accepts, and why.</summary>
[Example("""
    { "acceptingDivisionCode": "140213057", "reasons": "租房合同和水电缴费均在御河街道。" }
    """)]
public sealed record ArbitrateApplicationRequest : ICheckedRequest
{
    /// <summary>A street of this district: the one that asked, or another.</summary>
    [KnownDivision]
    public required string AcceptingDivisionCode { get; init; }

    [Text(2_000)]
    public required string Reasons { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (check.HasDivision(AcceptingDivisionCode)
            && (AcceptingDivisionCode.Length != 9 || !AcceptingDivisionCode.StartsWith(check.DistrictCode, StringComparison.Ordinal)))
        {
            yield return new Fault("$.acceptingDivisionCode", "not-a-street", "应为本区的街道（9 位）。", "Must be a street of this district: 9 digits.");
        }
    }
}

/// <summary>The street that accepts from here on.</summary>
public sealed record ArbitrateApplicationResponse(string AcceptingDivisionCode);

/// <summary>
/// The district decides which street accepts. Whatever it decides, nothing starts anew: what was done holds, and the clocks
/// of the case keep running.
/// </summary>
internal sealed class ArbitrateApplication(ActRunner runner, Transfers transfers, IOptions<DistrictOptions> district)
{
    public Task<ActResult<ArbitrateApplicationResponse>> HandleAsync(
        Guid id, ArbitrateApplicationRequest request, Act act, CancellationToken cancellation) => runner.RunAsync(
        act,
        async session =>
        {
            var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
            act.RequireVersion(application.Version);
            application.Require(ApplicationAct.Arbitrate, act.Officer);
            var open = (await TransferRepository.ArbitrationsAsync(session, id)).LastOrDefault(row => row.DecidedAt is null)
                ?? throw Refusals.NoArbitrationRequested();
            if (request.AcceptingDivisionCode != application.AcceptingDivisionCode)
            {
                application = await RuleAsync(session, application, request, act);
            }

            await TransferRepository.DecideAsync(session, open with
            {
                DecidedAt = act.Now,
                DecidedBy = act.Officer.Id,
                AcceptingDivisionCode = request.AcceptingDivisionCode,
                Reasons = request.Reasons.Trim(),
            });
            application = await ApplicationRepository.SaveAsync(session, application);
            await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("ApplicationArbitrated", LegalBases.LocalResidenceNotice, new Dictionary<string, string>
            {
                ["accepting"] = request.AcceptingDivisionCode,
            }), act.Now, act.Officer);
            return new Answer<ArbitrateApplicationResponse>(
                new ArbitrateApplicationResponse(request.AcceptingDivisionCode), $"/v1/applications/{id}/transfers", application.Version);
        },
        cancellation);

    // The ruling takes the place of a transfer that was never taken up, and of the routing.
    private async Task<ApplicationRow> RuleAsync(Session session, ApplicationRow application, ArbitrateApplicationRequest request, Act act)
    {
        var (before, to) = (application.AcceptingDivisionCode, request.AcceptingDivisionCode);
        var ruled = (await transfers.RouteAsync(session, application, ApiJson.Read<RoutingDecision>(application.RoutingJson) with
        {
            Rule = RoutingDecision.ArbitratedByTheDistrict,
            Outcome = RoutingOutcome.AcceptedHere,
            BasisCodes = [LegalBases.LocalResidenceNotice, LegalBases.OneWindow],
            AcceptingDivision = DivisionCode.Parse(to),
            Community = null,
        })) with
        { AcceptingDivisionCode = to };
        if (await TransferRepository.OpenAsync(session, application.ApplicationId) is { } waiting)
        {
            await transfers.WithdrawAsync(session, ruled, waiting, act);
        }

        await transfers.SendAsync(session, ruled, TransferKind.Arbitration, before, to, request.Reasons.Trim(), routing: null, act);
        await ApplicationRepository.AddOfficeAsync(session, ruled, to);
        if (before != application.ReceivingDivisionCode && before != district.Value.Code)
        {
            await ApplicationRepository.RemoveOfficeAsync(session, application.ApplicationId, before);
        }

        return ruled;
    }
}

using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Http;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>That a mandate covers nothing from here on.</summary>
public sealed record RevokeAgentMandateResponse(Guid MandateId, DateTimeOffset RevokedAt);

/// <summary>Revokes a mandate: what its agent did before stands, and the agent does nothing more (57 art. 6).</summary>
public sealed class RevokeAgentMandate(ActRunner runner)
{
    public Task<ActResult<RevokeAgentMandateResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => RevokeAsync(session, id, act), cancellation);

    private static async Task<Answer<RevokeAgentMandateResponse>> RevokeAsync(Session session, Guid id, Act act)
    {
        var mandate = await AgentMandateRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(mandate.Version);
        if (mandate.RevokedAt is not null)
        {
            throw Refusals.MandateAlreadyRevoked();
        }

        mandate = await AgentMandateRepository.RevokeAsync(session, mandate, act);
        await CaseEvents.AppendAsync(session, mandate.CaseFileId, new CaseEvent("AgentMandateRevoked", LegalBases.AgentsMayAct, new Dictionary<string, string>
        {
            ["agent"] = mandate.AgentKind.ToString(),
            ["mandate"] = mandate.MandateId.ToString(),
        }), act.Now, act.Officer);
        return new Answer<RevokeAgentMandateResponse>(
            new RevokeAgentMandateResponse(id, act.Now.ToOffset(ChinaTime.Offset)), $"/v1/agent-mandates/{id}", mandate.Version);
    }
}

using Assistance.Api.Features.Procedures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Intake;

/// <summary>Mandates of those who act for a household.</summary>
internal static class AgentMandateEndpoints
{
    public static void MapAgentMandates(this IEndpointRouteBuilder routes)
    {
        var applications = routes.MapGroup("/v1/applications").WithTags("Agents").RefuseUnknownParameters();
        applications.MapPost("{id:guid}/agent-mandates", RecordAgentMandate).RequireAct(ApplicationAct.RecordAgentMandate)
            .Describe("RecordAgentMandate", "Record who may act for the household", "登记委托", Answers.NotFound | Answers.Act | Answers.Conflict);
        applications.MapGet("{id:guid}/agent-mandates", ListAgentMandates).RequireAuthorization(Policies.Read)
            .Describe("ListAgentMandates", "List the mandates of the case", "列出委托", Answers.NotFound);

        var mandates = routes.MapGroup("/v1/agent-mandates").WithTags("Agents").RefuseUnknownParameters();
        mandates.MapPost("{id:guid}/revocation", RevokeAgentMandate).RequireAuthorization(Policies.Desk)
            .Describe("RevokeAgentMandate", "Revoke a mandate", "撤销委托", Answers.ActOnResource);
    }

    private static Task<ActResult<RecordAgentMandateResponse>> RecordAgentMandate(
        Guid id, Body<RecordAgentMandateRequest> body, Act act, RecordAgentMandate handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<Page<AgentMandateResponse>>, NotFound>> ListAgentMandates(
        Guid id, string? after, int? take, Officer officer, ListAgentMandates handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, after, take, officer, cancellation) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();

    private static Task<ActResult<RevokeAgentMandateResponse>> RevokeAgentMandate(
        Guid id, Act act, RevokeAgentMandate handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, act, cancellation);
}

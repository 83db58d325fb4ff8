using Assistance.Api.Features.Procedures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Lookups;

/// <summary>Where statements differ, how that is settled, and what departments are asked to correct.</summary>
internal static class DisagreementEndpoints
{
    public static void MapDisagreements(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/applications").WithTags("Disagreements").RefuseUnknownParameters();
        group.MapGet("{id:guid}/disagreements", ListDisagreements).RequireAuthorization(Policies.Read)
            .Describe("ListDisagreements", "Show where what was declared and what departments state differs", "查看申报与部门答复的不一致", Answers.NotFound);
        group.MapPost("{id:guid}/disagreement-resolutions", ResolveDisagreement).RequireAct(ApplicationAct.ResolveDisagreement)
            .Describe("ResolveDisagreement", "Settle which of differing statements holds", "核实认定不一致的情况", Answers.ActOnResource);
        group.MapGet("{id:guid}/correction-tickets", ListCorrectionTickets).RequireAuthorization(Policies.Read)
            .Describe("ListCorrectionTickets", "List what departments were asked to correct, with their clocks", "列出向部门提出的校核申请及其期限", Answers.NotFound);
    }

    private static async Task<Results<Ok<DisagreementListResponse>, NotFound>> ListDisagreements(
        Guid id, Officer officer, ListDisagreements handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, cancellation) is { } list ? TypedResults.Ok(list) : TypedResults.NotFound();

    private static Task<ActResult<DisagreementListResponse>> ResolveDisagreement(
        Guid id, Body<ResolveDisagreementRequest> body, Act act, ResolveDisagreement handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<Page<CorrectionTicketResponse>>, NotFound>> ListCorrectionTickets(
        Guid id, string? after, int? take, Officer officer, HttpContext http, ListCorrectionTickets handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, after, take, officer, RequestLanguage.Of(http), cancellation) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();
}

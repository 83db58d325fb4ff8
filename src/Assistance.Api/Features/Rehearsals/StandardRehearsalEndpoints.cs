using Assistance.Api.Http;
using Assistance.Api.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Rehearsals;

/// <summary>What another standard would mean for everything in payment.</summary>
internal static class StandardRehearsalEndpoints
{
    public static void MapStandardRehearsals(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/standard-rehearsals").WithTags("Assessments").RefuseUnknownParameters();
        group.MapPost("", StartStandardRehearsal).RequireAuthorization(Policies.Supervise)
            .Describe("StartStandardRehearsal", "Rehearse another standard against everything in payment", "标准调整测算", Answers.Act);
        group.MapGet("{id:guid}", GetStandardRehearsal).RequireAuthorization(Policies.Supervise)
            .Describe("GetStandardRehearsal", "Read how far a rehearsal has come: who rises, falls, leaves, and the budget", "查看标准调整测算", Answers.NotFound);
        group.MapGet("{id:guid}/rows", ListRehearsedAwards).RequireAuthorization(Policies.Supervise)
            .Describe("ListRehearsedAwards", "List the awards that would change", "列出测算有变化的在保家庭", Answers.NotFound);
        group.MapPost("{id:guid}/cancellation", CancelStandardRehearsal).RequireAuthorization(Policies.Supervise)
            .Describe("CancelStandardRehearsal", "End a rehearsal for good", "取消标准调整测算", Answers.ActOnResource);
    }

    private static Task<ActResult<StandardRehearsalStateResponse>> StartStandardRehearsal(
        Body<StartStandardRehearsalRequest> body, Act act, StartStandardRehearsal handler, CancellationToken cancellation) =>
        handler.HandleAsync(body.Value, act, cancellation);

    private static async Task<Results<Ok<StandardRehearsalResponse>, NotFound>> GetStandardRehearsal(
        Guid id, HttpContext http, GetStandardRehearsal handler, CancellationToken cancellation)
    {
        if (await handler.HandleAsync(id, cancellation) is not { } found)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.ETag = Act.TagOf(found.Version);
        return TypedResults.Ok(found.Rehearsal);
    }

    private static async Task<Results<Ok<Page<RehearsedAwardResponse>>, NotFound>> ListRehearsedAwards(
        Guid id, string? after, int? take, Officer officer, GetStandardRehearsal handler, CancellationToken cancellation) =>
        await handler.RowsAsync(id, after, take, officer, cancellation) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();

    private static Task<ActResult<StandardRehearsalStateResponse>> CancelStandardRehearsal(
        Guid id, Act act, StartStandardRehearsal handler, CancellationToken cancellation) => handler.CancelAsync(id, act, cancellation);
}

using Assistance.Api.Features.Disclosures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Intake;

/// <summary>What a desk looks for across cases.</summary>
internal static class DeskEndpoints
{
    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/v1/outstanding-items").WithTags("Desk").RefuseUnknownParameters()
            .MapGet("", ListOutstandingItems).RequireAuthorization(Policies.Read)
            .Describe("ListOutstandingItems", "List what the received applications of one's office wait for", "列出本机构已收件申请的未齐事项", Answers.None);
    }

    private static async Task<Ok<Page<OutstandingApplication>>> ListOutstandingItems(
        string? after, int? take, Officer officer, HttpContext http, ListOutstandingItems handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(after, take, officer, RequestLanguage.Of(http), cancellation));
}

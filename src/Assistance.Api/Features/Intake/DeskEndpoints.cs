using Assistance.Api.Features.Cases;
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
        routes.MapGroup("/v1/application-searches").WithTags("Desk").RefuseUnknownParameters()
            .MapPost("", SearchApplications).RequireAuthorization(Policies.Read)
            .Describe("SearchApplications", "Search one's office by case number, identity number or name, for a stated purpose", "按档案编号、身份证号码或姓名查找（须说明用途）", Answers.Body);
        routes.MapGroup("/v1/duplicate-searches").WithTags("Desk").RefuseUnknownParameters()
            .MapPost("", SearchDuplicates).RequireAuthorization(Policies.Desk)
            .Describe("SearchDuplicates", "Look whether the people of a form are in another case already", "查找表内人员是否已在其他档案中", Answers.Body);
    }

    private static async Task<Ok<Page<OutstandingApplication>>> ListOutstandingItems(
        string? after, int? take, Officer officer, HttpContext http, ListOutstandingItems handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(after, take, officer, RequestLanguage.Of(http), cancellation));

    private static async Task<Ok<Page<ApplicationHit>>> SearchApplications(
        Body<SearchApplicationsRequest> body, Officer officer, SearchApplications handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(body.Value, officer, cancellation));

    private static async Task<Ok<SearchDuplicatesResponse>> SearchDuplicates(
        Body<SearchDuplicatesRequest> body, Officer officer, HttpContext http, SearchDuplicates handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(body.Value, officer, RequestLanguage.Of(http), cancellation));
}

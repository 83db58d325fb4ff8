using System.Net.Http.Headers;
using Assistance.Api.Features.Procedures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Postings;

/// <summary>Posting in the community, objections to it, and what anybody may read of it.</summary>
internal static class PostingEndpoints
{
    public static void MapPostings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/applications").WithTags("Postings").RefuseUnknownParameters();
        group.MapPost("{id:guid}/public-posting", PostApplication).RequireAct(ApplicationAct.Post)
            .Describe("PostApplication", "Post the opinion in the community", "公示", Answers.ActOnResource);
        group.MapPost("{id:guid}/posting-objections", RecordPostingObjection).RequireAct(ApplicationAct.RecordPostingObjection)
            .Describe("RecordPostingObjection", "Take an objection to the posting", "登记公示异议", Answers.ActOnResource);
        group.MapGet("{id:guid}/posting-objections", ListPostingObjections).RequireAuthorization(Policies.Read)
            .Describe("ListPostingObjections", "List the objections to the posting, and what came of them", "列出公示异议及处理结果", Answers.NotFound);
        group.MapPost("{id:guid}/posting-objections/{objectionId:guid}/resolution", AnswerPostingObjection).RequireAct(ApplicationAct.AnswerPostingObjection)
            .Describe("AnswerPostingObjection", "Answer an objection by a new investigation or a democratic review", "以重新调查或者民主评议处理公示异议", Answers.ActOnResource);
        group.MapPost("{id:guid}/district-report", ReportToDistrict).RequireAct(ApplicationAct.ReportToDistrict)
            .Describe("ReportToDistrict", "Send file and opinion to the district", "上报区级民政部门", Answers.ActOnResource);

        // For anybody, so that nothing but what is posted today can be asked for.
        var board = routes.MapGroup("").WithTags("Postings").RefuseUnknownParameters().AllowAnonymous();
        board.MapGet("/v1/public-postings", ListPublicPostings)
            .Describe("ListPublicPostings", "Read what is posted in a community today", "查看社区今日公示", Answers.Anonymous);
        board.MapGet("/v1/published-grants", ListPublishedGrants)
            .Describe("ListPublishedGrants", "Read which grants are published in a community today", "查看社区今日公布的确认结果", Answers.Anonymous);
        board.MapGet("/public-postings", GetPostingPage)
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .Describe("GetPostingPage", "The same as a page to read, in Chinese", "公示公布页面", Answers.Anonymous);
    }

    private static Task<ActResult<PostingResponse>> PostApplication(Guid id, Act act, PostApplication handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, act, cancellation);

    private static Task<ActResult<RecordPostingObjectionResponse>> RecordPostingObjection(
        Guid id, Body<RecordPostingObjectionRequest> body, Act act, RecordPostingObjection handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<Page<PostingObjectionResponse>>, NotFound>> ListPostingObjections(
        Guid id, string? after, int? take, Officer officer, ListPostingObjections handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, after, take, officer, cancellation) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();

    private static Task<ActResult<AnswerPostingObjectionResponse>> AnswerPostingObjection(
        Guid id, Guid objectionId, Body<AnswerPostingObjectionRequest> body, Act act, AnswerPostingObjection handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, objectionId, body.Value, act, cancellation);

    private static Task<ActResult<ReportToDistrictResponse>> ReportToDistrict(Guid id, Act act, ReportToDistrict handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, act, cancellation);

    private static async Task<Ok<Page<PostingResponse>>> ListPublicPostings(
        string? community, string? after, int? take, HttpContext http, GetPublicPostings handler, CancellationToken cancellation)
    {
        var page = await handler.PostingsAsync(community, after, take, cancellation);
        Show(http, handler);
        return TypedResults.Ok(page);
    }

    private static async Task<Ok<Page<GrantPublicationResponse>>> ListPublishedGrants(
        string? community, string? after, int? take, HttpContext http, GetPublicPostings handler, CancellationToken cancellation)
    {
        var page = await handler.GrantsAsync(community, after, take, cancellation);
        Show(http, handler);
        return TypedResults.Ok(page);
    }

    private static async Task<ContentHttpResult> GetPostingPage(
        string? community, string? after, HttpContext http, GetPublicPostings handler, CancellationToken cancellation)
    {
        var page = await handler.PageAsync(community, after, cancellation);
        Show(http, handler);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Pages.Html(page);
    }

    // What search engines keep would outlast the posting.
    private static void Show(HttpContext http, GetPublicPostings handler)
    {
        http.Response.Headers.CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = handler.CachedFor }.ToString();
        http.Response.Headers["X-Robots-Tag"] = "noindex, noarchive";
    }
}

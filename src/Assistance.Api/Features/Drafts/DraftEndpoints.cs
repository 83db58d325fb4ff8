using Assistance.Api.Http;
using Assistance.Api.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Drafts;

/// <summary>Everything under <c>/v1/application-drafts</c>.</summary>
internal static class DraftEndpoints
{
    private static readonly BodyLimit Limit = new(262_144);

    public static void MapDrafts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/application-drafts").WithTags("ApplicationDrafts").RequireAuthorization(Policies.Desk).RefuseUnknownParameters();

        group.MapPost("", BeginDraft).WithMetadata(Limit)
            .Describe("BeginDraft", "Begin a draft of the form", "新建申请表草稿", Answers.Act | Answers.Conflict);
        group.MapGet("", ListDrafts)
            .Describe("ListDrafts", "List the drafts of one's office", "列出本机构的草稿", Answers.None);
        group.MapGet("{id:guid}", GetDraft)
            .Describe("GetDraft", "Read a draft to go on with it", "打开草稿继续填写", Answers.NotFound);
        group.MapPut("{id:guid}", SaveDraft).WithMetadata(Limit)
            .Describe("SaveDraft", "Save a draft", "保存草稿", Answers.NotFound | Answers.Body | Answers.Versioned);
        group.MapDelete("{id:guid}", DeleteDraft)
            .Describe("DeleteDraft", "Delete a draft", "删除草稿", Answers.NotFound | Answers.Versioned);
    }

    private static Task<ActResult<DraftResponse>> BeginDraft(
        Body<BeginDraftRequest> body, Act act, BeginDraft handler, CancellationToken cancellation) =>
        handler.HandleAsync(body.Value, act, cancellation);

    private static async Task<Ok<Page<DraftListItem>>> ListDrafts(
        string? after, int? take, Officer officer, ListDrafts handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(after, take, officer, cancellation));

    private static async Task<Results<Ok<DraftResponse>, NotFound>> GetDraft(
        Guid id, Officer officer, HttpContext http, GetDraft handler, CancellationToken cancellation)
    {
        if (await handler.HandleAsync(id, officer, RequestLanguage.Of(http), cancellation) is not { } draft)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.ETag = Act.TagOf(draft.Version);
        return TypedResults.Ok(draft);
    }

    private static async Task<Ok<DraftResponse>> SaveDraft(
        Guid id, Body<SaveDraftRequest> body, Precondition precondition, Officer officer, HttpContext http, SaveDraft handler, CancellationToken cancellation)
    {
        var draft = await handler.HandleAsync(id, body.Value, precondition, officer, RequestLanguage.Of(http), cancellation);
        http.Response.Headers.ETag = Act.TagOf(draft.Version);
        return TypedResults.Ok(draft);
    }

    private static async Task<NoContent> DeleteDraft(
        Guid id, Precondition precondition, Officer officer, DeleteDraft handler, CancellationToken cancellation)
    {
        await handler.HandleAsync(id, precondition, officer, cancellation);
        return TypedResults.NoContent();
    }
}

using System.Globalization;
using Assistance.Api.Features.Procedures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Attachments;

/// <summary>Evidence files: begun under their application, then appended to in the manner of tus 1.0 until they are whole.</summary>
internal static class AttachmentEndpoints
{
    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        var mostBytes = routes.ServiceProvider.GetRequiredService<IOptions<AttachmentOptions>>().Value.MostBytes;

        routes.MapGroup("/v1/applications").WithTags("Attachments").RefuseUnknownParameters()
            .MapPost("{id:guid}/attachments", BeginUpload).RequireAct(ApplicationAct.SupplyItem)
            .Describe("BeginUpload", "Begin the upload of a photograph or PDF for an item", "开始上传材料的照片或 PDF", Answers.NotFound | Answers.Act | Answers.Conflict);

        var group = routes.MapGroup("/v1/attachments").WithTags("Attachments").RefuseUnknownParameters();
        group.MapMethods("{id:guid}", [HttpMethods.Head], GetUploadProgress).RequireAuthorization(Policies.Read)
            .WithMetadata(new ResponseHeader(UploadChunk.OffsetHeader, "How many bytes are stored, which is where the next ones go."))
            .WithMetadata(new ResponseHeader(UploadChunk.LengthHeader, "The bytes of the whole file."))
            .Describe("GetUploadProgress", "See where an upload stands", "查看上传进度", Answers.NotFound);
        group.MapGet("{id:guid}", GetAttachment).RequireAuthorization(Policies.Read)
            .Describe("GetAttachment", "Read an attachment", "查看附件信息", Answers.NotFound);
        group.MapGet("{id:guid}/content", GetAttachmentContent).RequireAuthorization(Policies.Read)
            .Produces<Stream>(StatusCodes.Status200OK, UploadInspection.Pdf, [.. UploadInspection.MediaTypes.Skip(1)])
            .Describe("GetAttachmentContent", "Download the file of an attachment", "下载附件", Answers.NotFound | Answers.Conflict);
        group.MapPatch("{id:guid}", AppendToUpload).RequireAuthorization(Policies.Desk)
            // One byte more, so that the excess is ours to notice and to name.
            .WithMetadata(new BodyLimit(mostBytes + 1))
            .WithMetadata(new RequestHeader(UploadChunk.OffsetHeader, "Where in the file these bytes begin: exactly where the upload stands."))
            .WithMetadata(new ResponseHeader(UploadChunk.OffsetHeader, "How many bytes are stored, which is where the next ones go."))
            .Describe("AppendToUpload", "Append bytes to an upload at its offset", "从断点继续上传", Answers.NotFound | Answers.Conflict | Answers.Upload);
    }

    private static Task<ActResult<BeginUploadResponse>> BeginUpload(
        Guid id, Body<BeginUploadRequest> body, Act act, BeginUpload handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok, NotFound>> GetUploadProgress(
        Guid id, Officer officer, HttpContext http, GetAttachment handler, CancellationToken cancellation)
    {
        if (await handler.ProgressAsync(id, officer, cancellation) is not { } progress)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers[UploadChunk.OffsetHeader] = progress.Offset.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers[UploadChunk.LengthHeader] = progress.Length.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Ok();
    }

    private static async Task<Results<Ok<AttachmentResponse>, NotFound>> GetAttachment(
        Guid id, Officer officer, GetAttachment handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, cancellation) is { } attachment ? TypedResults.Ok(attachment) : TypedResults.NotFound();

    private static async Task<Results<PushStreamHttpResult, NotFound>> GetAttachmentContent(
        Guid id, Officer officer, HttpContext http, GetAttachment handler, CancellationToken cancellation)
    {
        if (await handler.ContentAsync(id, officer, cancellation) is not { } attachment)
        {
            return TypedResults.NotFound();
        }

        http.Response.ContentLength = attachment.DeclaredLength;
        // Should a browser show it after all, nothing in it runs.
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        // The subtype is the usual ending of every type that is taken. What the clerk called it stays out of the header.
        var name = $"{attachment.AttachmentId:N}.{attachment.MediaType!.Split('/')[1]}";
        return TypedResults.Stream(body => handler.WriteAsync(attachment, body, cancellation), attachment.MediaType, name);
    }

    private static async Task<Ok<AppendToUploadResponse>> AppendToUpload(
        Guid id, UploadChunk chunk, Officer officer, AppendToUpload handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(id, chunk, officer, cancellation));

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}

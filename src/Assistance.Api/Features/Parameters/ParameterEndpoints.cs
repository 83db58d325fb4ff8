using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Parameters;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Parameters;

/// <summary>The numbers that a government may change: seen by everybody, changed by two people of the district.</summary>
internal static class ParameterEndpoints
{
    public static void MapParameters(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Parameters").RefuseUnknownParameters();
        group.MapGet("parameters", ListParameters).RequireAuthorization(Policies.Read)
            .Describe("ListParameters", "List the standards, limits and periods in force on a day", "列出某日施行的标准、限额和期限", Answers.None);
        group.MapGet("parameters/{code}/history", GetParameterHistory).RequireAuthorization(Policies.Read)
            .Describe("GetParameterHistory", "See every value that a parameter had, and who stands for it", "查看一项参数的历次数值和经办人", Answers.NotFound);
        group.MapPost("parameter-uploads", ProposeParameters).RequireAuthorization(Policies.SuperviseDistrict)
            .Describe("ProposeParameters", "Propose rows for the parameters as a CSV, or see by a dry run what it would change", "上传参数（CSV），或者试运行查看结果", Answers.Act);
        group.MapGet("parameter-uploads", ListParameterUploads).RequireAuthorization(Policies.OverseeDistrict)
            .Describe("ListParameterUploads", "List what was proposed for the parameters", "列出参数的提案", Answers.None);
        group.MapGet("parameter-uploads/{id:guid}", GetParameterUpload).RequireAuthorization(Policies.OverseeDistrict)
            .Describe("GetParameterUpload", "Read a proposal, and what it would change now", "查看参数提案及其将带来的变化", Answers.NotFound);
        group.MapPost("parameter-uploads/{id:guid}/activation", ActivateParameters).RequireAuthorization(Policies.SuperviseDistrict)
            .Describe("ActivateParameters", "Let another person's proposal join the parameters", "启用他人提出的参数", Answers.ActOnResource);
        group.MapPost("parameter-uploads/{id:guid}/withdrawal", WithdrawParameters).RequireAuthorization(Policies.SuperviseDistrict)
            .Describe("WithdrawParameters", "Take one's own proposal back", "撤回自己提出的参数", Answers.ActOnResource);
        group.MapPost("parameter-uploads/{id:guid}/rejection", RejectParameters).RequireAuthorization(Policies.SuperviseDistrict)
            .Describe("RejectParameters", "Turn another person's proposal down", "驳回他人提出的参数", Answers.ActOnResource);
    }

    private static Ok<Page<ParameterResponse>> ListParameters(
        DateOnly? on, string? code, string? after, int? take, HttpContext http, ListParameters handler) =>
        TypedResults.Ok(handler.Handle(on, code, after, take, RequestLanguage.Of(http)));

    private static async Task<Results<Ok<ParameterHistoryResponse>, NotFound>> GetParameterHistory(
        string code, HttpContext http, GetParameterHistory handler, CancellationToken cancellation) =>
        await handler.HandleAsync(code, RequestLanguage.Of(http), cancellation) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    private static async Task<Results<Ok<ParameterReportResponse>, ActResult<ParameterUploadActResponse>>> ProposeParameters(
        bool? dryRun, Body<ProposeParametersRequest> body, Act act, ProposeParameters handler, CancellationToken cancellation)
    {
        if (dryRun == true)
        {
            return TypedResults.Ok(await handler.TryAsync(body.Value, act, cancellation));
        }

        return await handler.HandleAsync(body.Value, act, cancellation);
    }

    private static async Task<Ok<Page<ParameterUploadItem>>> ListParameterUploads(
        ParameterUploadState? state, string? after, int? take, GetParameterUpload handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.ListAsync(state, after, take, cancellation));

    private static async Task<Results<Ok<ParameterUploadResponse>, NotFound>> GetParameterUpload(
        Guid id, HttpContext http, GetParameterUpload handler, CancellationToken cancellation)
    {
        if (await handler.HandleAsync(id, RequestLanguage.Of(http), cancellation) is not { } found)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.ETag = Act.TagOf(found.Version);
        return TypedResults.Ok(found.Upload);
    }

    private static Task<ActResult<ParameterUploadActResponse>> ActivateParameters(
        Guid id, Act act, ActivateParameters handler, CancellationToken cancellation) => handler.HandleAsync(id, act, cancellation);

    private static Task<ActResult<ParameterUploadStateResponse>> WithdrawParameters(
        Guid id, Body<CloseParameterUploadRequest> body, Act act, CloseParameterUpload handler, CancellationToken cancellation) =>
        handler.WithdrawAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<ParameterUploadStateResponse>> RejectParameters(
        Guid id, Body<CloseParameterUploadRequest> body, Act act, CloseParameterUpload handler, CancellationToken cancellation) =>
        handler.RejectAsync(id, body.Value, act, cancellation);
}

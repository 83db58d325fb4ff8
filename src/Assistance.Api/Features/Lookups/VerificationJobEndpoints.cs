using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Lookups;

/// <summary>Bulk re-checks of what is in payment.</summary>
internal static class VerificationJobEndpoints
{
    public static void MapVerificationJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/v1/verification-jobs").WithTags("Lookups").RefuseUnknownParameters();
        jobs.MapPost("", StartVerificationJob).RequireAuthorization(Policies.Supervise)
            .Describe("StartVerificationJob", "Have everybody of the awards in payment of a division checked anew", "对在保家庭批量定期核查", Answers.Act);
        jobs.MapGet("", ListVerificationJobs).RequireAuthorization(Policies.Read)
            .Describe("ListVerificationJobs", "List bulk re-checks", "列出批量核查", Answers.None);
        jobs.MapGet("{id:guid}", GetVerificationJob).RequireAuthorization(Policies.Read)
            .Describe("GetVerificationJob", "Read how far a bulk re-check has come", "查看批量核查进度", Answers.NotFound);
        jobs.MapGet("{id:guid}/rows", ListVerificationJobRows).RequireAuthorization(Policies.Read)
            .Describe("ListVerificationJobRows", "List what a bulk re-check found, case by case", "按档案列出批量核查结果", Answers.NotFound);
        jobs.MapPost("{id:guid}/pause", PauseVerificationJob).RequireAuthorization(Policies.Supervise)
            .Describe("PauseVerificationJob", "Begin nothing new until it is resumed", "暂停批量核查", Answers.ActOnResource);
        jobs.MapPost("{id:guid}/resumption", ResumeVerificationJob).RequireAuthorization(Policies.Supervise)
            .Describe("ResumeVerificationJob", "Let a paused bulk re-check go on", "恢复批量核查", Answers.ActOnResource);
        jobs.MapPost("{id:guid}/cancellation", CancelVerificationJob).RequireAuthorization(Policies.Supervise)
            .Describe("CancelVerificationJob", "End a bulk re-check for good", "取消批量核查", Answers.ActOnResource);
    }

    private static Task<ActResult<VerificationJobStateResponse>> StartVerificationJob(
        Body<StartVerificationJobRequest> body, Act act, StartVerificationJob handler, CancellationToken cancellation) =>
        handler.HandleAsync(body.Value, act, cancellation);

    private static async Task<Ok<Page<VerificationJobItem>>> ListVerificationJobs(
        string? after, int? take, Officer officer, GetVerificationJob handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.ListAsync(after, take, officer, cancellation));

    private static async Task<Results<Ok<VerificationJobResponse>, NotFound>> GetVerificationJob(
        Guid id, Officer officer, HttpContext http, GetVerificationJob handler, CancellationToken cancellation)
    {
        if (await handler.HandleAsync(id, officer, RequestLanguage.Of(http), cancellation) is not { } found)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.ETag = Act.TagOf(found.Version);
        return TypedResults.Ok(found.Job);
    }

    private static async Task<Results<Ok<Page<VerificationJobRowResponse>>, NotFound>> ListVerificationJobRows(
        Guid id, VerificationJobRowState? state, string? after, int? take, Officer officer, ListVerificationJobRows handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, state, after, take, officer, cancellation) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();

    private static Task<ActResult<VerificationJobStateResponse>> PauseVerificationJob(
        Guid id, Act act, SteerVerificationJob handler, CancellationToken cancellation) => handler.PauseAsync(id, act, cancellation);

    private static Task<ActResult<VerificationJobStateResponse>> ResumeVerificationJob(
        Guid id, Act act, SteerVerificationJob handler, CancellationToken cancellation) => handler.ResumeAsync(id, act, cancellation);

    private static Task<ActResult<VerificationJobStateResponse>> CancelVerificationJob(
        Guid id, Act act, SteerVerificationJob handler, CancellationToken cancellation) => handler.CancelAsync(id, act, cancellation);
}

using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Notices;
using Assistance.Api.Features.Procedures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Decisions;

/// <summary>Awards, their adjustments, decisions and notices.</summary>
internal static class AwardEndpoints
{
    public static void MapAwards(this IEndpointRouteBuilder routes)
    {
        var awards = routes.MapGroup("/v1/awards").WithTags("Awards").RefuseUnknownParameters();
        awards.MapGet("{id:guid}", GetAward).RequireAuthorization(Policies.Read)
            .Describe("GetAward", "Read an award", "查看在保待遇", Answers.NotFound);
        awards.MapPost("{id:guid}/circumstance-changes", ReportChange).RequireAct(AdjustmentAct.ReportChange)
            .Describe("ReportChange", "Report a change of circumstances", "登记家庭情况变化", Answers.ActOnResource);

        var adjustments = routes.MapGroup("/v1/award-adjustments").WithTags("Awards").RefuseUnknownParameters();
        adjustments.MapGet("{id:guid}", GetAdjustment).RequireAuthorization(Policies.Read)
            .Describe("GetAwardAdjustment", "Read an adjustment", "查看调整", Answers.NotFound);
        adjustments.MapPost("{id:guid}/verification", RequestVerification).RequireAct(AdjustmentAct.Verify)
            .Describe("RequestAdjustmentVerification", "Ask the departments again", "再次向部门核对", Answers.ActOnResource);
        adjustments.MapPost("{id:guid}/assessment", AssessAdjustment).RequireAct(AdjustmentAct.Assess)
            .Describe("AssessAdjustment", "Assess the changed household and propose", "重新核算并提出拟作决定", Answers.ActOnResource);
        adjustments.MapPost("{id:guid}/prior-hearing", HearHousehold).RequireAct(AdjustmentAct.Hear)
            .Describe("HearHousehold", "Record the prior hearing", "记录听取意见", Answers.ActOnResource);
        adjustments.MapPost("{id:guid}/decision", DecideAdjustment).RequireAct(AdjustmentAct.Decide)
            .Describe("DecideAdjustment", "Increase, reduce or stop", "作出增发、减发、停发决定", Answers.ActOnResource);

        var decisions = routes.MapGroup("/v1/decisions").WithTags("Decisions").RefuseUnknownParameters();
        decisions.MapGet("{id:guid}", GetDecision).RequireAuthorization(Policies.Read)
            .Describe("GetDecision", "Read a decision", "查看决定", Answers.NotFound);

        var notices = routes.MapGroup("/v1/notices").WithTags("Decisions").RefuseUnknownParameters();
        notices.MapGet("{id:guid}", GetNotice).RequireAuthorization(Policies.Read)
            .Describe("GetNotice", "Read a notice as data", "查看决定书内容", Answers.NotFound);
        notices.MapGet("{id:guid}/page", GetNoticePage).RequireAuthorization(Policies.Read)
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .Describe("GetNoticePage", "Print a notice", "打印决定书", Answers.NotFound);
    }

    private static async Task<Results<Ok<AwardResponse>, NotFound>> GetAward(
        Guid id, Officer officer, HttpContext http, GetAward handler, CancellationToken cancellation)
    {
        if (await handler.AwardAsync(id, officer, cancellation) is not { } award)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.ETag = Act.TagOf(award.Version);
        return TypedResults.Ok(award);
    }

    private static Task<ActResult<ReportChangeResponse>> ReportChange(
        Guid id, Body<ReportChangeRequest> body, Act act, ReportChange handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<AdjustmentResponse>, NotFound>> GetAdjustment(
        Guid id, Officer officer, HttpContext http, GetAward handler, CancellationToken cancellation)
    {
        if (await handler.AdjustmentAsync(id, officer, cancellation) is not { } adjustment)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.ETag = Act.TagOf(adjustment.Version);
        return TypedResults.Ok(adjustment);
    }

    private static Task<ActResult<RequestVerificationResponse>> RequestVerification(
        Guid id, Act act, RequestVerification handler, CancellationToken cancellation) =>
        handler.ForAdjustmentAsync(id, act, cancellation);

    private static Task<ActResult<AssessAdjustmentResponse>> AssessAdjustment(
        Guid id, Act act, AssessAdjustment handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, act, cancellation);

    private static Task<ActResult<HearHouseholdResponse>> HearHousehold(
        Guid id, Body<HearHouseholdRequest> body, Act act, HearHousehold handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<DecisionResponse>> DecideAdjustment(
        Guid id, Body<DecideAdjustmentRequest> body, Act act, DecideAdjustment handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<SignedDecisionResponse>, NotFound>> GetDecision(
        Guid id, Officer officer, GetAward handler, CancellationToken cancellation) =>
        await handler.DecisionAsync(id, officer, cancellation) is { } decision ? TypedResults.Ok(decision) : TypedResults.NotFound();

    private static async Task<Results<Ok<NoticeResponse>, NotFound>> GetNotice(
        Guid id, Officer officer, GetNotice handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, cancellation) is { } notice ? TypedResults.Ok(notice) : TypedResults.NotFound();

    private static async Task<Results<ContentHttpResult, NotFound>> GetNoticePage(
        Guid id, Officer officer, GetNotice handler, CancellationToken cancellation) =>
        await handler.PageAsync(id, officer, cancellation) is { } page ? Pages.Html(page) : TypedResults.NotFound();
}

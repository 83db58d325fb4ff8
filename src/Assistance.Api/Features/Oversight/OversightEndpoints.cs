using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Oversight;

/// <summary>What goes on across cases, for those who answer for how the work is done.</summary>
internal static class OversightEndpoints
{
    public static void MapOversight(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Oversight").RefuseUnknownParameters();
        group.MapGet("burden-figures", GetBurdenFigures).RequireAuthorization(Policies.Oversee)
            .Describe("GetBurdenFigures", "What households were asked for, by street and month", "按街道、月份统计群众负担", Answers.None);
        group.MapGet("burden-figures.csv", GetBurdenFiguresAsCsv).RequireAuthorization(Policies.Oversee)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .Describe("GetBurdenFiguresAsCsv", "The same as a table for spreadsheet programs", "下载群众负担统计表（CSV）", Answers.None);
        group.MapGet("security-events", ListSecurityEvents).RequireAuthorization(Policies.Oversee)
            .Describe("ListSecurityEvents", "What was tried and may not be", "列出安全事件", Answers.None);
        group.MapGet("departments", ListDepartments).RequireAuthorization(Policies.OverseeDistrict)
            .Describe("ListDepartments", "See how every department answers, and what waits for it", "查看各部门查询的运行情况和待办数量", Answers.None);
        group.MapGet("dead-letters", ListDeadLetters).RequireAuthorization(Policies.OverseeDistrict)
            .Describe("ListDeadLetters", "List the look-ups that wait for an officer", "列出已搁置、待人工处理的查询", Answers.None);
        group.MapPost("dead-letters/{id:guid}/retry", RetryDeadLetter).RequireAuthorization(Policies.SuperviseDistrict)
            .Describe("RetryDeadLetter", "Have such a look-up asked once more", "重新发出一件已搁置的查询", Answers.NotFound | Answers.Act);
        group.MapPost("dead-letter-retries", RetryDeadLetters).RequireAuthorization(Policies.SuperviseDistrict)
            .Describe("RetryDeadLetters", "Have those of a department asked once more, up to 500 a call", "按部门批量重新发出已搁置的查询（每次最多 500 件）", Answers.Act);
        group.MapGet("sharing-clocks", ListSharingClocks).RequireAuthorization(Policies.OverseeDistrict)
            .Describe("ListSharingClocks", "List the days that run for departments by the data-sharing regulation", "列出部门数据共享的法定期限", Answers.None);
        group.MapGet("sharing-clocks/figures", GetSharingFigures).RequireAuthorization(Policies.OverseeDistrict)
            .Describe("GetSharingFigures", "How departments keep those days, by source and month", "按部门、月份统计数据共享答复时限", Answers.None);
        group.MapGet("sharing-clocks/figures.csv", GetSharingFiguresAsCsv).RequireAuthorization(Policies.OverseeDistrict)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .Describe("GetSharingFiguresAsCsv", "The same as a table for spreadsheet programs", "下载数据共享答复时限统计表（CSV）", Answers.None);
        group.MapGet("lookups/{id:guid}/body", GetLookupBody).RequireAuthorization(Policies.OverseeDistrict)
            .Describe("GetLookupBody", "See the original of an answer, for a stated purpose", "查看部门答复原件（须说明用途）", Answers.NotFound);
    }

    private static async Task<Ok<BurdenFiguresResponse>> GetBurdenFigures(
        string? from, string? to, Officer officer, GetBurdenFigures handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(from, to, officer, cancellation));

    private static async Task<Ok<Page<SecurityEventResponse>>> ListSecurityEvents(
        SecurityEventKind? kind, string? after, int? take, Officer officer, ListSecurityEvents handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(kind, after, take, officer, cancellation));

    private static async Task<FileContentHttpResult> GetBurdenFiguresAsCsv(
        string? from, string? to, Officer officer, HttpContext http, GetBurdenFigures handler, CancellationToken cancellation) =>
        TypedResults.File(
            Oversight.GetBurdenFigures.Csv(await handler.HandleAsync(from, to, officer, cancellation), RequestLanguage.Of(http)),
            "text/csv; charset=utf-8",
            "burden-figures.csv");

    private static async Task<Ok<DepartmentListResponse>> ListDepartments(ListDepartments handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(cancellation));

    private static async Task<Ok<Page<DeadLetterResponse>>> ListDeadLetters(
        LookupSource? source, string? after, int? take, ListDeadLetters handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(source, after, take, cancellation));

    private static Task<ActResult<RetryDeadLetterResponse>> RetryDeadLetter(
        Guid id, Body<RetryDeadLetterRequest> body, Act act, RetryDeadLetters handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<RetryDeadLettersResponse>> RetryDeadLetters(
        Body<RetryDeadLettersRequest> body, Act act, RetryDeadLetters handler, CancellationToken cancellation) =>
        handler.HandleAsync(body.Value, act, cancellation);

    private static async Task<Ok<Page<RunningClockResponse>>> ListSharingClocks(
        LookupSource? source, bool? overdue, string? after, int? take, HttpContext http, ListSharingClocks handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(source, overdue, after, take, RequestLanguage.Of(http), cancellation));

    private static async Task<Ok<SharingFiguresResponse>> GetSharingFigures(
        string? from, string? to, GetSharingFigures handler, CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(from, to, cancellation));

    private static async Task<FileContentHttpResult> GetSharingFiguresAsCsv(
        string? from, string? to, HttpContext http, GetSharingFigures handler, CancellationToken cancellation) =>
        TypedResults.File(handler.Csv(await handler.HandleAsync(from, to, cancellation), RequestLanguage.Of(http)), "text/csv; charset=utf-8", "sharing-figures.csv");

    private static async Task<Results<Ok<LookupBodyResponse>, NotFound>> GetLookupBody(
        Guid id, BodyPurpose? purpose, Officer officer, GetLookupBody handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, purpose, officer, cancellation) is { } body ? TypedResults.Ok(body) : TypedResults.NotFound();
}

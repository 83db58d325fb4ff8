using Assistance.Api.Http;
using Assistance.Api.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Oversight;

/// <summary>Figures across cases, for those who answer for how the work is done.</summary>
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
}

using Assistance.Api.Http;
using Assistance.Api.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Assessments;

/// <summary>How an assessment came about, whether it comes about again, and what would come about if.</summary>
internal static class AssessmentEndpoints
{
    public static void MapAssessments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/applications").WithTags("Assessments").RefuseUnknownParameters();
        group.MapGet("{id:guid}/assessment/explanation", ExplainAssessment).RequireAuthorization(Policies.Read)
            .Describe("ExplainAssessment", "The newest assessment as a tree: figures with their origin, rules, parameters, arithmetic", "核算过程逐项说明", Answers.NotFound);
        group.MapGet("{id:guid}/assessment/explanation/text", ExplainAssessmentInWords).RequireAuthorization(Policies.Read)
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Describe("ExplainAssessmentInWords", "The same in Chinese, to be read", "核算过程说明（文本）", Answers.NotFound);
        group.MapGet("{id:guid}/assessment/replay", ReplayAssessment).RequireAuthorization(Policies.Read)
            .Describe("ReplayAssessment", "Compute the newest assessment anew from what it was computed from", "按原始数据重新核算并比对", Answers.NotFound);
        group.MapPost("{id:guid}/assessment-simulations", SimulateAssessment).RequireAuthorization(Policies.Read)
            .Describe("SimulateAssessment", "What if: another income, property or standard; nothing is saved", "模拟核算（不保存）", Answers.Body | Answers.NotFound | Answers.Conflict);
    }

    private static async Task<Results<Ok<ExplanationResponse>, NotFound>> ExplainAssessment(
        Guid id, Officer officer, HttpContext http, ExplainAssessment handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, RequestLanguage.Of(http), cancellation) is { } explanation ? TypedResults.Ok(explanation) : TypedResults.NotFound();

    private static async Task<Results<ContentHttpResult, NotFound>> ExplainAssessmentInWords(
        Guid id, Officer officer, ExplainAssessment handler, CancellationToken cancellation) =>
        await handler.InWordsAsync(id, officer, cancellation) is { } text
            ? TypedResults.Content(text, "text/plain; charset=utf-8")
            : TypedResults.NotFound();

    private static async Task<Results<Ok<ReplayResponse>, NotFound>> ReplayAssessment(
        Guid id, Officer officer, ReplayAssessment handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, cancellation) is { } replay ? TypedResults.Ok(replay) : TypedResults.NotFound();

    private static async Task<Results<Ok<SimulationResponse>, NotFound>> SimulateAssessment(
        Guid id, Body<SimulateAssessmentRequest> body, Officer officer, HttpContext http, SimulateAssessment handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, body.Value, officer, RequestLanguage.Of(http), cancellation) is { } simulation
            ? TypedResults.Ok(simulation)
            : TypedResults.NotFound();
}

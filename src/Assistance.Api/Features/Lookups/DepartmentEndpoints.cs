using Assistance.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Lookups;

/// <summary>What departments send on their own, signed with the secret of their source.</summary>
internal static class DepartmentEndpoints
{
    public static void MapDepartments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Departments").RefuseUnknownParameters();
        group.MapPost("department-answers/{source}", ReceiveDepartmentAnswer).AllowAnonymous()
            .Describe("ReceiveDepartmentAnswer", "Take the answer of a department that answers later", "接收部门异步答复", Answers.NotFound | Answers.Body);
        group.MapPost("department-correction-answers/{source}", ReceiveCorrectionAnswer).AllowAnonymous()
            .Describe("ReceiveCorrectionAnswer", "Take a department's answer to a request for correction", "接收部门对校核申请的反馈", Answers.NotFound | Answers.Body);
    }

    private static async Task<NoContent> ReceiveDepartmentAnswer(
        SignedBody<DepartmentAnswer> body, ReceiveDepartmentAnswer handler, CancellationToken cancellation)
    {
        await handler.HandleAsync(body, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReceiveCorrectionAnswer(
        SignedBody<DepartmentCorrectionAnswer> body, ReceiveCorrectionAnswer handler, CancellationToken cancellation)
    {
        await handler.HandleAsync(body, cancellation);
        return TypedResults.NoContent();
    }
}

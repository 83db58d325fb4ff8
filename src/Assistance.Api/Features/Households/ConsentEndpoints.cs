using Assistance.Api.Features.Procedures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Households;

/// <summary>Consents to verification: without one that holds nobody is looked up.</summary>
internal static class ConsentEndpoints
{
    public static void MapConsents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/applications").WithTags("Consents").RefuseUnknownParameters();
        group.MapGet("{id:guid}/consents", ListConsents).RequireAuthorization(Policies.Read)
            .Describe("ListConsents", "Whether departments may be asked about each person of the case", "查看各人的核对授权", Answers.NotFound);
        group.MapPost("{id:guid}/consents", RecordConsent).RequireAct(ApplicationAct.RecordConsent)
            .Describe("RecordConsent", "Record a consent to verification given after the form", "登记核对授权", Answers.ActOnResource);
        group.MapPost("{id:guid}/consent-revocations", RevokeConsent).RequireAct(ApplicationAct.RevokeConsent)
            .Describe("RevokeConsent", "Record that a person revokes a consent or refuses to give one", "登记撤销或者拒绝核对授权", Answers.ActOnResource);
    }

    private static async Task<Results<Ok<ConsentListResponse>, NotFound>> ListConsents(
        Guid id, Officer officer, ListConsents handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, cancellation) is { } list ? TypedResults.Ok(list) : TypedResults.NotFound();

    private static Task<ActResult<ConsentChangeResponse>> RecordConsent(
        Guid id, Body<RecordConsentRequest> body, Act act, RecordConsent handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<ConsentChangeResponse>> RevokeConsent(
        Guid id, Body<RevokeConsentRequest> body, Act act, RevokeConsent handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);
}

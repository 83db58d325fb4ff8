using Assistance.Api.Features.Procedures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.HomeVisits;

/// <summary>Home visits, and the relations to staff and complaints that call for the district's own.</summary>
internal static class HomeVisitEndpoints
{
    public static void MapHomeVisits(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/applications").WithTags("HomeVisits").RefuseUnknownParameters();
        group.MapPost("{id:guid}/related-staff-records", RecordRelatedStaff).RequireAct(ApplicationAct.RecordRelatedStaff)
            .Describe("RecordRelatedStaff", "Record apart that a member is related to staff", "近亲属单独登记备案", Answers.ActOnResource);
        group.MapGet("{id:guid}/related-staff-records", ListRelatedStaff).RequireAuthorization(Policies.Read)
            .Describe("ListRelatedStaff", "List the relations to staff", "列出近亲属备案", Answers.NotFound);
        group.MapPost("{id:guid}/complaints", RecordComplaint).RequireAct(ApplicationAct.RecordComplaint)
            .Describe("RecordComplaint", "Record a complaint about a household that applies", "登记投诉举报", Answers.ActOnResource);
        group.MapGet("{id:guid}/complaints", ListComplaints).RequireAuthorization(Policies.Read)
            .Describe("ListComplaints", "List the complaints on record", "列出投诉举报", Answers.NotFound);
        group.MapPost("{id:guid}/home-visits", RecordHomeVisit).RequireAct(ApplicationAct.RecordHomeVisit)
            .Describe("RecordHomeVisit", "Record a home visit", "登记入户调查", Answers.ActOnResource);
        group.MapGet("{id:guid}/home-visits", ListHomeVisits).RequireAuthorization(Policies.Read)
            .Describe("ListHomeVisits", "List the home visits", "列出入户调查", Answers.NotFound);
    }

    private static Task<ActResult<RecordRelatedStaffResponse>> RecordRelatedStaff(
        Guid id, Body<RecordRelatedStaffRequest> body, Act act, RecordRelatedStaff handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<Page<RelatedStaffResponse>>, NotFound>> ListRelatedStaff(
        Guid id, string? after, int? take, Officer officer, ListRelatedStaff handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, after, take, officer, cancellation) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();

    private static Task<ActResult<RecordComplaintResponse>> RecordComplaint(
        Guid id, Body<RecordComplaintRequest> body, Act act, RecordComplaint handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<Page<ComplaintResponse>>, NotFound>> ListComplaints(
        Guid id, string? after, int? take, Officer officer, ListComplaints handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, after, take, officer, cancellation) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();

    private static Task<ActResult<RecordHomeVisitResponse>> RecordHomeVisit(
        Guid id, Body<RecordHomeVisitRequest> body, Act act, RecordHomeVisit handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<Page<HomeVisitResponse>>, NotFound>> ListHomeVisits(
        Guid id, string? after, int? take, Officer officer, ListHomeVisits handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, after, take, officer, cancellation) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();
}

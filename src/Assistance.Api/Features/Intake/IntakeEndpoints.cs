using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Decisions;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Procedures;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Intake;

/// <summary>Everything under <c>/v1/applications</c>, in the order of the procedure.</summary>
internal static class IntakeEndpoints
{
    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/applications").WithTags("Applications").RefuseUnknownParameters();

        group.MapPost("", SubmitApplication).RequireAct(ApplicationAct.Submit)
            .Describe("SubmitApplication", "Take an application at any window and route it", "任一窗口登记申请并确定受理街道", Answers.Act | Answers.Conflict);
        group.MapGet("", ListApplications).RequireAuthorization(Policies.Read)
            .Describe("ListApplications", "List the applications of one's office by state, programme, community and due day", "按状态、项目、社区、期限列出本机构的申请", Answers.None);
        group.MapGet("{id:guid}", GetApplication).RequireAuthorization(Policies.Read)
            .Describe("GetApplication", "Read an application", "查看申请", Answers.NotFound);
        group.MapGet("{id:guid}/documents/{document}", PrintDocument).RequireAuthorization(Policies.Read)
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .Describe("PrintDocument", "Print the receipt, the acceptance notice, the transfer notice or the form", "打印回执、受理通知书、转办告知书或申请表", Answers.NotFound);
        group.MapGet("{id:guid}/timeline", GetTimeline).RequireAuthorization(Policies.Read)
            .Describe("GetTimeline", "Tell the case from its event log", "按事件记录讲述办理经过", Answers.NotFound);
        group.MapGet("{id:guid}/lookups", ListLookups).RequireAuthorization(Policies.Read)
            .Describe("ListLookups", "List the look-ups with their facts and provenance", "列出部门查询及其事实来源", Answers.NotFound);
        group.MapPost("{id:guid}/lookups", AskDepartment).RequireAuthorization(Policies.DeskOrReview)
            .Describe("AskDepartment", "Ask one department about one person of the case", "向一个部门查询一名人员", Answers.ActOnResource);

        group.MapGet("{id:guid}/disclosure", GetDisclosure).RequireAuthorization(Policies.Read)
            .Describe("GetDisclosure", "Read the one-time disclosure as it stands", "查看一次性告知书现状", Answers.NotFound);
        group.MapGet("{id:guid}/disclosure/page", GetDisclosurePage).RequireAuthorization(Policies.Read)
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .Describe("GetDisclosurePage", "Print a sealed list, in large print too", "打印一次性告知书（含大字版）", Answers.NotFound);
        group.MapGet("{id:guid}/disclosure/text", GetDisclosureText).RequireAuthorization(Policies.Read)
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Describe("GetDisclosureText", "A sealed list as plain text, to be read out", "一次性告知书纯文本（供宣读）", Answers.NotFound);
        group.MapPost("{id:guid}/disclosure", SealDisclosure).RequireAct(ApplicationAct.SealDisclosure)
            .Describe("SealDisclosure", "Seal the one-time disclosure", "出具一次性告知书", Answers.ActOnResource);
        group.MapPost("{id:guid}/disclosure-acknowledgements", AcknowledgeDisclosure).RequireAct(ApplicationAct.AcknowledgeDisclosure)
            .Describe("AcknowledgeDisclosure", "Record that the person knows the list", "登记告知书签收", Answers.ActOnResource);
        group.MapPost("{id:guid}/disclosure-overrides", OverrideDisclosure).RequireAct(ApplicationAct.OverrideDisclosure)
            .Describe("OverrideDisclosure", "Ask for more than the sealed list, by exception", "例外补充告知", Answers.ActOnResource);
        group.MapPost("{id:guid}/disclosure-waivers", WaiveItem).RequireAct(ApplicationAct.WaiveItem)
            .Describe("WaiveItem", "Do without an item, with reasons", "免予提供", Answers.ActOnResource);
        group.MapPost("{id:guid}/disclosure-contestations", ContestItem).RequireAct(ApplicationAct.Contest)
            .Describe("ContestItem", "Record that the household disputes an answer", "登记对部门答复的异议", Answers.ActOnResource);
        group.MapPost("{id:guid}/disclosure-supply-returns", ReturnSupply).RequireAct(ApplicationAct.ReturnSupply)
            .Describe("ReturnSupply", "Send back what was supplied, with a reason", "退回材料并说明理由", Answers.ActOnResource);
        group.MapPost("{id:guid}/disclosure-supplies", SupplyItem).RequireAct(ApplicationAct.SupplyItem)
            .Describe("SupplyItem", "Record what the household brought for an item", "登记申请人提供的材料", Answers.ActOnResource);

        group.MapGet("{id:guid}/transfers", ListTransfers).RequireAuthorization(Policies.Read)
            .Describe("ListTransfers", "How the application came to its office", "查看转办和裁定记录", Answers.NotFound);
        group.MapPost("{id:guid}/transfer-receipt", TakeUpTransfer).RequireAct(ApplicationAct.TakeUp)
            .Describe("TakeUpTransfer", "Take up what another office sent", "接收转办", Answers.ActOnResource);
        group.MapPost("{id:guid}/arbitration-request", RequestArbitration).RequireAct(ApplicationAct.RequestArbitration)
            .Describe("RequestArbitration", "Ask the district which street accepts", "提请区级裁定受理街道", Answers.ActOnResource);
        group.MapPost("{id:guid}/arbitration", ArbitrateApplication).RequireAct(ApplicationAct.Arbitrate)
            .Describe("ArbitrateApplication", "Decide which street accepts", "裁定受理街道", Answers.ActOnResource);

        group.MapPost("{id:guid}/acceptance", AcceptApplication).RequireAct(ApplicationAct.Accept)
            .Describe("AcceptApplication", "Accept a complete application", "受理", Answers.ActOnResource);
        group.MapGet("{id:guid}/composition", GetComposition).RequireAuthorization(Policies.Read)
            .Describe("GetComposition", "Who counts as a member, by which rule", "查看共同生活的家庭成员认定", Answers.NotFound);
        group.MapPost("{id:guid}/composition-determinations", DetermineComposition).RequireAct(ApplicationAct.DetermineComposition)
            .Describe("DetermineComposition", "Determine a member whose standing needs review", "认定需核实的家庭成员", Answers.ActOnResource);
        group.MapPost("{id:guid}/obligor-determinations", DetermineObligor).RequireAct(ApplicationAct.DetermineComposition)
            .Describe("DetermineObligor", "Determine whether somebody who owes support is able to give it", "核实义务人履行义务能力", Answers.ActOnResource);
        group.MapPost("{id:guid}/moves", MoveHousehold).RequireAct(ApplicationAct.Move)
            .Describe("MoveHousehold", "Record a move during the case and hand it over", "登记办理期间迁居并移交", Answers.ActOnResource);
        group.MapPost("{id:guid}/circumstance-changes", ReportApplicationChange).RequireAct(ApplicationAct.ReportChange)
            .Describe("ReportApplicationChange", "Report a change of the household that applies", "登记申请家庭情况变化", Answers.ActOnResource);
        group.MapPost("{id:guid}/verification", RequestVerification).RequireAct(ApplicationAct.Verify)
            .Describe("RequestVerification", "Ask the departments again", "再次向部门核对", Answers.ActOnResource);
        group.MapPost("{id:guid}/assessment", AssessApplication).RequireAct(ApplicationAct.Assess)
            .Describe("AssessApplication", "Assess the household", "核算家庭经济状况", Answers.ActOnResource);
        group.MapGet("{id:guid}/assessment", GetAssessment).RequireAuthorization(Policies.Read)
            .Describe("GetAssessment", "Read the newest assessment", "查看最近一次核算", Answers.NotFound);
        group.MapPost("{id:guid}/preliminary-review", ReviewApplication).RequireAct(ApplicationAct.Review)
            .Describe("ReviewApplication", "Give the street's opinion", "提出初审意见", Answers.ActOnResource);
        group.MapPost("{id:guid}/extension", ExtendPeriod).RequireAct(ApplicationAct.ExtendPeriod)
            .Describe("ExtendPeriod", "Extend the whole period on a ground of the law", "依法延长办理期限", Answers.ActOnResource);
        group.MapPost("{id:guid}/confirmation", ConfirmApplication).RequireAct(ApplicationAct.Confirm)
            .Describe("ConfirmApplication", "Grant or refuse", "审核确认", Answers.ActOnResource);
    }

    private static Task<ActResult<SubmitApplicationResponse>> SubmitApplication(
        Body<SubmitApplicationRequest> body, Act act, SubmitApplication handler, CancellationToken cancellation) =>
        handler.HandleAsync(body.Value, act, cancellation);

    private static async Task<Ok<Page<ApplicationListItem>>> ListApplications(
        string? after,
        int? take,
        ApplicationState? state,
        Programme? programme,
        string? community,
        DateOnly? dueBefore,
        bool? overdue,
        Officer officer,
        ListApplications handler,
        CancellationToken cancellation) =>
        TypedResults.Ok(await handler.HandleAsync(new WorkListQuery(after, take, state, programme, community, dueBefore, overdue), officer, cancellation));

    private static async Task<Results<Ok<ApplicationResponse>, NotFound>> GetApplication(
        Guid id, Officer officer, HttpContext http, GetApplication handler, CancellationToken cancellation)
    {
        if (await handler.HandleAsync(id, officer, RequestLanguage.Of(http), cancellation) is not { } found)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.ETag = Act.TagOf(found.Version);
        return TypedResults.Ok(found.Application);
    }

    private static async Task<Results<ContentHttpResult, NotFound>> PrintDocument(
        Guid id, IntakeDocument document, Officer officer, PrintDocument handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, document, officer, cancellation) is { } page ? Pages.Html(page) : TypedResults.NotFound();

    private static async Task<Results<Ok<TimelineResponse>, NotFound>> GetTimeline(
        Guid id, int? after, int? take, Officer officer, HttpContext http, GetTimeline handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, after, take, officer, RequestLanguage.Of(http), cancellation) is { } timeline
            ? TypedResults.Ok(timeline)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<LookupListResponse>, NotFound>> ListLookups(
        Guid id, Officer officer, ListLookups handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, cancellation) is { } list ? TypedResults.Ok(list) : TypedResults.NotFound();

    private static Task<ActResult<AskDepartmentResponse>> AskDepartment(
        Guid id, Body<AskDepartmentRequest> body, Act act, AskDepartment handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<DisclosureResponse>, NotFound>> GetDisclosure(
        Guid id, Officer officer, HttpContext http, GetDisclosure handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, RequestLanguage.Of(http), cancellation) is { } disclosure
            ? TypedResults.Ok(disclosure)
            : TypedResults.NotFound();

    private static async Task<Results<ContentHttpResult, NotFound>> GetDisclosurePage(
        Guid id, int? version, bool? largePrint, Officer officer, GetDisclosure handler, CancellationToken cancellation) =>
        await handler.PageAsync(
            id, version ?? 1, largePrint == true ? DisclosureRendering.LargePrint : DisclosureRendering.Standard, officer, cancellation) is { } page
            ? Pages.Html(page)
            : TypedResults.NotFound();

    private static async Task<Results<ContentHttpResult, NotFound>> GetDisclosureText(
        Guid id, int? version, Officer officer, GetDisclosure handler, CancellationToken cancellation) =>
        await handler.PageAsync(id, version ?? 1, DisclosureRendering.PlainText, officer, cancellation) is { } text
            ? TypedResults.Content(text, "text/plain; charset=utf-8")
            : TypedResults.NotFound();

    private static Task<ActResult<DisclosureResponse>> SealDisclosure(Guid id, Act act, SealDisclosure handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, act, cancellation);

    private static Task<ActResult<DisclosureResponse>> SupplyItem(
        Guid id, Body<SupplyItemRequest> body, Act act, SupplyItem handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<DisclosureResponse>> AcknowledgeDisclosure(
        Guid id, Body<AcknowledgeDisclosureRequest> body, Act act, AcknowledgeDisclosure handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<DisclosureResponse>> OverrideDisclosure(
        Guid id, Body<OverrideDisclosureRequest> body, Act act, OverrideDisclosure handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<DisclosureResponse>> WaiveItem(
        Guid id, Body<WaiveItemRequest> body, Act act, WaiveItem handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<DisclosureResponse>> ContestItem(
        Guid id, Body<ContestItemRequest> body, Act act, ContestItem handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<DisclosureResponse>> ReturnSupply(
        Guid id, Body<ReturnSupplyRequest> body, Act act, ReturnSupply handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<AcceptApplicationResponse>> AcceptApplication(
        Guid id, Act act, AcceptApplication handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, act, cancellation);

    private static async Task<Results<Ok<CompositionResponse>, NotFound>> GetComposition(
        Guid id, Officer officer, HttpContext http, GetComposition handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, RequestLanguage.Of(http), cancellation) is { } composition ? TypedResults.Ok(composition) : TypedResults.NotFound();

    private static Task<ActResult<CompositionResponse>> DetermineComposition(
        Guid id, Body<DetermineCompositionRequest> body, Act act, DetermineComposition handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<DetermineObligorResponse>> DetermineObligor(
        Guid id, Body<DetermineObligorRequest> body, Act act, DetermineObligor handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<MoveHouseholdResponse>> MoveHousehold(
        Guid id, Body<MoveHouseholdRequest> body, Act act, MoveHousehold handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<ReportApplicationChangeResponse>> ReportApplicationChange(
        Guid id, Body<ReportChangeRequest> body, Act act, ReportChange handler, CancellationToken cancellation) =>
        handler.ForApplicationAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<RequestVerificationResponse>> RequestVerification(
        Guid id, Act act, RequestVerification handler, CancellationToken cancellation) =>
        handler.ForApplicationAsync(id, act, cancellation);

    private static Task<ActResult<AssessmentResponse>> AssessApplication(
        Guid id, Act act, AssessApplication handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, act, cancellation);

    private static async Task<Results<Ok<AssessmentResponse>, NotFound>> GetAssessment(
        Guid id, Officer officer, HttpContext http, GetAssessment handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, RequestLanguage.Of(http), cancellation) is { } assessment
            ? TypedResults.Ok(assessment)
            : TypedResults.NotFound();

    private static Task<ActResult<ReviewApplicationResponse>> ReviewApplication(
        Guid id, Body<ReviewApplicationRequest> body, Act act, ReviewApplication handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<ExtendPeriodResponse>> ExtendPeriod(
        Guid id, Body<ExtendPeriodRequest> body, Act act, ExtendPeriod handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static async Task<Results<Ok<TransferListResponse>, NotFound>> ListTransfers(
        Guid id, Officer officer, HttpContext http, ListTransfers handler, CancellationToken cancellation) =>
        await handler.HandleAsync(id, officer, RequestLanguage.Of(http), cancellation) is { } list ? TypedResults.Ok(list) : TypedResults.NotFound();

    private static Task<ActResult<TakeUpTransferResponse>> TakeUpTransfer(Guid id, Act act, TakeUpTransfer handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, act, cancellation);

    private static Task<ActResult<RequestArbitrationResponse>> RequestArbitration(
        Guid id, Body<RequestArbitrationRequest> body, Act act, RequestArbitration handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<ArbitrateApplicationResponse>> ArbitrateApplication(
        Guid id, Body<ArbitrateApplicationRequest> body, Act act, ArbitrateApplication handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);

    private static Task<ActResult<DecisionResponse>> ConfirmApplication(
        Guid id, Body<ConfirmApplicationRequest> body, Act act, ConfirmApplication handler, CancellationToken cancellation) =>
        handler.HandleAsync(id, body.Value, act, cancellation);
}

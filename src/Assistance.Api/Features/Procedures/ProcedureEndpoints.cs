using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Features.Procedures;

/// <summary>Which act of a procedure a route does; several routes may take part in one.</summary>
internal sealed record RouteOfAct(Enum Act);

/// <summary>The procedure as data, and the routes' policies from it.</summary>
internal static class ProcedureEndpoints
{
    public static void MapProcedures(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/procedures").WithTags("Procedures").RefuseUnknownParameters()
            .MapGet("", ListProcedures).RequireAuthorization(Policies.Read)
            .Describe("ListProcedures", "The procedure as data: states, acts, who may act, what each needs, clocks", "办理程序：状态、事项、办理人、条件、期限", Answers.None);

    /// <summary>Lets those roles act that the act's row of the procedure names.</summary>
    public static RouteHandlerBuilder RequireAct(this RouteHandlerBuilder route, ApplicationAct act) =>
        route.RequireRow(ApplicationProcedure.Table[act]);

    /// <summary>Lets those roles act that the act's row of the procedure names.</summary>
    public static RouteHandlerBuilder RequireAct(this RouteHandlerBuilder route, AdjustmentAct act) =>
        route.RequireRow(AdjustmentProcedure.Table[act]);

    private static RouteHandlerBuilder RequireRow<TAct, TState>(this RouteHandlerBuilder route, ProcedureAct<TAct, TState> row)
        where TAct : struct, Enum
        where TState : struct, Enum =>
        route.RequireAuthorization(Policies.Of(row.Roles)).WithMetadata(new RouteOfAct(row.Act));

    private static Ok<ProcedureListResponse> ListProcedures(HttpContext http, ListProcedures handler) =>
        TypedResults.Ok(handler.Handle(RequestLanguage.Of(http)));
}

using Assistance.Api.Data;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

internal sealed class WorkListRow
{
    public Guid ApplicationId { get; init; }

    public string CaseNumber { get; init; } = "";

    public Programme Programme { get; init; }

    public ApplicationState ApplicationState { get; init; }

    public string AcceptingDivisionCode { get; init; } = "";

    public string CommunityCode { get; init; } = "";

    public DateTimeOffset SubmittedAt { get; init; }

    public DateOnly? DueOn { get; init; }

    public bool IsDueProvisional { get; init; }
}

/// <summary>
/// Pages of an office's applications. Each combination of filters has the statement whose index begins with them; what is
/// left over is looked at inside that range: the programme within a state or a community, and everything within a range of
/// due days, which holds open work only.
/// </summary>
internal static class WorkListRepository
{
    private const string AllSql = """
        SELECT a.ApplicationId, f.CaseNumber, a.Programme, a.ApplicationState, a.AcceptingDivisionCode, o.CommunityCode, a.SubmittedAt,
               a.DueOn, a.IsDueProvisional
        FROM ApplicationOffice o
        JOIN Application a ON a.ApplicationId = o.ApplicationId
        JOIN CaseFile f ON f.CaseFileId = a.CaseFileId
        WHERE o.DivisionCode = @DivisionCode AND o.ApplicationId > @AfterApplicationId
        ORDER BY o.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string OfStateSql = """
        SELECT a.ApplicationId, f.CaseNumber, a.Programme, a.ApplicationState, a.AcceptingDivisionCode, o.CommunityCode, a.SubmittedAt,
               a.DueOn, a.IsDueProvisional
        FROM ApplicationOffice o
        JOIN Application a ON a.ApplicationId = o.ApplicationId
        JOIN CaseFile f ON f.CaseFileId = a.CaseFileId
        WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = @ApplicationState AND o.ApplicationId > @AfterApplicationId
            AND (@Programme IS NULL OR o.Programme = @Programme)
        ORDER BY o.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string OfProgrammeSql = """
        SELECT a.ApplicationId, f.CaseNumber, a.Programme, a.ApplicationState, a.AcceptingDivisionCode, o.CommunityCode, a.SubmittedAt,
               a.DueOn, a.IsDueProvisional
        FROM ApplicationOffice o
        JOIN Application a ON a.ApplicationId = o.ApplicationId
        JOIN CaseFile f ON f.CaseFileId = a.CaseFileId
        WHERE o.DivisionCode = @DivisionCode AND o.Programme = @Programme AND o.ApplicationId > @AfterApplicationId
        ORDER BY o.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string OfCommunitySql = """
        SELECT a.ApplicationId, f.CaseNumber, a.Programme, a.ApplicationState, a.AcceptingDivisionCode, o.CommunityCode, a.SubmittedAt,
               a.DueOn, a.IsDueProvisional
        FROM ApplicationOffice o
        JOIN Application a ON a.ApplicationId = o.ApplicationId
        JOIN CaseFile f ON f.CaseFileId = a.CaseFileId
        WHERE o.DivisionCode = @DivisionCode AND o.CommunityCode >= @AfterCommunityCode AND o.CommunityCode < @UntilCommunityCode
            AND (o.CommunityCode > @AfterCommunityCode OR o.ApplicationId > @AfterApplicationId)
            AND (@Programme IS NULL OR o.Programme = @Programme)
        ORDER BY o.CommunityCode, o.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string OfStateAndCommunitySql = """
        SELECT a.ApplicationId, f.CaseNumber, a.Programme, a.ApplicationState, a.AcceptingDivisionCode, o.CommunityCode, a.SubmittedAt,
               a.DueOn, a.IsDueProvisional
        FROM ApplicationOffice o
        JOIN Application a ON a.ApplicationId = o.ApplicationId
        JOIN CaseFile f ON f.CaseFileId = a.CaseFileId
        WHERE o.DivisionCode = @DivisionCode AND o.ApplicationState = @ApplicationState
            AND o.CommunityCode >= @AfterCommunityCode AND o.CommunityCode < @UntilCommunityCode
            AND (o.CommunityCode > @AfterCommunityCode OR o.ApplicationId > @AfterApplicationId)
            AND (@Programme IS NULL OR o.Programme = @Programme)
        ORDER BY o.CommunityCode, o.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string DueSql = """
        SELECT a.ApplicationId, f.CaseNumber, a.Programme, a.ApplicationState, a.AcceptingDivisionCode, o.CommunityCode, a.SubmittedAt,
               a.DueOn, a.IsDueProvisional
        FROM ApplicationOffice o
        JOIN Application a ON a.ApplicationId = o.ApplicationId
        JOIN CaseFile f ON f.CaseFileId = a.CaseFileId
        WHERE o.DivisionCode = @DivisionCode AND o.DueOn >= @AfterDueOn AND o.DueOn < @UntilDueOn
            AND (o.DueOn > @AfterDueOn OR o.ApplicationId > @AfterApplicationId)
            AND (@ApplicationState IS NULL OR o.ApplicationState = @ApplicationState)
            AND (@Programme IS NULL OR o.Programme = @Programme)
            AND (@CommunityCode IS NULL OR (o.CommunityCode >= @CommunityCode AND o.CommunityCode < @UntilCommunityCode))
        ORDER BY o.DueOn, o.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<WorkListRow>> PageAsync(Session session, Officer officer, WorkList list, int take) => list switch
    {
        { DueFrom: { } from } => session.ListAsync<WorkListRow>(DueSql, new
        {
            DivisionCode = officer.Division,
            AfterDueOn = from,
            UntilDueOn = list.DueUntil,
            list.AfterApplicationId,
            ApplicationState = list.State,
            list.Programme,
            CommunityCode = list.Community,
            UntilCommunityCode = list.Community is null ? null : list.CommunityUntil,
            Take = take,
        }),
        { Community: not null, State: { } state } => session.ListAsync<WorkListRow>(OfStateAndCommunitySql, new
        {
            DivisionCode = officer.Division,
            ApplicationState = state,
            AfterCommunityCode = list.AfterCommunity,
            UntilCommunityCode = list.CommunityUntil,
            list.AfterApplicationId,
            list.Programme,
            Take = take,
        }),
        { Community: not null } => session.ListAsync<WorkListRow>(OfCommunitySql, new
        {
            DivisionCode = officer.Division,
            AfterCommunityCode = list.AfterCommunity,
            UntilCommunityCode = list.CommunityUntil,
            list.AfterApplicationId,
            list.Programme,
            Take = take,
        }),
        { State: { } state } => session.ListAsync<WorkListRow>(OfStateSql, new
        {
            DivisionCode = officer.Division,
            ApplicationState = state,
            list.AfterApplicationId,
            list.Programme,
            Take = take,
        }),
        { Programme: { } programme } => session.ListAsync<WorkListRow>(OfProgrammeSql, new
        {
            DivisionCode = officer.Division,
            Programme = programme,
            list.AfterApplicationId,
            Take = take,
        }),
        _ => session.ListAsync<WorkListRow>(AllSql, new { DivisionCode = officer.Division, list.AfterApplicationId, Take = take }),
    };
}

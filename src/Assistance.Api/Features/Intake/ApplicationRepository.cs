using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

internal record ApplicationRow
{
    public Guid ApplicationId { get; init; }

    public Guid CaseFileId { get; init; }

    public Programme Programme { get; init; }

    public ApplicationState ApplicationState { get; init; }

    public string ReceivingDivisionCode { get; init; } = "";

    public string AcceptingDivisionCode { get; init; } = "";

    public bool IsResidenceDiffering { get; init; }

    public string RoutingJson { get; init; } = "";

    public DateTimeOffset SubmittedAt { get; init; }

    public string SubmittedBy { get; init; } = "";

    public DateTimeOffset? AcceptedAt { get; init; }

    public string? ReviewedBy { get; init; }

    public ReviewOpinion? ReviewOpinion { get; init; }

    public string? ReviewReasons { get; init; }

    public DateOnly? DueOn { get; init; }

    public bool IsDueProvisional { get; init; }

    public int Version { get; init; }

    /// <summary>Where the household lives, by which offices list it.</summary>
    public string CommunityCode { get; init; } = "";

    /// <summary>The state that the offices' lists show; null where it was not read.</summary>
    public ApplicationState? ListedState { get; init; }

    /// <summary>The due day that the offices' lists show.</summary>
    public DateOnly? ListedDueOn { get; init; }

    /// <summary>The due day to be kept: none once the application is decided or passed on.</summary>
    public DateOnly? OpenDueOn => ApplicationState.IsOpen ? DueOn : null;

    /// <summary>The day whose rules hold for what the application is asked for.</summary>
    public DateOnly SubmittedOn => ChinaTime.DayOf(SubmittedAt);

    /// <exception cref="RuleViolation">not-the-accepting-office.</exception>
    public void RequireAcceptingOffice(Officer officer)
    {
        if (officer.Division.Value != AcceptingDivisionCode)
        {
            throw Refusals.NotTheAcceptingOffice(AcceptingDivisionCode);
        }
    }

    /// <summary>
    /// Whether the act's row of the procedure has it in this state and by this officer's office: the state first, since what is over
    /// is nobody's to do. The roles are the route's.
    /// </summary>
    /// <exception cref="RuleViolation">wrong-state, not-the-accepting-office or not-the-district.</exception>
    public void Require(ApplicationAct act, Officer officer)
    {
        ApplicationActs.Require(act, ApplicationState);
        switch (ApplicationProcedure.Table[act].Office)
        {
            case ActingOffice.AcceptingOffice:
            case ActingOffice.AcceptingOfficeOrDistrict when !officer.IsOfTheDistrict:
                RequireAcceptingOffice(officer);
                break;
            case ActingOffice.District when !officer.IsOfTheDistrict:
                throw Refusals.NotTheDistrict();
            default:
                // Whoever sees it; and where it was sent to is on the transfer that waits.
                break;
        }
    }
}

/// <summary>An application with what of its case is shown beside it.</summary>
internal sealed record ApplicationOverviewRow : ApplicationRow
{
    public string CaseNumber { get; init; } = "";

    public string HabitualAddress { get; init; } = "";

    public string HouseholdJson { get; init; } = "";
}

internal sealed class MemberRow
{
    public Guid PersonId { get; init; }

    public string PersonName { get; init; } = "";

    public string? IdentityMask { get; init; }

    /// <summary>The valid consent; null where there is none.</summary>
    public Guid? ConsentId { get; init; }
}

/// <summary>Applications, seen only through the offices they belong to.</summary>
internal static class ApplicationRepository
{
    private const string AddSql = """
        INSERT INTO Application (ApplicationId, CaseFileId, Programme, ApplicationState, ReceivingDivisionCode, AcceptingDivisionCode,
            IsResidenceDiffering, RoutingJson, SubmittedAt, SubmittedBy, AcceptedAt, ReviewedBy, ReviewOpinion, ReviewReasons,
            DueOn, IsDueProvisional, Version)
        VALUES (@ApplicationId, @CaseFileId, @Programme, @ApplicationState, @ReceivingDivisionCode, @AcceptingDivisionCode,
            @IsResidenceDiffering, @RoutingJson, @SubmittedAt, @SubmittedBy, NULL, NULL, NULL, NULL, NULL, 0, @Version)
        """;

    private const string AddOfficeSql = """
        INSERT INTO ApplicationOffice (DivisionCode, ApplicationId, ApplicationState, Programme, CommunityCode, DueOn)
        VALUES (@DivisionCode, @ApplicationId, @ApplicationState, @Programme, @CommunityCode, @DueOn)
        """;

    /// <summary>Adds an application, visible to the offices given.</summary>
    public static async Task AddAsync(Session session, ApplicationRow row, IEnumerable<string> offices)
    {
        await session.ExecuteAsync(AddSql, new
        {
            row.ApplicationId,
            row.CaseFileId,
            row.Programme,
            row.ApplicationState,
            row.ReceivingDivisionCode,
            row.AcceptingDivisionCode,
            row.IsResidenceDiffering,
            row.RoutingJson,
            row.SubmittedAt,
            row.SubmittedBy,
            row.Version,
        });
        foreach (var office in offices.Distinct())
        {
            await ListAtAsync(session, row, office);
        }
    }

    private static Task<int> ListAtAsync(Session session, ApplicationRow row, string office) => session.ExecuteAsync(AddOfficeSql, new
    {
        DivisionCode = office,
        row.ApplicationId,
        row.ApplicationState,
        row.Programme,
        row.CommunityCode,
        DueOn = row.OpenDueOn,
    });

    private const string HasOfficeSql = "SELECT ApplicationId FROM ApplicationOffice WHERE DivisionCode = @DivisionCode AND ApplicationId = @ApplicationId";

    /// <summary>Lets another office see an application.</summary>
    public static async Task AddOfficeAsync(Session session, ApplicationRow row, string office)
    {
        if (await session.FirstOrDefaultAsync<Guid?>(HasOfficeSql, new { DivisionCode = office, row.ApplicationId }) is null)
        {
            await ListAtAsync(session, row, office);
        }
    }

    private const string RemoveOfficeSql = "DELETE FROM ApplicationOffice WHERE DivisionCode = @DivisionCode AND ApplicationId = @ApplicationId";

    public static Task RemoveOfficeAsync(Session session, Guid applicationId, string office) =>
        session.ExecuteAsync(RemoveOfficeSql, new { DivisionCode = office, ApplicationId = applicationId });

    private const string SetCommunitySql = """
        UPDATE ApplicationOffice SET CommunityCode = @CommunityCode
        WHERE ApplicationId IN (SELECT a.ApplicationId FROM Application a WHERE a.CaseFileId = @CaseFileId)
        """;

    /// <summary>Has the lists of every office show where the household lives now.</summary>
    public static Task SetCommunityAsync(Session session, Guid caseFileId, string communityCode) =>
        session.ExecuteAsync(SetCommunitySql, new { CommunityCode = communityCode, CaseFileId = caseFileId });

    private const string FindSql = """
        SELECT a.ApplicationId, a.CaseFileId, a.Programme, a.ApplicationState, a.ReceivingDivisionCode, a.AcceptingDivisionCode,
               a.IsResidenceDiffering, a.RoutingJson, a.SubmittedAt, a.SubmittedBy, a.AcceptedAt, a.ReviewedBy, a.ReviewOpinion,
               a.ReviewReasons, a.DueOn, a.IsDueProvisional, a.Version, o.CommunityCode, o.ApplicationState AS ListedState, o.DueOn AS ListedDueOn
        FROM Application a JOIN ApplicationOffice o ON o.ApplicationId = a.ApplicationId
        WHERE a.ApplicationId = @ApplicationId AND o.DivisionCode = @DivisionCode
        """;

    public static Task<ApplicationRow?> FindAsync(Session session, Guid applicationId, Officer officer) =>
        session.FirstOrDefaultAsync<ApplicationRow>(FindSql, new { ApplicationId = applicationId, DivisionCode = officer.Division });

    /// <exception cref="ProblemException">404: it does not exist, or not for this office.</exception>
    public static async Task<ApplicationRow> GetAsync(Session session, Guid applicationId, Officer officer) =>
        await FindAsync(session, applicationId, officer) ?? throw ProblemException.NotFound();

    private const string OfCaseSql = """
        SELECT ApplicationId, CaseFileId, Programme, ApplicationState, ReceivingDivisionCode, AcceptingDivisionCode,
               IsResidenceDiffering, RoutingJson, SubmittedAt, SubmittedBy, AcceptedAt, ReviewedBy, ReviewOpinion,
               ReviewReasons, DueOn, IsDueProvisional, Version
        FROM Application WHERE CaseFileId = @CaseFileId
        """;

    /// <summary>The applications of one form: one a programme.</summary>
    public static Task<IReadOnlyList<ApplicationRow>> OfCaseAsync(Session session, Guid caseFileId) =>
        session.ListAsync<ApplicationRow>(OfCaseSql, new { CaseFileId = caseFileId });

    private const string TouchSistersSql = """
        UPDATE Application SET Version = Version + 1 WHERE CaseFileId = @CaseFileId AND ApplicationId <> @ApplicationId
        """;

    /// <summary>Makes what was read of the case's other applications stale: their shared disclosure has changed.</summary>
    public static Task TouchSistersAsync(Session session, ApplicationRow application) =>
        session.ExecuteAsync(TouchSistersSql, new { application.CaseFileId, application.ApplicationId });

    private const string CompleteSql = """
        UPDATE Application SET CompletedMonthOn = @CompletedMonthOn, CompletionDayCount = @CompletionDayCount
        WHERE CaseFileId = @CaseFileId AND Programme = @Programme AND CompletedMonthOn IS NULL
        """;

    /// <summary>Keeps the first day on which nothing was outstanding for a programme of the case.</summary>
    public static Task CompleteAsync(Session session, ApplicationRow application, Programme programme, DateOnly today) =>
        session.ExecuteAsync(CompleteSql, new
        {
            CompletedMonthOn = new DateOnly(today.Year, today.Month, 1),
            CompletionDayCount = today.DayNumber - application.SubmittedOn.DayNumber,
            application.CaseFileId,
            Programme = programme,
        });

    private const string OverviewSql = """
        SELECT a.ApplicationId, a.CaseFileId, a.Programme, a.ApplicationState, a.ReceivingDivisionCode, a.AcceptingDivisionCode,
               a.IsResidenceDiffering, a.RoutingJson, a.SubmittedAt, a.SubmittedBy, a.AcceptedAt, a.ReviewedBy, a.ReviewOpinion,
               a.ReviewReasons, a.DueOn, a.IsDueProvisional, a.Version, f.CaseNumber, f.HabitualAddress, s.HouseholdJson
        FROM Application a
        JOIN ApplicationOffice o ON o.ApplicationId = a.ApplicationId
        JOIN CaseFile f ON f.CaseFileId = a.CaseFileId
        JOIN HouseholdSnapshot s ON s.CaseFileId = f.CaseFileId AND s.SnapshotNumber = f.SnapshotNumber
        WHERE a.ApplicationId = @ApplicationId AND o.DivisionCode = @DivisionCode
        """;

    /// <summary>What reading one application shows, in one statement: the most frequent read of all.</summary>
    public static Task<ApplicationOverviewRow?> FindOverviewAsync(Session session, Guid applicationId, Officer officer) =>
        session.FirstOrDefaultAsync<ApplicationOverviewRow>(OverviewSql, new { ApplicationId = applicationId, DivisionCode = officer.Division });

    private const string MembersSql = """
        SELECT p.PersonId, m.MemberName AS PersonName, p.IdentityMask, c.ConsentId
        FROM CaseMember m
        JOIN Person p ON p.PersonId = m.PersonId
        LEFT JOIN VerificationConsent c ON c.CaseFileId = m.CaseFileId AND c.PersonId = m.PersonId AND c.RevokedAt IS NULL
            AND (c.EndsOn IS NULL OR c.EndsOn >= @EndsOn)
        WHERE m.CaseFileId = @CaseFileId
        """;

    public static Task<IReadOnlyList<MemberRow>> MembersAsync(Session session, Guid caseFileId, DateOnly today) =>
        session.ListAsync<MemberRow>(MembersSql, new { CaseFileId = caseFileId, EndsOn = today });

    private const string SaveSql = """
        UPDATE Application SET ApplicationState = @ApplicationState, AcceptingDivisionCode = @AcceptingDivisionCode,
            IsResidenceDiffering = @IsResidenceDiffering, RoutingJson = @RoutingJson, AcceptedAt = @AcceptedAt, ReviewedBy = @ReviewedBy,
            ReviewOpinion = @ReviewOpinion, ReviewReasons = @ReviewReasons, DueOn = @DueOn, IsDueProvisional = @IsDueProvisional,
            Version = @Version
        WHERE ApplicationId = @ApplicationId AND Version = @ExpectedVersion
        """;

    /// <summary>Saves a changed application as its next version.</summary>
    /// <exception cref="ProblemException">412: somebody else saved it meanwhile.</exception>
    public static async Task<ApplicationRow> SaveAsync(Session session, ApplicationRow row)
    {
        var next = row with { Version = row.Version + 1 };
        var affected = await session.ExecuteAsync(SaveSql, new
        {
            next.ApplicationState,
            next.AcceptingDivisionCode,
            next.IsResidenceDiffering,
            next.RoutingJson,
            next.AcceptedAt,
            next.ReviewedBy,
            next.ReviewOpinion,
            next.ReviewReasons,
            next.DueOn,
            next.IsDueProvisional,
            next.Version,
            next.ApplicationId,
            ExpectedVersion = row.Version,
        });
        if (affected != 1)
        {
            throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
        }

        return await ListAsync(session, next);
    }

    private const string ListSql = """
        UPDATE ApplicationOffice SET ApplicationState = @ApplicationState, DueOn = @DueOn WHERE ApplicationId = @ApplicationId
        """;

    // Keeps the offices' lists true; most saves change nothing of what they show.
    private static async Task<ApplicationRow> ListAsync(Session session, ApplicationRow row)
    {
        if ((row.ListedState, row.ListedDueOn) != (row.ApplicationState, row.OpenDueOn))
        {
            await session.ExecuteAsync(ListSql, new { row.ApplicationState, DueOn = row.OpenDueOn, row.ApplicationId });
        }

        return row with { ListedState = row.ApplicationState, ListedDueOn = row.OpenDueOn };
    }

    private const string AddClockSql = """
        INSERT INTO ProcedureClock (ApplicationId, ClockCode, StartingEvent, StartedOn, WorkingDayCount, DueOn, IsDueProvisional, BasisCode)
        VALUES (@ApplicationId, @ClockCode, @StartingEvent, @StartedOn, @WorkingDayCount, @DueOn, @IsDueProvisional, @BasisCode)
        """;

    private const string RemoveClockSql = "DELETE FROM ProcedureClock WHERE ApplicationId = @ApplicationId AND ClockCode = @ClockCode";

    public static Task RemoveClockAsync(Session session, Guid applicationId, string clockCode) =>
        session.ExecuteAsync(RemoveClockSql, new { ApplicationId = applicationId, ClockCode = clockCode });

    private const string MeetClockSql = """
        UPDATE ProcedureClock SET MetOn = @MetOn WHERE ApplicationId = @ApplicationId AND ClockCode = @ClockCode AND MetOn IS NULL
        """;

    /// <summary>Records that what a period was for has been done.</summary>
    public static Task MeetClockAsync(Session session, Guid applicationId, string clockCode, DateOnly metOn) =>
        session.ExecuteAsync(MeetClockSql, new { MetOn = metOn, ApplicationId = applicationId, ClockCode = clockCode });

    private const string MeetClockOfCaseSql = """
        UPDATE ProcedureClock SET MetOn = @MetOn
        WHERE ClockCode = @ClockCode AND MetOn IS NULL AND ApplicationId IN (SELECT a.ApplicationId FROM Application a WHERE a.CaseFileId = @CaseFileId)
        """;

    public static Task MeetClockOfCaseAsync(Session session, Guid caseFileId, string clockCode, DateOnly metOn) =>
        session.ExecuteAsync(MeetClockOfCaseSql, new { MetOn = metOn, ClockCode = clockCode, CaseFileId = caseFileId });

    public static Task AddClockAsync(Session session, Guid applicationId, ProcedureClock clock) => session.ExecuteAsync(AddClockSql, new
    {
        ApplicationId = applicationId,
        ClockCode = clock.Code,
        clock.StartingEvent,
        clock.StartedOn,
        WorkingDayCount = clock.WorkingDays,
        DueOn = clock.Due.On,
        IsDueProvisional = clock.Due.IsProvisional,
        clock.BasisCode,
    });

    private const string ClocksSql = """
        SELECT ClockCode, StartingEvent, StartedOn, WorkingDayCount, DueOn, IsDueProvisional, BasisCode, MetOn
        FROM ProcedureClock WHERE ApplicationId = @ApplicationId ORDER BY StartedOn, ClockCode
        """;

    public static Task<IReadOnlyList<ClockRow>> ClocksAsync(Session session, Guid applicationId) =>
        session.ListAsync<ClockRow>(ClocksSql, new { ApplicationId = applicationId });
}

internal sealed class ClockRow
{
    public string ClockCode { get; init; } = "";

    public string StartingEvent { get; init; } = "";

    public DateOnly StartedOn { get; init; }

    public int WorkingDayCount { get; init; }

    public DateOnly DueOn { get; init; }

    public bool IsDueProvisional { get; init; }

    public string BasisCode { get; init; } = "";

    public DateOnly? MetOn { get; init; }
}

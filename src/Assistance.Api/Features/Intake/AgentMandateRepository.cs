using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

internal sealed record AgentMandateRow
{
    public Guid MandateId { get; init; }

    public Guid CaseFileId { get; init; }

    public AgentKind AgentKind { get; init; }

    /// <summary>The agent; null for a community.</summary>
    public Guid? AgentPersonId { get; init; }

    /// <summary>The community that is the agent; null for a person.</summary>
    public string? CommunityCode { get; init; }

    /// <summary>The scope as codes with a bar between them.</summary>
    public string MandateScopes { get; init; } = "";

    public DateOnly SignedOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    /// <summary>Who granted it; null for a guardian.</summary>
    public Guid? GrantedByPersonId { get; init; }

    /// <summary>The member a guardian acts for; null for the others.</summary>
    public Guid? WardPersonId { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }

    public int Version { get; init; }

    public IReadOnlyList<MandateScope> Scope => [.. MandateScopes.Split('|').Select(Enum.Parse<MandateScope>)];

    public AgentMandate Mandate => new()
    {
        Kind = AgentKind,
        Scope = Scope,
        SignedOn = SignedOn,
        EndsOn = EndsOn,
        RevokedOn = RevokedAt is { } revokedAt ? ChinaTime.DayOf(revokedAt) : null,
    };
}

/// <summary>A mandate with what is shown of its agent.</summary>
internal sealed class AgentMandateListRow
{
    public Guid MandateId { get; init; }

    public AgentKind AgentKind { get; init; }

    public string? PersonName { get; init; }

    public string? IdentityMask { get; init; }

    public string? CommunityCode { get; init; }

    public string MandateScopes { get; init; } = "";

    public DateOnly SignedOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public Guid? GrantedByPersonId { get; init; }

    public Guid? WardPersonId { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";

    public DateTimeOffset? RevokedAt { get; init; }

    public int Version { get; init; }
}

/// <summary>The mandates of a case (委托, 57 art. 6).</summary>
internal static class AgentMandateRepository
{
    private const string AddSql = """
        INSERT INTO AgentMandate (MandateId, CaseFileId, AgentKind, AgentPersonId, AgentName, CommunityCode, MandateScopes, SignedOn, EndsOn,
            GrantedByPersonId, WardPersonId, RecordedAt, RecordedBy, RevokedAt, RevokedBy, Version)
        VALUES (@MandateId, @CaseFileId, @AgentKind, @AgentPersonId, @AgentName, @CommunityCode, @MandateScopes, @SignedOn, @EndsOn,
            @GrantedByPersonId, @WardPersonId, @RecordedAt, @RecordedBy, NULL, NULL, @Version)
        """;

    /// <summary>Records a mandate as it was signed; the agent is a person like any other, or a community.</summary>
    public static async Task<AgentMandateRow> AddAsync(
        Session session, PersonalDataProtector protector, AgentRequest agent, Guid caseFileId, Guid? grantedBy, Guid? ward, Act act)
    {
        var row = new AgentMandateRow
        {
            MandateId = Guid.CreateVersion7(act.Now),
            CaseFileId = caseFileId,
            AgentKind = agent.Kind,
            AgentPersonId = agent.IdentityNumber is { } number
                ? await PersonRepository.FindOrAddAsync(session, protector, IdentityNumber.Parse(number), agent.Name!.Trim(), act.Now)
                : null,
            CommunityCode = agent.CommunityCode,
            MandateScopes = string.Join('|', agent.Scope),
            SignedOn = agent.SignedOn,
            EndsOn = agent.EndsOn,
            GrantedByPersonId = grantedBy,
            WardPersonId = ward,
            RecordedAt = act.Now,
            RecordedBy = act.Officer.Id,
            Version = 1,
        };
        await session.ExecuteAsync(AddSql, new
        {
            row.MandateId,
            row.CaseFileId,
            row.AgentKind,
            row.AgentPersonId,
            AgentName = agent.IdentityNumber is null ? null : agent.Name!.Trim(),
            row.CommunityCode,
            row.MandateScopes,
            row.SignedOn,
            row.EndsOn,
            row.GrantedByPersonId,
            row.WardPersonId,
            row.RecordedAt,
            row.RecordedBy,
            row.Version,
        });
        return row;
    }

    private const string FindSql = """
        SELECT MandateId, CaseFileId, AgentKind, AgentPersonId, CommunityCode, MandateScopes, SignedOn, EndsOn,
               GrantedByPersonId, WardPersonId, RecordedAt, RecordedBy, RevokedAt, RevokedBy, Version
        FROM AgentMandate WHERE MandateId = @MandateId AND CaseFileId = @CaseFileId
        """;

    /// <summary>The mandate that an act of an agent names, which has to be of the same case and to cover the act.</summary>
    /// <exception cref="ProblemException">400: the case has no such mandate.</exception>
    /// <exception cref="RuleViolation">mandate-does-not-cover.</exception>
    public static async Task<AgentMandateRow> GetCoveringAsync(Session session, Guid caseFileId, Guid mandateId, MandateScope scope, DateOnly today)
    {
        var row = await session.FirstOrDefaultAsync<AgentMandateRow>(FindSql, new { MandateId = mandateId, CaseFileId = caseFileId })
            ?? throw ProblemException.Invalid(new Fault("$.mandateId", "no-such-mandate", "该档案中没有这份委托。", "This case has no such mandate."));
        row.Mandate.RequireCovers(scope, today);
        if (row is { AgentKind: AgentKind.Guardian, WardPersonId: { } ward })
        {
            // The law's mandate ends by itself: when the ward comes of age, or dies.
            AgentMandate.RequireNeedsGuardian(await HouseholdOfAsync(session, caseFileId), ward, today);
        }

        return row;
    }

    private static async Task<Household> HouseholdOfAsync(Session session, Guid caseFileId) =>
        await HouseholdRepository.GetAsync(session, caseFileId, (await CaseFileRepository.GetAsync(session, caseFileId)).SnapshotNumber);

    private const string FindForOfficeSql = """
        SELECT m.MandateId, m.CaseFileId, m.AgentKind, m.AgentPersonId, m.CommunityCode, m.MandateScopes, m.SignedOn, m.EndsOn,
               m.GrantedByPersonId, m.WardPersonId, m.RecordedAt, m.RecordedBy, m.RevokedAt, m.RevokedBy, m.Version
        FROM AgentMandate m
        WHERE m.MandateId = @MandateId AND EXISTS (
            SELECT 1 FROM Application a JOIN ApplicationOffice o ON o.ApplicationId = a.ApplicationId
            WHERE a.CaseFileId = m.CaseFileId AND o.DivisionCode = @DivisionCode)
        """;

    /// <exception cref="ProblemException">404: it does not exist, or not for this office.</exception>
    public static async Task<AgentMandateRow> GetAsync(Session session, Guid mandateId, Officer officer) =>
        await session.FirstOrDefaultAsync<AgentMandateRow>(FindForOfficeSql, new { MandateId = mandateId, DivisionCode = officer.Division })
            ?? throw ProblemException.NotFound();

    private const string GuardiansSql = """
        SELECT MandateId, CaseFileId, AgentKind, AgentPersonId, CommunityCode, MandateScopes, SignedOn, EndsOn,
               GrantedByPersonId, WardPersonId, RecordedAt, RecordedBy, RevokedAt, RevokedBy, Version
        FROM AgentMandate WHERE CaseFileId = @CaseFileId AND AgentKind = @AgentKind AND RevokedAt IS NULL
        """;

    /// <summary>The persons who are guardians of a ward on a day.</summary>
    public static async Task<IReadOnlyList<Guid>> GuardiansAsync(Session session, Guid caseFileId, Guid ward, DateOnly today) =>
    [
        .. (await session.ListAsync<AgentMandateRow>(GuardiansSql, new { CaseFileId = caseFileId, AgentKind = AgentKind.Guardian }))
            .Where(row => row.WardPersonId == ward && (row.EndsOn is not { } endsOn || endsOn >= today))
            .Select(row => row.AgentPersonId!.Value),
    ];

    private const string PageSql = """
        SELECT m.MandateId, m.AgentKind, m.AgentName AS PersonName, p.IdentityMask, m.CommunityCode, m.MandateScopes, m.SignedOn, m.EndsOn,
               m.GrantedByPersonId, m.WardPersonId, m.RecordedAt, m.RecordedBy, m.RevokedAt, m.Version
        FROM AgentMandate m
        LEFT JOIN Person p ON p.PersonId = m.AgentPersonId
        WHERE m.CaseFileId = @CaseFileId AND m.MandateId > @AfterMandateId
        ORDER BY m.MandateId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<AgentMandateListRow>> PageAsync(Session session, Guid caseFileId, Guid after, int take) =>
        session.ListAsync<AgentMandateListRow>(PageSql, new { CaseFileId = caseFileId, AfterMandateId = after, Take = take });

    private const string RevokeSql = """
        UPDATE AgentMandate SET RevokedAt = @RevokedAt, RevokedBy = @RevokedBy, Version = @Version
        WHERE MandateId = @MandateId AND Version = @ExpectedVersion
        """;

    /// <exception cref="ProblemException">412: somebody else changed it meanwhile.</exception>
    public static async Task<AgentMandateRow> RevokeAsync(Session session, AgentMandateRow row, Act act)
    {
        var next = row with { RevokedAt = act.Now, RevokedBy = act.Officer.Id, Version = row.Version + 1 };
        var affected = await session.ExecuteAsync(RevokeSql, new { next.RevokedAt, next.RevokedBy, next.Version, next.MandateId, ExpectedVersion = row.Version });
        return affected == 1 ? next : throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
    }
}

internal static class AgentEvents
{
    /// <summary>The event as one that an agent brought about, where one did: of which kind, and by which mandate.</summary>
    public static CaseEvent Through(this CaseEvent happened, AgentMandateRow? mandate) => mandate is null ? happened : happened with
    {
        Arguments = new Dictionary<string, string>(happened.Arguments)
        {
            ["agent"] = mandate.AgentKind.ToString(),
            ["mandate"] = mandate.MandateId.ToString(),
        },
    };
}

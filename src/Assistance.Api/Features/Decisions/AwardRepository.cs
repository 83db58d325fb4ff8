using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Decisions;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Decisions;

internal sealed record AwardRow
{
    public Guid AwardId { get; init; }

    public Guid CaseFileId { get; init; }

    public Guid ApplicationId { get; init; }

    public Programme Programme { get; init; }

    public AwardState AwardState { get; init; }

    public Money MonthlyFen { get; init; }

    /// <summary>The first month paid.</summary>
    public DateOnly FirstMonthOn { get; init; }

    /// <summary>The month from which the present amount holds; for a stopped award the first month without payment.</summary>
    public DateOnly EffectiveMonthOn { get; init; }

    public int Version { get; init; }
}

/// <summary>Awards in payment and stopped, seen through the offices of their application.</summary>
internal static class AwardRepository
{
    private const string AddSql = """
        INSERT INTO Award (AwardId, CaseFileId, ApplicationId, Programme, AwardState, MonthlyFen, FirstMonthOn, EffectiveMonthOn, Version)
        VALUES (@AwardId, @CaseFileId, @ApplicationId, @Programme, @AwardState, @MonthlyFen, @FirstMonthOn, @EffectiveMonthOn, @Version)
        """;

    public static Task AddAsync(Session session, AwardRow row) => session.ExecuteAsync(AddSql, row);

    private const string FindSql = """
        SELECT w.AwardId, w.CaseFileId, w.ApplicationId, w.Programme, w.AwardState, w.MonthlyFen, w.FirstMonthOn, w.EffectiveMonthOn, w.Version
        FROM Award w JOIN ApplicationOffice o ON o.ApplicationId = w.ApplicationId
        WHERE w.AwardId = @AwardId AND o.DivisionCode = @DivisionCode
        """;

    public static Task<AwardRow?> FindAsync(Session session, Guid awardId, Officer officer) =>
        session.FirstOrDefaultAsync<AwardRow>(FindSql, new { AwardId = awardId, DivisionCode = officer.Division });

    /// <exception cref="ProblemException">404: it does not exist, or not for this office.</exception>
    public static async Task<AwardRow> GetAsync(Session session, Guid awardId, Officer officer) =>
        await FindAsync(session, awardId, officer) ?? throw ProblemException.NotFound();

    private const string InPaymentSql = "SELECT ApplicationId FROM Award WHERE CaseFileId = @CaseFileId AND AwardState = 'InPayment'";

    /// <summary>The applications of a case whose award is in payment.</summary>
    public static Task<IReadOnlyList<Guid>> InPaymentAsync(Session session, Guid caseFileId) =>
        session.ListAsync<Guid>(InPaymentSql, new { CaseFileId = caseFileId });

    private const string SaveSql = """
        UPDATE Award SET AwardState = @AwardState, MonthlyFen = @MonthlyFen, EffectiveMonthOn = @EffectiveMonthOn, Version = @Version
        WHERE AwardId = @AwardId AND Version = @ExpectedVersion
        """;

    /// <exception cref="ProblemException">412: somebody else saved it meanwhile.</exception>
    public static async Task<AwardRow> SaveAsync(Session session, AwardRow row)
    {
        var next = row with { Version = row.Version + 1 };
        var affected = await session.ExecuteAsync(SaveSql, new
        {
            next.AwardState,
            next.MonthlyFen,
            next.EffectiveMonthOn,
            next.Version,
            next.AwardId,
            ExpectedVersion = row.Version,
        });
        return affected == 1 ? next : throw new ProblemException(StatusCodes.Status412PreconditionFailed, "precondition-failed");
    }
}

using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Assessments;

internal sealed class AssessmentRow
{
    public Guid AssessmentId { get; init; }

    public Guid CaseFileId { get; init; }

    public int SnapshotNumber { get; init; }

    public DateTimeOffset AssessedAt { get; init; }

    public string AssessedBy { get; init; } = "";

    /// <summary>The programme applied for, whose outcome and amount the row states; the assessment itself has every programme's.</summary>
    public Programme Programme { get; init; }

    public Outcome Outcome { get; init; }

    public Money MonthlyFen { get; init; }

    public string InputJson { get; init; } = "";

    public string AssessmentJson { get; init; } = "";

    public Assessment Assessment => ApiJson.Read<Assessment>(AssessmentJson);

    public AssessmentInput Input => ApiJson.Read<AssessmentInput>(InputJson);
}

/// <summary>Assessments with the inputs they were computed from; never changed.</summary>
internal static class AssessmentRepository
{
    private const string AddSql = """
        INSERT INTO Assessment (AssessmentId, CaseFileId, SnapshotNumber, AssessedAt, AssessedBy, Programme, Outcome, MonthlyFen, InputJson, AssessmentJson)
        VALUES (@AssessmentId, @CaseFileId, @SnapshotNumber, @AssessedAt, @AssessedBy, @Programme, @Outcome, @MonthlyFen, @InputJson, @AssessmentJson)
        """;

    public static async Task<AssessmentRow> AddAsync(
        Session session, Guid caseFileId, int snapshotNumber, AssessmentInput input, Assessment assessment, Act act)
    {
        var row = new
        {
            AssessmentId = Guid.CreateVersion7(act.Now),
            CaseFileId = caseFileId,
            SnapshotNumber = snapshotNumber,
            AssessedAt = act.Now,
            AssessedBy = act.Officer.Id,
            input.Programme,
            assessment.Outcome,
            assessment.MonthlyFen,
            InputJson = ApiJson.Write(input),
            AssessmentJson = ApiJson.Write(assessment),
        };
        await session.ExecuteAsync(AddSql, row);
        return (await FindAsync(session, row.AssessmentId))!;
    }

    private const string FindSql = """
        SELECT AssessmentId, CaseFileId, SnapshotNumber, AssessedAt, AssessedBy, Programme, Outcome, MonthlyFen, InputJson, AssessmentJson
        FROM Assessment WHERE AssessmentId = @AssessmentId
        """;

    public static Task<AssessmentRow?> FindAsync(Session session, Guid assessmentId) =>
        session.FirstOrDefaultAsync<AssessmentRow>(FindSql, new { AssessmentId = assessmentId });

    private const string NewestSql = """
        SELECT AssessmentId, CaseFileId, SnapshotNumber, AssessedAt, AssessedBy, Programme, Outcome, MonthlyFen, InputJson, AssessmentJson
        FROM Assessment WHERE CaseFileId = @CaseFileId AND Programme = @Programme
        ORDER BY AssessedAt DESC, AssessmentId DESC
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<AssessmentRow?> NewestAsync(Session session, Guid caseFileId, Programme programme) =>
        session.FirstOrDefaultAsync<AssessmentRow>(NewestSql, new { CaseFileId = caseFileId, Programme = programme, Take = 1 });

    private const string AnsweredSinceSql = """
        SELECT LookupId FROM Lookup WHERE CaseFileId = @CaseFileId AND AnsweredAt > @AnsweredAt
        """;

    private const string ResolvedSinceSql = """
        SELECT ResolutionId FROM DisagreementResolution WHERE CaseFileId = @CaseFileId AND ResolvedAt > @ResolvedAt
        """;

    private const string ContestedSinceSql = """
        SELECT ContestationId FROM DisclosureContestation WHERE CaseFileId = @CaseFileId AND ContestedAt > @ContestedAt
        """;

    // What another case held all along is news here, though it was answered earlier.
    private const string ReusedSinceSql = """
        SELECT l.LookupId
        FROM MeansVerification m JOIN Lookup l ON l.CaseFileId = m.CaseFileId AND l.RoundNumber = m.RoundNumber
        WHERE m.CaseFileId = @CaseFileId AND m.RequestedAt > @RequestedAt AND l.ReusedLookupId IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM Lookup o WHERE o.LookupId = l.ReusedLookupId AND o.CaseFileId = l.CaseFileId)
        """;

    private const string WithdrawnSinceSql = """
        SELECT RefusalId FROM ConsentRefusal WHERE CaseFileId = @CaseFileId AND ConsentId IS NOT NULL AND RecordedAt > @RecordedAt
        """;

    /// <summary>
    /// The newest assessment for a programme, provided that since then the household did not change, no answer came in, nothing was
    /// disputed or settled, and no consent was withdrawn.
    /// </summary>
    /// <exception cref="RuleViolation">not-assessed or assessment-outdated.</exception>
    public static async Task<AssessmentRow> CurrentAsync(Session session, CaseFileRow caseFile, Programme programme)
    {
        var caseFileId = caseFile.CaseFileId;
        var newest = await NewestAsync(session, caseFileId, programme) ?? throw Refusals.NotAssessed();
        var isOutdated = newest.SnapshotNumber != caseFile.SnapshotNumber
            || await session.FirstOrDefaultAsync<Guid?>(AnsweredSinceSql, new { CaseFileId = caseFileId, AnsweredAt = newest.AssessedAt }) is not null
            || await session.FirstOrDefaultAsync<Guid?>(ResolvedSinceSql, new { CaseFileId = caseFileId, ResolvedAt = newest.AssessedAt }) is not null
            || await session.FirstOrDefaultAsync<Guid?>(ReusedSinceSql, new { CaseFileId = caseFileId, RequestedAt = newest.AssessedAt }) is not null
            || await session.FirstOrDefaultAsync<Guid?>(ContestedSinceSql, new { CaseFileId = caseFileId, ContestedAt = newest.AssessedAt }) is not null
            || await session.FirstOrDefaultAsync<Guid?>(WithdrawnSinceSql, new { CaseFileId = caseFileId, RecordedAt = newest.AssessedAt }) is not null;
        return isOutdated ? throw Refusals.AssessmentOutdated() : newest;
    }
}

using Assistance.Api.Data;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Cases;

internal sealed class CaseFileRow
{
    public Guid CaseFileId { get; init; }

    public string CaseNumber { get; init; } = "";

    public Guid ApplicantPersonId { get; init; }

    public string RegisteredDivisionCode { get; init; } = "";

    public string RegisteredAddress { get; init; } = "";

    public string HabitualDivisionCode { get; init; } = "";

    public string HabitualAddress { get; init; } = "";

    /// <summary>Where the household lived when it applied, as its form says.</summary>
    public string DeclaredDivisionCode { get; init; } = "";

    public string DeclaredAddress { get; init; } = "";

    /// <summary>The day it moved last, since it applied.</summary>
    public DateOnly? MovedOn { get; init; }

    public string ContactPhone { get; init; } = "";

    /// <summary>The day the integrity pledge was signed.</summary>
    public DateOnly PledgedOn { get; init; }

    /// <summary>The same applicant's case before this one.</summary>
    public Guid? PreviousCaseFileId { get; init; }

    /// <summary>The household as it stands now.</summary>
    public int SnapshotNumber { get; init; }

    /// <summary>The household that the applications and their disclosure are about.</summary>
    public int DisclosedSnapshotNumber { get; init; }

    public int LastEventNumber { get; init; }

    public DateTimeOffset OpenedAt { get; init; }
}

/// <summary>Case files (档案): one form handed in, with its household, disclosure, applications and timeline.</summary>
internal static class CaseFileRepository
{
    private const string AddSql = """
        INSERT INTO CaseFile (CaseFileId, CaseNumber, ApplicantPersonId, RegisteredDivisionCode, RegisteredAddress,
            HabitualDivisionCode, HabitualAddress, DeclaredDivisionCode, DeclaredAddress, ContactPhone, PledgedOn, PreviousCaseFileId, SnapshotNumber, DisclosedSnapshotNumber,
            LastEventNumber, OpenedAt)
        VALUES (@CaseFileId, @CaseNumber, @ApplicantPersonId, @RegisteredDivisionCode, @RegisteredAddress,
            @HabitualDivisionCode, @HabitualAddress, @DeclaredDivisionCode, @DeclaredAddress, @ContactPhone, @PledgedOn, @PreviousCaseFileId, @SnapshotNumber, @DisclosedSnapshotNumber,
            @LastEventNumber, @OpenedAt)
        """;

    public static Task AddAsync(Session session, CaseFileRow row) => session.ExecuteAsync(AddSql, new
    {
        row.CaseFileId,
        row.CaseNumber,
        row.ApplicantPersonId,
        row.RegisteredDivisionCode,
        row.RegisteredAddress,
        row.HabitualDivisionCode,
        row.HabitualAddress,
        row.DeclaredDivisionCode,
        row.DeclaredAddress,
        row.ContactPhone,
        row.PledgedOn,
        row.PreviousCaseFileId,
        row.SnapshotNumber,
        row.DisclosedSnapshotNumber,
        row.LastEventNumber,
        row.OpenedAt,
    });

    private const string FindSql = """
        SELECT CaseFileId, CaseNumber, ApplicantPersonId, RegisteredDivisionCode, RegisteredAddress,
               HabitualDivisionCode, HabitualAddress, DeclaredDivisionCode, DeclaredAddress, ContactPhone, PledgedOn, PreviousCaseFileId, SnapshotNumber, DisclosedSnapshotNumber,
               LastEventNumber, OpenedAt, MovedOn
        FROM CaseFile WHERE CaseFileId = @CaseFileId
        """;

    public static async Task<CaseFileRow> GetAsync(Session session, Guid caseFileId) =>
        (await session.FirstOrDefaultAsync<CaseFileRow>(FindSql, new { CaseFileId = caseFileId }))!;

    private const string NewestOfApplicantSql = """
        SELECT CaseFileId FROM CaseFile WHERE ApplicantPersonId = @ApplicantPersonId
        ORDER BY CaseFileId DESC
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The newest case that a person applied in; null where there is none.</summary>
    public static Task<Guid?> NewestOfApplicantAsync(Session session, Guid applicantPersonId) =>
        session.FirstOrDefaultAsync<Guid?>(NewestOfApplicantSql, new { ApplicantPersonId = applicantPersonId, Take = 1 });

    private const string NewestOfMemberSql = """
        SELECT CaseFileId FROM CaseMember WHERE PersonId = @PersonId
        ORDER BY CaseFileId DESC
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    /// <summary>The newest cases that a person is in, as a member or an obligor.</summary>
    public static Task<IReadOnlyList<Guid>> NewestOfMemberAsync(Session session, Guid personId, int take) =>
        session.ListAsync<Guid>(NewestOfMemberSql, new { PersonId = personId, Take = take });

    private const string SetSnapshotSql = """
        UPDATE CaseFile SET SnapshotNumber = @SnapshotNumber WHERE CaseFileId = @CaseFileId
        """;

    public static Task SetSnapshotAsync(Session session, Guid caseFileId, int snapshotNumber) =>
        session.ExecuteAsync(SetSnapshotSql, new { CaseFileId = caseFileId, SnapshotNumber = snapshotNumber });

    private const string SetResidenceSql = """
        UPDATE CaseFile SET HabitualDivisionCode = @HabitualDivisionCode, HabitualAddress = @HabitualAddress, MovedOn = @MovedOn WHERE CaseFileId = @CaseFileId
        """;

    public static Task SetResidenceAsync(Session session, Guid caseFileId, string divisionCode, string address, DateOnly movedOn) =>
        session.ExecuteAsync(SetResidenceSql, new { CaseFileId = caseFileId, HabitualDivisionCode = divisionCode, HabitualAddress = address, MovedOn = movedOn });

    private const string SetDisclosedSnapshotSql = """
        UPDATE CaseFile SET DisclosedSnapshotNumber = @DisclosedSnapshotNumber WHERE CaseFileId = @CaseFileId
        """;

    /// <summary>Has the disclosure of the case follow a change of the household while its applications are undecided.</summary>
    public static Task SetDisclosedSnapshotAsync(Session session, Guid caseFileId, int snapshotNumber) =>
        session.ExecuteAsync(SetDisclosedSnapshotSql, new { CaseFileId = caseFileId, DisclosedSnapshotNumber = snapshotNumber });

    private const string ReleaseSql = "DELETE FROM ProgrammeClaim WHERE CaseFileId = @CaseFileId AND Programme = @Programme";

    /// <summary>Lets everybody of a case apply again: after a refusal, or when the award has stopped.</summary>
    public static Task ReleaseAsync(Session session, Guid caseFileId, Programme programme) =>
        session.ExecuteAsync(ReleaseSql, new { CaseFileId = caseFileId, Programme = programme });
}

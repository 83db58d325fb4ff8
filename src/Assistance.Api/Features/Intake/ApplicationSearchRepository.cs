using Assistance.Api.Data;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>An application found, with the member it was found by.</summary>
internal sealed class ApplicationHitRow
{
    public Guid ApplicationId { get; init; }

    public Guid CaseFileId { get; init; }

    public string CaseNumber { get; init; } = "";

    public Programme Programme { get; init; }

    public ApplicationState ApplicationState { get; init; }

    public string CommunityCode { get; init; } = "";

    public Guid PersonId { get; init; }

    public string PersonName { get; init; } = "";

    public string? IdentityMask { get; init; }

    public string HouseholdJson { get; init; } = "";
}

/// <summary>The place of a hit in the order of a search. It holds ids only: what was searched for stays out of cursors.</summary>
internal readonly record struct SearchPlace(Guid PersonId, Guid CaseFileId, Guid ApplicationId)
{
    private const int IdLength = 32;

    public override string ToString() => $"{PersonId:N}{CaseFileId:N}{ApplicationId:N}";

    public static bool TryParse(string text, out SearchPlace place)
    {
        place = default;
        if (text.Length != 3 * IdLength
            || !Guid.TryParseExact(text[..IdLength], "N", out var personId)
            || !Guid.TryParseExact(text[IdLength..(2 * IdLength)], "N", out var caseFileId)
            || !Guid.TryParseExact(text[(2 * IdLength)..], "N", out var applicationId))
        {
            return false;
        }

        place = new SearchPlace(personId, caseFileId, applicationId);
        return true;
    }
}

/// <summary>
/// Finds applications of the officer's office by case number, person or name. CROSS JOIN keeps SQLite to the order written,
/// which is that of the page; it would begin with everything the office has, and sort. SQL Server orders joins as it likes.
/// </summary>
internal static class ApplicationSearchRepository
{
    private const string ByCaseNumberSql = """
        SELECT a.ApplicationId, a.CaseFileId, f.CaseNumber, a.Programme, a.ApplicationState, o.CommunityCode, p.PersonId, m.MemberName AS PersonName,
               p.IdentityMask, s.HouseholdJson
        FROM CaseFile f CROSS JOIN Application a CROSS JOIN ApplicationOffice o CROSS JOIN CaseMember m CROSS JOIN Person p CROSS JOIN HouseholdSnapshot s
        WHERE f.CaseNumber = @CaseNumber AND a.CaseFileId = f.CaseFileId AND a.ApplicationId > @AfterApplicationId
            AND o.DivisionCode = @DivisionCode AND o.ApplicationId = a.ApplicationId
            AND o.CommunityCode >= @CommunityCode AND o.CommunityCode < @UntilCommunityCode
            AND m.CaseFileId = f.CaseFileId AND m.PersonId = f.ApplicantPersonId AND p.PersonId = m.PersonId AND s.CaseFileId = f.CaseFileId AND s.SnapshotNumber = f.SnapshotNumber
        ORDER BY a.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string ByPersonSql = """
        SELECT a.ApplicationId, a.CaseFileId, f.CaseNumber, a.Programme, a.ApplicationState, o.CommunityCode, p.PersonId, m.MemberName AS PersonName,
               p.IdentityMask, s.HouseholdJson
        FROM Person p CROSS JOIN CaseMember m CROSS JOIN Application a CROSS JOIN ApplicationOffice o CROSS JOIN CaseFile f CROSS JOIN HouseholdSnapshot s
        WHERE p.PersonId = @PersonId AND m.PersonId = p.PersonId AND a.CaseFileId = m.CaseFileId
            AND (m.CaseFileId > @AfterCaseFileId OR (m.CaseFileId = @AfterCaseFileId AND a.ApplicationId > @AfterApplicationId))
            AND o.DivisionCode = @DivisionCode AND o.ApplicationId = a.ApplicationId
            AND o.CommunityCode >= @CommunityCode AND o.CommunityCode < @UntilCommunityCode
            AND f.CaseFileId = m.CaseFileId AND s.CaseFileId = f.CaseFileId AND s.SnapshotNumber = f.SnapshotNumber
        ORDER BY m.CaseFileId, a.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    private const string ByNameSql = """
        SELECT a.ApplicationId, a.CaseFileId, f.CaseNumber, a.Programme, a.ApplicationState, o.CommunityCode, p.PersonId, m.MemberName AS PersonName,
               p.IdentityMask, s.HouseholdJson
        FROM Person p CROSS JOIN CaseMember m CROSS JOIN Application a CROSS JOIN ApplicationOffice o CROSS JOIN CaseFile f CROSS JOIN HouseholdSnapshot s
        WHERE p.NameKey >= @AfterNameKey AND p.NameKey < @UntilNameKey AND m.PersonId = p.PersonId AND a.CaseFileId = m.CaseFileId
            AND (p.NameKey > @AfterNameKey OR p.BornOn > @AfterBornOn OR (p.BornOn = @AfterBornOn
                AND (p.PersonId > @AfterPersonId OR (p.PersonId = @AfterPersonId
                    AND (m.CaseFileId > @AfterCaseFileId OR (m.CaseFileId = @AfterCaseFileId AND a.ApplicationId > @AfterApplicationId))))))
            AND o.DivisionCode = @DivisionCode AND o.ApplicationId = a.ApplicationId
            AND o.CommunityCode >= @CommunityCode AND o.CommunityCode < @UntilCommunityCode
            AND f.CaseFileId = m.CaseFileId AND s.CaseFileId = f.CaseFileId AND s.SnapshotNumber = f.SnapshotNumber
        ORDER BY p.NameKey, p.BornOn, p.PersonId, m.CaseFileId, a.ApplicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<ApplicationHitRow>> ByCaseNumberAsync(
        Session session, Officer officer, string caseNumber, CommunityRange community, SearchPlace after, int take) =>
        session.ListAsync<ApplicationHitRow>(ByCaseNumberSql, new
        {
            CaseNumber = caseNumber,
            AfterApplicationId = after.ApplicationId,
            DivisionCode = officer.Division,
            CommunityCode = community.From,
            UntilCommunityCode = community.Until,
            Take = take,
        });

    public static Task<IReadOnlyList<ApplicationHitRow>> ByPersonAsync(
        Session session, Officer officer, Guid personId, CommunityRange community, SearchPlace after, int take) =>
        session.ListAsync<ApplicationHitRow>(ByPersonSql, new
        {
            PersonId = personId,
            AfterCaseFileId = after.CaseFileId,
            AfterApplicationId = after.ApplicationId,
            DivisionCode = officer.Division,
            CommunityCode = community.From,
            UntilCommunityCode = community.Until,
            Take = take,
        });

    /// <param name="name">The beginning of the name.</param>
    /// <param name="last">The name and birth date of the person of <paramref name="after"/>; null for the first page.</param>
    public static Task<IReadOnlyList<ApplicationHitRow>> ByNameAsync(
        Session session, Officer officer, byte[] name, (byte[] NameKey, DateOnly BornOn)? last, CommunityRange community, SearchPlace after, int take) =>
        session.ListAsync<ApplicationHitRow>(ByNameSql, new
        {
            AfterNameKey = last?.NameKey ?? name,
            UntilNameKey = NameKey.EndOf(name),
            AfterBornOn = last?.BornOn ?? DateOnly.MinValue,
            AfterPersonId = after.PersonId,
            AfterCaseFileId = after.CaseFileId,
            AfterApplicationId = after.ApplicationId,
            DivisionCode = officer.Division,
            CommunityCode = community.From,
            UntilCommunityCode = community.Until,
            Take = take,
        });
}

/// <summary>A community with everything inside it, or everywhere.</summary>
internal readonly record struct CommunityRange(string From, string Until)
{
    public static CommunityRange Of(string? community) => community is null
        ? new CommunityRange("", ":")
        : new CommunityRange(community, DivisionCode.Parse(community).RangeEnd);
}

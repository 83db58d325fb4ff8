using Assistance.Api.Data;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Cases;

/// <summary>Somebody who is about to come into a case.</summary>
/// <param name="Member">The position in the form or the household, from 1.</param>
/// <param name="PersonId">The recorded person; null for somebody who is not recorded.</param>
/// <param name="Name">What the name is found by; null where no name was given.</param>
internal sealed record Newcomer(int Member, Guid? PersonId, byte[]? Name, DateOnly? BornOn, bool HasNumber)
{
    public static Newcomer Of(int member, Guid? personId, string? name, DateOnly? bornOn, bool hasNumber) =>
        new(member, personId, name is null ? null : NameKey.Of(name), bornOn, hasNumber);
}

/// <summary>Why somebody may be the same person as one in another case.</summary>
public enum DuplicateReason
{
    /// <summary>The person is in an application that is not decided yet.</summary>
    OpenApplication,

    /// <summary>The person is in an award in payment.</summary>
    Award,

    /// <summary>The person is a counted member there, and not the applicant.</summary>
    MemberElsewhere,

    /// <summary>It is for a programme that is not applied for here; for information.</summary>
    OtherProgramme,

    /// <summary>The same name and birth date, where one of the two has no identity number.</summary>
    SameNameAndBirth,

    /// <summary>The person is held for the programme by a case that this office may not see, and no more is told.</summary>
    HeldElsewhere,
}

/// <summary>A claim that a newcomer, or somebody alike, is held by.</summary>
internal sealed record DuplicateCandidate(Newcomer Newcomer, ClaimRow Claim, IReadOnlyList<DuplicateReason> Reasons)
{
    /// <summary>Whether the newcomer cannot be taken into the case because of it.</summary>
    public bool IsBlocking => Reasons[0] is DuplicateReason.OpenApplication or DuplicateReason.Award or DuplicateReason.HeldElsewhere;
}

internal sealed class ClaimRow
{
    public Guid PersonId { get; init; }

    /// <summary>Null for a person without an identity number.</summary>
    public string? IdentityMask { get; init; }

    public Programme Programme { get; init; }

    public Guid CaseFileId { get; init; }

    public string CaseNumber { get; init; } = "";

    public Guid ApplicantPersonId { get; init; }

    public ApplicationState ApplicationState { get; init; }

    public string AcceptingDivisionCode { get; init; } = "";

    /// <summary>The application that holds the person, where the officer may see it; null where it is with other offices.</summary>
    public Guid? SeenApplicationId { get; init; }

    /// <summary>The case number as far as the officer may know it: its first digits alone tell the office.</summary>
    public string? SeenCaseNumber => SeenApplicationId is null ? null : CaseNumber;
}

/// <summary>
/// Holds each person of an open application or an award for its programme, one case at a time. Whatever brings a person into
/// a case does it here; the key of the table makes it true when two windows do it at the same instant.
/// </summary>
internal static class ProgrammeClaims
{
    private const string OfPersonSql = """
        SELECT c.PersonId, p.IdentityMask, c.Programme, c.CaseFileId, f.CaseNumber, f.ApplicantPersonId, a.ApplicationState,
               a.AcceptingDivisionCode, o.ApplicationId AS SeenApplicationId
        FROM ProgrammeClaim c
        JOIN Person p ON p.PersonId = c.PersonId
        JOIN CaseFile f ON f.CaseFileId = c.CaseFileId
        JOIN Application a ON a.CaseFileId = c.CaseFileId AND a.Programme = c.Programme
        LEFT JOIN ApplicationOffice o ON o.ApplicationId = a.ApplicationId AND o.DivisionCode = @DivisionCode
        WHERE c.PersonId = @PersonId
        ORDER BY c.Programme
        """;

    private const string OfName = """
        SELECT c.PersonId, p.IdentityMask, c.Programme, c.CaseFileId, f.CaseNumber, f.ApplicantPersonId, a.ApplicationState,
               a.AcceptingDivisionCode, o.ApplicationId AS SeenApplicationId
        FROM Person p
        JOIN ProgrammeClaim c ON c.PersonId = p.PersonId
        JOIN CaseFile f ON f.CaseFileId = c.CaseFileId
        JOIN Application a ON a.CaseFileId = c.CaseFileId AND a.Programme = c.Programme
        LEFT JOIN ApplicationOffice o ON o.ApplicationId = a.ApplicationId AND o.DivisionCode = @DivisionCode
        WHERE p.NameKey = @NameKey AND p.BornOn = @BornOn
        """;

    private const string OfNameSql = $"""
        {OfName}
        ORDER BY p.PersonId, c.Programme
        """;

    // Two different numbers are two people; a newborn of then may have a number by now.
    private const string OfNameWithoutNumberSql = $"""
        {OfName} AND p.IdentityMask IS NULL
        ORDER BY p.PersonId, c.Programme
        """;

    private const string ClaimSql = "INSERT INTO ProgrammeClaim (PersonId, Programme, CaseFileId) VALUES (@PersonId, @Programme, @CaseFileId)";

    /// <summary>Holds newcomers for programmes.</summary>
    /// <returns>Who else they may be; nothing of it stands in the way.</returns>
    /// <exception cref="RuleViolation">already-applied, naming everybody who is held elsewhere, and the case only where the officer sees it.</exception>
    public static async Task<IReadOnlyList<DuplicateCandidate>> ClaimAsync(
        Session session, Officer officer, IReadOnlyList<Newcomer> newcomers, IReadOnlyList<Programme> programmes, Guid caseFileId, DateTimeOffset now)
    {
        if (programmes.Count == 0)
        {
            return [];
        }

        var candidates = await FindAsync(session, officer, newcomers, programmes);
        if (candidates.Where(candidate => candidate.IsBlocking).ToList() is { Count: > 0 } blocking)
        {
            throw Refusals.AlreadyApplied(
                [.. blocking.Select(candidate => new BlockedMember(candidate.Newcomer.Member, candidate.Claim.Programme, candidate.Claim.SeenCaseNumber))]);
        }

        // Always in one order, so that two forms with the same people wait for each other and do not block each other for good.
        foreach (var personId in newcomers.Select(newcomer => newcomer.PersonId!.Value).Order())
        {
            foreach (var programme in programmes.Order())
            {
                await session.ExecuteAsync(ClaimSql, new { PersonId = personId, Programme = programme, CaseFileId = caseFileId });
            }
        }

        // Shown with the answer, and recorded with the act.
        foreach (var caseFile in candidates.Where(candidate => candidate.Claim.SeenApplicationId is not null).Select(candidate => candidate.Claim.CaseFileId).Distinct())
        {
            await AccessRecords.AddAsync(session, officer, caseFile, location: null, nameof(ProgrammeClaims), now);
        }

        return candidates;
    }

    /// <summary>Everything by which newcomers, or people of the same name and birth date, are held already.</summary>
    public static async Task<IReadOnlyList<DuplicateCandidate>> FindAsync(
        Session session, Officer officer, IReadOnlyList<Newcomer> newcomers, IReadOnlyList<Programme> programmes)
    {
        var candidates = new List<DuplicateCandidate>();
        foreach (var newcomer in newcomers)
        {
            if (newcomer.PersonId is { } personId)
            {
                candidates.AddRange((await session.ListAsync<ClaimRow>(OfPersonSql, new { DivisionCode = officer.Division, PersonId = personId }))
                    .Select(claim => new DuplicateCandidate(newcomer, claim, Reasons(claim, programmes.Contains(claim.Programme) ? null : DuplicateReason.OtherProgramme))));
            }

            if (newcomer is { Name: { } name, BornOn: { } bornOn })
            {
                candidates.AddRange((await session.ListAsync<ClaimRow>(
                    newcomer.HasNumber ? OfNameWithoutNumberSql : OfNameSql, new { DivisionCode = officer.Division, NameKey = name, BornOn = bornOn }))
                    .Where(claim => claim.PersonId != newcomer.PersonId)
                    .Select(claim => new DuplicateCandidate(newcomer, claim, Reasons(claim, DuplicateReason.SameNameAndBirth))));
            }
        }

        // Of a case with other offices only what stands in the way of this form is told.
        return [.. candidates.Where(candidate => candidate.Claim.SeenApplicationId is not null || programmes.Contains(candidate.Claim.Programme))];
    }

    private static List<DuplicateReason> Reasons(ClaimRow claim, DuplicateReason? first)
    {
        if (claim.SeenApplicationId is null)
        {
            return [first == DuplicateReason.SameNameAndBirth ? DuplicateReason.SameNameAndBirth : DuplicateReason.HeldElsewhere];
        }

        var reasons = new List<DuplicateReason> { claim.ApplicationState == ApplicationState.Granted ? DuplicateReason.Award : DuplicateReason.OpenApplication };
        if (first is { } reason)
        {
            reasons.Insert(0, reason);
        }

        if (claim.PersonId != claim.ApplicantPersonId)
        {
            reasons.Add(DuplicateReason.MemberElsewhere);
        }

        return reasons;
    }
}

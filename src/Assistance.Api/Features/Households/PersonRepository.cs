using Assistance.Api.Data;
using Assistance.Api.Security;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Households;

internal sealed class PersonRow
{
    public Guid PersonId { get; init; }

    public string? IdentityHash { get; init; }

    public byte[]? IdentityCipher { get; init; }

    /// <summary>What people recognise the number by; showing it takes no key.</summary>
    public string? IdentityMask { get; init; }

    public string PersonName { get; init; } = "";

    /// <summary>What the name is found by (<see cref="Domain.Shared.NameKey"/>).</summary>
    public byte[] NameKey { get; init; } = [];

    public DateOnly BornOn { get; init; }

    public DateTimeOffset RecordedAt { get; init; }
}

/// <summary>Natural persons. One row each, however many cases they are in.</summary>
internal static class PersonRepository
{
    private const string FindIdSql = "SELECT PersonId FROM Person WHERE IdentityHash = @IdentityHash";

    private const string AddSql = """
        INSERT INTO Person (PersonId, IdentityHash, IdentityCipher, IdentityMask, PersonName, NameKey, BornOn, RecordedAt)
        VALUES (@PersonId, @IdentityHash, @IdentityCipher, @IdentityMask, @PersonName, @NameKey, @BornOn, @RecordedAt)
        """;

    /// <summary>The person with this number, under whichever key it was recorded; null where there is none.</summary>
    public static async Task<Guid?> FindAsync(Session session, PersonalDataProtector protector, IdentityNumber number)
    {
        foreach (var hash in protector.OlderHashes(number).Prepend(protector.Hash(number)))
        {
            if (await session.FirstOrDefaultAsync<Guid?>(FindIdSql, new { IdentityHash = hash }) is { } known)
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>The person with this number, recorded now if new. A number that two requests record at once is one person's: the loser runs again.</summary>
    public static async Task<Guid> FindOrAddAsync(
        Session session, PersonalDataProtector protector, IdentityNumber number, string name, DateTimeOffset now)
    {
        if (await FindAsync(session, protector, number) is { } known)
        {
            return known;
        }

        var row = new PersonRow
        {
            PersonId = Guid.CreateVersion7(now),
            IdentityHash = protector.Hash(number),
            IdentityCipher = protector.Protect(number),
            IdentityMask = number.Masked,
            PersonName = name,
            NameKey = Domain.Shared.NameKey.Of(name),
            BornOn = number.BornOn,
            RecordedAt = now,
        };
        await session.ExecuteAsync(AddSql, row);
        return row.PersonId;
    }

    /// <summary>A child without a number yet.</summary>
    public static async Task<Guid> AddWithoutNumberAsync(Session session, string name, DateOnly bornOn, DateTimeOffset now)
    {
        var row = new PersonRow
        {
            PersonId = Guid.CreateVersion7(now),
            PersonName = name,
            NameKey = Domain.Shared.NameKey.Of(name),
            BornOn = bornOn,
            RecordedAt = now,
        };
        await session.ExecuteAsync(AddSql, row);
        return row.PersonId;
    }

    private const string OfCaseSql = """
        SELECT p.PersonId, p.IdentityHash, p.IdentityCipher, p.IdentityMask, m.MemberName AS PersonName, p.BornOn, p.RecordedAt
        FROM CaseMember m JOIN Person p ON p.PersonId = m.PersonId
        WHERE m.CaseFileId = @CaseFileId
        """;

    public static async Task<IReadOnlyDictionary<Guid, PersonRow>> OfCaseAsync(Session session, Guid caseFileId) =>
        (await session.ListAsync<PersonRow>(OfCaseSql, new { CaseFileId = caseFileId })).ToDictionary(row => row.PersonId);

    private const string FindSql = """
        SELECT PersonId, IdentityHash, IdentityCipher, IdentityMask, PersonName, BornOn, RecordedAt FROM Person WHERE PersonId = @PersonId
        """;

    public static async Task<PersonRow> GetAsync(Session session, Guid personId) =>
        (await session.FirstOrDefaultAsync<PersonRow>(FindSql, new { PersonId = personId }))!;

    private const string FindNameSql = "SELECT NameKey, BornOn FROM Person WHERE PersonId = @PersonId";

    /// <summary>What a person's name is found by, and the birth date; null where there is no such person.</summary>
    public static async Task<(byte[] NameKey, DateOnly BornOn)?> FindNameAsync(Session session, Guid personId) =>
        await session.FirstOrDefaultAsync<PersonRow>(FindNameSql, new { PersonId = personId }) is { } row ? (row.NameKey, row.BornOn) : null;

    private const string AddMemberSql = "INSERT INTO CaseMember (CaseFileId, PersonId, MemberName) VALUES (@CaseFileId, @PersonId, @MemberName)";

    /// <summary>Takes a person into a case under the name given there: what another office recorded of a number is not shown by it.</summary>
    public static Task AddMemberAsync(Session session, Guid caseFileId, Guid personId, string name) =>
        session.ExecuteAsync(AddMemberSql, new { CaseFileId = caseFileId, PersonId = personId, MemberName = name });
}

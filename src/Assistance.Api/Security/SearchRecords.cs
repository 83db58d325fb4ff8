using Assistance.Api.Data;

namespace Assistance.Api.Security;

/// <summary>What was searched by.</summary>
public enum SearchKind
{
    CaseNumber,
    IdentityNumber,
    Name,

    /// <summary>The people of a form, looked for in other cases.</summary>
    Duplicates,
}

/// <summary>What an officer searches for; kept with the search and with every case that it shows.</summary>
public enum SearchPurpose
{
    /// <summary>Somebody applies, or goes on with an application.</summary>
    Application,

    /// <summary>Somebody asks how their matter stands.</summary>
    Inquiry,

    /// <summary>Something of an award in payment.</summary>
    Award,

    Complaint,
}

/// <summary>Records that somebody searched: by what kind of thing, for what, and how much was found, but never for whom.</summary>
internal static class SearchRecords
{
    private const string AddSql = """
        INSERT INTO SearchRecord (SearchRecordId, ActorId, ActorDivisionCode, SearchKind, Purpose, HitCount, SearchedAt)
        VALUES (@SearchRecordId, @ActorId, @ActorDivisionCode, @SearchKind, @Purpose, @HitCount, @SearchedAt)
        """;

    public static Task AddAsync(Session session, Officer officer, SearchKind kind, SearchPurpose purpose, int hits, DateTimeOffset at) =>
        session.ExecuteAsync(AddSql, new
        {
            SearchRecordId = Guid.CreateVersion7(at),
            ActorId = officer.Id,
            ActorDivisionCode = officer.Division,
            SearchKind = kind,
            Purpose = purpose,
            HitCount = hits,
            SearchedAt = at,
        });
}

/// <summary>Records a search with the cases it shows, before the answer leaves.</summary>
internal sealed class SearchLog(Database database, AccessLog access, TimeProvider time)
{
    /// <param name="operation">The operation's name in the contract; with the purpose it says why each case was shown.</param>
    public async Task RecordAsync(
        Officer officer, SearchKind kind, SearchPurpose purpose, string operation, IReadOnlyCollection<Guid> cases, CancellationToken cancellation)
    {
        await database.WriteAsync(session => SearchRecords.AddAsync(session, officer, kind, purpose, cases.Count, time.Now), cancellation);
        await Task.WhenAll(cases.Distinct().Select(caseFileId => access.RecordAsync(officer, caseFileId, $"{operation}:{purpose}", cancellation)));
    }
}

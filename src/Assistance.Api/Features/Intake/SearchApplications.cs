using System.Text;
using Assistance.Api.Data;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>A search for one of case number, identity number and name, with what it is for.</summary>
[Example("""
    { "purpose": "Inquiry", "name": "样例", "community": "140213054", "take": 20 }
    """)]
public sealed record SearchApplicationsRequest : ICheckedRequest
{
    private const int ShortestName = 2;

    /// <summary>What it is searched for; kept with every case shown.</summary>
    public required SearchPurpose Purpose { get; init; }

    /// <summary>The whole case number.</summary>
    [Text(40)]
    public string? CaseNumber { get; init; }

    /// <summary>The whole identity number. It is looked up by its keyed hash and kept nowhere.</summary>
    [IdentityNumber]
    public string? IdentityNumber { get; init; }

    /// <summary>The name or its beginning, at least two characters; blanks, middle dots, width and case do not matter.</summary>
    [Text(100)]
    public string? Name { get; init; }

    /// <summary>Only households that live in this community, or in this street.</summary>
    [KnownDivision]
    public string? Community { get; init; }

    /// <summary>How many a page; default 20.</summary>
    [Within(1, Paging.Most)]
    public int Take { get; init; } = Paging.Default;

    /// <summary>The <c>next</c> of the page before, with the same search.</summary>
    [Text(100)]
    public string? After { get; init; }

    internal SearchKind Kind => CaseNumber is not null ? SearchKind.CaseNumber : IdentityNumber is not null ? SearchKind.IdentityNumber : SearchKind.Name;

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (new[] { CaseNumber, IdentityNumber, Name }.Count(given => given is not null) != 1)
        {
            yield return new Fault("$", "search-by-one", "请只按档案编号、身份证号码、姓名之一查找。", "Search by exactly one of case number, identity number and name.");
        }

        if (CaseNumber is not null && !Ascii.IsValid(CaseNumber))
        {
            yield return new Fault("$.caseNumber", "case-number", "档案编号由数字和连字符组成。", "A case number consists of digits and hyphens.");
        }

        if (Name is not null && NameKey.Fold(Name).EnumerateRunes().Count() < ShortestName)
        {
            yield return new Fault("$.name", "too-short", $"请至少输入姓名的 {ShortestName} 个字。", $"Give at least {ShortestName} characters of the name.");
        }

        if (After is not null && !SearchPlace.TryParse(After, out _))
        {
            yield return Paging.NotACursor("$.after");
        }
    }
}

/// <summary>An application found, and the member it was found by: recognisable and no more.</summary>
public sealed record ApplicationHit
{
    public required Guid ApplicationId { get; init; }

    public required string CaseNumber { get; init; }

    public required Programme Programme { get; init; }

    public required ApplicationState State { get; init; }

    public required string CommunityCode { get; init; }

    /// <summary>The community where the household lives, with those above it.</summary>
    public required string Community { get; init; }

    /// <summary>The member found; of a search by case number the applicant.</summary>
    public required string Name { get; init; }

    public string? MaskedIdentityNumber { get; init; }

    /// <summary>The member's relationship to the applicant; absent for somebody who is no member any more.</summary>
    public Relationship? Relationship { get; init; }
}

/// <summary>
/// Finds applications of the officer's office. The search is recorded with what it was by and for, never with what was
/// searched for, and so is every case that it shows.
/// </summary>
internal sealed class SearchApplications(Database database, SearchLog log, PersonalDataProtector protector, ReferenceStore reference)
{
    public async Task<Page<ApplicationHit>> HandleAsync(SearchApplicationsRequest request, Officer officer, CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(session => FindAsync(session, request, officer), cancellation);
        var page = Paging.Of(rows, request.Take, Hit, row => new SearchPlace(row.PersonId, row.CaseFileId, row.ApplicationId).ToString());
        await log.RecordAsync(
            officer, request.Kind, request.Purpose, nameof(SearchApplications), [.. rows.Take(request.Take).Select(row => row.CaseFileId)], cancellation);
        return page;
    }

    private async Task<IReadOnlyList<ApplicationHitRow>> FindAsync(Session session, SearchApplicationsRequest request, Officer officer)
    {
        var community = CommunityRange.Of(request.Community);
        var after = request.After is { } cursor && SearchPlace.TryParse(cursor, out var place) ? place : default;
        var take = request.Take + 1;
        switch (request.Kind)
        {
            case SearchKind.CaseNumber:
                return await ApplicationSearchRepository.ByCaseNumberAsync(session, officer, request.CaseNumber!.Trim(), community, after, take);
            case SearchKind.IdentityNumber:
                return await PersonRepository.FindAsync(session, protector, IdentityNumber.Parse(request.IdentityNumber!)) is { } personId
                    ? await ApplicationSearchRepository.ByPersonAsync(session, officer, personId, community, after, take)
                    : [];
            default:
                var name = NameKey.Of(request.Name!);
                var last = after == default ? null : await PersonRepository.FindNameAsync(session, after.PersonId);
                return after == default || (last is { } known && known.NameKey.AsSpan().StartsWith(name))
                    ? await ApplicationSearchRepository.ByNameAsync(session, officer, name, last, community, after, take)
                    : throw ProblemException.Invalid(Paging.NotACursor("$.after"));
        }
    }

    private ApplicationHit Hit(ApplicationHitRow row) => new()
    {
        ApplicationId = row.ApplicationId,
        CaseNumber = row.CaseNumber,
        Programme = row.Programme,
        State = row.ApplicationState,
        CommunityCode = row.CommunityCode,
        Community = reference.Current.FullDivisionName(row.CommunityCode),
        Name = row.PersonName,
        MaskedIdentityNumber = row.IdentityMask,
        Relationship = ApiJson.Read<Household>(row.HouseholdJson).Members.FirstOrDefault(member => member.PersonId == row.PersonId)?.Relationship,
    };
}

using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Cases;

/// <summary>The people of a form, before it is filled in.</summary>
[Example("""
    { "members": [{ "identityNumber": "140213197503120115" }, { "name": "样例", "bornOn": "2026-08-01" }], "programmes": ["SubsistenceAllowance"] }
    """)]
public sealed record SearchDuplicatesRequest : ICheckedRequest
{
    /// <summary>1 to 20 people.</summary>
    public required IReadOnlyList<SearchedMemberRequest> Members { get; init; }

    /// <summary>The programmes to be applied for, each once.</summary>
    public required IReadOnlyList<Programme> Programmes { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (Programmes.Count == 0 || Programmes.Distinct().Count() != Programmes.Count)
        {
            yield return new Fault("$.programmes", "programmes", "请至少选择一个救助项目，不得重复。", "Name at least one programme, each once.");
        }

        if (Members.Count is 0 or > 20)
        {
            yield return new Fault("$.members", "members", "应有 1 至 20 名家庭成员。", "Give 1 to 20 members.");
        }

        for (var i = 0; i < Members.Count; i++)
        {
            if (Members[i] is { IdentityNumber: null, Name: null } or { IdentityNumber: null, BornOn: null })
            {
                yield return new Fault($"$.members[{i}]", "missing", "请填写身份证号码；尚无号码的请填写姓名和出生日期。", "Give the identity number, or for somebody without one name and birth date.");
            }
        }
    }
}

/// <summary>Somebody by identity number, or by name and birth date.</summary>
public sealed record SearchedMemberRequest
{
    [IdentityNumber]
    public string? IdentityNumber { get; init; }

    [Text(100)]
    public string? Name { get; init; }

    [NotInTheFuture]
    public DateOnly? BornOn { get; init; }
}

/// <summary>Whether the form could be taken as it is, and everything found.</summary>
public sealed record SearchDuplicatesResponse(bool IsBlocked, IReadOnlyList<DuplicateResponse> Candidates);

/// <summary>
/// Where a member may be already. Of a case with other offices nothing is told but that there is one: no number, no office,
/// no name.
/// </summary>
public sealed record DuplicateResponse
{
    /// <summary>The member's position, from 1.</summary>
    public required int Member { get; init; }

    public required Programme Programme { get; init; }

    /// <summary>Why it was found; the first decides.</summary>
    public required IReadOnlyList<DuplicateReason> Reasons { get; init; }

    /// <summary>Whether submitting the form would be refused because of it.</summary>
    public required bool IsBlocking { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Sentence { get; init; }

    /// <summary>The application, where the officer may see it.</summary>
    public Guid? ApplicationId { get; init; }

    public string? CaseNumber { get; init; }

    /// <summary>The accepting office, where the officer may see the application.</summary>
    public string? DivisionCode { get; init; }

    internal static DuplicateResponse Of(DuplicateCandidate candidate, ReferenceData reference, DateOnly on, Language language)
    {
        var claim = candidate.Claim;
        var office = claim.SeenApplicationId is null ? null : claim.AcceptingDivisionCode;
        return new DuplicateResponse
        {
            Member = candidate.Newcomer.Member,
            Programme = claim.Programme,
            Reasons = candidate.Reasons,
            IsBlocking = candidate.IsBlocking,
            Sentence = reference.Texts.Sentence($"duplicate.{candidate.Reasons[0]}", new Dictionary<string, string>
            {
                ["member"] = candidate.Newcomer.Member.ToString(CultureInfo.InvariantCulture),
                ["programme"] = claim.Programme.ToString(),
                ["role"] = candidate.Reasons.Contains(DuplicateReason.MemberElsewhere) ? "Member" : "Applicant",
                ["caseNumber"] = claim.SeenCaseNumber ?? "",
                ["office"] = office ?? "",
            }, on, language),
            ApplicationId = claim.SeenApplicationId,
            CaseNumber = claim.SeenCaseNumber,
            DivisionCode = office,
        };
    }

    /// <summary>People of the same name and birth date: what an act that took somebody in leaves to be looked at.</summary>
    internal static IReadOnlyList<DuplicateResponse> OfNamesakes(
        IEnumerable<DuplicateCandidate> candidates, ReferenceData reference, DateOnly on, Language language) =>
    [
        .. candidates.Where(candidate => candidate.Reasons[0] == DuplicateReason.SameNameAndBirth)
            .Select(candidate => Of(candidate, reference, on, language)),
    ];
}

/// <summary>
/// Looks, before any work starts, whether the people of a form are in another case of the district. It asks what submitting
/// asks; the search and the cases found are recorded.
/// </summary>
internal sealed class SearchDuplicates(Database database, SearchLog log, PersonalDataProtector protector, ReferenceStore reference, TimeProvider time)
{
    public async Task<SearchDuplicatesResponse> HandleAsync(
        SearchDuplicatesRequest request, Officer officer, Language language, CancellationToken cancellation)
    {
        var candidates = await database.ReadAsync(
            async session => await ProgrammeClaims.FindAsync(session, officer, await NewcomersAsync(session, request), request.Programmes), cancellation);
        await log.RecordAsync(
            officer,
            SearchKind.Duplicates,
            SearchPurpose.Application,
            nameof(SearchDuplicates),
            [.. candidates.Select(candidate => candidate.Claim.CaseFileId)],
            cancellation);
        return new SearchDuplicatesResponse(
            candidates.Any(candidate => candidate.IsBlocking),
            [.. candidates.Select(candidate => DuplicateResponse.Of(candidate, reference.Current, time.Today, language))]);
    }

    private async Task<IReadOnlyList<Newcomer>> NewcomersAsync(Session session, SearchDuplicatesRequest request)
    {
        var newcomers = new List<Newcomer>(request.Members.Count);
        foreach (var (member, index) in request.Members.Select((member, index) => (member, index)))
        {
            IdentityNumber? number = member.IdentityNumber is { } text ? IdentityNumber.Parse(text) : null;
            newcomers.Add(Newcomer.Of(
                index + 1,
                number is { } known ? await PersonRepository.FindAsync(session, protector, known) : null,
                member.Name,
                number?.BornOn ?? member.BornOn,
                hasNumber: number is not null));
        }

        return newcomers;
    }
}

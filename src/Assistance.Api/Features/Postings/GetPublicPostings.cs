using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Postings;

/// <summary>What is published after a grant, and nothing else: name, number of members, amount (57 art. 24).</summary>
public sealed record GrantPublicationResponse
{
    public required string ApplicantName { get; init; }

    public required int Members { get; init; }

    /// <summary>The allowance granted, in fen a month.</summary>
    public required long MonthlyFen { get; init; }

    public required string Community { get; init; }

    public required DateOnly PublishedOn { get; init; }

    /// <summary>The last day of the publication.</summary>
    public required DateOnly EndsOn { get; init; }

    /// <summary>Whether the amount rests on a sample standard.</summary>
    public required bool UsesSamples { get; init; }

    internal static GrantPublicationResponse Of(GrantPublicationRow row, string community)
    {
        var grant = ApiJson.Read<PublishedGrant>(row.PublicationJson);
        return new GrantPublicationResponse
        {
            ApplicantName = grant.ApplicantName,
            Members = grant.Members,
            MonthlyFen = grant.MonthlyFen,
            Community = community,
            PublishedOn = row.PublishedOn,
            EndsOn = row.EndsOn,
            UsesSamples = row.IsSample,
        };
    }
}

/// <summary>
/// What one community is shown today, for anybody (57 art. 19 and 24): by the day alone, so that nothing has to be taken down
/// and nothing of the past is there to find. A community has to be named: each posting is for the people around the household.
/// </summary>
internal sealed class GetPublicPostings(Database database, ReferenceStore reference, TimeProvider time, IOptions<DistrictOptions> district)
{
    private static readonly TimeSpan MostCached = TimeSpan.FromMinutes(1);

    /// <summary>For how long an answer may be kept: shortly, so that what is taken down vanishes, and not into the next day.</summary>
    public TimeSpan CachedFor
    {
        get
        {
            var left = TimeSpan.FromDays(1) - time.GetUtcNow().ToOffset(ChinaTime.Offset).TimeOfDay;
            return left < MostCached ? left : MostCached;
        }
    }

    public async Task<Page<PostingResponse>> PostingsAsync(string? community, string? after, int? take, CancellationToken cancellation)
    {
        var (today, code) = (time.Today, Require(community));
        var (place, size) = BoardPlace.Parse(after, take, today);
        var rows = await database.ReadAsync(session => PostingRepository.PostedNowAsync(session, code, place, today, size + 1), cancellation);
        var name = reference.Current.FullDivisionName(code);
        return Paging.Of(rows, size, row => PostingResponse.Of(row, name, district.Value.Hotline), row => new BoardPlace(row.EndsOn, row.PostingId).ToString());
    }

    public async Task<Page<GrantPublicationResponse>> GrantsAsync(string? community, string? after, int? take, CancellationToken cancellation)
    {
        var (today, code) = (time.Today, Require(community));
        var (place, size) = BoardPlace.Parse(after, take, today);
        var rows = await database.ReadAsync(session => PostingRepository.PublishedNowAsync(session, code, place, today, size + 1), cancellation);
        var name = reference.Current.FullDivisionName(code);
        return Paging.Of(rows, size, row => GrantPublicationResponse.Of(row, name), row => new BoardPlace(row.EndsOn, row.PublicationId).ToString());
    }

    /// <summary>The page of one community; without one, the communities to choose from, whether anything is posted there or not.</summary>
    public async Task<string> PageAsync(string? community, string? after, CancellationToken cancellation)
    {
        var today = time.Today;
        if (community is null)
        {
            return reference.Current.Texts.Page("public-postings", new
            {
                district.Value.IssuingBody,
                district.Value.Hotline,
                Streets = reference.Current.DivisionsBelow(district.Value.Code)
                    .Select(street => new { Name = street.DivisionName, Communities = reference.Current.DivisionsBelow(street.DivisionCode) }).ToList(),
            }, today);
        }

        var code = Require(community);
        var (place, _) = BoardPlace.Parse(after, Paging.Most, today);
        // A page of either kind holds whatever of it can be in a page of both.
        var (opinions, grants) = await database.ReadAsync(
            async session => (
                await PostingRepository.PostedNowAsync(session, code, place, today, Paging.Most + 1),
                await PostingRepository.PublishedNowAsync(session, code, place, today, Paging.Most + 1)),
            cancellation);
        var places = opinions.Select(row => new BoardPlace(row.EndsOn, row.PostingId)).Concat(grants.Select(row => new BoardPlace(row.EndsOn, row.PublicationId)))
            .OrderBy(shown => shown.ToString(), StringComparer.Ordinal).ToList();
        var last = places.Count > Paging.Most ? places[Paging.Most - 1] : null;
        var name = reference.Current.FullDivisionName(code);
        return reference.Current.Texts.Page("public-postings", new
        {
            district.Value.IssuingBody,
            district.Value.Hotline,
            Community = name,
            CommunityCode = code,
            Today = today,
            Opinions = opinions.Where(row => IsShown(new BoardPlace(row.EndsOn, row.PostingId))).Select(row => PostingResponse.Of(row, name, district.Value.Hotline)).ToList(),
            Grants = grants.Where(row => IsShown(new BoardPlace(row.EndsOn, row.PublicationId))).Select(row => GrantPublicationResponse.Of(row, name)).ToList(),
            Next = last?.ToString(),
        }, today);

        bool IsShown(BoardPlace shown) => last is null || string.CompareOrdinal(shown.ToString(), last.ToString()) <= 0;
    }

    private string Require(string? community) =>
        community is null ? throw ProblemException.Invalid(new Fault("community", "missing", "请写明社区代码。", "Name the community by its code."))
        : DivisionCode.TryParse(community, out var code) && code.Level == DivisionLevel.Community && district.Value.Division.Contains(code) && reference.Current.HasDivision(community)
            ? community
            : throw ProblemException.Invalid(new Fault("community", "unknown-division", "本区没有这个社区代码。", "There is no such community in the district."));
}

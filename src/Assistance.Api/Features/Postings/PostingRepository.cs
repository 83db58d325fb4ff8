using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Postings;

internal sealed class PostingRow
{
    public Guid PostingId { get; init; }

    public Guid ApplicationId { get; init; }

    public string CommunityCode { get; init; } = "";

    public DateOnly PostedOn { get; init; }

    /// <summary>The last day of the posting.</summary>
    public DateOnly EndsOn { get; init; }

    /// <summary>A <see cref="PostedOpinion"/>: the whitelist, so that nothing else can be shown.</summary>
    public string PostingJson { get; init; } = "";
}

internal sealed class GrantPublicationRow
{
    public Guid PublicationId { get; init; }

    public Guid ApplicationId { get; init; }

    public string CommunityCode { get; init; } = "";

    public DateOnly PublishedOn { get; init; }

    /// <summary>The last day of the publication.</summary>
    public DateOnly EndsOn { get; init; }

    /// <summary>A <see cref="PublishedGrant"/>: the whitelist, so that nothing else can be shown.</summary>
    public string PublicationJson { get; init; } = "";

    /// <summary>Whether the amount rests on a sample standard.</summary>
    public bool IsSample { get; init; }
}

/// <summary>
/// What communities are shown: opinions before the decision, one an application, and grants after it. Whoever is not an officer
/// reads them by community and day alone: a posting is gone with its last day, without anybody taking it down.
/// </summary>
internal static class PostingRepository
{
    private const string AddSql = """
        INSERT INTO PublicPosting (PostingId, ApplicationId, CommunityCode, PostedOn, EndsOn, PostingJson)
        VALUES (@PostingId, @ApplicationId, @CommunityCode, @PostedOn, @EndsOn, @PostingJson)
        """;

    /// <summary>Posts an opinion, in place of one that was taken down.</summary>
    public static async Task AddAsync(Session session, PostingRow row)
    {
        await session.ExecuteAsync(RemoveSql, new { row.ApplicationId });
        await session.ExecuteAsync(AddSql, row);
    }

    private const string OfApplicationSql = """
        SELECT PostingId, ApplicationId, CommunityCode, PostedOn, EndsOn, PostingJson FROM PublicPosting WHERE ApplicationId = @ApplicationId
        """;

    public static async Task<PostingRow> GetAsync(Session session, Guid applicationId) =>
        await session.FirstOrDefaultAsync<PostingRow>(OfApplicationSql, new { ApplicationId = applicationId }) ?? throw Refusals.NotPosted();

    private const string RemoveSql = "DELETE FROM PublicPosting WHERE ApplicationId = @ApplicationId";

    /// <summary>
    /// Removes a posting whose result no longer holds, with the district's clock that followed it. The event log keeps both.
    /// Where an objection is why, the posting stays on file, unseen since the application is posted no longer: the new opinion
    /// may go up without another (57 art. 19(2)).
    /// </summary>
    public static async Task WithdrawAsync(Session session, Guid applicationId, bool isByObjection)
    {
        if (!isByObjection)
        {
            await session.ExecuteAsync(RemoveSql, new { ApplicationId = applicationId });
        }

        await ApplicationRepository.RemoveClockAsync(session, applicationId, "DistrictOpinion");
    }

    // By the state too: an opinion that is given anew, and an application that ended in whatever way, is shown no longer.
    private const string PostedNowSql = """
        SELECT p.PostingId, p.ApplicationId, p.CommunityCode, p.PostedOn, p.EndsOn, p.PostingJson
        FROM PublicPosting p JOIN Application a ON a.ApplicationId = p.ApplicationId
        WHERE p.CommunityCode = @CommunityCode AND p.EndsOn >= @AfterEndsOn AND (p.EndsOn > @AfterEndsOn OR p.PostingId > @AfterPostingId)
            AND p.PostedOn <= @UntilPostedOn AND a.ApplicationState = 'Posted'
        ORDER BY p.EndsOn, p.PostingId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<PostingRow>> PostedNowAsync(Session session, string community, BoardPlace after, DateOnly today, int take) =>
        session.ListAsync<PostingRow>(PostedNowSql, new
        {
            CommunityCode = community,
            AfterEndsOn = after.EndsOn,
            AfterPostingId = after.Id,
            UntilPostedOn = today,
            Take = take,
        });

    private const string PublishSql = """
        INSERT INTO GrantPublication (PublicationId, ApplicationId, CommunityCode, PublishedOn, EndsOn, PublicationJson, IsSample)
        VALUES (@PublicationId, @ApplicationId, @CommunityCode, @PublishedOn, @EndsOn, @PublicationJson, @IsSample)
        """;

    public static Task PublishAsync(Session session, GrantPublicationRow row) => session.ExecuteAsync(PublishSql, row);

    private const string PublishedNowSql = """
        SELECT PublicationId, ApplicationId, CommunityCode, PublishedOn, EndsOn, PublicationJson, IsSample
        FROM GrantPublication
        WHERE CommunityCode = @CommunityCode AND EndsOn >= @AfterEndsOn AND (EndsOn > @AfterEndsOn OR PublicationId > @AfterPublicationId)
            AND PublishedOn <= @UntilPublishedOn
        ORDER BY EndsOn, PublicationId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<GrantPublicationRow>> PublishedNowAsync(Session session, string community, BoardPlace after, DateOnly today, int take) =>
        session.ListAsync<GrantPublicationRow>(PublishedNowSql, new
        {
            CommunityCode = community,
            AfterEndsOn = after.EndsOn,
            AfterPublicationId = after.Id,
            UntilPublishedOn = today,
            Take = take,
        });
}

using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Events;

/// <summary>One event of the feed: which case, what kind, when; nothing of a person.</summary>
public sealed record FeedEvent(long Number, Guid CaseFileId, int EventNumber, string Kind, DateTimeOffset OccurredAt, string? LegalBasisCode);

/// <summary>A page of the feed; <c>next</c> is the number to go on after, and stays where nothing came since.</summary>
public sealed record FeedResponse(IReadOnlyList<FeedEvent> Items, long Next);

/// <summary>The feed that other systems follow: numbered without gaps in commit order, for the cases of one's office.</summary>
internal static class ListEvents
{
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/events").WithTags("Events").RefuseUnknownParameters()
            .MapGet("", HandleAsync).RequireAuthorization(Policies.Feed)
            .Describe("ListEvents", "Follow the events of one's office's cases", "订阅本机构档案的事件", Answers.None);

    private static async Task<Ok<FeedResponse>> HandleAsync(long? after, int? take, Officer officer, Database database, CancellationToken cancellation)
    {
        var (_, size) = Paging.Parse(after: null, take);
        var rows = await database.ReadAsync(session => EventFeed.PageAsync(session, officer, after ?? 0, size), cancellation);
        return TypedResults.Ok(new FeedResponse(
            [.. rows.Select(row => new FeedEvent(row.FeedNumber, row.CaseFileId, row.EventNumber, row.EventKind, row.OccurredAt.ToOffset(ChinaTime.Offset), row.BasisCode))],
            rows.Count > 0 ? rows[^1].FeedNumber : after ?? 0));
    }
}

using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Postings;

/// <summary>An objection to a posting as it was recorded, and what came of it.</summary>
public sealed record PostingObjectionResponse
{
    public required Guid ObjectionId { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public required ReceivedWay Way { get; init; }

    /// <summary>Who objected; absent for an anonymous objection, and for offices other than the one that answers and the district.</summary>
    public Sender? Sender { get; init; }

    public required string Statement { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string RecordedBy { get; init; }

    /// <summary>Absent while it is open, as is what follows.</summary>
    public ObjectionAnswer? Answer { get; init; }

    public DemocraticReview? DemocraticReview { get; init; }

    public ObjectionOutcome? Outcome { get; init; }

    public string? Reasons { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public string? AnsweredBy { get; init; }
}

/// <summary>The objections to an application's postings, in the order of recording; the read is recorded.</summary>
public sealed class ListPostingObjections(Database database, AccessLog access, PersonalDataProtector protector)
{
    public async Task<Page<PostingObjectionResponse>?> HandleAsync(Guid id, string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (key, size) = Paging.Parse(after, take);
        var (application, rows) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } found
                ? (found, await PostingObjectionRepository.PageAsync(session, id, key, size + 1))
                : ((ApplicationRow?)null, (IReadOnlyList<PostingObjectionRow>)[]),
            cancellation);
        if (application is null)
        {
            return null;
        }

        await access.RecordAsync(officer, application.CaseFileId, nameof(ListPostingObjections), cancellation);
        var showsSender = Sender.IsShownTo(officer, application);
        return Paging.Of(rows, size, row => Item(row, showsSender), row => row.ObjectionId);
    }

    private PostingObjectionResponse Item(PostingObjectionRow row, bool showsSender) => new()
    {
        ObjectionId = row.ObjectionId,
        ReceivedOn = row.ReceivedOn,
        Way = row.ReceivedWay,
        Sender = showsSender ? Sender.Unprotect(row.SenderCipher, row.ObjectionId, protector) : null,
        Statement = row.Statement,
        RecordedAt = row.RecordedAt.ToOffset(ChinaTime.Offset),
        RecordedBy = row.RecordedBy,
        Answer = row.ObjectionAnswer,
        DemocraticReview = row.DemocraticReviewJson is { } json ? ApiJson.Read<DemocraticReview>(json) : null,
        Outcome = row.ObjectionOutcome,
        Reasons = row.Reasons,
        AnsweredAt = row.ResolvedAt?.ToOffset(ChinaTime.Offset),
        AnsweredBy = row.ResolvedBy,
    };
}

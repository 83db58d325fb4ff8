using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Postings;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.HomeVisits;

/// <summary>A complaint as it was recorded.</summary>
public sealed record ComplaintResponse
{
    public required Guid ComplaintId { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public required ReceivedWay Way { get; init; }

    /// <summary>Who complained; absent for an anonymous complaint, and for offices other than the one that accepts and the district.</summary>
    public Sender? Sender { get; init; }

    public required string Statement { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string RecordedBy { get; init; }
}

/// <summary>The complaints on record in an application's case, in the order of recording; the read is recorded.</summary>
public sealed class ListComplaints(Database database, AccessLog access, PersonalDataProtector protector)
{
    public async Task<Page<ComplaintResponse>?> HandleAsync(Guid id, string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (key, size) = Paging.Parse(after, take);
        var (application, rows) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } found
                ? (found, await ComplaintRepository.PageAsync(session, found.CaseFileId, key, size + 1))
                : ((ApplicationRow?)null, (IReadOnlyList<ComplaintRow>)[]),
            cancellation);
        if (application is null)
        {
            return null;
        }

        await access.RecordAsync(officer, application.CaseFileId, nameof(ListComplaints), cancellation);
        var showsSender = Sender.IsShownTo(officer, application);
        return Paging.Of(rows, size, row => Item(row, showsSender), row => row.ComplaintId);
    }

    private ComplaintResponse Item(ComplaintRow row, bool showsSender) => new()
    {
        ComplaintId = row.ComplaintId,
        ReceivedOn = row.ReceivedOn,
        Way = row.ReceivedWay,
        Sender = showsSender ? Sender.Unprotect(row.SenderCipher, row.ComplaintId, protector) : null,
        Statement = row.Statement,
        RecordedAt = row.RecordedAt.ToOffset(ChinaTime.Offset),
        RecordedBy = row.RecordedBy,
    };
}

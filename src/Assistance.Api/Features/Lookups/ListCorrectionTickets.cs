using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>A request to a department to look at what it stated, and its clock.</summary>
public sealed record CorrectionTicketResponse
{
    public required Guid TicketId { get; init; }

    /// <summary>The look-up of this case whose answer is disputed.</summary>
    public required Guid LookupId { get; init; }

    public required LookupSource Source { get; init; }

    /// <summary>What is wrong, in the household's words or the officer's.</summary>
    public required string Statement { get; init; }

    public required CorrectionTicketState State { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required string RequestedBy { get; init; }

    /// <summary>How often it was sent or tried to be.</summary>
    public required int Attempts { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The department's last day: 10 working days from the day on which it was sent.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Whether that day rests on a calendar not loaded whole.</summary>
    public required bool IsDueProvisional { get; init; }

    /// <summary>Whether that day has passed without an answer, or before it.</summary>
    public required bool IsOverdue { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>What the department said to it.</summary>
    public string? Remark { get; init; }

    public required LegalBasisResponse LegalBasis { get; init; }
}

/// <summary>The correction tickets of an application's case, oldest first; the read is recorded.</summary>
internal sealed class ListCorrectionTickets(Database database, AccessLog access, ReferenceStore reference, TimeProvider time)
{
    public async Task<Page<CorrectionTicketResponse>?> HandleAsync(
        Guid id, string? after, int? take, Officer officer, Language language, CancellationToken cancellation)
    {
        var (key, size) = Paging.Parse(after, take);
        var (caseFileId, rows) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } application
                ? (application.CaseFileId, await CorrectionTicketRepository.PageAsync(session, application.CaseFileId, key, size + 1))
                : (Guid.Empty, (IReadOnlyList<CorrectionTicketRow>?)null),
            cancellation);
        if (rows is null)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFileId, nameof(ListCorrectionTickets), cancellation);
        return Paging.Of(rows, size, row => Item(row, language), row => row.TicketId);
    }

    private CorrectionTicketResponse Item(CorrectionTicketRow row, Language language) => new()
    {
        TicketId = row.TicketId,
        LookupId = row.LookupId,
        Source = row.LookupSource,
        Statement = row.Statement,
        State = row.TicketState,
        RequestedAt = row.RequestedAt.ToOffset(ChinaTime.Offset),
        RequestedBy = row.RequestedBy,
        Attempts = row.AttemptCount,
        SentAt = row.SentAt?.ToOffset(ChinaTime.Offset),
        DueOn = row.DueOn,
        IsDueProvisional = row.IsDueProvisional,
        IsOverdue = row.DueOn < (row.AnsweredAt is { } answeredAt ? ChinaTime.DayOf(answeredAt) : time.Today),
        AnsweredAt = row.AnsweredAt?.ToOffset(ChinaTime.Offset),
        Remark = row.Remark,
        LegalBasis = LegalBasisResponse.Of(reference.Current.LegalBasis(LegalBases.SharingCorrection, ChinaTime.DayOf(row.RequestedAt)), language),
    };
}

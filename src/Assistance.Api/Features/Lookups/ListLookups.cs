using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>One query to a department and what came of it, with the provenance of each fact.</summary>
public sealed record LookupResponse
{
    /// <summary>The query's id, which the department received too.</summary>
    public required Guid LookupId { get; init; }

    /// <summary>Which round of verification it belongs to; the first is the application's.</summary>
    public required int Round { get; init; }

    public required Guid PersonId { get; init; }

    public required LookupSource Source { get; init; }

    public required LookupState State { get; init; }

    /// <summary>Why there is no answer, as a code.</summary>
    public string? Cause { get; init; }

    public required LookupPurpose Purpose { get; init; }

    public required string LegalBasisCode { get; init; }

    /// <summary>The consent it rests on.</summary>
    public required Guid ConsentId { get; init; }

    /// <summary>The officer whose act it follows from, or the rule.</summary>
    public required string CausedBy { get; init; }

    /// <summary>The look-up whose answer serves here too, where nobody was asked again because it was on file; its body is kept there.</summary>
    public Guid? ReusedLookupId { get; init; }

    /// <summary>Which clock of the data-sharing regulation runs or ran for the department.</summary>
    public SharingClock? SharingClock { get; init; }

    /// <summary>The department's last day by that clock.</summary>
    public DateOnly? SharingDueOn { get; init; }

    /// <summary>Whether that day rests on a calendar not loaded whole.</summary>
    public required bool IsDueProvisional { get; init; }

    /// <summary>When the department took the query to answer it later.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Counts up where the department corrected its answer; 0 before the first.</summary>
    public required int Revision { get; init; }

    public DateTimeOffset? AskedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateOnly? ValidUntilOn { get; init; }

    /// <summary>SHA-256 of the answer as received.</summary>
    public string? ResponseHash { get; init; }

    /// <summary>When a body of it was deleted, as its retention period demands; the hash and the facts remain.</summary>
    public DateOnly? BodyDeletedOn { get; init; }

    public required IReadOnlyList<FactResponse> Facts { get; init; }
}

/// <summary>One typed statement of the department; amounts are fen per month.</summary>
public sealed record FactResponse(FactKind Kind, long? AmountFen, int? Count, string? DivisionCode, DateOnly? FromOn, DateOnly? ToOn);

/// <summary>All look-ups of an application's case; the read is recorded.</summary>
public sealed record LookupListResponse(IReadOnlyList<LookupResponse> Items, bool IsSettled);

public sealed class ListLookups(Database database, AccessLog access)
{
    public async Task<LookupListResponse?> HandleAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        var (caseFileId, list) = await database.ReadAsync(
            async session =>
            {
                if (await ApplicationRepository.FindAsync(session, id, officer) is not { } application)
                {
                    return (Guid.Empty, (LookupListResponse?)null);
                }

                var lookups = await LookupRepository.OfCaseAsync(session, application.CaseFileId);
                var facts = (await LookupAnswerRepository.FactsAsync(session, application.CaseFileId)).ToLookup(fact => fact.LookupId);
                var isSettled = lookups.All(lookup => LookupSources.IsSettled(lookup.LookupState))
                    && !await MeansVerificationRepository.IsWaitingAsync(session, application.CaseFileId);
                return (application.CaseFileId, new LookupListResponse([.. lookups.Select(lookup => Response(lookup, facts[lookup.LookupId]))], isSettled));
            },
            cancellation);
        if (list is not null)
        {
            await access.RecordAsync(officer, caseFileId, nameof(ListLookups), cancellation);
        }

        return list;
    }

    private static LookupResponse Response(LookupRow row, IEnumerable<LookupFact> facts) => new()
    {
        LookupId = row.LookupId,
        Round = row.RoundNumber,
        PersonId = row.PersonId,
        Source = row.LookupSource,
        State = row.LookupState,
        Cause = row.LookupCause,
        Purpose = row.Purpose,
        LegalBasisCode = row.BasisCode,
        ConsentId = row.ConsentId,
        CausedBy = row.CausedBy,
        ReusedLookupId = row.ReusedLookupId,
        SharingClock = row.SharingClock,
        SharingDueOn = row.SharingDueOn,
        IsDueProvisional = row.IsDueProvisional,
        SubmittedAt = row.SubmittedAt?.ToOffset(ChinaTime.Offset),
        Revision = row.AnswerRevision,
        AskedAt = row.AskedAt?.ToOffset(ChinaTime.Offset),
        AnsweredAt = row.AnsweredAt?.ToOffset(ChinaTime.Offset),
        ValidUntilOn = row.ValidUntilOn,
        ResponseHash = row.ResponseHash,
        BodyDeletedOn = row.BodyDeletedOn,
        Facts = [.. facts.Select(fact => new FactResponse(fact.Kind, fact.AmountFen?.Fen, fact.Count, fact.DivisionCode, fact.FromOn, fact.ToOn))],
    };
}

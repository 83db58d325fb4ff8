using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Cases;

/// <summary>One thing that happened, in order, in words, by whom and on which basis.</summary>
public sealed record TimelineEntry
{
    /// <summary>The place in the case's own order, from 1 without gaps.</summary>
    public required int Number { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The officer's id, or <c>system</c>.</summary>
    public required string ActorId { get; init; }

    public string? ActorDivision { get; init; }

    public required string Sentence { get; init; }

    public LegalBasisResponse? LegalBasis { get; init; }
}

/// <summary>A page of the timeline; <c>next</c> is the number to go on after, absent at the end.</summary>
public sealed record TimelineResponse(IReadOnlyList<TimelineEntry> Items, int? Next);

/// <summary>Tells a case from its event log alone; the read is recorded.</summary>
public sealed class GetTimeline(Database database, AccessLog access, ReferenceStore reference)
{
    public async Task<TimelineResponse?> HandleAsync(
        Guid applicationId, int? after, int? take, Officer officer, Language language, CancellationToken cancellation)
    {
        var (_, size) = Paging.Parse(after: null, take);
        var (caseFileId, rows) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, applicationId, officer) is { } application
                ? (application.CaseFileId, await CaseEvents.PageAsync(session, application.CaseFileId, after ?? 0, size + 1))
                : (Guid.Empty, (IReadOnlyList<CaseEventRow>?)null),
            cancellation);
        if (rows is null)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFileId, nameof(GetTimeline), cancellation);
        return new TimelineResponse(
            [.. rows.Take(size).Select(row => Entry(row, language))],
            rows.Count > size ? rows[size - 1].EventNumber : null);
    }

    private TimelineEntry Entry(CaseEventRow row, Language language)
    {
        var on = ChinaTime.DayOf(row.OccurredAt);
        return new TimelineEntry
        {
            Number = row.EventNumber,
            Kind = row.EventKind,
            OccurredAt = row.OccurredAt.ToOffset(ChinaTime.Offset),
            ActorId = row.ActorId,
            ActorDivision = row.ActorDivisionCode is { } code ? reference.Current.FullDivisionName(code) : null,
            Sentence = reference.Current.Texts.Sentence($"event.{row.EventKind}", ApiJson.Read<Dictionary<string, string>>(row.EventJson), on, language),
            LegalBasis = row.BasisCode is { } basis ? LegalBasisResponse.Of(reference.Current.LegalBasis(basis, on), language) : null,
        };
    }
}

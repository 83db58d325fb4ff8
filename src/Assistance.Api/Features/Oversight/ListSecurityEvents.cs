using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Oversight;

/// <summary>Something that was refused and has to be looked into; it does not say whom it was about.</summary>
public sealed record SecurityEventResponse
{
    public required Guid SecurityEventId { get; init; }

    public required SecurityEventKind Kind { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The officer's id; <c>anonymous</c> for who showed no token.</summary>
    public required string ActorId { get; init; }

    public string? ActorDivisionCode { get; init; }

    public string? ActorDivision { get; init; }

    /// <summary>The case for which it was tried.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>The department that was to be asked, or in whose name the message came.</summary>
    public LookupSource? Source { get; init; }

    /// <summary>Why it was refused, as a code.</summary>
    public required string Cause { get; init; }
}

/// <summary>Lists security events, oldest first, for the district: they cross its streets, and departments' belong to none.</summary>
internal sealed class ListSecurityEvents(Database database, ReferenceStore reference)
{
    public async Task<Page<SecurityEventResponse>> HandleAsync(
        SecurityEventKind? kind, string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        if (!officer.IsOfTheDistrict)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "forbidden");
        }

        var (key, size) = Paging.Parse(after, take);
        var rows = await database.ReadAsync(session => SecurityEvents.PageAsync(session, kind, key, size + 1), cancellation);
        return Paging.Of(rows, size, Item, row => row.SecurityEventId);
    }

    private SecurityEventResponse Item(SecurityEventRow row) => new()
    {
        SecurityEventId = row.SecurityEventId,
        Kind = row.SecurityEventKind,
        OccurredAt = row.OccurredAt.ToOffset(ChinaTime.Offset),
        ActorId = row.ActorId,
        ActorDivisionCode = row.ActorDivisionCode,
        ActorDivision = row.ActorDivisionCode is { } code ? reference.Current.FullDivisionName(code) : null,
        CaseNumber = row.CaseNumber,
        Source = row.LookupSource,
        Cause = row.SecurityCause,
    };
}

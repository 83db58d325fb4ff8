using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.HomeVisits;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.HomeVisits;

/// <summary>A home visit as it was recorded.</summary>
public sealed record HomeVisitResponse
{
    public required Guid HomeVisitId { get; init; }

    public required DateOnly VisitedOn { get; init; }

    public required string VisitingDivisionCode { get; init; }

    public required string VisitingDivision { get; init; }

    public required HomeVisitMethod Method { get; init; }

    public string? Ground { get; init; }

    public required IReadOnlyList<VisitorResponse> Visitors { get; init; }

    public required string FactsFound { get; init; }

    public Guid? SignedByPersonId { get; init; }

    public string? UnsignedReason { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string RecordedBy { get; init; }
}

/// <summary>An officer who visited.</summary>
public sealed record VisitorResponse
{
    public required string OfficerId { get; init; }

    public required string Name { get; init; }
}

/// <summary>The home visits of an application's case, in the order of recording; the read is recorded.</summary>
public sealed class ListHomeVisits(Database database, AccessLog access, ReferenceStore reference)
{
    public async Task<Page<HomeVisitResponse>?> HandleAsync(Guid id, string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (key, size) = Paging.Parse(after, take);
        var (caseFileId, rows) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } application
                ? (application.CaseFileId, await HomeVisitRepository.PageAsync(session, application.CaseFileId, key, size + 1))
                : (Guid.Empty, (IReadOnlyList<HomeVisitRow>?)null),
            cancellation);
        if (rows is null)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFileId, nameof(ListHomeVisits), cancellation);
        return Paging.Of(rows, size, Item, row => row.HomeVisitId);
    }

    private HomeVisitResponse Item(HomeVisitRow row) => new()
    {
        HomeVisitId = row.HomeVisitId,
        VisitedOn = row.VisitedOn,
        VisitingDivisionCode = row.VisitingDivisionCode,
        VisitingDivision = reference.Current.FullDivisionName(row.VisitingDivisionCode),
        Method = row.VisitMethod,
        Ground = row.VisitGround,
        Visitors = ApiJson.Read<IReadOnlyList<VisitorResponse>>(row.VisitorsJson),
        FactsFound = row.FactsFound,
        SignedByPersonId = row.SignedByPersonId,
        UnsignedReason = row.UnsignedReason,
        RecordedAt = row.RecordedAt.ToOffset(ChinaTime.Offset),
        RecordedBy = row.RecordedBy,
    };
}

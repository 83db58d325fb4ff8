using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>One passing of the application from office to office.</summary>
public sealed record TransferResponse
{
    public required TransferKind Kind { get; init; }

    public required string FromDivisionCode { get; init; }

    public required string FromDivision { get; init; }

    public required string ToDivisionCode { get; init; }

    public required string ToDivision { get; init; }

    public string? Reasons { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When the other office took it up; absent while it has not.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>When something newer took its place, so that it is not to be taken up any more.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>By when it has to be taken up.</summary>
    public required DateOnly DueOn { get; init; }

    public required bool IsDueProvisional { get; init; }

    public required LegalBasisResponse LegalBasis { get; init; }
}

/// <summary>A street's request that the district decide, and the decision.</summary>
public sealed record ArbitrationResponse
{
    public required string RequestingDivisionCode { get; init; }

    public required string RequestReasons { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required DateOnly DueOn { get; init; }

    public required bool IsDueProvisional { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? AcceptingDivisionCode { get; init; }

    public string? Reasons { get; init; }
}

/// <summary>How an application came to its office, for the offices alone.</summary>
public sealed record TransferListResponse(IReadOnlyList<TransferResponse> Transfers, IReadOnlyList<ArbitrationResponse> Arbitrations);

/// <summary>Lists the transfers and arbitrations of an application; the read is recorded.</summary>
internal sealed class ListTransfers(Database database, AccessLog access, ReferenceStore reference)
{
    public async Task<TransferListResponse?> HandleAsync(Guid id, Officer officer, Language language, CancellationToken cancellation)
    {
        var (caseFileId, transfers, arbitrations) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } application
                ? (application.CaseFileId, await TransferRepository.OfApplicationAsync(session, id), await TransferRepository.ArbitrationsAsync(session, id))
                : (Guid.Empty, [], (IReadOnlyList<ArbitrationRow>)[]),
            cancellation);
        if (caseFileId == Guid.Empty)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFileId, nameof(ListTransfers), cancellation);
        return new TransferListResponse([.. transfers.Select(row => Of(row, language))], [.. arbitrations.Select(Of)]);
    }

    private TransferResponse Of(TransferRow row, Language language) => new()
    {
        Kind = row.TransferKind,
        FromDivisionCode = row.FromDivisionCode,
        FromDivision = reference.Current.FullDivisionName(row.FromDivisionCode),
        ToDivisionCode = row.ToDivisionCode,
        ToDivision = reference.Current.FullDivisionName(row.ToDivisionCode),
        Reasons = row.Reasons,
        SentAt = row.SentAt.ToOffset(ChinaTime.Offset),
        ReceivedAt = row.ReceivedAt?.ToOffset(ChinaTime.Offset),
        WithdrawnAt = row.WithdrawnAt?.ToOffset(ChinaTime.Offset),
        DueOn = row.DueOn,
        IsDueProvisional = row.IsDueProvisional,
        LegalBasis = LegalBasisResponse.Of(reference.Current.LegalBasis(row.BasisCode, ChinaTime.DayOf(row.SentAt)), language),
    };

    private static ArbitrationResponse Of(ArbitrationRow row) => new()
    {
        RequestingDivisionCode = row.RequestingDivisionCode,
        RequestReasons = row.RequestReasons,
        RequestedAt = row.RequestedAt.ToOffset(ChinaTime.Offset),
        DueOn = row.DueOn,
        IsDueProvisional = row.IsDueProvisional,
        DecidedAt = row.DecidedAt?.ToOffset(ChinaTime.Offset),
        AcceptingDivisionCode = row.AcceptingDivisionCode,
        Reasons = row.Reasons,
    };
}

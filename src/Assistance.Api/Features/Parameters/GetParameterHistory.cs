using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Parameters;

/// <summary>Where a row of the parameters comes from.</summary>
public enum ParameterOrigin
{
    /// <summary>The service was set up with it.</summary>
    Seed,

    /// <summary>One person proposed it and another activated it.</summary>
    Upload,
}

/// <summary>The two people who stand for a change of the parameters.</summary>
public sealed record ParameterUploadReference
{
    public required Guid UploadId { get; init; }

    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public required string ActivatedBy { get; init; }

    public required DateTimeOffset ActivatedAt { get; init; }

    internal static ParameterUploadReference Of(ActivatedLineRow row) => new()
    {
        UploadId = row.UploadId,
        ProposedBy = row.ProposedBy,
        ProposedAt = row.ProposedAt.ToOffset(ChinaTime.Offset),
        ActivatedBy = row.ClosedBy,
        ActivatedAt = row.ClosedAt.ToOffset(ChinaTime.Offset),
    };
}

/// <summary>A row of a parameter, and who brought and who ended it.</summary>
public sealed record ParameterHistoryRow
{
    public required long Value { get; init; }

    public required string Unit { get; init; }

    public required DateOnly FromOn { get; init; }

    /// <summary>The last day; absent while there is no end.</summary>
    public DateOnly? ToOn { get; init; }

    public LegalBasisResponse? LegalBasis { get; init; }

    public string? DocumentNumber { get; init; }

    public required bool IsSample { get; init; }

    public required ParameterOrigin Origin { get; init; }

    /// <summary>The upload that it came by; absent for one of the seeds.</summary>
    public ParameterUploadReference? Upload { get; init; }

    /// <summary>The upload by which it was given its last day; absent where it has none, or was written with one.</summary>
    public ParameterUploadReference? EndedBy { get; init; }
}

/// <summary>Every row that a parameter ever had, the oldest first.</summary>
public sealed record ParameterHistoryResponse(string Code, string Name, IReadOnlyList<ParameterHistoryRow> Rows);

/// <summary>Tells how a parameter came to be what it is.</summary>
public sealed class GetParameterHistory(Database database, ReferenceStore reference)
{
    /// <returns>Null where there is no such parameter.</returns>
    public async Task<ParameterHistoryResponse?> HandleAsync(string code, Language language, CancellationToken cancellation)
    {
        if (!ParameterCodes.All.Contains(code))
        {
            return null;
        }

        var (rows, activated) = await database.ReadAsync(
            async session => (await ReferenceRepository.ParametersOfAsync(session, code), await ParameterUploadRepository.ActivatedOfCodeAsync(session, code)),
            cancellation);
        return new ParameterHistoryResponse(
            code,
            reference.Current.Texts.Word(code, language),
            [.. rows.Select(row => Show(row, activated, language))]);
    }

    private ParameterHistoryRow Show(PolicyParameterRow row, IReadOnlyList<ActivatedLineRow> activated, Language language)
    {
        var shown = ParameterResponse.Of(row.AsParameter(), reference.Current, language);
        var broughtBy = activated.FirstOrDefault(line => line.FromOn == row.FromOn);
        return new ParameterHistoryRow
        {
            Value = shown.Value,
            Unit = shown.Unit,
            FromOn = shown.FromOn,
            ToOn = shown.ToOn,
            LegalBasis = shown.LegalBasis,
            DocumentNumber = shown.DocumentNumber,
            IsSample = shown.IsSample,
            Origin = broughtBy is null ? ParameterOrigin.Seed : ParameterOrigin.Upload,
            Upload = broughtBy is null ? null : ParameterUploadReference.Of(broughtBy),
            EndedBy = activated.FirstOrDefault(line => line.EndedFromOn == row.FromOn) is { } endedBy ? ParameterUploadReference.Of(endedBy) : null,
        };
    }
}

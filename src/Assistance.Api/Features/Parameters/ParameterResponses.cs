using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Parameters;

namespace Assistance.Api.Features.Parameters;

/// <summary>A number that a government may change, with the days on which it holds (both included).</summary>
public sealed record ParameterResponse
{
    public required string Code { get; init; }

    /// <summary>As people call it.</summary>
    public required string Name { get; init; }

    /// <summary>A whole number of the unit; amounts are fen.</summary>
    public required long Value { get; init; }

    /// <summary>For example <c>fen/month</c>, <c>days</c>, <c>workingDays</c>, <c>months</c>, <c>count</c>.</summary>
    public required string Unit { get; init; }

    public required DateOnly FromOn { get; init; }

    /// <summary>The last day; absent while there is no end.</summary>
    public DateOnly? ToOn { get; init; }

    /// <summary>What it rests on, as in force on its first day; absent where that article is not in force then.</summary>
    public LegalBasisResponse? LegalBasis { get; init; }

    /// <summary>The number of the document that set it, where there is one.</summary>
    public string? DocumentNumber { get; init; }

    /// <summary>Whether it has no official source; every paper computed from it says so.</summary>
    public required bool IsSample { get; init; }

    internal static ParameterResponse Of(PolicyParameter row, ReferenceData reference, Language language) => new()
    {
        Code = row.Code,
        Name = reference.Texts.Word(row.Code, language),
        Value = row.Value,
        Unit = row.Unit,
        FromOn = row.FromOn,
        ToOn = row.ToOn,
        LegalBasis = reference.FindLegalBasis(row.BasisCode, row.FromOn) is { } basis ? LegalBasisResponse.Of(basis, language) : null,
        DocumentNumber = row.DocumentNumber,
        IsSample = row.IsSample,
    };
}

/// <summary>What one row of a file changes.</summary>
public sealed record ParameterChangeResponse
{
    /// <summary>The line of the file; the heading is line 1.</summary>
    public required int Line { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Unit { get; init; }

    /// <summary>The value on the day before; absent where there was none.</summary>
    public long? OldValue { get; init; }

    public required long NewValue { get; init; }

    /// <summary>From when the new value holds.</summary>
    public required DateOnly FromOn { get; init; }

    /// <summary>The last day; absent while there is no end.</summary>
    public DateOnly? ToOn { get; init; }

    /// <summary>The last day that the row in force without an end is given by it; the one change made to a row that is there.</summary>
    public DateOnly? FormerEndsOn { get; init; }

    internal static ParameterChangeResponse Of(ParameterChange change, ReferenceData reference, Language language)
    {
        var row = change.Line.Parameter;
        return new()
        {
            Line = change.Line.Line,
            Code = row.Code,
            Name = reference.Texts.Word(row.Code, language),
            Unit = row.Unit,
            OldValue = change.Former?.Value,
            NewValue = row.Value,
            FromOn = row.FromOn,
            ToOn = row.ToOn,
            FormerEndsOn = change.EndsFormer ? change.Former?.ToOn : null,
        };
    }
}

/// <summary>Whether rows may join the parameters now: everything that stands against it at once, and what the sound ones change.</summary>
public sealed record ParameterReportResponse
{
    public required bool IsAcceptable { get; init; }

    /// <summary>The earliest day that a row may begin on.</summary>
    public required DateOnly EarliestOn { get; init; }

    /// <summary>Each with line and column in its path, for example <c>$.csv[3].value</c>, the heading being line 1.</summary>
    public required IReadOnlyList<FaultDetail> Faults { get; init; }

    public required IReadOnlyList<ParameterChangeResponse> Changes { get; init; }

    internal static ParameterReportResponse Of(ParameterReport report, DateOnly earliestOn, ReferenceData reference, Language language) => new()
    {
        IsAcceptable = report.IsSound,
        EarliestOn = earliestOn,
        Faults = [.. report.Faults.Select(fault => ParameterFaults.Fault(fault).In(language))],
        Changes = [.. report.Changes.Select(change => ParameterChangeResponse.Of(change, reference, language))],
    };
}

/// <summary>An upload after an act, with what it changes.</summary>
public sealed record ParameterUploadActResponse(Guid UploadId, ParameterUploadState State, IReadOnlyList<ParameterChangeResponse> Changes);

/// <summary>The state of an upload after an act.</summary>
public sealed record ParameterUploadStateResponse(Guid UploadId, ParameterUploadState State);

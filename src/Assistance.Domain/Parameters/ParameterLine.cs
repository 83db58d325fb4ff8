using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Parameters;

/// <summary>A file as it was cut into fields, before anything in it is believed.</summary>
/// <param name="Heading">The names of the columns.</param>
public sealed record ParameterTable(IReadOnlyList<string> Heading, IReadOnlyList<ParameterRecord> Records);

/// <param name="Line">The line it begins in; the heading is line 1.</param>
/// <param name="Fields">Null where the line is no CSV.</param>
public sealed record ParameterRecord(int Line, IReadOnlyList<string>? Fields);

/// <summary>A row proposed for the parameters, with the line of the file it came in.</summary>
/// <param name="Remark">What the proposer says to it, for the second person.</param>
public sealed record ParameterLine(int Line, PolicyParameter Parameter, string? Remark);

/// <summary>What a file is held against.</summary>
/// <param name="Rows">The rows that are there, of every code.</param>
/// <param name="Codes">The codes that rules and procedures ask for.</param>
/// <param name="Bases">The versions of an article by its code; none where it is not known.</param>
/// <param name="EarliestOn">The earliest day that a row may begin on: after today, never retroactive.</param>
public sealed record StandingParameters(
    IReadOnlyList<PolicyParameter> Rows, IReadOnlySet<string> Codes, Func<string, IEnumerable<IDated>> Bases, DateOnly EarliestOn);

/// <summary>What one row of a file changes.</summary>
/// <param name="Former">The row that it follows on, of the table or of the file, with the end that it has then; null for the first one of a code.</param>
/// <param name="EndsFormer">
/// Whether that row was in force without an end and is given its last day, the day before the first of this one: in the
/// future, and the one change ever made to a row that is there.
/// </param>
public sealed record ParameterChange(ParameterLine Line, PolicyParameter? Former, bool EndsFormer);

/// <summary>Everything wrong with a file at once, and what its sound rows change.</summary>
public sealed record ParameterReport(
    IReadOnlyList<ParameterFault> Faults, IReadOnlyList<ParameterLine> Lines, IReadOnlyList<ParameterChange> Changes)
{
    public bool IsSound => Faults.Count == 0;
}

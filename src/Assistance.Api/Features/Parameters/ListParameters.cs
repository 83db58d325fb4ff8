using Assistance.Api.Features.Reference;
using Assistance.Api.Http;

namespace Assistance.Api.Features.Parameters;

/// <summary>Lists the parameters in force on a day, as this instance computes with them, in the order of their codes.</summary>
public sealed class ListParameters(ReferenceStore reference, TimeProvider time)
{
    // Every cursor ends in an id, and a parameter has none: its code goes before zeros.
    private static readonly string CursorEnd = Guid.Empty.ToString("N");

    /// <param name="code">How the codes begin; null for all.</param>
    public Page<ParameterResponse> Handle(DateOnly? on, string? code, string? after, int? take, Language language)
    {
        var (current, size) = (reference.Current, Paging.Parse(after: null, take).Take);
        if (after is not null && !after.EndsWith(CursorEnd, StringComparison.Ordinal))
        {
            throw ProblemException.Invalid(Paging.NotACursor(nameof(after)));
        }

        var last = after?[..^CursorEnd.Length] ?? "";
        var rows = current.Parameters.AllInForce(on ?? time.Today)
            .Where(row => string.CompareOrdinal(row.Code, last) > 0 && row.Code.StartsWith(code ?? "", StringComparison.Ordinal))
            .Take(size + 1).ToList();
        return Paging.Of(rows, size, row => ParameterResponse.Of(row, current, language), row => row.Code + CursorEnd);
    }
}

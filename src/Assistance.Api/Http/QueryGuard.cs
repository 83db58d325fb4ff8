
namespace Assistance.Api.Http;

/// <summary>Unknown query parameters are errors: a misspelt filter would otherwise show everything.</summary>
internal static class QueryGuard
{
    public static TBuilder RefuseUnknownParameters<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilterFactory((factory, next) =>
        {
            var known = factory.MethodInfo.GetParameters()
                .Where(parameter => IsFromQuery(parameter.ParameterType))
                .Select(parameter => parameter.Name!)
                .ToHashSet(StringComparer.Ordinal);
            return invocation =>
            {
                var query = invocation.HttpContext.Request.Query;
                if (query.Count == 0)
                {
                    return next(invocation);
                }

                var faults = query.Keys.Where(name => !known.Contains(name))
                    .Select(name => new Fault(name, "unknown-parameter", "不认识的查询参数。", "Unknown query parameter."))
                    .Concat(query.Where(parameter => parameter.Value.Count > 1)
                        .Select(parameter => new Fault(parameter.Key, "repeated-parameter", "参数只能出现一次。", "The parameter may appear once only.")))
                    .ToList();
                return faults.Count == 0 ? next(invocation) : throw ProblemException.Invalid(faults);
            };
        });

    private static bool IsFromQuery(Type type) =>
        type == typeof(string) || type == typeof(bool?) || type == typeof(int?) || type == typeof(long?) || type == typeof(DateOnly?) || (Nullable.GetUnderlyingType(type)?.IsEnum ?? false);
}

/// <summary>A page of a list, by key: <c>next</c> is the cursor of the following page, absent on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Paging
{
    public const int Default = 20;
    public const int Most = 100;

    /// <exception cref="ProblemException">400: not a page size or not a cursor of ours.</exception>
    public static (Guid After, int Take) Parse(string? after, int? take)
    {
        var faults = new List<Fault>();
        if (take is < 1 or > Most)
        {
            faults.Add(new Fault("take", "out-of-range", $"应在 1 与 {Most} 之间。", $"Must be from 1 to {Most}."));
        }

        var key = Guid.Empty;
        if (after is not null && !Guid.TryParseExact(after, "N", out key))
        {
            faults.Add(new Fault("after", "cursor", "请使用上一页的 next。", "Use the next of the page before."));
        }

        return faults.Count == 0 ? (key, take ?? Default) : throw ProblemException.Invalid(faults);
    }

    /// <summary>Makes a page of rows of which one more than a page was read.</summary>
    public static Page<TItem> Of<TRow, TItem>(IReadOnlyList<TRow> rows, int take, Func<TRow, TItem> show, Func<TRow, Guid> key) =>
        new([.. rows.Take(take).Select(show)], rows.Count > take ? key(rows[take - 1]).ToString("N") : null);
}

using System.Globalization;

namespace Assistance.Api.Http;

/// <summary>
/// Names everything wrong with a query at once. An unknown parameter is an error, since a misspelt filter would otherwise
/// show everything; a value that cannot be read is one too, and the framework alone would not say which.
/// </summary>
internal static class QueryGuard
{
    public static TBuilder RefuseUnknownParameters<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilterFactory((factory, next) =>
        {
            var known = factory.MethodInfo.GetParameters()
                .Where(parameter => IsFromQuery(parameter.ParameterType))
                .ToDictionary(parameter => parameter.Name!, parameter => parameter.ParameterType, StringComparer.Ordinal);
            return invocation =>
            {
                var query = invocation.HttpContext.Request.Query;
                if (query.Count == 0)
                {
                    return next(invocation);
                }

                var faults = query
                    .Select(parameter => FaultOf(parameter.Key, [.. parameter.Value], known.GetValueOrDefault(parameter.Key)))
                    .OfType<Fault>()
                    .ToList();
                return faults.Count == 0 ? next(invocation) : throw ProblemException.Invalid(faults);
            };
        });

    private static bool IsFromQuery(Type type) =>
        type == typeof(string) || type == typeof(bool?) || type == typeof(int?) || type == typeof(long?) || type == typeof(DateOnly?) || (Nullable.GetUnderlyingType(type)?.IsEnum ?? false);

    /// <param name="type">The type of the endpoint's parameter; null where it has none of that name.</param>
    private static Fault? FaultOf(string name, IReadOnlyList<string?> values, Type? type)
    {
        if (type is null)
        {
            return new Fault(name, "unknown-parameter", "不认识的查询参数。", "Unknown query parameter.");
        }

        if (values is not [var value])
        {
            return new Fault(name, "repeated-parameter", "参数只能出现一次。", "The parameter may appear once only.");
        }

        // A filter without a value would show everything.
        if (string.IsNullOrEmpty(value))
        {
            return new Fault(name, "blank", "请填写参数值，或者去掉该参数。", "Give a value, or leave the parameter out.");
        }

        if (!IsReadable(value, Nullable.GetUnderlyingType(type) ?? type))
        {
            var expected = ShapeChecker.Expected(type);
            return new Fault(name, "wrong-type", $"应为{expected.Zh}。", $"Must be {expected.En}.");
        }

        return Paging.FaultOf(name, value, type);
    }

    private static bool IsReadable(string value, Type type) => type switch
    {
        { IsEnum: true } => Enum.GetNames(type).Contains(value),
        _ when type == typeof(bool) => bool.TryParse(value, out _),
        _ when type == typeof(int) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        _ when type == typeof(long) => long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        _ when type == typeof(DateOnly) => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };
}

/// <summary>A page of a list, by key: <c>next</c> is the cursor of the following page, absent on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Paging
{
    public const int Default = 20;
    public const int Most = 100;
    private const string CursorFormat = "N";
    private const int IdLength = 32;

    /// <exception cref="ProblemException">400: not a page size or not a cursor of ours.</exception>
    public static (Guid After, int Take) Parse(string? after, int? take, int most = Most)
    {
        IReadOnlyList<Fault> faults = [.. TakeFaults(take, most), .. new[] { FaultOfAfter(after) }.OfType<Fault>()];
        if (faults.Count == 0 && after is { Length: > IdLength })
        {
            faults = [NotACursor("after")];
        }

        return faults.Count == 0
            ? (after is null ? Guid.Empty : Guid.ParseExact(after, CursorFormat), take ?? Default)
            : throw ProblemException.Invalid(faults);
    }

    /// <summary>What is wrong with a readable parameter as a page size or a cursor, which go by these names everywhere.</summary>
    public static Fault? FaultOf(string name, string value, Type type) => name switch
    {
        "take" when type == typeof(int?) => TakeFaults(int.Parse(value, NumberStyles.Integer, CultureInfo.InvariantCulture), Most).FirstOrDefault(),
        "after" when type == typeof(string) => FaultOfAfter(value),
        _ => null,
    };

    /// <summary>What is wrong with a page size.</summary>
    public static IEnumerable<Fault> TakeFaults(int? take, int most)
    {
        if (take < 1 || take > most)
        {
            yield return new Fault("take", "out-of-range", $"应在 1 与 {most} 之间。", $"Must be from 1 to {most}.");
        }
    }

    public static Fault NotACursor(string path) => new(path, "cursor", "请使用上一页的 next。", "Use the next of the page before.");

    /// <summary>Makes a page of rows of which one more than a page was read.</summary>
    public static Page<TItem> Of<TRow, TItem>(IReadOnlyList<TRow> rows, int take, Func<TRow, TItem> show, Func<TRow, Guid> key) =>
        Of(rows, take, show, row => key(row).ToString(CursorFormat));

    /// <summary>The same for a list whose key is more than an id; its cursor ends in the id.</summary>
    public static Page<TItem> Of<TRow, TItem>(IReadOnlyList<TRow> rows, int take, Func<TRow, TItem> show, Func<TRow, string> key) =>
        new([.. rows.Take(take).Select(show)], rows.Count > take ? key(rows[take - 1]) : null);

    // Every cursor of ours ends in an id.
    private static Fault? FaultOfAfter(string? after) =>
        after is not null && !(after.Length >= IdLength && Guid.TryParseExact(after[^IdLength..], CursorFormat, out _)) ? NotACursor("after") : null;
}

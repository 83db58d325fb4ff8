using System.Globalization;
using Assistance.Api.Http;

namespace Assistance.Api.Features.Postings;

/// <summary>
/// A place in what a community is shown now, the first to go first. It never lies before today, whatever a caller makes of a
/// cursor: what is over cannot be reached.
/// </summary>
internal sealed record BoardPlace(DateOnly EndsOn, Guid Id)
{
    private const string Day = "yyyyMMdd";

    public override string ToString() => $"{EndsOn.ToString(Day, CultureInfo.InvariantCulture)}-{Id:N}";

    /// <exception cref="ProblemException">400: not a page size or not a cursor of ours.</exception>
    public static (BoardPlace After, int Take) Parse(string? after, int? take, DateOnly today)
    {
        var faults = Paging.TakeFaults(take, Paging.Most).ToList();
        var start = new BoardPlace(today, Guid.Empty);
        if (after is not null)
        {
            var parts = after.Split('-');
            if (parts.Length == 2 && Guid.TryParseExact(parts[1], "N", out var id)
                && DateOnly.TryParseExact(parts[0], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                start = day < today ? start : new BoardPlace(day, id);
            }
            else
            {
                faults.Add(Paging.NotACursor("after"));
            }
        }

        return faults.Count == 0 ? (start, take ?? Paging.Default) : throw ProblemException.Invalid(faults);
    }
}

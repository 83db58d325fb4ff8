using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>One line of a work list: nothing of the person.</summary>
public sealed record ApplicationListItem
{
    public required Guid ApplicationId { get; init; }

    public required string CaseNumber { get; init; }

    public required Programme Programme { get; init; }

    public required ApplicationState State { get; init; }

    public required string AcceptingDivisionCode { get; init; }

    /// <summary>The community where the household lives, with those above it.</summary>
    public required string Community { get; init; }

    public required string CommunityCode { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateOnly? DueOn { get; init; }

    public required bool IsDueProvisional { get; init; }

    /// <summary>Whether the last day is over and the application still open.</summary>
    public required bool IsOverdue { get; init; }
}

/// <summary>What a work list is asked for, as it came in the query.</summary>
/// <param name="Community">The code of a community, or of a street or district for everything inside it.</param>
/// <param name="DueBefore">Open applications whose last day is before this one.</param>
/// <param name="Overdue">True: open applications past their last day; false: those whose last day is still to come.</param>
public sealed record WorkListQuery(
    string? After, int? Take, ApplicationState? State, Programme? Programme, string? Community, DateOnly? DueBefore, bool? Overdue);

/// <summary>
/// The applications of the officer's office, by key: oldest first; with a community, by community and then oldest first; with
/// a due day, by due day. Each is the order of an index, so that a page deep in the list costs what the first one costs.
/// </summary>
public sealed class ListApplications(Database database, ReferenceStore reference, TimeProvider time)
{
    public async Task<Page<ApplicationListItem>> HandleAsync(WorkListQuery query, Officer officer, CancellationToken cancellation)
    {
        var today = time.Today;
        var list = Parse(query, today);
        var take = query.Take ?? Paging.Default;
        var rows = await database.ReadAsync(session => WorkListRepository.PageAsync(session, officer, list, take + 1), cancellation);
        return Paging.Of(rows, take, row => Item(row, today), row => list.CursorOf(row));
    }

    private WorkList Parse(WorkListQuery query, DateOnly today)
    {
        var faults = Paging.TakeFaults(query.Take, Paging.Most).ToList();
        // Binding also takes a number for a word.
        if (query.State is { } state && !Enum.IsDefined(state))
        {
            faults.Add(new Fault("state", "wrong-type", "没有这种状态。", "There is no such state."));
        }

        if (query.Programme is { } programme && !Enum.IsDefined(programme))
        {
            faults.Add(new Fault("programme", "wrong-type", "没有这个救助项目。", "There is no such programme."));
        }

        if (query.Community is { } code && !reference.Current.HasDivision(code))
        {
            faults.Add(new Fault("community", "unknown-division", "没有这个区划代码。", "There is no such division code."));
        }

        var list = WorkList.Of(query, today);
        if (query.After is { } after && !list.TryGoOnAfter(after, out list))
        {
            faults.Add(Paging.NotACursor("after"));
        }

        return faults.Count == 0 ? list : throw ProblemException.Invalid(faults);
    }

    private ApplicationListItem Item(WorkListRow row, DateOnly today) => new()
    {
        ApplicationId = row.ApplicationId,
        CaseNumber = row.CaseNumber,
        Programme = row.Programme,
        State = row.ApplicationState,
        AcceptingDivisionCode = row.AcceptingDivisionCode,
        Community = reference.Current.FullDivisionName(row.CommunityCode),
        CommunityCode = row.CommunityCode,
        SubmittedAt = row.SubmittedAt.ToOffset(ChinaTime.Offset),
        DueOn = row.DueOn,
        IsDueProvisional = row.IsDueProvisional,
        IsOverdue = row.ApplicationState.IsOpen && row.DueOn < today,
    };
}

/// <summary>A range of a work list: what it is filtered by, in which order it goes, and after which place.</summary>
internal sealed record WorkList
{
    private const string Day = "yyyyMMdd";

    public ApplicationState? State { get; private init; }

    public Programme? Programme { get; private init; }

    public string? Community { get; private init; }

    /// <summary>The first due day of the range; null where due days are not asked about.</summary>
    public DateOnly? DueFrom { get; private init; }

    /// <summary>The day after the last due day of the range.</summary>
    public DateOnly DueUntil { get; private init; }

    public Guid AfterApplicationId { get; private init; }

    public string AfterCommunity { get; private init; } = "";

    /// <summary>The first code after the community asked for and everything inside it.</summary>
    public string CommunityUntil => DivisionCode.Parse(Community!).RangeEnd;

    public static WorkList Of(WorkListQuery query, DateOnly today)
    {
        var until = query.DueBefore ?? DateOnly.MaxValue;
        return new WorkList
        {
            State = query.State,
            Programme = query.Programme,
            Community = query.Community,
            AfterCommunity = query.Community ?? "",
            DueFrom = query switch
            {
                { Overdue: false } => today,
                { Overdue: true } or { DueBefore: not null } => DateOnly.MinValue,
                _ => null,
            },
            DueUntil = query.Overdue == true && today < until ? today : until,
        };
    }

    /// <summary>The place of a row in this list's order.</summary>
    public string CursorOf(WorkListRow row) =>
        DueFrom is not null ? $"{row.DueOn!.Value.ToString(Day, CultureInfo.InvariantCulture)}-{row.ApplicationId:N}"
        : Community is not null ? $"{row.CommunityCode}-{row.ApplicationId:N}"
        : $"{row.ApplicationId:N}";

    /// <returns>False for what is no place of this list: a cursor belongs to the filters it was given for.</returns>
    public bool TryGoOnAfter(string cursor, out WorkList list)
    {
        list = this;
        var parts = cursor.Split('-');
        if (!Guid.TryParseExact(parts[^1], "N", out var id) || parts.Length != (DueFrom is null && Community is null ? 1 : 2))
        {
            return false;
        }

        list = this with { AfterApplicationId = id };
        if (DueFrom is { } from)
        {
            list = DateOnly.TryParseExact(parts[0], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var due) && due >= from
                ? list with { DueFrom = due }
                : this;
            return list != this;
        }

        if (Community is not null)
        {
            list = DivisionCode.TryParse(parts[0], out _) && parts[0].StartsWith(Community, StringComparison.Ordinal)
                ? list with { AfterCommunity = parts[0] }
                : this;
            return list != this;
        }

        return true;
    }
}

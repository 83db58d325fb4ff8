using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Oversight;

/// <summary>What a department's clock runs for.</summary>
public enum RunningClock
{
    /// <summary>Its word: 1 or 10 working days from the request (政务数据共享条例 art. 21).</summary>
    Reply,

    /// <summary>The same, longer by 10 working days (art. 21).</summary>
    ExtendedReply,

    /// <summary>The data: 20 working days from the word that they are shared (art. 22).</summary>
    Delivery,

    /// <summary>校核: 10 working days from the request to look at what it stated (art. 26).</summary>
    Correction,
}

/// <summary>A clock that runs for a department.</summary>
public sealed record RunningClockResponse
{
    public required RunningClock Clock { get; init; }

    public required Guid LookupId { get; init; }

    /// <summary>The request for correction, where the clock is one's.</summary>
    public Guid? TicketId { get; init; }

    public required Guid CaseFileId { get; init; }

    public required LookupSource Source { get; init; }

    /// <summary>When the department was asked.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>Whether that day rests on a calendar not loaded whole.</summary>
    public required bool IsDueProvisional { get; init; }

    public required bool IsOverdue { get; init; }

    /// <summary>Working days that have passed since the last day.</summary>
    public required int OverdueWorkingDays { get; init; }

    public required LegalBasisResponse LegalBasis { get; init; }
}

/// <summary>Lists the clocks of the data-sharing regulation that run for departments, the first last day first.</summary>
internal sealed class ListSharingClocks(Database database, ReferenceStore reference, TimeProvider time)
{
    private const string Day = "yyyyMMdd";

    public async Task<Page<RunningClockResponse>> HandleAsync(
        LookupSource? source, bool? overdue, string? after, int? take, Language language, CancellationToken cancellation)
    {
        var today = time.Today;
        var range = Parse(overdue, after, take, today);
        var size = take ?? Paging.Default;
        // A page of either kind holds whatever of it can be in a page of both.
        var rows = await database.ReadAsync(
            async session => (await SharingClockRepository.LookupsAsync(session, source, range, size + 1))
                .Concat(await SharingClockRepository.TicketsAsync(session, source, range, size + 1))
                .OrderBy(row => row.DueOn).ThenBy(row => row.ClockId.ToString("N"), StringComparer.Ordinal)
                .Take(size + 1).ToList(),
            cancellation);
        return Paging.Of(rows, size, row => Response(row, today, language), row => $"{row.DueOn.ToString(Day, CultureInfo.InvariantCulture)}-{row.ClockId:N}");
    }

    private static ClockRange Parse(bool? overdue, string? after, int? take, DateOnly today)
    {
        var range = new ClockRange(overdue == false ? today : DateOnly.MinValue, overdue == true ? today : DateOnly.MaxValue, Guid.Empty);
        var faults = Paging.TakeFaults(take, Paging.Most).ToList();
        if (after is not null)
        {
            var parts = after.Split('-');
            if (parts.Length == 2 && Guid.TryParseExact(parts[1], "N", out var id)
                && DateOnly.TryParseExact(parts[0], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var due) && due >= range.From)
            {
                range = range with { From = due, AfterId = id };
            }
            else
            {
                faults.Add(Paging.NotACursor("after"));
            }
        }

        return faults.Count == 0 ? range : throw ProblemException.Invalid(faults);
    }

    private RunningClockResponse Response(RunningClockRow row, DateOnly today, Language language)
    {
        var basis = row.SharingClock is { } clock ? SharingClocks.BasisOf(clock) : LegalBases.SharingCorrection;
        return new RunningClockResponse
        {
            Clock = row.SharingClock switch
            {
                null => RunningClock.Correction,
                SharingClock.Delivery => RunningClock.Delivery,
                SharingClock.ExtendedReply => RunningClock.ExtendedReply,
                _ => RunningClock.Reply,
            },
            LookupId = row.LookupId,
            TicketId = row.TicketId,
            CaseFileId = row.CaseFileId,
            Source = row.LookupSource,
            AskedAt = row.AskedAt?.ToOffset(ChinaTime.Offset),
            DueOn = row.DueOn,
            IsDueProvisional = row.IsDueProvisional,
            IsOverdue = row.DueOn < today,
            OverdueWorkingDays = reference.Current.Calendar.CountWorkingDays(row.DueOn, today),
            LegalBasis = LegalBasisResponse.Of(reference.Current.LegalBasis(basis, row.AskedAt is { } asked ? ChinaTime.DayOf(asked) : row.DueOn), language),
        };
    }
}

using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>An application that cannot be accepted yet, and what it waits for.</summary>
public sealed record OutstandingApplication
{
    public required Guid ApplicationId { get; init; }

    public required string CaseNumber { get; init; }

    public required Programme Programme { get; init; }

    public required string CommunityCode { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Whether the household was told its list.</summary>
    public required bool IsSealed { get; init; }

    /// <summary>What is outstanding for this programme; empty for an application that can be accepted, once its list is sealed.</summary>
    public required IReadOnlyList<OutstandingItem> Items { get; init; }
}

/// <summary>One outstanding thing: what, of whom, why, and since when; nobody is named.</summary>
public sealed record OutstandingItem
{
    /// <summary>What the item is supplied under.</summary>
    public required string ItemKey { get; init; }

    public required string ItemCode { get; init; }

    public required string Name { get; init; }

    /// <summary>Which member of the household it concerns, counted from 1 in the order of the form; absent where it concerns the household.</summary>
    public int? Member { get; init; }

    public required DisclosureItemStatus Status { get; init; }

    /// <summary>Why it has to be brought, or brought again.</summary>
    public RequiredCause? Cause { get; init; }

    /// <summary>Whether the household was told to bring it.</summary>
    public required bool IsAsked { get; init; }

    /// <summary>
    /// The day since which the application waits for it: the day of submission, or that on which it was sent back, expired or
    /// was added by a supervisor.
    /// </summary>
    public required DateOnly SinceOn { get; init; }
}

/// <summary>Everything that the received applications of an office wait for, a page in one call; each case shown is recorded.</summary>
internal sealed class ListOutstandingItems(Database database, AccessLog access, ReferenceStore reference, TimeProvider time)
{
    private const int Most = 50;

    public async Task<Page<OutstandingApplication>> HandleAsync(
        string? after, int? take, Officer officer, Language language, CancellationToken cancellation)
    {
        var (key, size) = Paging.Parse(after, take, Most);
        var (rows, standings) = await database.ReadAsync(session => ReadAsync(session, officer, key, size), cancellation);
        await Task.WhenAll(standings.Keys.Select(caseFileId => access.RecordAsync(officer, caseFileId, nameof(ListOutstandingItems), cancellation)));
        return Paging.Of(rows, size, row => Show(row, standings[row.CaseFileId], language), row => row.ApplicationId);
    }

    private async Task<(IReadOnlyList<ReceivedRow> Rows, IReadOnlyDictionary<Guid, DisclosureStanding> Standings)> ReadAsync(
        Session session, Officer officer, Guid after, int size)
    {
        // One more than a page tells whether another follows; what it waits for is nobody's question yet.
        var rows = await ReceivedPageRepository.PageAsync(session, officer, after, size + 1);
        return rows.Count == 0
            ? (rows, new Dictionary<Guid, DisclosureStanding>())
            : (rows, await DisclosureReader.ReadAsync(
                session,
                new ReceivedPage(officer.Division, after, rows[Math.Min(size, rows.Count) - 1].ApplicationId),
                reference.Current,
                time.Today));
    }

    private OutstandingApplication Show(ReceivedRow row, DisclosureStanding standing, Language language)
    {
        var submittedOn = ChinaTime.DayOf(row.SubmittedAt);
        var names = new DisclosureNames(standing, reference.Current, submittedOn, language);
        return new OutstandingApplication
        {
            ApplicationId = row.ApplicationId,
            CaseNumber = row.CaseNumber,
            Programme = row.Programme,
            CommunityCode = row.CommunityCode,
            SubmittedAt = row.SubmittedAt.ToOffset(ChinaTime.Offset),
            IsSealed = standing.IsSealed,
            Items =
            [
                .. standing.Items.Where(item => item.IsOutstanding && item.Programmes.Contains(row.Programme)).Select(item => new OutstandingItem
                {
                    ItemKey = item.ItemKey,
                    ItemCode = item.ItemCode,
                    Name = names.Of(item.ItemKey),
                    Member = MemberOf(item, standing),
                    Status = item.Status,
                    Cause = item.Status == DisclosureItemStatus.LookupPending ? null : item.Cause,
                    IsAsked = standing.Gate.Asked.Contains(item.ItemKey),
                    SinceOn = SinceOn(item, standing, submittedOn),
                }),
            ],
        };
    }

    private static int? MemberOf(DisclosureItem item, DisclosureStanding standing) =>
        standing.Household.Members.Select((member, index) => (member.PersonId, Position: (int?)index + 1))
            .FirstOrDefault(member => member.PersonId == item.PersonId).Position;

    private static DateOnly SinceOn(DisclosureItem item, DisclosureStanding standing, DateOnly submittedOn) => item switch
    {
        { Status: DisclosureItemStatus.Expired, ValidUntilOn: { } last } => last.AddDays(1),
        { Cause: RequiredCause.SentBack } => ChinaTime.DayOf(standing.Supplies.Last(supply => supply.ItemKey == item.ItemKey).ReturnedAt!.Value),
        _ when standing.Overrides.FirstOrDefault(added => added.ItemKey == item.ItemKey) is { } added =>
            ChinaTime.DayOf(standing.Told.Single(told => told.DisclosureId == added.DisclosureId).SealedAt),
        _ => submittedOn,
    };
}

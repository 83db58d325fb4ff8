using Assistance.Api.Events;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>Does without an item, for reasons.</summary>
[Example("""
    { "itemKey": "residence-proof", "reasons": "房屋为亲属无偿借用，社区和两名邻居已当面说明。" }
    """)]
public sealed record WaiveItemRequest
{
    [Text(100)]
    public required string ItemKey { get; init; }

    /// <summary>Why the office can do without it.</summary>
    [Text(2_000)]
    public required string Reasons { get; init; }
}

/// <summary>
/// A supervisor decides to do without an item that the household cannot get. Only what is required can be waived: what a
/// department answers is not asked for anyway.
/// </summary>
internal sealed class WaiveItem(DisclosureActs acts)
{
    public Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, WaiveItemRequest request, Act act, CancellationToken cancellation) =>
        acts.RunAsync(id, act, ApplicationAct.WaiveItem, work => WaiveAsync(work, request), cancellation);

    private static async Task<CaseEvent> WaiveAsync(DisclosureAct work, WaiveItemRequest request)
    {
        if (work.Standing.Find(request.ItemKey) is not { } item || !ToldOnce.IsToBring(item))
        {
            throw Refusals.NotRequired(request.ItemKey.Split(':')[0]);
        }

        await work.RequireOpenForAllAsync(item, ApplicationAct.WaiveItem);

        await DisclosureRepository.AddAsync(work.Session, new WaiverRow
        {
            CaseFileId = work.Application.CaseFileId,
            ItemKey = item.ItemKey,
            Reasons = request.Reasons.Trim(),
            WaivedAt = work.Act.Now,
            WaivedBy = work.Act.Officer.Id,
        });
        return new CaseEvent("ItemWaived", item.BasisCode, new Dictionary<string, string> { ["item"] = item.ItemCode });
    }
}

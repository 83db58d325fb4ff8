using Assistance.Api.Events;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>Sends back what was supplied for an item.</summary>
[Example("""
    { "itemKey": "residence-proof", "reason": "Illegible", "remark": "合同第二页照片模糊，请重新拍摄。" }
    """)]
public sealed record ReturnSupplyRequest
{
    [Text(100)]
    public required string ItemKey { get; init; }

    public required SupplyReturnReason Reason { get; init; }

    /// <summary>What is wrong and what would do, for the household to read.</summary>
    [Text(500)]
    public required string Remark { get; init; }
}

/// <summary>
/// Sends something back as incomplete, illegible or outdated, with a reason the household can act on. The item is required
/// again, and nothing new is asked by it: the household has given it before. What a department answers by now is not sent back.
/// </summary>
internal sealed class ReturnSupply(DisclosureActs acts)
{
    public Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, ReturnSupplyRequest request, Act act, CancellationToken cancellation) =>
        acts.RunAsync(id, act, ApplicationAct.ReturnSupply, work => ReturnAsync(work, request), cancellation);

    private static async Task<CaseEvent> ReturnAsync(DisclosureAct work, ReturnSupplyRequest request)
    {
        var supply = work.Standing.Supplies.LastOrDefault(supply => supply.ItemKey == request.ItemKey);
        if (supply is null || supply.ReturnedAt is not null)
        {
            throw Refusals.NothingSupplied(request.ItemKey.Split(':')[0]);
        }

        var item = work.Standing.Find(request.ItemKey) ?? throw Refusals.NothingSupplied(supply.ItemCode);
        ToldOnce.RequireMayBeReturned(item);
        await work.RequireOpenForAllAsync(item, ApplicationAct.ReturnSupply);
        await DisclosureRepository.ReturnAsync(work.Session, supply with
        {
            ReturnReason = request.Reason,
            ReturnRemark = request.Remark.Trim(),
            ReturnedAt = work.Act.Now,
            ReturnedBy = work.Act.Officer.Id,
        });
        return new CaseEvent("SupplyReturned", LegalBases.ToldOnce, new Dictionary<string, string>
        {
            ["item"] = supply.ItemCode,
            ["reason"] = request.Reason.ToString(),
        });
    }
}

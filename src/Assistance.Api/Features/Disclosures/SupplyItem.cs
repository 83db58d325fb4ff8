using Assistance.Api.Events;
using Assistance.Api.Features.Attachments;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;

namespace Assistance.Api.Features.Disclosures;

/// <summary>What the household brings for an item of the sealed list.</summary>
[Example("""
    { "itemKey": "residence-proof", "way": "PaperSighted", "remark": "租房合同原件" }
    """)]
public sealed record SupplyItemRequest : ICheckedRequest
{
    /// <summary>The item's key from the disclosure.</summary>
    [Text(100)]
    public required string ItemKey { get; init; }

    public required SupplyWay Way { get; init; }

    /// <summary>For an upload: the finished uploads of this item, in order.</summary>
    public IReadOnlyList<Guid> AttachmentIds { get; init; } = [];

    /// <summary>What was seen or promised, for the file.</summary>
    [Text(500)]
    public string? Remark { get; init; }

    /// <summary>The mandate of the agent who brought it for the household; absent where the household did itself.</summary>
    public Guid? MandateId { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (Way == SupplyWay.Upload != AttachmentIds.Count is > 0 and <= 50)
        {
            yield return new Fault("$.attachmentIds", "attachments",
                "以上传方式提供时请列出 1 至 50 个已完成的附件；其他方式不列。", "Name 1 to 50 finished uploads for an upload, and none otherwise.");
        }
    }
}

/// <summary>
/// Records that an item was supplied: paper seen by the officer, a written promise, or an uploaded picture of the paper.
/// Something supplied before is replaced and stays on record. Taking what a department answers, what is on file, or what was
/// never on the sealed list, is refused: the household must not be asked for it (Act art. 62; 57 art. 10).
/// </summary>
internal sealed class SupplyItem(DisclosureActs acts)
{
    public Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, SupplyItemRequest request, Act act, CancellationToken cancellation) =>
        acts.RunAsync(id, act, ApplicationAct.SupplyItem, new AgentAct(request.MandateId, MandateScope.SupplyMaterials),
            work => SupplyAsync(work, request), cancellation);

    private static async Task<CaseEvent> SupplyAsync(DisclosureAct work, SupplyItemRequest request)
    {
        work.RequireSealed();
        var found = work.Standing.Find(request.ItemKey);
        work.Standing.Gate.RequireMayBeTaken(request.ItemKey, found);
        var item = found!;
        if (!item.Ways.Contains(request.Way))
        {
            throw ProblemException.Invalid(new Fault("$.way", "way-not-accepted",
                $"此项可用的方式：{string.Join("、", item.Ways)}。", $"This item can be met by: {string.Join(", ", item.Ways)}."));
        }

        if (request.Way == SupplyWay.Upload)
        {
            await AttachmentRepository.MarkSuppliedAsync(
                work.Session,
                await AttachmentRepository.CompleteOfAsync(work.Session, work.Application.ApplicationId, item.ItemKey, request.AttachmentIds),
                work.Act.Now);
        }

        await DisclosureRepository.AddAsync(work.Session, new SupplyRow
        {
            CaseFileId = work.Application.CaseFileId,
            ItemKey = item.ItemKey,
            SupplyNumber = work.Standing.Supplies.Count(supply => supply.ItemKey == item.ItemKey) + 1,
            ItemCode = item.ItemCode,
            PersonId = item.PersonId,
            SupplyWay = request.Way,
            Remark = request.Remark,
            SuppliedAt = work.Act.Now,
            SuppliedTo = work.Act.Officer.Id,
        });
        return new CaseEvent("ItemSupplied", item.BasisCode, new Dictionary<string, string>
        {
            ["item"] = item.ItemCode,
            ["way"] = request.Way.ToString(),
        });
    }
}

using Assistance.Api.Events;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>The household says that a department's answer is wrong.</summary>
[Example("""
    { "itemKey": "vehicles:019970c100007000800000000000000a", "statement": "该车已于去年报废，登记未注销。" }
    """)]
public sealed record ContestItemRequest
{
    [Text(100)]
    public required string ItemKey { get; init; }

    /// <summary>What is wrong, in the household's words.</summary>
    [Text(2_000)]
    public required string Statement { get; init; }

    /// <summary>The mandate of the agent who contests it for the household; absent where the household did itself.</summary>
    public Guid? MandateId { get; init; }
}

/// <summary>
/// Records that the household disputes an answer, and has the departments asked again at once: on an objection the office
/// must check again (57 art. 18), and the department is to look at what it stated (政务数据共享条例 art. 26). Until a department has answered anew the item is contested, and evidence that the household
/// has is taken for it.
/// </summary>
internal sealed class ContestItem(DisclosureActs acts, LookupSignal signal)
{
    public async Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, ContestItemRequest request, Act act, CancellationToken cancellation)
    {
        var result = await acts.RunAsync(id, act, ApplicationAct.Contest, new AgentAct(request.MandateId, MandateScope.Contest),
            work => ContestAsync(work, request), cancellation);
        signal.Raise();
        return result;
    }

    private static async Task<CaseEvent> ContestAsync(DisclosureAct work, ContestItemRequest request)
    {
        var item = work.Standing.Find(request.ItemKey);
        if (item is not
            {
                Status: DisclosureItemStatus.AnsweredByDepartment or DisclosureItemStatus.OnFile or DisclosureItemStatus.Expired,
                LookupId: { } lookupId, AnsweredAt: not null,
            })
        {
            throw Refusals.NothingToContest(request.ItemKey.Split(':')[0]);
        }

        await DisclosureRepository.AddAsync(work.Session, new ContestationRow
        {
            ContestationId = Guid.CreateVersion7(work.Act.Now),
            CaseFileId = work.Application.CaseFileId,
            ItemKey = item.ItemKey,
            LookupId = lookupId,
            Statement = request.Statement.Trim(),
            ContestedAt = work.Act.Now,
            RecordedBy = work.Act.Officer.Id,
        });
        await CorrectionTicketRepository.RequestAsync(work.Session, lookupId, request.Statement.Trim(), work.Act);
        await MeansVerificationRepository.RequireNextAsync(work.Session, work.Application.CaseFileId,
            new VerificationCause(LookupPurpose.Recheck, work.Act.Officer.Id, IsReuseAllowed: false), work.Act.Now);
        return new CaseEvent("ItemContested", LegalBases.RecheckOnObjection, new Dictionary<string, string>
        {
            ["item"] = item.ItemCode,
            ["source"] = item.Source!.Value.ToString(),
        });
    }
}

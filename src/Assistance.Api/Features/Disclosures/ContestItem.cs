using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
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
/// Records that the household disputes an answer, and has that department asked again at once: on an objection the office must
/// check again (57 art. 18), and the department is to look at what it stated (政务数据共享条例 art. 26). Until it has answered anew
/// the item is contested, and evidence that the household has is taken for it.
/// </summary>
internal sealed class ContestItem(DisclosureActs acts, VerificationRounds rounds, LookupSignal signal)
{
    public async Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, ContestItemRequest request, Act act, CancellationToken cancellation)
    {
        LookupSource? toAsk = null;
        var result = await acts.RunAsync(id, act, ApplicationAct.Contest, new AgentAct(request.MandateId, MandateScope.Contest),
            async work =>
            {
                (var told, toAsk) = await ContestAsync(work, request);
                return told;
            },
            cancellation);
        if (toAsk is { } source)
        {
            signal.Raise(source);
        }

        return result;
    }

    private async Task<(CaseEvent Told, LookupSource ToAsk)> ContestAsync(DisclosureAct work, ContestItemRequest request)
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
        var caseFile = await CaseFileRepository.GetAsync(work.Session, work.Application.CaseFileId);
        await rounds.AskAgainAsync(work.Session, caseFile, item.PersonId!.Value, item.Source!.Value,
            new VerificationCause(LookupPurpose.Recheck, work.Act.Officer.Id, IsReuseAllowed: false), work.Act.Now);
        var told = new CaseEvent("ItemContested", LegalBases.RecheckOnObjection, new Dictionary<string, string>
        {
            ["item"] = item.ItemCode,
            ["source"] = item.Source!.Value.ToString(),
        });
        return (told, item.Source!.Value);
    }
}

using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>What the household brings for an item of the sealed list.</summary>
[Example("""
    { "itemKey": "residence-proof", "way": "PaperSighted", "remark": "租房合同原件" }
    """)]
public sealed record SupplyItemRequest
{
    /// <summary>The item's key from the disclosure.</summary>
    [Text(100)]
    public required string ItemKey { get; init; }

    public required SupplyWay Way { get; init; }

    /// <summary>What was seen or promised, for the file.</summary>
    [Text(500)]
    public string? Remark { get; init; }
}

/// <summary>
/// Records that an item was supplied: paper seen by the officer, or a written promise. Taking what a department answers, or
/// what was never on the sealed list, is refused: the household must not be asked for it (Act art. 62; 57 art. 10).
/// </summary>
public sealed class SupplyItem(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, SupplyItemRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => SupplyAsync(session, id, request, act), cancellation);

    private async Task<Answer<DisclosureResponse>> SupplyAsync(Session session, Guid id, SupplyItemRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        ApplicationActs.Require(ApplicationAct.SupplyItem, application.ApplicationState);
        var sealedRow = await DisclosureRepository.FindAsync(session, id) ?? throw Refusals.DisclosureNotSealed();
        var items = await DisclosureReader.ItemsAsync(session, application, reference.Current);
        var item = items.FirstOrDefault(item => item.ItemKey == request.ItemKey) ?? throw Refusals.NotOnTheSealedList(request.ItemKey.Split(':')[0]);
        RequireAsked(item);
        if (!item.Ways.Contains(request.Way))
        {
            throw ProblemException.Invalid(new Fault("$.way", "way-not-accepted",
                $"此项可用的方式：{string.Join("、", item.Ways)}。", $"This item can be met by: {string.Join(", ", item.Ways)}."));
        }

        await DisclosureRepository.AddSupplyAsync(session, id, request.ItemKey, request.Way, request.Remark, act.Now, act.Officer.Id);
        application = await ApplicationRepository.SaveAsync(session, application);
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("ItemSupplied", item.BasisCode, new Dictionary<string, string>
        {
            ["item"] = item.ItemCode,
            ["way"] = request.Way.ToString(),
        }), act.Now, act.Officer);
        return new Answer<DisclosureResponse>(
            await DisclosureComposer.ComposeAsync(session, application, sealedRow, reference.Current, act.Language),
            $"/v1/applications/{id}/disclosure",
            application.Version);
    }

    private static void RequireAsked(DisclosureItem item)
    {
        switch (item.Status)
        {
            case DisclosureItemStatus.AnsweredByDepartment or DisclosureItemStatus.LookupPending:
                throw Refusals.DepartmentAnswersThis(item.ItemCode, item.Source!.Value.ToString());
            case not DisclosureItemStatus.Required:
                throw Refusals.AlreadyOnFile(item.ItemCode);
        }
    }
}

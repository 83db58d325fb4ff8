using System.Globalization;
using Assistance.Api.Events;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>Asks the household for more than the sealed list did, by exception.</summary>
[Example("""
    { "itemKeys": ["birth-certificate:019970c100007000800000000000000a"], "reasons": "告知之后家中新添一名子女。" }
    """)]
public sealed record OverrideDisclosureRequest : ICheckedRequest
{
    /// <summary>Items of the disclosure that are needed now and were not told.</summary>
    public IReadOnlyList<string> ItemKeys { get; init; } = [];

    /// <summary>Materials of no listed kind.</summary>
    public IReadOnlyList<OtherMaterialRequest> OtherMaterials { get; init; } = [];

    /// <summary>Why the household has to be asked a second time; it is told this.</summary>
    [Text(2_000)]
    public required string Reasons { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (ItemKeys.Count + OtherMaterials.Count is 0 or > 20 || ItemKeys.Distinct().Count() != ItemKeys.Count)
        {
            yield return new Fault("$.itemKeys", "items", "请列出 1 至 20 项，不得重复。", "Name 1 to 20 items, each once.");
        }
    }
}

/// <summary>A material that no row of the disclosure's kinds describes.</summary>
public sealed record OtherMaterialRequest
{
    [Text(100)]
    public required string Name { get; init; }

    /// <summary>Why it is needed, in words the household understands.</summary>
    [Text(400)]
    public required string Why { get; init; }

    /// <summary>Whom it concerns; absent for the household.</summary>
    public Guid? PersonId { get; init; }
}

/// <summary>
/// The exception to being told once (57 art. 10): a supervisor, with reasons, has something asked for that was not on the
/// sealed list. It is told by a second disclosure, marked as such and counted. What a department answers stays forbidden
/// (Act art. 62), and so does what is on file.
/// </summary>
internal sealed class OverrideDisclosure(DisclosureActs acts, ReferenceStore reference)
{
    private const string OtherMaterial = "other-material";

    public Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, OverrideDisclosureRequest request, Act act, CancellationToken cancellation) =>
        acts.RunAsync(id, act, ApplicationAct.OverrideDisclosure, work => OverrideAsync(work, request), cancellation);

    private async Task<CaseEvent> OverrideAsync(DisclosureAct work, OverrideDisclosureRequest request)
    {
        work.RequireSealed();
        var added = request.ItemKeys.Select(key => Listed(work, key)).ToList();
        added.AddRange(Others(work, request));

        var standing = work.Standing with { Overrides = [.. work.Standing.Overrides, .. added] };
        var items = added.Select(row => work.Standing.Find(row.ItemKey) ?? Material(row, work)).ToList();
        var told = await DisclosureSeal.SealAsync(work, items, standing, request.Reasons.Trim(), reference.Current);
        foreach (var row in added)
        {
            await DisclosureRepository.AddAsync(work.Session, row with { DisclosureId = told.DisclosureId });
        }

        return new CaseEvent("DisclosureOverridden", LegalBases.ToldOnce, new Dictionary<string, string>
        {
            ["number"] = told.DisclosureNumber,
            ["items"] = added.Count.ToString(CultureInfo.InvariantCulture),
        });
    }

    private static OverrideRow Listed(DisclosureAct work, string itemKey)
    {
        var item = work.Standing.Find(itemKey);
        work.Standing.Gate.RequireMayBeAdded(itemKey, item);
        return item is null
            ? throw Refusals.NotOnTheSealedList(itemKey.Split(':')[0])
            : new OverrideRow { CaseFileId = work.Application.CaseFileId, ItemKey = itemKey, ItemCode = item.ItemCode, PersonId = item.PersonId };
    }

    private IEnumerable<OverrideRow> Others(DisclosureAct work, OverrideDisclosureRequest request)
    {
        RequireNoListedKind(request.OtherMaterials, work);
        var first = work.Standing.Overrides.Count(row => row.ItemCode == OtherMaterial) + 1;
        return request.OtherMaterials.Select((material, index) => material.PersonId is { } personId && !work.IsMember(personId)
            ? throw Refusals.MemberNotInHousehold()
            : new OverrideRow
            {
                CaseFileId = work.Application.CaseFileId,
                ItemKey = string.Create(CultureInfo.InvariantCulture, $"{OtherMaterial}:{first + index}"),
                ItemCode = OtherMaterial,
                PersonId = material.PersonId,
                MaterialName = material.Name.Trim(),
                MaterialWhy = material.Why.Trim(),
            });
    }

    // A listed kind under a name of its own would go around what departments answer (Act art. 62).
    private void RequireNoListedKind(IReadOnlyList<OtherMaterialRequest> materials, DisclosureAct work)
    {
        var names = reference.Current.ItemTypes(work.Application.SubmittedOn).Select(type => type.NameZh).ToList();
        IReadOnlyList<Fault> faults =
        [
            .. materials.Select((material, index) => (Name: material.Name.Trim(), Path: $"$.otherMaterials[{index}].name"))
                .Where(material => names.Any(name => name.Contains(material.Name, StringComparison.Ordinal) || material.Name.Contains(name, StringComparison.Ordinal)))
                .Select(material => new Fault(material.Path, "listed-kind",
                    "告知书已有此类事项：请按其 itemKey 补充；部门能答复的不得要求提供。", "The list has this kind already: add it by its itemKey; what a department answers may not be asked for.")),
        ];
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }
    }

    private static DisclosureItem Material(OverrideRow row, DisclosureAct work) => new()
    {
        ItemKey = row.ItemKey,
        ItemCode = row.ItemCode,
        PersonId = row.PersonId,
        Programmes = [work.Application.Programme],
        Status = DisclosureItemStatus.Required,
        Cause = RequiredCause.SupervisorOverride,
        BasisCode = LegalBases.ToldOnce,
        Ways = Enum.GetValues<SupplyWay>(),
    };
}

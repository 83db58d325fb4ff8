using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>Tells the household something in a numbered list that is hashed and never changed.</summary>
internal static class DisclosureSeal
{
    /// <param name="items">What the list shows; of these the ones to bring are asked for by it.</param>
    /// <param name="reasons">Why more is asked for than the first list did; null for the first.</param>
    public static async Task<DisclosureRow> SealAsync(
        DisclosureAct work, IReadOnlyList<DisclosureItem> items, DisclosureStanding standing, string? reasons, ReferenceData reference)
    {
        var (session, act, application) = (work.Session, work.Act, work.Application);
        var serial = await NumberSeries.NextAsync(session, string.Create(CultureInfo.InvariantCulture, $"Disclosure-{act.Today.Year}"));
        var composed = await DisclosureComposer.ItemsAsync(session, application, standing, items, reference, Language.Zh);
        var toBring = items.Where(ToldOnce.IsToBring).Select(item => item.ItemKey).ToHashSet();
        var list = new SealedDisclosure
        {
            Version = work.Standing.Told.Count + 1,
            Number = string.Create(CultureInfo.InvariantCulture, $"平民救告〔{act.Today.Year}〕{serial}号"),
            SealedAt = act.Now.ToOffset(ChinaTime.Offset),
            Reasons = reasons,
            Programmes = [.. items.SelectMany(item => item.Programmes).Distinct().Order()],
            Items = [.. composed.Select(item => item with { IsAsked = toBring.Contains(item.ItemKey) })],
        };
        var json = ApiJson.Write(list);
        var row = new DisclosureRow
        {
            DisclosureId = Guid.CreateVersion7(act.Now),
            CaseFileId = application.CaseFileId,
            DisclosureVersion = list.Version,
            DisclosureNumber = list.Number,
            AcceptingDivisionCode = application.AcceptingDivisionCode,
            SealedMonthOn = new DateOnly(act.Today.Year, act.Today.Month, 1),
            SealedAt = act.Now,
            SealedBy = act.Officer.Id,
            Reasons = reasons,
            AskedCount = list.Items.Count(item => item.IsAsked),
            AnsweredCount = list.Items.Count(item => item.Status == DisclosureItemStatus.AnsweredByDepartment),
            OnFileCount = list.Items.Count(item => item.Status == DisclosureItemStatus.OnFile),
            ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))),
            DisclosureJson = json,
        };
        await DisclosureRepository.AddAsync(session, row);
        return row;
    }
}

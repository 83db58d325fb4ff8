using Assistance.Api.Data;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>Puts the derived items into the words of the disclosure.</summary>
internal static class DisclosureComposer
{
    public static async Task<DisclosureResponse> ComposeAsync(
        Session session, ApplicationRow application, DisclosureStanding standing, ReferenceData reference, Language language)
    {
        var acknowledgements = (await DisclosureRepository.AcknowledgementsAsync(session, application.CaseFileId)).ToDictionary(row => row.DisclosureId);
        var names = new DisclosureNames(standing, reference, application.SubmittedOn, language);
        return new DisclosureResponse
        {
            IsSealed = standing.IsSealed,
            IsComplete = standing.IsComplete,
            Versions = [.. standing.Told.Select(row => Version(row, acknowledgements.GetValueOrDefault(row.DisclosureId)))],
            Items = await ItemsAsync(session, application, standing, standing.Items, reference, language),
            Differences = standing.IsSealed
                ? [.. standing.Gate.Differences(standing.Items).Select(difference => new DisclosureDifferenceResponse(difference.ItemKey, names.Of(difference.ItemKey), difference.Change))]
                : [],
        };
    }

    public static async Task<IReadOnlyList<DisclosureItemResponse>> ItemsAsync(
        Session session, ApplicationRow application, DisclosureStanding standing, IEnumerable<DisclosureItem> items, ReferenceData reference, Language language)
    {
        var persons = await PersonRepository.OfCaseAsync(session, application.CaseFileId);
        var names = new DisclosureNames(standing, reference, application.SubmittedOn, language);
        return [.. items.Select(item => Item(item, standing, persons, names, application.SubmittedOn, reference, language))];
    }

    private static DisclosureVersionResponse Version(DisclosureRow row, AcknowledgementRow? acknowledgement) => new()
    {
        Version = row.DisclosureVersion,
        Number = row.DisclosureNumber,
        SealedAt = row.SealedAt.ToOffset(ChinaTime.Offset),
        SealedBy = row.SealedBy,
        ContentHash = row.ContentHash,
        Reasons = row.Reasons,
        ItemsAsked = row.AskedCount,
        Acknowledgement = acknowledgement is null
            ? null
            : new AcknowledgementResponse(acknowledgement.AcknowledgementWay, acknowledgement.AcknowledgedOn, acknowledgement.PersonId),
    };

    private static DisclosureItemResponse Item(
        DisclosureItem item,
        DisclosureStanding standing,
        IReadOnlyDictionary<Guid, PersonRow> persons,
        DisclosureNames names,
        DateOnly submittedOn,
        ReferenceData reference,
        Language language)
    {
        var type = reference.ItemType(item.ItemCode, submittedOn);
        var material = standing.Overrides.FirstOrDefault(row => row.ItemKey == item.ItemKey);
        return new DisclosureItemResponse
        {
            ItemKey = item.ItemKey,
            ItemCode = item.ItemCode,
            Name = names.Of(item.ItemKey),
            Programmes = item.Programmes,
            PersonId = item.PersonId,
            PersonName = item.PersonId is { } personId ? persons[personId].PersonName : null,
            Status = item.Status,
            Cause = item.Status is DisclosureItemStatus.Required or DisclosureItemStatus.Expired ? item.Cause : null,
            IsAsked = standing.Gate.Asked.Contains(item.ItemKey),
            Source = item.Source,
            LookupId = item.LookupId,
            AnsweredAt = item.AnsweredAt?.ToOffset(ChinaTime.Offset),
            SuppliedAt = item.SuppliedAt?.ToOffset(ChinaTime.Offset),
            ValidUntilOn = item.ValidUntilOn,
            ReturnRemark = item.Cause == RequiredCause.SentBack
                ? standing.Supplies.Last(supply => supply.ItemKey == item.ItemKey).ReturnRemark
                : null,
            AttachmentIds =
            [
                .. standing.Attachments.Where(attachment => attachment.ItemKey == item.ItemKey && attachment.SuppliedAt == item.SuppliedAt)
                    .Select(attachment => attachment.AttachmentId),
            ],
            Why = material?.MaterialWhy ?? type?.WhyZh ?? "",
            Example = type?.ExampleZh ?? "",
            Ways = item.Ways,
            Copies = item.Copies,
            LegalBasis = LegalBasisResponse.Of(reference.LegalBasis(item.BasisCode, submittedOn), language),
        };
    }
}

/// <summary>The names of items: of the listed kinds, and of materials that a supervisor named.</summary>
internal sealed class DisclosureNames(DisclosureStanding standing, ReferenceData reference, DateOnly on, Language language)
{
    public string Of(string itemKey)
    {
        var code = itemKey.Split(':')[0];
        return standing.Overrides.FirstOrDefault(row => row.ItemKey == itemKey)?.MaterialName
            ?? (reference.ItemType(code, on) is not { } type ? code : language == Language.Zh ? type.NameZh : type.NameEn);
    }
}

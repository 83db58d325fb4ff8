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
        Session session, ApplicationRow application, DisclosureRow? sealedRow, ReferenceData reference, Language language)
    {
        var persons = await PersonRepository.OfCaseAsync(session, application.CaseFileId);
        var items = await DisclosureReader.ItemsAsync(session, application, reference);
        return new DisclosureResponse
        {
            Number = sealedRow?.DisclosureNumber,
            SealedAt = sealedRow?.SealedAt.ToOffset(ChinaTime.Offset),
            ContentHash = sealedRow?.ContentHash,
            IsSealed = sealedRow is not null,
            IsComplete = !items.Any(item => item.IsOutstanding),
            Items = [.. items.Select(item => Item(item, persons, application, reference, language))],
        };
    }

    private static DisclosureItemResponse Item(
        DisclosureItem item, IReadOnlyDictionary<Guid, PersonRow> persons, ApplicationRow application, ReferenceData reference, Language language)
    {
        var type = reference.ItemType(item.ItemCode, application.Programme, application.SubmittedOn)!;
        return new DisclosureItemResponse
        {
            ItemKey = item.ItemKey,
            ItemCode = item.ItemCode,
            Name = language == Language.Zh ? type.NameZh : type.NameEn,
            PersonId = item.PersonId,
            PersonName = item.PersonId is { } personId ? persons[personId].PersonName : null,
            Status = item.Status,
            Cause = item.Status == DisclosureItemStatus.Required ? item.Cause : null,
            Source = item.Source,
            LookupId = item.LookupId,
            AnsweredAt = item.AnsweredAt?.ToOffset(ChinaTime.Offset),
            Why = type.WhyZh,
            Example = type.ExampleZh,
            Ways = item.Ways,
            Copies = item.Copies,
            LegalBasis = LegalBasisResponse.Of(reference.LegalBasis(item.BasisCode, application.SubmittedOn), language),
        };
    }
}

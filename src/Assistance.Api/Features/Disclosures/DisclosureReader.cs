using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Disclosures;

namespace Assistance.Api.Features.Disclosures;

/// <summary>Gathers what the items of an application are derived from, and derives them.</summary>
internal static class DisclosureReader
{
    public static async Task<IReadOnlyList<DisclosureItem>> ItemsAsync(Session session, ApplicationRow application, ReferenceData reference)
    {
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var consents = await ConsentRepository.ValidAsync(session, application.CaseFileId);
        return DisclosureDerivation.Derive(new DisclosureFacts
        {
            On = application.SubmittedOn,
            ItemTypes = reference.ItemTypes(application.Programme, application.SubmittedOn),
            Household = await HouseholdRepository.GetAsync(session, application.CaseFileId, caseFile.SnapshotNumber),
            ResidenceDiffers = application.IsResidenceDiffering,
            Consenting = consents.Select(consent => consent.PersonId).ToHashSet(),
            Lookups = await LookupRepository.StandingsAsync(session, application.CaseFileId),
            Supplies = await DisclosureRepository.SuppliesAsync(session, application.ApplicationId),
        });
    }
}

using Assistance.Api.Data;
using Assistance.Api.Features.Attachments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;

namespace Assistance.Api.Features.Disclosures;

/// <summary>A case's disclosure: its items as they stand now, and what the household was told.</summary>
internal sealed record DisclosureStanding(
    IReadOnlyList<DisclosureItem> Items,
    IReadOnlyList<DisclosureRow> Told,
    IReadOnlyList<OverrideRow> Overrides,
    IReadOnlyList<SupplyRow> Supplies,
    IReadOnlyList<AttachmentRow> Attachments)
{
    public bool IsSealed => Told.Count > 0;

    public bool IsComplete => !Items.Any(item => item.IsOutstanding);

    public ToldOnce Gate { get; } = new(Told
        .SelectMany(row => ApiJson.Read<SealedDisclosure>(row.DisclosureJson).Items)
        .Where(item => item.IsAsked)
        .Select(item => item.ItemKey)
        .ToHashSet());

    public DisclosureItem? Find(string itemKey) => Items.FirstOrDefault(item => item.ItemKey == itemKey);
}

/// <summary>Gathers what the items of a case are derived from, and derives them.</summary>
internal static class DisclosureReader
{
    public static async Task<DisclosureStanding> ReadAsync(Session session, ApplicationRow application, ReferenceData reference, DateOnly today)
    {
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var applications = await ApplicationRepository.OfCaseAsync(session, application.CaseFileId);
        var consents = await ConsentRepository.ValidAsync(session, application.CaseFileId);
        var supplies = await DisclosureRepository.SuppliesAsync(session, application.CaseFileId);
        var overrides = await DisclosureRepository.OverridesAsync(session, application.CaseFileId);
        var items = DisclosureDerivation.Derive(new DisclosureFacts
        {
            On = application.SubmittedOn,
            Today = today,
            Programmes = [.. applications.Where(other => other.ApplicationState != ApplicationState.TransferredOut).Select(other => other.Programme)],
            ItemTypes = reference.ItemTypes(application.SubmittedOn),
            Household = await HouseholdRepository.GetAsync(session, application.CaseFileId, caseFile.DisclosedSnapshotNumber),
            ResidenceDiffers = applications.Any(other => other.IsResidenceDiffering),
            Consenting = consents.Select(consent => consent.PersonId).ToHashSet(),
            Lookups = await LookupRepository.StandingsAsync(session, application.CaseFileId),
            Supplies = [.. supplies.Select(SupplyOf)],
            Earlier = await DisclosureRepository.EarlierAsync(session, caseFile),
            Contestations =
            [
                .. (await DisclosureRepository.ContestationsAsync(session, application.CaseFileId))
                    .Select(row => new DisclosureContestation(row.ItemKey, row.ContestedAt)),
            ],
            Waived = (await DisclosureRepository.WaiversAsync(session, application.CaseFileId)).Select(row => row.ItemKey).ToHashSet(),
            Overrides = [.. overrides.Select(row => new OverrideItem(row.ItemKey, row.ItemCode, row.PersonId))],
            EvidenceValidDays = reference.Parameters.Number(ParameterCodes.EvidenceValidDays, application.SubmittedOn),
        });
        return new DisclosureStanding(
            items,
            await DisclosureRepository.OfCaseAsync(session, application.CaseFileId),
            overrides,
            supplies,
            await AttachmentRepository.SuppliedOfCaseAsync(session, application.CaseFileId));
    }

    private static DisclosureSupply SupplyOf(SupplyRow row) =>
        new(row.ItemKey, row.SupplyWay, row.SuppliedAt, row.SuppliedTo) { Returned = row.ReturnReason };
}

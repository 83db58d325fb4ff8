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
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>A case's disclosure: its items as they stand now, and what the household was told.</summary>
internal sealed record DisclosureStanding(
    IReadOnlyList<DisclosureItem> Items,
    IReadOnlyList<DisclosureRow> Told,
    IReadOnlyList<OverrideRow> Overrides,
    IReadOnlyList<SupplyRow> Supplies,
    IReadOnlyList<AttachmentRow> Attachments)
{
    /// <summary>The household that the items are about.</summary>
    public required Household Household { get; init; }

    /// <summary>The programmes applied for that an office of this district works on.</summary>
    public required IReadOnlyList<Programme> Programmes { get; init; }

    public bool IsSealed => Told.Count > 0;

    public bool IsComplete => !Items.Any(item => item.IsOutstanding);

    /// <summary>The programmes for which nothing is outstanding of what the household was told.</summary>
    public IEnumerable<Programme> CompleteProgrammes =>
        Programmes.Where(programme => IsSealed && !Items.Any(item => item.IsOutstanding && item.Programmes.Contains(programme)));

    public ToldOnce Gate { get; } = new(Told
        .SelectMany(row => ApiJson.Read<SealedDisclosure>(row.DisclosureJson).Items)
        .Where(item => item.IsAsked)
        .Select(item => item.ItemKey)
        .ToHashSet(), Supplies.Select(supply => supply.ItemKey).ToHashSet());

    public DisclosureItem? Find(string itemKey) => Items.FirstOrDefault(item => item.ItemKey == itemKey);
}

/// <summary>Everything recorded that the items of one case are derived from.</summary>
internal sealed record DisclosureRecords
{
    /// <summary>The applications of the case: one a programme.</summary>
    public required IReadOnlyList<ApplicationRow> Applications { get; init; }

    public required Household Household { get; init; }

    public required IReadOnlyList<ConsentRow> Consents { get; init; }

    public required IReadOnlyList<LookupRow> Lookups { get; init; }

    public required IReadOnlyList<SupplyRow> Supplies { get; init; }

    public required IReadOnlyList<EarlierEvidence> Earlier { get; init; }

    public required IReadOnlyList<ContestationRow> Contestations { get; init; }

    public required IReadOnlyList<WaiverRow> Waivers { get; init; }

    public required IReadOnlyList<OverrideRow> Overrides { get; init; }

    public required IReadOnlyList<DisclosureRow> Told { get; init; }

    /// <summary>The files that met items; empty where only the items' standing is asked for.</summary>
    public IReadOnlyList<AttachmentRow> Attachments { get; init; } = [];
}

/// <summary>Gathers what the items of a case are derived from, and derives them; a page of cases takes as many statements as one.</summary>
internal static class DisclosureReader
{
    public static async Task<DisclosureStanding> ReadAsync(Session session, ApplicationRow application, ReferenceData reference, DateOnly today)
    {
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        return Derive(
            new DisclosureRecords
            {
                Applications = await ApplicationRepository.OfCaseAsync(session, application.CaseFileId),
                Household = await HouseholdRepository.GetAsync(session, application.CaseFileId, caseFile.DisclosedSnapshotNumber),
                Consents = await ConsentRepository.OfCaseAsync(session, application.CaseFileId),
                Lookups = await LookupRepository.OfCaseAsync(session, application.CaseFileId),
                Supplies = await DisclosureRepository.SuppliesAsync(session, application.CaseFileId),
                Earlier = await DisclosureRepository.EarlierAsync(session, caseFile),
                Contestations = await DisclosureRepository.ContestationsAsync(session, application.CaseFileId),
                Waivers = await DisclosureRepository.WaiversAsync(session, application.CaseFileId),
                Overrides = await DisclosureRepository.OverridesAsync(session, application.CaseFileId),
                Told = await DisclosureRepository.OfCaseAsync(session, application.CaseFileId),
                Attachments = await AttachmentRepository.SuppliedOfCaseAsync(session, application.CaseFileId),
            },
            reference,
            today);
    }

    /// <summary>The disclosures of a page of received applications, by case.</summary>
    public static async Task<IReadOnlyDictionary<Guid, DisclosureStanding>> ReadAsync(
        Session session, ReceivedPage page, ReferenceData reference, DateOnly today)
    {
        var applications = (await ReceivedPageRepository.ApplicationsAsync(session, page)).ToLookup(row => row.CaseFileId);
        var households = (await ReceivedPageRepository.HouseholdsAsync(session, page)).ToDictionary(row => row.CaseFileId, row => row.HouseholdJson);
        var consents = (await ReceivedPageRepository.ConsentsAsync(session, page)).ToLookup(row => row.CaseFileId);
        var lookups = (await ReceivedPageRepository.LookupsAsync(session, page)).ToLookup(row => row.CaseFileId);
        var supplies = (await ReceivedPageRepository.SuppliesAsync(session, page)).ToLookup(row => row.CaseFileId);
        var earlier = (await ReceivedPageRepository.EarlierAsync(session, page)).ToLookup(row => row.CaseFileId);
        var contestations = (await ReceivedPageRepository.ContestationsAsync(session, page)).ToLookup(row => row.CaseFileId);
        var waivers = (await ReceivedPageRepository.WaiversAsync(session, page)).ToLookup(row => row.CaseFileId);
        var overrides = (await ReceivedPageRepository.OverridesAsync(session, page)).ToLookup(row => row.CaseFileId);
        var told = (await ReceivedPageRepository.ToldAsync(session, page)).ToLookup(row => row.CaseFileId);
        return applications.ToDictionary(ofCase => ofCase.Key, ofCase => Derive(
            new DisclosureRecords
            {
                Applications = [.. ofCase],
                Household = ApiJson.Read<Household>(households[ofCase.Key]),
                Consents = [.. consents[ofCase.Key]],
                Lookups = [.. lookups[ofCase.Key]],
                Supplies = [.. supplies[ofCase.Key]],
                Earlier = DisclosureRepository.EvidenceOf(earlier[ofCase.Key]),
                Contestations = [.. contestations[ofCase.Key]],
                Waivers = [.. waivers[ofCase.Key]],
                Overrides = [.. overrides[ofCase.Key]],
                Told = [.. told[ofCase.Key]],
            },
            reference,
            today));
    }

    private static DisclosureStanding Derive(DisclosureRecords records, ReferenceData reference, DateOnly today)
    {
        var on = records.Applications[0].SubmittedOn;
        var withdrawn = ConsentRepository.Withdrawn(records.Consents);
        IReadOnlyList<Programme> programmes =
        [
            .. records.Applications.Where(application => application.ApplicationState != ApplicationState.TransferredOut).Select(application => application.Programme),
        ];
        var items = DisclosureDerivation.Derive(new DisclosureFacts
        {
            On = on,
            Today = today,
            Programmes = programmes,
            ItemTypes = reference.ItemTypes(on),
            Household = records.Household,
            NotCounted = NotCounted(records.Household, on, reference),
            ResidenceDiffers = records.Applications.Any(application => application.IsResidenceDiffering),
            Consents = ConsentRepository.Newest(records.Consents),
            Lookups = [.. records.Lookups.Where(lookup => !withdrawn.Contains(lookup.ConsentId)).Select(LookupRepository.StandingOf)],
            Supplies = [.. records.Supplies.Select(SupplyOf)],
            Earlier = records.Earlier,
            Contestations = [.. records.Contestations.Select(row => new DisclosureContestation(row.ItemKey, row.ContestedAt))],
            Waived = records.Waivers.Select(row => row.ItemKey).ToHashSet(),
            Overrides = [.. records.Overrides.Select(row => new OverrideItem(row.ItemKey, row.ItemCode, row.PersonId))],
            EvidenceValidDays = reference.Parameters.Number(ParameterCodes.EvidenceValidDays, on),
        });
        return new DisclosureStanding(items, records.Told, records.Overrides, records.Supplies, records.Attachments)
        {
            Household = records.Household,
            Programmes = programmes,
        };
    }

    private static HashSet<Guid> NotCounted(Household household, DateOnly on, ReferenceData reference) =>
        HouseholdComposition.Of(household, on, reference.Parameters.Number(ParameterCodes.LongAbsenceMonths, on)).Standings
            .Where(member => member.Standing == Standing.DoesNotCount)
            .Select(member => member.PersonId)
            .ToHashSet();

    private static DisclosureSupply SupplyOf(SupplyRow row) =>
        new(row.ItemKey, row.SupplyWay, row.SuppliedAt, row.SuppliedTo) { Returned = row.ReturnReason };
}

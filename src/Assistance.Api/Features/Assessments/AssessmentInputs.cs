using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Assessments;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Assessments;

/// <summary>Gathers everything an assessment is computed from, before anything is judged.</summary>
internal static class AssessmentInputs
{
    /// <exception cref="RuleViolation">lookups-pending, or no-parameter-in-force.</exception>
    public static async Task<AssessmentInput> GatherAsync(
        Session session, CaseFileRow caseFile, Guid applicationId, Programme programme, ReferenceData reference, string districtCode, DateOnly today)
    {
        var lookups = await LookupRepository.OfCaseAsync(session, caseFile.CaseFileId);
        await RequireSettledAsync(session, caseFile.CaseFileId, lookups);
        var household = await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber);
        var supplies = await DisclosureRepository.SuppliesAsync(session, applicationId);
        var answers = ValidAnswers(lookups, today);
        var used = answers.Values.Select(row => row.LookupId).ToHashSet();
        return new AssessmentInput
        {
            Programme = programme,
            AssessedOn = today,
            DistrictCode = districtCode,
            Household = household,
            Facts = [.. (await LookupRepository.FactsAsync(session, caseFile.CaseFileId)).Where(fact => used.Contains(fact.LookupId))],
            Gaps = [.. Gaps(household, lookups, answers, supplies, reference.ItemTypes(programme, today), today)],
            IncomeKinds = reference.IncomeKinds,
            Standard = reference.Parameters.InForce(ParameterCodes.Standard, today),
            FinancialAssetsMultiple = reference.Parameters.InForce(ParameterCodes.FinancialAssetsMultiple, today),
            VehiclesAllowed = reference.Parameters.InForce(ParameterCodes.VehiclesAllowed, today),
            HousesAllowed = reference.Parameters.InForce(ParameterCodes.HousesAllowed, today),
        };
    }

    private static async Task RequireSettledAsync(Session session, Guid caseFileId, IReadOnlyList<LookupRow> lookups)
    {
        var pending = lookups.Count(lookup => !LookupSources.IsSettled(lookup.LookupState));
        if (pending > 0 || await MeansVerificationRepository.IsWaitingAsync(session, caseFileId))
        {
            throw Refusals.LookupsPending(Math.Max(1, pending));
        }
    }

    // The newest answer of each person and source that may still be relied on; a later silence does not undo it.
    private static Dictionary<(Guid PersonId, LookupSource Source), LookupRow> ValidAnswers(IReadOnlyList<LookupRow> lookups, DateOnly today) =>
        lookups
            .Where(row => row.LookupState is LookupState.Answered or LookupState.NotFound && row.ValidUntilOn >= today)
            .GroupBy(row => (row.PersonId, row.LookupSource))
            .ToDictionary(group => group.Key, group => group.MaxBy(row => row.RoundNumber)!);

    // What the household supplied for the item fills a gap that a department left.
    private static IEnumerable<EvidenceGap> Gaps(
        Household household,
        IReadOnlyList<LookupRow> lookups,
        Dictionary<(Guid PersonId, LookupSource Source), LookupRow> answers,
        IReadOnlyList<DisclosureSupply> supplies,
        IReadOnlyList<DisclosureItemType> itemTypes,
        DateOnly today) =>
        from member in household.LivingOn(today)
        where member.HasIdentityNumber
        from type in itemTypes
        where type.AnsweredBy is not null
        let source = type.AnsweredBy!.Value
        let answer = answers.GetValueOrDefault((member.PersonId, source))
        where answer is null || (answer.LookupState == LookupState.NotFound && !type.IsAnsweredByNoRecord)
        where supplies.All(supply => supply.ItemKey != DisclosureDerivation.KeyOf(type.ItemCode, member.PersonId))
        select new EvidenceGap(
            member.PersonId,
            source,
            lookups.LastOrDefault(row => row.PersonId == member.PersonId && row.LookupSource == source)?.LookupState ?? LookupState.Unavailable);
}

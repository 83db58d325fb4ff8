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
        Session session, CaseFileRow caseFile, Programme programme, ReferenceData reference, string districtCode, DateOnly today)
    {
        var asked = await LookupRepository.OfCaseAsync(session, caseFile.CaseFileId);
        var household = await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber);
        // Help in an emergency comes before the departments' answers (临时救助意见 2018 part 2(2)).
        if (programme != Programme.TemporaryAssistance || household.Emergency is null)
        {
            await RequireSettledAsync(session, caseFile.CaseFileId, household, asked);
        }

        var lookups = await UsableAsync(session, caseFile.CaseFileId, asked, today);
        var answers = ValidAnswers(lookups, today);
        var itemTypes = reference.ItemTypes(today).Where(type => type.Programmes.Contains(programme)).ToList();
        var evidence = await EvidenceAsync(session, caseFile, reference.Parameters.Number(ParameterCodes.EvidenceValidDays, today), today);
        var longAbsence = reference.Parameters.InForce(ParameterCodes.LongAbsenceMonths, today);
        var used = answers.Values.Select(row => row.LookupId).ToHashSet();
        return new AssessmentInput
        {
            Programme = programme,
            AssessedOn = today,
            DistrictCode = districtCode,
            Household = household,
            Facts = [.. (await LookupAnswerRepository.FactsAsync(session, caseFile.CaseFileId)).Where(fact => used.Contains(fact.LookupId))],
            Gaps = [.. Gaps(household, today, longAbsence, lookups, answers, evidence, itemTypes)],
            DeathUnanswered = MembersToShow(household, today, longAbsence)
                .Count(member => member.HasIdentityNumber && !answers.ContainsKey((member.PersonId, LookupSource.Death))),
            Resolutions = [.. (await DisagreementRepository.OfCaseAsync(session, caseFile.CaseFileId)).Select(row => row.Resolution)],
            IncomeKinds = reference.IncomeKinds,
            Parameters = ParametersOf(reference, today),
        };
    }

    /// <summary>The rows that an assessment of a day may ask for.</summary>
    public static IReadOnlyList<PolicyParameter> ParametersOf(ReferenceData reference, DateOnly on) =>
        [.. reference.Parameters.AllInForce(on).Where(row => ParameterCodes.IsOfAssessments(row.Code))];

    private static async Task RequireSettledAsync(Session session, Guid caseFileId, Household household, IReadOnlyList<LookupRow> lookups)
    {
        // What is asked about an obligor is not waited for: no figure of an assessment rests on it.
        var pending = lookups.Count(lookup => !LookupSources.IsSettled(lookup.LookupState) && household.Members.Any(member => member.PersonId == lookup.PersonId));
        if (pending > 0 || await MeansVerificationRepository.IsWaitingAsync(session, caseFileId))
        {
            throw Refusals.LookupsPending(Math.Max(1, pending));
        }
    }

    /// <summary>
    /// Nothing new rests on an answer about somebody whose consent ended, nor on one that was got by a consent withdrawn since, nor
    /// on one that the department itself has called wrong.
    /// </summary>
    public static async Task<IReadOnlyList<LookupRow>> UsableAsync(Session session, Guid caseFileId, IReadOnlyList<LookupRow> lookups, DateOnly today)
    {
        var consents = await ConsentRepository.OfCaseAsync(session, caseFileId);
        var wrong = await CorrectionTicketRepository.CalledWrongAsync(session, caseFileId);
        var newest = ConsentRepository.Newest(consents);
        var withdrawn = ConsentRepository.Withdrawn(consents);
        return [.. lookups.Where(lookup => newest.TryGetValue(lookup.PersonId, out var consent) && consent.HoldsOn(today) && !withdrawn.Contains(lookup.ConsentId)
            && !wrong.Contains(lookup.LookupId))];
    }

    /// <summary>The newest answer of each person and source that may still be relied on; a later silence does not undo it.</summary>
    public static Dictionary<(Guid PersonId, LookupSource Source), LookupRow> ValidAnswers(IReadOnlyList<LookupRow> lookups, DateOnly today) =>
        lookups
            .Where(row => row.LookupState is LookupState.Answered or LookupState.NotFound && row.ValidUntilOn >= today)
            .GroupBy(row => (row.PersonId, row.LookupSource))
            .ToDictionary(group => group.Key, group => group.MaxBy(row => (row.AnsweredAt, row.RoundNumber))!);

    // What the household showed and nobody sent back, what is on file, and what a supervisor decided to do without; and the
    // answers that the household disputes and no later answer has settled.
    private static async Task<Evidence> EvidenceAsync(
        Session session, CaseFileRow caseFile, int validDays, DateOnly today)
    {
        var supplied = (await DisclosureRepository.SuppliesAsync(session, caseFile.CaseFileId))
            .GroupBy(supply => supply.ItemKey).Select(item => item.Last())
            .Where(supply => supply.ReturnReason is null && today <= ChinaTime.DayOf(supply.SuppliedAt).AddDays(validDays))
            .Select(supply => supply.ItemKey).ToHashSet();
        var earlier = (await DisclosureRepository.EarlierAsync(session, caseFile))
            .Where(shown => today <= ChinaTime.DayOf(shown.SuppliedAt).AddDays(validDays))
            .Select(shown => DisclosureDerivation.KeyOf(shown.ItemCode, shown.PersonId));
        var waived = (await DisclosureRepository.WaiversAsync(session, caseFile.CaseFileId)).Select(waiver => waiver.ItemKey);
        return new Evidence(
            supplied, supplied.Concat(earlier).Concat(waived).ToHashSet(), await DisclosureRepository.ContestationsAsync(session, caseFile.CaseFileId));
    }

    private sealed record Evidence(IReadOnlySet<string> Supplied, IReadOnlySet<string> Held, IReadOnlyList<ContestationRow> Contested);

    // Nothing needs to be shown of who does not count; of who may count it does.
    private static IEnumerable<HouseholdMember> MembersToShow(Household household, DateOnly today, PolicyParameter longAbsence)
    {
        var composition = HouseholdComposition.Of(household, today, checked((int)longAbsence.Value));
        return household.LivingOn(today).Where(member => composition.StandingOf(member.PersonId) != Standing.DoesNotCount);
    }

    // What the household supplied for the item fills a gap that a department left.
    private static IEnumerable<EvidenceGap> Gaps(
        Household household,
        DateOnly today,
        PolicyParameter longAbsence,
        IReadOnlyList<LookupRow> lookups,
        Dictionary<(Guid PersonId, LookupSource Source), LookupRow> answers,
        Evidence evidence,
        IReadOnlyList<DisclosureItemType> itemTypes) =>
        from member in MembersToShow(household, today, longAbsence)
        where member.HasIdentityNumber
        from type in itemTypes
        where type.AnsweredBy is not null && type.Concerns(household, today, residenceDiffers: false).Contains(member)
        let source = type.AnsweredBy!.Value
        let answer = answers.GetValueOrDefault((member.PersonId, source))
        let key = DisclosureDerivation.KeyOf(type.ItemCode, member.PersonId)
        let isUnanswered = answer is null || (answer.LookupState == LookupState.NotFound && !type.IsAnsweredByNoRecord)
        // Nothing but evidence of their own settles what the household disputes: a waiver was no word on it.
        let isContested = answer is not null && evidence.Contested.Any(contested => contested.ItemKey == key && !(answer.AnsweredAt > contested.ContestedAt))
        where (isUnanswered && !evidence.Held.Contains(key)) || (isContested && !evidence.Supplied.Contains(key))
        select new EvidenceGap(
            member.PersonId,
            source,
            lookups.LastOrDefault(row => row.PersonId == member.PersonId && row.LookupSource == source)?.LookupState ?? LookupState.Unavailable);
}

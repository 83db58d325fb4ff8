using Assistance.Api.Data;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

/// <summary>Where statements about the household of a case differ as they stand now, and how each was settled.</summary>
internal sealed record DisagreementBoard(IReadOnlyList<Disagreement> Disagreements, IReadOnlyList<DisagreementResolutionRow> Resolutions)
{
    /// <summary>Reads the board from what an assessment would be computed from today.</summary>
    public static async Task<DisagreementBoard> ReadAsync(Session session, Guid caseFileId, DateOnly today)
    {
        var caseFile = await CaseFileRepository.GetAsync(session, caseFileId);
        var household = await HouseholdRepository.GetAsync(session, caseFileId, caseFile.SnapshotNumber);
        var usable = await AssessmentInputs.UsableAsync(session, caseFileId, await LookupRepository.OfCaseAsync(session, caseFileId), today);
        var used = AssessmentInputs.ValidAnswers(usable, today)
            .Values.Select(lookup => lookup.LookupId).ToHashSet();
        IReadOnlyList<LookupFact> facts = [.. (await LookupAnswerRepository.FactsAsync(session, caseFileId)).Where(fact => used.Contains(fact.LookupId))];
        return new DisagreementBoard(
            Domain.Lookups.Disagreements.Of(household, facts, today), await DisagreementRepository.OfCaseAsync(session, caseFileId));
    }

    public Disagreement? Find(Guid personId, DisagreementField field) =>
        Disagreements.FirstOrDefault(disagreement => disagreement.PersonId == personId && disagreement.Field == field);

    /// <summary>The newest resolution of what stands; null where it is open.</summary>
    public DisagreementResolutionRow? ResolutionOf(Disagreement disagreement) =>
        Resolutions.LastOrDefault(row => row.Resolution.IsOf(disagreement));
}

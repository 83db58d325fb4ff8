using Assistance.Api.Data;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;
using Assistance.Domain.Households;

namespace Assistance.Api.Features.Households;

/// <summary>Who counts as a member, who does not, and what the office has to look at first (57 art. 7 and 8).</summary>
public sealed record CompositionResponse
{
    public required IReadOnlyList<MemberStandingResponse> Standings { get; init; }

    /// <summary>Declared relationships that do not make sense; cleared by a determination, and never a reason to turn anybody away.</summary>
    public required IReadOnlyList<RelationshipDoubtResponse> Doubts { get; init; }

    internal static CompositionResponse Of(Household household, DateOnly today, ReferenceData reference, Language language)
    {
        var composition = HouseholdComposition.Of(household, today, reference.Parameters.Number(ParameterCodes.LongAbsenceMonths, today));
        return new CompositionResponse
        {
            Standings = [.. composition.Standings.Select(member => MemberStandingResponse.Of(member, today, reference, language))],
            Doubts = [.. composition.Doubts.Select(doubt => new RelationshipDoubtResponse(doubt.Kind, reference.Texts.Word(doubt.Kind.ToString(), language), doubt.Persons))],
        };
    }
}

/// <summary>A doubt about declared relationships, in words, and whose they are.</summary>
public sealed record RelationshipDoubtResponse(RelationshipDoubtKind Kind, string Sentence, IReadOnlyList<Guid> PersonIds);

/// <summary>Judges the composition of an application's household as it stands; the read is recorded.</summary>
internal sealed class GetComposition(Database database, AccessLog access, ReferenceStore reference, TimeProvider time)
{
    public async Task<CompositionResponse?> HandleAsync(Guid id, Officer officer, Language language, CancellationToken cancellation)
    {
        var (caseFileId, household) = await database.ReadAsync(
            async session =>
            {
                if (await ApplicationRepository.FindAsync(session, id, officer) is not { } application)
                {
                    return (Guid.Empty, null);
                }

                var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
                return (application.CaseFileId, (Household?)await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber));
            },
            cancellation);
        if (household is null)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFileId, nameof(GetComposition), cancellation);
        return CompositionResponse.Of(household, time.Today, reference.Current, language);
    }
}

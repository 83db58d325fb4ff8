using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Assessments;

/// <summary>The newest assessment of an application; the read is recorded.</summary>
public sealed class GetAssessment(Database database, AccessLog access, ReferenceStore reference)
{
    public async Task<AssessmentResponse?> HandleAsync(Guid id, Officer officer, Language language, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } application
                ? await AssessmentRepository.NewestAsync(session, application.CaseFileId, application.Programme)
                : null,
            cancellation);
        if (row is null)
        {
            return null;
        }

        await access.RecordAsync(officer, row.CaseFileId, nameof(GetAssessment), cancellation);
        return AssessmentResponse.Of(row.AssessmentId, row.Programme, row.Assessment, ChinaTime.DayOf(row.AssessedAt), reference.Current, language);
    }
}

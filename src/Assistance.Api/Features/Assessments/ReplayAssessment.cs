using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;

namespace Assistance.Api.Features.Assessments;

/// <summary>Whether an assessment comes about again, byte for byte, from the inputs and parameter rows that it was computed from.</summary>
/// <param name="IsSame">False where a rule judges otherwise by now: then its version says so, and the decision stands on what is stored.</param>
/// <param name="Outcome">As it comes out now.</param>
/// <param name="MonthlyFen">As it comes out now, fen a month.</param>
public sealed record ReplayResponse(Guid AssessmentId, bool IsSame, Outcome Outcome, long MonthlyFen);

/// <summary>Computes the newest assessment of an application anew from its stored input; nothing is changed, the read is recorded.</summary>
internal sealed class ReplayAssessment(Database database, AccessLog access)
{
    public async Task<ReplayResponse?> HandleAsync(Guid id, Officer officer, CancellationToken cancellation)
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

        await access.RecordAsync(officer, row.CaseFileId, nameof(ReplayAssessment), cancellation);
        var again = Assessor.Assess(row.Input);
        return new ReplayResponse(row.AssessmentId, ApiJson.Write(again) == row.AssessmentJson, again.Outcome, again.MonthlyFen.Fen);
    }
}

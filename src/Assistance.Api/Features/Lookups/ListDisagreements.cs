using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Security;

namespace Assistance.Api.Features.Lookups;

/// <summary>The disagreement board of an application's case: declared against each department; the read is recorded.</summary>
internal sealed class ListDisagreements(Database database, AccessLog access, TimeProvider time)
{
    public async Task<DisagreementListResponse?> HandleAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        var (caseFileId, board) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } application
                ? (application.CaseFileId, await DisagreementBoard.ReadAsync(session, application.CaseFileId, time.Today))
                : (Guid.Empty, (DisagreementBoard?)null),
            cancellation);
        if (board is null)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFileId, nameof(ListDisagreements), cancellation);
        return DisagreementListResponse.Of(board);
    }
}

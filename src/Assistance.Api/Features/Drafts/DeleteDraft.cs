using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;

namespace Assistance.Api.Features.Drafts;

/// <summary>Deletes a draft that nobody will go on with, unless a colleague has meanwhile.</summary>
internal sealed class DeleteDraft(Database database, TimeProvider time)
{
    public Task HandleAsync(Guid id, Precondition precondition, Officer officer, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                var draft = await DraftRepository.GetAsync(session, id, officer, time.Today);
                precondition.Require(draft.Version);
                await DraftRepository.DeleteVersionAsync(session, draft);
            },
            cancellation);
}

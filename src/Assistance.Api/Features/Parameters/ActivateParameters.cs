using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Parameters;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Parameters;

/// <summary>
/// Lets proposed rows join the parameters, by a second person. Everything is held against the table once more, since days
/// and other uploads have passed since the proposal. A row in force without an end gets its last day by the row that follows
/// it; no other row is touched. Who proposed and who activated is kept with the rows (<c>ParameterUpload</c>).
/// </summary>
public sealed class ActivateParameters(ActRunner runner, ReferenceStore reference, ParameterRefresh refresh)
{
    /// <exception cref="RuleViolation">wrong-state, own-proposal, proposal-outdated.</exception>
    public async Task<ActResult<ParameterUploadActResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(
            act,
            async session =>
            {
                var upload = await ParameterUploadRepository.FindAsync(session, id) ?? throw ProblemException.NotFound();
                act.RequireVersion(upload.Version);
                ParameterUploadActs.Require(ParameterUploadAct.Activate, upload.UploadState, upload.ProposedBy, act.Officer.Id);
                // Before the table is read: another activation waits here until this one is committed.
                await ReferenceRepository.BeginParameterChangeAsync(session);
                var current = reference.Current;
                var lines = (await ParameterUploadRepository.LinesAsync(session, id)).Select(row => row.Line).ToList();
                var report = ParameterFile.Check(lines, await ProposeParameters.StandingAsync(session, current, act.Now));
                if (!report.IsSound)
                {
                    throw Refusals.ProposalOutdated(report.Faults.Select(fault => fault.Line).Distinct());
                }

                foreach (var change in report.Changes)
                {
                    await ApplyAsync(session, id, change);
                }

                upload = await ParameterUploadRepository.CloseAsync(
                    session, upload with { UploadState = ParameterUploadState.Activated, ClosedAt = act.Now, ClosedBy = act.Officer.Id });
                return new Answer<ParameterUploadActResponse>(
                    new ParameterUploadActResponse(
                        id, upload.UploadState, [.. report.Changes.Select(change => ParameterChangeResponse.Of(change, current, act.Language))]),
                    $"/v1/parameter-uploads/{id}",
                    upload.Version);
            },
            cancellation);
        // Committed: whoever asks this instance next is told the new rows.
        await refresh.RefreshAsync(CancellationToken.None);
        return result;
    }

    private static async Task ApplyAsync(Session session, Guid uploadId, ParameterChange change)
    {
        var row = change.Line.Parameter;
        if (change is { EndsFormer: true, Former: { ToOn: { } lastOn } former })
        {
            await ReferenceRepository.EndAsync(session, former.Code, former.FromOn, lastOn);
            await ParameterUploadRepository.RecordEndAsync(session, uploadId, change.Line.Line, former.FromOn);
        }

        await ReferenceRepository.InsertAsync(session, new PolicyParameterRow
        {
            ParameterCode = row.Code,
            FromOn = row.FromOn,
            ToOn = row.ToOn,
            ParameterValue = row.Value,
            Unit = row.Unit,
            BasisCode = row.BasisCode,
            DocumentNumber = row.DocumentNumber,
            IsSample = row.IsSample,
        });
    }
}

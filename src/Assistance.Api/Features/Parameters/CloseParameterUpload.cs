using Assistance.Api.Http;
using Assistance.Domain.Parameters;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Parameters;

/// <summary>Why proposed parameters are taken back or turned down.</summary>
[Example("""
    { "reasons": "文号有误，更正后重新提出。" }
    """)]
public sealed record CloseParameterUploadRequest
{
    [Text(2_000)]
    public required string Reasons { get; init; }
}

/// <summary>Ends a proposal without its rows: its proposer takes it back, or a second person turns it down. The rows are kept with it.</summary>
public sealed class CloseParameterUpload(ActRunner runner)
{
    /// <exception cref="RuleViolation">wrong-state, not-the-proposer.</exception>
    public Task<ActResult<ParameterUploadStateResponse>> WithdrawAsync(Guid id, CloseParameterUploadRequest request, Act act, CancellationToken cancellation) =>
        HandleAsync(id, ParameterUploadAct.Withdraw, ParameterUploadState.Withdrawn, request, act, cancellation);

    /// <exception cref="RuleViolation">wrong-state, own-proposal.</exception>
    public Task<ActResult<ParameterUploadStateResponse>> RejectAsync(Guid id, CloseParameterUploadRequest request, Act act, CancellationToken cancellation) =>
        HandleAsync(id, ParameterUploadAct.Reject, ParameterUploadState.Rejected, request, act, cancellation);

    private Task<ActResult<ParameterUploadStateResponse>> HandleAsync(
        Guid id, ParameterUploadAct what, ParameterUploadState next, CloseParameterUploadRequest request, Act act, CancellationToken cancellation) => runner.RunAsync(
        act,
        async session =>
        {
            var upload = await ParameterUploadRepository.FindAsync(session, id) ?? throw ProblemException.NotFound();
            act.RequireVersion(upload.Version);
            ParameterUploadActs.Require(what, upload.UploadState, upload.ProposedBy, act.Officer.Id);
            upload = await ParameterUploadRepository.CloseAsync(
                session, upload with { UploadState = next, ClosedAt = act.Now, ClosedBy = act.Officer.Id, ClosingReasons = request.Reasons.Trim() });
            return new Answer<ParameterUploadStateResponse>(
                new ParameterUploadStateResponse(id, upload.UploadState), $"/v1/parameter-uploads/{id}", upload.Version);
        },
        cancellation);
}

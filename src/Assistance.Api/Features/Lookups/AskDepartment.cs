using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>Whom to ask about, which department, and for what.</summary>
[Example("""
    { "personId": "019970c1-0000-7000-8000-000000000001", "source": "RealEstate", "purpose": "MeansVerification" }
    """)]
public sealed record AskDepartmentRequest : ICheckedRequest
{
    /// <summary>A member or an obligor of the case.</summary>
    public required Guid PersonId { get; init; }

    public required LookupSource Source { get; init; }

    /// <summary>For the application's verification, or on an objection.</summary>
    public required LookupPurpose Purpose { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (Purpose is not (LookupPurpose.MeansVerification or LookupPurpose.Recheck))
        {
            yield return new Fault("$.purpose", "purpose", "此处只用于经济状况核对或者复查。", "Only for the means verification or a re-check.");
        }
    }
}

/// <summary>The look-up that was added, in a round of its own.</summary>
public sealed record AskDepartmentResponse(Guid LookupId, int Round);

/// <summary>
/// Asks one department about one person anew (57 art. 17 and 18). Whatever the warrant bars is refused, and the attempt is on
/// record for whoever watches over the service (Act art. 70(6)).
/// </summary>
internal sealed class AskDepartment(ActRunner runner, VerificationRounds rounds, LookupSignal signal, SecurityLog security)
{
    public async Task<ActResult<AskDepartmentResponse>> HandleAsync(Guid id, AskDepartmentRequest request, Act act, CancellationToken cancellation)
    {
        Guid? caseFileId = null;
        try
        {
            var result = await runner.RunAsync(
                act,
                async session =>
                {
                    var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
                    act.RequireVersion(application.Version);
                    application.RequireAcceptingOffice(act.Officer);
                    caseFileId = application.CaseFileId;
                    var asked = await AskAsync(session, application.CaseFileId, request, act);
                    application = await ApplicationRepository.SaveAsync(session, application);
                    return new Answer<AskDepartmentResponse>(asked, $"/v1/applications/{id}/lookups", application.Version);
                },
                cancellation);
            signal.Raise(request.Source);
            return result;
        }
        catch (RuleViolation violation) when (violation.Code == Refusals.LookupNotPermittedCode)
        {
            // On record whether or not whoever asked waits for the answer.
            await security.RecordAsync(
                SecurityEventKind.LookupNotPermitted, act.Officer, caseFileId, request.Source, violation.Arguments["bar"], CancellationToken.None);
            throw;
        }
    }

    private async Task<AskDepartmentResponse> AskAsync(Session session, Guid caseFileId, AskDepartmentRequest request, Act act)
    {
        var caseFile = await CaseFileRepository.GetAsync(session, caseFileId);
        var subject = await rounds.SubjectAsync(session, caseFile, request.PersonId, act.Today);
        var warrant = LookupWarrant.For(subject, request.Source, request.Purpose, act.Officer.Id, act.Today);
        if (await VerificationRounds.IsUnderWayAsync(session, caseFileId, request.PersonId, request.Source))
        {
            throw Refusals.LookupsPending(1);
        }

        var (lookupId, round) = await VerificationRounds.AskOneAsync(
            session, caseFile, warrant, new VerificationCause(request.Purpose, act.Officer.Id, IsReuseAllowed: false), act.Now, act.Officer);
        return new AskDepartmentResponse(lookupId, round);
    }
}

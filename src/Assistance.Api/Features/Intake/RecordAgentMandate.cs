using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>A mandate that is handed in after the form.</summary>
[Example("""
    {
      "kind": "Person",
      "name": "样例甲",
      "identityNumber": "140213197503120115",
      "scope": ["SupplyMaterials", "ReceiveNotices"],
      "signedOn": "2026-09-21",
      "endsOn": "2026-12-31",
      "grantedByPersonId": "019970c1-0000-7000-8000-000000000001"
    }
    """)]
public sealed record RecordAgentMandateRequest : AgentRequest, ICheckedRequest
{
    /// <summary>The member who granted it, or the recorded guardian of one who cannot; absent for a guardian, whom the law appoints.</summary>
    public Guid? GrantedByPersonId { get; init; }

    /// <summary>The member whom a guardian acts for; absent for the others.</summary>
    public Guid? WardPersonId { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        foreach (var fault in CheckTerms("$", check))
        {
            yield return fault;
        }

        (string Member, bool IsGiven, bool IsOfAGuardian)[] ofTheKind =
            [("grantedByPersonId", GrantedByPersonId is not null, false), ("wardPersonId", WardPersonId is not null, true)];
        foreach (var (member, isGiven, _) in ofTheKind.Where(member => member.IsGiven != (member.IsOfAGuardian == (Kind == AgentKind.Guardian))))
        {
            yield return isGiven
                ? new Fault($"$.{member}", "not-for-this-agent", "此类代办人不填写此项。", "Leave this out for an agent of this kind.")
                : new Fault($"$.{member}", "missing", "请填写：监护人填被监护的成员，其他代办人填委托人。", "Give a guardian's ward, or the person who granted the mandate.");
        }
    }
}

/// <summary>The recorded mandate, by the id that acts of the agent name.</summary>
public sealed record RecordAgentMandateResponse(Guid MandateId, AgentKind Kind);

/// <summary>
/// Records who may act for the household from here on (57 art. 6; Act art. 37(3)): granted by a member who acts for
/// themselves or by the guardian of one who does not; a guardian is recorded for the member they act for.
/// </summary>
public sealed class RecordAgentMandate(ActRunner runner, PersonalDataProtector protector)
{
    public Task<ActResult<RecordAgentMandateResponse>> HandleAsync(
        Guid id, RecordAgentMandateRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => RecordAsync(session, id, request, act), cancellation);

    private async Task<Answer<RecordAgentMandateResponse>> RecordAsync(Session session, Guid id, RecordAgentMandateRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        application.Require(ApplicationAct.RecordAgentMandate, act.Officer);
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var household = await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber);
        if (request.WardPersonId is { } ward)
        {
            AgentMandate.RequireNeedsGuardian(household, ward, act.Today);
        }
        else
        {
            var guardians = await AgentMandateRepository.GuardiansAsync(session, caseFile.CaseFileId, caseFile.ApplicantPersonId, act.Today);
            AgentMandate.RequireMayGrant(household, request.GrantedByPersonId!.Value, guardians, act.Today);
        }

        var row = await AgentMandateRepository.AddAsync(
            session, protector, request, caseFile.CaseFileId, request.GrantedByPersonId, request.WardPersonId, act);
        if (row.AgentKind == AgentKind.Person && household.Has(row.AgentPersonId!.Value))
        {
            throw ProblemException.Invalid(new Fault("$.identityNumber", "agent-is-a-member", "家庭成员可以直接办理，不必委托。", "A member acts without a mandate."));
        }

        var arguments = new Dictionary<string, string>
        {
            ["agent"] = row.AgentKind.ToString(),
            ["mandate"] = row.MandateId.ToString(),
            ["signedOn"] = row.SignedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        if (row.EndsOn is { } endsOn)
        {
            arguments["endsOn"] = endsOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        await CaseEvents.AppendAsync(
            session, caseFile.CaseFileId, new CaseEvent("AgentMandateRecorded", LegalBases.AgentsMayAct, arguments), act.Now, act.Officer);
        return new Answer<RecordAgentMandateResponse>(
            new RecordAgentMandateResponse(row.MandateId, row.AgentKind), $"/v1/applications/{id}/agent-mandates", row.Version);
    }
}

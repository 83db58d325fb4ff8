using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Intake;

/// <summary>Where the household lives now.</summary>
[Example("""
    { "movedOn": "2026-09-20", "habitualResidence": { "divisionCode": "140213057001", "address": "样例路3号", "proof": "Lease" } }
    """)]
public sealed record MoveHouseholdRequest : ICheckedRequest
{
    [NotInTheFuture]
    public required DateOnly MovedOn { get; init; }

    public required HabitualResidenceRequest HabitualResidence { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check) => HabitualResidence.Check("$.habitualResidence", check, DivisionLevel.Community);
}

/// <summary>For each undecided application of the case: where it goes by the new residence.</summary>
public sealed record MoveHouseholdResponse(IReadOnlyList<MovedApplicationResponse> Applications);

/// <summary>An application after a move: whether it is handed over, and to which office.</summary>
public sealed record MovedApplicationResponse(Guid ApplicationId, Programme Programme, bool IsHandedOver, RoutingResponse Routing);

/// <summary>
/// Records that the household moved during the case. Every undecided application is routed anew; where another office is to
/// go on with it, it is handed over with a clock, stays with the present one until it is taken up there, and loses nothing:
/// what was done holds, and every clock keeps running.
/// </summary>
internal sealed class MoveHousehold(ActRunner runner, Transfers transfers, ReferenceStore reference, IOptions<DistrictOptions> district)
{
    public Task<ActResult<MoveHouseholdResponse>> HandleAsync(Guid id, MoveHouseholdRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => MoveAsync(session, id, request, act), cancellation);

    private async Task<Answer<MoveHouseholdResponse>> MoveAsync(Session session, Guid id, MoveHouseholdRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.Move, act.Officer);
        // A move happens during the case. Where the household lived from the start is for the district to rule on, not for a street to correct.
        if (request.MovedOn < application.SubmittedOn)
        {
            throw Refusals.MovedBeforeTheApplication();
        }

        if ((await TransferRepository.ArbitrationsAsync(session, id)).Any(arbitration => arbitration.DecidedAt is null))
        {
            throw Refusals.ArbitrationOpen();
        }

        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        if ((caseFile.HabitualDivisionCode, caseFile.HabitualAddress) == (request.HabitualResidence.DivisionCode, request.HabitualResidence.Address.Trim()))
        {
            throw Refusals.SamePlace();
        }

        await CaseFileRepository.SetResidenceAsync(session, caseFile.CaseFileId, request.HabitualResidence.DivisionCode, request.HabitualResidence.Address.Trim(), request.MovedOn);
        await ApplicationRepository.SetCommunityAsync(session, caseFile.CaseFileId, request.HabitualResidence.DivisionCode);
        await ReplaceProofAsync(session, caseFile.CaseFileId, request, act);
        await CaseEvents.AppendAsync(session, caseFile.CaseFileId, new CaseEvent("HouseholdMoved", LegalBases.ReportChanges, new Dictionary<string, string>
        {
            ["movedOn"] = request.MovedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["to"] = DivisionCode.Parse(request.HabitualResidence.DivisionCode) is var moved && moved.At(DivisionLevel.Subdistrict) is { } street ? street.Value : moved.Value,
        }), act.Now, act.Officer);

        var household = await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber);
        var answers = new List<MovedApplicationResponse>();
        foreach (var each in await ApplicationRepository.OfCaseAsync(session, caseFile.CaseFileId))
        {
            if (each.ApplicationState.IsOpen)
            {
                answers.Add(await RerouteAsync(session, each, caseFile, household, request, act));
            }
        }

        // The applications themselves were saved one by one; this act was on one of them.
        application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        return new Answer<MoveHouseholdResponse>(new MoveHouseholdResponse(answers), $"/v1/applications/{id}/transfers", application.Version);
    }

    private async Task<MovedApplicationResponse> RerouteAsync(
        Session session, ApplicationRow application, CaseFileRow caseFile, Household household, MoveHouseholdRequest request, Act act)
    {
        // Temporary assistance stays where the emergency happened, wherever the household lives since (Act art. 37(2)).
        var routing = application.Programme == Programme.TemporaryAssistance
            ? ApiJson.Read<RoutingDecision>(application.RoutingJson)
            : ResidenceRouting.Decide(FactsOf(application, caseFile, household, request, act.Today), reference.Current.RoutingRules(act.Today));
        var to = routing.AcceptingDivision?.Value ?? application.AcceptingDivisionCode;
        var isHandedOver = to != application.AcceptingDivisionCode;
        // The newest residence decides: what an earlier move offered and nobody took up is withdrawn, also where they moved back.
        if (await TransferRepository.OpenAsync(session, application.ApplicationId) is { } waiting
            && (isHandedOver || waiting.TransferKind == TransferKind.Move))
        {
            await transfers.WithdrawAsync(session, application, waiting, act);
        }

        if (isHandedOver)
        {
            var isOutward = routing.Outcome == RoutingOutcome.TransferOutward;
            await transfers.SendAsync(
                session, application, isOutward ? TransferKind.Outward : TransferKind.Move, application.AcceptingDivisionCode, to, reasons: null, routing, act);
            if (!isOutward)
            {
                await ApplicationRepository.AddOfficeAsync(session, application with { CommunityCode = request.HabitualResidence.DivisionCode }, to);
            }

            await CaseEvents.AppendAsync(session, caseFile.CaseFileId, new CaseEvent("ApplicationTransferred", LegalBases.OneWindow, new Dictionary<string, string>
            {
                ["accepting"] = to,
            }), act.Now, act.Officer);
        }

        await ApplicationRepository.SaveAsync(session, isHandedOver ? application : await transfers.RouteAsync(session, application, routing));
        return new MovedApplicationResponse(
            application.ApplicationId, application.Programme, isHandedOver, SubmitApplication.RoutingOf(routing, act.Today, reference.Current, act.Language));
    }

    private ResidenceFacts FactsOf(
        ApplicationRow application, CaseFileRow caseFile, Household household, MoveHouseholdRequest request, DateOnly today) => new()
        {
            Programme = application.Programme,
            AppliedOn = today,
            District = district.Value.Division,
            ApplicantRegistration = DivisionCode.Parse(caseFile.RegisteredDivisionCode),
            MemberRegistrations = [.. household.LivingOn(today).Select(member => DivisionCode.Parse(member.RegisteredDivisionCode))],
            HabitualResidence = DivisionCode.Parse(request.HabitualResidence.DivisionCode),
            HoldsResidencePermit = request.HabitualResidence.HoldsResidencePermit,
            Proof = request.HabitualResidence.Proof,
        };

    // What showed the old residence says nothing about the new one.
    private static async Task ReplaceProofAsync(Session session, Guid caseFileId, MoveHouseholdRequest request, Act act)
    {
        var supplies = (await DisclosureRepository.SuppliesAsync(session, caseFileId)).Where(supply => supply.ItemKey == SupplyRow.ResidenceProof).ToList();
        if (supplies is [.., { ReturnedAt: null } last])
        {
            await DisclosureRepository.ReturnAsync(session, last with
            {
                ReturnReason = SupplyReturnReason.Outdated,
                ReturnRemark = "已迁居，请提供新住址的居住情况。",
                ReturnedAt = act.Now,
                ReturnedBy = act.Officer.Id,
            });
        }

        if (request.HabitualResidence.Proof is { } proof)
        {
            await DisclosureRepository.AddAsync(session, SupplyRow.OfResidence(caseFileId, supplies.Count + 1, proof, act.Now, act.Officer.Id));
        }
    }
}

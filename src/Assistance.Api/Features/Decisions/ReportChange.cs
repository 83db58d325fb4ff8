using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Decisions;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Decisions;

/// <summary>A change of a household that applies or is in payment: what, when, and for whom (Act art. 40 and 46).</summary>
[Example("""
    {
      "kind": "IncomeChanged",
      "changedOn": "2026-09-01",
      "personId": "019970c1-0000-7000-8000-000000000001",
      "incomes": [{ "kind": "Wages", "monthlyFen": 160000 }]
    }
    """)]
public sealed record ReportChangeRequest : ICheckedRequest
{
    public required ChangeKind Kind { get; init; }

    /// <summary>The day it changed.</summary>
    [NotInTheFuture]
    public required DateOnly ChangedOn { get; init; }

    /// <summary>The member it concerns; absent for a birth.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>For a changed income: everything the member now receives a month; an empty list for nothing.</summary>
    public IReadOnlyList<IncomeRequest>? Incomes { get; init; }

    /// <summary>For a birth: the child.</summary>
    public NewMemberRequest? NewMember { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        var isBirth = Kind == ChangeKind.MemberBorn;
        if (ChangedOn < check.Today.AddYears(isBirth ? -1 : -10))
        {
            yield return new Fault("$.changedOn", "too-long-ago",
                isBirth ? "此处只登记一年内出生的孩子；其他新增成员须有身份证号码和核对授权。" : "请核对日期。",
                isBirth ? "Only a child born within the last year; any other new member needs an identity number and a consent." : "Please check the date.");
        }

        if (isBirth != (PersonId is null))
        {
            yield return new Fault("$.personId", isBirth ? "not-for-this-kind" : "missing",
                isBirth ? "新出生成员尚无编号，请删除此项。" : "请指明是哪位成员。", isBirth ? "A newborn has no id yet; leave this out." : "Name the member.");
        }

        if (NewMember?.Evidence == SupplyWay.Upload)
        {
            yield return new Fault("$.newMember.evidence", "way-not-accepted",
                "请登记出示原件或者书面承诺；照片可在登记后上传。", "Say that the certificate was seen or a promise given; a photograph can be uploaded afterwards.");
        }

        if (isBirth != (NewMember is not null))
        {
            yield return new Fault("$.newMember", isBirth ? "missing" : "not-for-this-kind",
                isBirth ? "请填写新出生的成员。" : "只有新增成员时才填写。", isBirth ? "Give the newborn." : "Only for a birth.");
        }

        if (Kind == ChangeKind.IncomeChanged != (Incomes is not null))
        {
            yield return new Fault("$.incomes", Kind == ChangeKind.IncomeChanged ? "missing" : "not-for-this-kind",
                Kind == ChangeKind.IncomeChanged ? "请填写现在的全部收入；没有收入请填空数组。" : "只有收入变化时才填写。",
                Kind == ChangeKind.IncomeChanged ? "Give all present incomes; an empty list for none." : "Only for a changed income.");
        }
    }
}

/// <summary>A newborn, shown by the medical certificate of birth or promised in writing.</summary>
public sealed record NewMemberRequest
{
    [Text(100)]
    public required string Name { get; init; }

    public required Relationship Relationship { get; init; }

    /// <summary>How the birth was shown: the certificate was seen, or a written promise given.</summary>
    public required SupplyWay Evidence { get; init; }
}

/// <summary>The opened adjustment; departments are being asked again.</summary>
/// <param name="PossibleDuplicates">People of the same name and birth date as a newborn: to be looked at.</param>
public sealed record ReportChangeResponse(
    Guid AdjustmentId, AdjustmentState State, ChangeKind Kind, int Round, IReadOnlyList<DuplicateResponse> PossibleDuplicates);

/// <summary>The household's next state; departments are being asked again.</summary>
/// <param name="PossibleDuplicates">People of the same name and birth date as a newborn: to be looked at.</param>
public sealed record ReportApplicationChangeResponse(ChangeKind Kind, int Round, IReadOnlyList<DuplicateResponse> PossibleDuplicates);

/// <summary>
/// Records a change of circumstances (Act art. 46; 57 art. 30): the household's next state and a new round of look-ups. Of an
/// application the disclosure is derived anew and shows what differs; of an award an adjustment is opened. Nothing is reduced
/// by it: that takes an assessment, a hearing and a decision.
/// </summary>
public sealed class ReportChange(ActRunner runner, ReferenceStore reference, LookupSignal signal)
{
    // The item that shows a birth, in seeds/disclosure-items.csv.
    private const string BirthCertificate = "birth-certificate";

    public async Task<ActResult<ReportChangeResponse>> HandleAsync(Guid awardId, ReportChangeRequest request, Act act, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(act, session => ReportAsync(session, awardId, request, act), cancellation);
        signal.Raise();
        return result;
    }

    public async Task<ActResult<ReportApplicationChangeResponse>> ForApplicationAsync(
        Guid applicationId, ReportChangeRequest request, Act act, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(
            act,
            async session =>
            {
                var application = await ApplicationRepository.GetAsync(session, applicationId, act.Officer);
                act.RequireVersion(application.Version);
                application.Require(ApplicationAct.ReportChange, act.Officer);
                var applications = await ApplicationRepository.OfCaseAsync(session, application.CaseFileId);
                // One household: where an award of it is in payment, the change is reported there and reaches the applications too.
                if (applications.Any(other => other.ApplicationState == ApplicationState.Granted))
                {
                    throw Refusals.ReportOnTheAward();
                }

                var programmes = applications.Where(other => other.ApplicationState.IsOpen).Select(other => other.Programme).ToList();
                var (snapshot, _, duplicates) = await ApplyAsync(session, application.CaseFileId, programmes, request, act);
                await CaseFileRepository.SetDisclosedSnapshotAsync(session, application.CaseFileId, snapshot);
                var round = await MeansVerificationRepository.AddNextAsync(session, application.CaseFileId, snapshot,
                    new VerificationCause(LookupPurpose.MeansVerification, act.Officer.Id, IsReuseAllowed: false), act.Now);
                application = await ApplicationRepository.SaveAsync(session, application);
                await ApplicationRepository.TouchSistersAsync(session, application);
                await CaseEvents.AppendAsync(session, application.CaseFileId, EventOf(request), act.Now, act.Officer);
                return new Answer<ReportApplicationChangeResponse>(
                    new ReportApplicationChangeResponse(
                        request.Kind, round, DuplicateResponse.OfNamesakes(duplicates, reference.Current, act.Today, act.Language)),
                    $"/v1/applications/{applicationId}/disclosure", application.Version);
            },
            cancellation);
        signal.Raise();
        return result;
    }

    private async Task<Answer<ReportChangeResponse>> ReportAsync(Session session, Guid awardId, ReportChangeRequest request, Act act)
    {
        var award = await AwardRepository.GetAsync(session, awardId, act.Officer);
        act.RequireVersion(award.Version);
        (await ApplicationRepository.GetAsync(session, award.ApplicationId, act.Officer)).RequireAcceptingOffice(act.Officer);
        if (award.AwardState != AwardState.InPayment)
        {
            throw Refusals.WrongState(nameof(AdjustmentAct.ReportChange), award.AwardState.ToString(), [nameof(AwardState.InPayment)]);
        }

        var newest = await AdjustmentRepository.NewestAsync(session, awardId);
        if (newest?.AdjustmentState is AdjustmentState.Reported or AdjustmentState.Proposed)
        {
            throw Refusals.AdjustmentOpen();
        }

        // A report made on an older state of the award is stale, whatever came of the newer one.
        await AwardRepository.SaveAsync(session, award);
        var open = (await ApplicationRepository.OfCaseAsync(session, award.CaseFileId)).Where(other => other.ApplicationState.IsOpen).ToList();
        var (snapshot, personId, duplicates) = await ApplyAsync(
            session, award.CaseFileId, [award.Programme, .. open.Select(other => other.Programme)], request, act);
        if (open.Count > 0)
        {
            await CaseFileRepository.SetDisclosedSnapshotAsync(session, award.CaseFileId, snapshot);
            foreach (var other in open)
            {
                await ApplicationRepository.SaveAsync(session, other);
            }
        }

        var adjustment = new AdjustmentRow
        {
            AdjustmentId = Guid.CreateVersion7(act.Now),
            AwardId = awardId,
            CaseFileId = award.CaseFileId,
            AdjustmentState = AdjustmentState.Reported,
            ChangeKind = request.Kind,
            ChangedOn = request.ChangedOn,
            ChangedPersonId = personId,
            ReportedAt = act.Now,
            ReportedBy = act.Officer.Id,
            SnapshotNumber = snapshot,
            RoundNumber = await MeansVerificationRepository.AddNextAsync(session, award.CaseFileId, snapshot,
                    new VerificationCause(LookupPurpose.MeansVerification, act.Officer.Id, IsReuseAllowed: false), act.Now),
            OldMonthlyFen = award.MonthlyFen,
            Version = 1,
        };
        await AdjustmentRepository.AddAsync(session, adjustment);
        await CaseEvents.AppendAsync(session, award.CaseFileId, EventOf(request), act.Now, act.Officer);
        return new Answer<ReportChangeResponse>(
            new ReportChangeResponse(
                adjustment.AdjustmentId,
                adjustment.AdjustmentState,
                request.Kind,
                adjustment.RoundNumber,
                DuplicateResponse.OfNamesakes(duplicates, reference.Current, act.Today, act.Language)),
            $"/v1/award-adjustments/{adjustment.AdjustmentId}",
            adjustment.Version);
    }

    private static CaseEvent EventOf(ReportChangeRequest request) => new("ChangeReported", LegalBases.ReportChanges, new Dictionary<string, string>
    {
        ["change"] = request.Kind.ToString(),
        ["changedOn"] = request.ChangedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["evidence"] = request.NewMember?.Evidence.ToString() ?? "",
    });

    private static async Task<(int Snapshot, Guid PersonId, IReadOnlyList<DuplicateCandidate> Duplicates)> ApplyAsync(
        Session session, Guid caseFileId, IReadOnlyList<Programme> programmes, ReportChangeRequest request, Act act)
    {
        var caseFile = await CaseFileRepository.GetAsync(session, caseFileId);
        var household = await HouseholdRepository.GetAsync(session, caseFileId, caseFile.SnapshotNumber);
        var personId = request.PersonId
            ?? await PersonRepository.AddWithoutNumberAsync(session, request.NewMember!.Name.Trim(), request.ChangedOn, act.Now);
        var change = new CircumstanceChange
        {
            Kind = request.Kind,
            ChangedOn = request.ChangedOn,
            PersonId = personId,
            Incomes = [.. (request.Incomes ?? []).Select(income => new DeclaredIncome(personId, income.Kind, new Money(income.MonthlyFen)))],
            NewMember = request.NewMember is { } child
                ? new HouseholdMember
                {
                    PersonId = personId,
                    Relationship = child.Relationship,
                    BornOn = request.ChangedOn,
                    RegisteredDivisionCode = caseFile.RegisteredDivisionCode,
                    HasIdentityNumber = false,
                }
                : null,
        };
        var changed = change.ApplyTo(household);
        if (change.Kind == ChangeKind.MemberDied)
        {
            // Of the dead nothing is asked any more but the death itself, which the round of this report does.
            await LookupRepository.CancelOfPersonAsync(session, caseFileId, personId);
        }

        IReadOnlyList<DuplicateCandidate> duplicates = [];
        if (change.NewMember is not null)
        {
            await PersonRepository.AddMemberAsync(session, caseFileId, personId, request.NewMember!.Name.Trim());
            var newcomer = Newcomer.Of(changed.Members.Count, personId, request.NewMember!.Name, request.ChangedOn, hasNumber: false);
            // What was shown at the window with the report is not asked for afterwards.
            await DisclosureRepository.AddAsync(session, new SupplyRow
            {
                CaseFileId = caseFileId,
                ItemKey = DisclosureDerivation.KeyOf(BirthCertificate, personId),
                SupplyNumber = 1,
                ItemCode = BirthCertificate,
                PersonId = personId,
                SupplyWay = request.NewMember!.Evidence,
                SuppliedAt = act.Now,
                SuppliedTo = act.Officer.Id,
            });
            duplicates = await ProgrammeClaims.ClaimAsync(session, act.Officer, [newcomer], programmes, caseFileId, act.Now);
        }

        var snapshot = caseFile.SnapshotNumber + 1;
        await HouseholdRepository.AddAsync(session, caseFileId, snapshot, request.Kind.ToString(), changed, act.Now);
        await CaseFileRepository.SetSnapshotAsync(session, caseFileId, snapshot);
        return (snapshot, personId, duplicates);
    }
}

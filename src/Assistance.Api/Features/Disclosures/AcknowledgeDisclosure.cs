using System.Globalization;
using Assistance.Api.Events;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>That a person of the household knows a list.</summary>
[Example("""
    { "version": 1, "way": "Signature", "acknowledgedOn": "2026-09-21", "personId": "019970c1-0000-7000-8000-000000000001" }
    """)]
public sealed record AcknowledgeDisclosureRequest
{
    /// <summary>The version of the list: 1, or that of a later one.</summary>
    [Within(1, 1_000)]
    public required int Version { get; init; }

    public required AcknowledgementWay Way { get; init; }

    [NotInTheFuture]
    public required DateOnly AcknowledgedOn { get; init; }

    /// <summary>The member who signed, listened or answered, or for whom an agent did.</summary>
    public required Guid PersonId { get; init; }

    [Text(500)]
    public string? Remark { get; init; }

    /// <summary>The mandate of the agent who acknowledged it for the household; absent where the household did itself.</summary>
    public Guid? MandateId { get; init; }
}

/// <summary>Records that a list was signed for, read out, or acknowledged by text message (57 art. 10).</summary>
internal sealed class AcknowledgeDisclosure(DisclosureActs acts)
{
    public Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, AcknowledgeDisclosureRequest request, Act act, CancellationToken cancellation) =>
        acts.RunAsync(id, act, ApplicationAct.AcknowledgeDisclosure, new AgentAct(request.MandateId, MandateScope.ReceiveNotices),
            work => AcknowledgeAsync(work, request), cancellation);

    private static async Task<CaseEvent> AcknowledgeAsync(DisclosureAct work, AcknowledgeDisclosureRequest request)
    {
        work.RequireSealed();
        var row = work.Standing.Told.FirstOrDefault(row => row.DisclosureVersion == request.Version)
            ?? throw ProblemException.Invalid(new Fault("$.version", "no-such-version", "没有这一版告知书。", "There is no such version."));
        if (request.AcknowledgedOn < ChinaTime.DayOf(row.SealedAt))
        {
            throw ProblemException.Invalid(new Fault("$.acknowledgedOn", "before-sealed", "不能早于出具日期。", "Not before the day it was sealed."));
        }

        if (!work.IsMember(request.PersonId))
        {
            throw Refusals.MemberNotInHousehold();
        }

        if ((await DisclosureRepository.AcknowledgementsAsync(work.Session, work.Application.CaseFileId)).Any(known => known.DisclosureId == row.DisclosureId))
        {
            throw Refusals.AlreadyAcknowledged(row.DisclosureNumber);
        }

        await DisclosureRepository.AddAsync(work.Session, new AcknowledgementRow
        {
            DisclosureId = row.DisclosureId,
            AcknowledgementWay = request.Way,
            AcknowledgedOn = request.AcknowledgedOn,
            PersonId = request.PersonId,
            Remark = request.Remark,
            RecordedAt = work.Act.Now,
            RecordedBy = work.Act.Officer.Id,
        });
        return new CaseEvent("DisclosureAcknowledged", LegalBases.ToldOnce, new Dictionary<string, string>
        {
            ["number"] = row.DisclosureNumber,
            ["way"] = request.Way.ToString(),
            ["on"] = request.AcknowledgedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
    }
}

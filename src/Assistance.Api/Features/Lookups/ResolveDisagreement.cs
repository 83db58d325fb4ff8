using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>How what differs is settled, for the very statements that the officer saw.</summary>
[Example("""
    {
      "personId": "019970c1-0000-7000-8000-000000000001",
      "field": "Wages",
      "statementsHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      "kind": "SourceHolds",
      "source": "Tax",
      "reasons": "单位证明和个税记录一致，社保缴费基数未调整。"
    }
    """)]
public sealed record ResolveDisagreementRequest : ICheckedRequest
{
    public required Guid PersonId { get; init; }

    public required DisagreementField Field { get; init; }

    /// <summary>As the board showed it: where something else is stated by now, nothing is settled.</summary>
    [Sha256]
    public required string StatementsHash { get; init; }

    public required ResolutionKind Kind { get; init; }

    /// <summary>The department that is right; where both hold, the one whose statement adds up with what was declared, absent for all.</summary>
    public LookupSource? Source { get; init; }

    /// <summary>What was found, and how.</summary>
    [Text(2_000)]
    public required string Reasons { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (Kind == ResolutionKind.SourceHolds && Source is null)
        {
            yield return new Fault("$.source", "missing", "以部门答复为准的，请写明是哪个部门。", "Name the department whose statement holds.");
        }
        else if (Kind is ResolutionKind.DeclaredHolds or ResolutionKind.NotClear && Source is not null)
        {
            yield return new Fault("$.source", "not-for-this-kind", "此种认定不填写部门。", "Leave this out for this kind of resolution.");
        }
    }
}

/// <summary>
/// Settles where statements differ (57 art. 17 and 18): assessments take the figure that was settled as long as the same
/// statements stand, and a new answer reopens it by itself. Departments whom the household is right against are asked to
/// correct what they stated (政务数据共享条例 art. 26).
/// </summary>
internal sealed class ResolveDisagreement(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<DisagreementListResponse>> HandleAsync(Guid id, ResolveDisagreementRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => ResolveAsync(session, id, request, act), cancellation);

    // The officer's reasons may tell of other departments' data, which are not passed on (政务数据共享条例 art. 27).
    private string StatementOf(DisagreementField field) =>
        $"经办机关核实，“{reference.Current.Texts.Word($"disagreement.{field}", Language.Zh)}”与事实不符，请予校核。";

    private async Task<Answer<DisagreementListResponse>> ResolveAsync(Session session, Guid id, ResolveDisagreementRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.ResolveDisagreement, act.Officer);
        var disagreement = Find(await DisagreementBoard.ReadAsync(session, application.CaseFileId, act.Today), request);
        await DisagreementRepository.AddAsync(session, new DisagreementResolutionRow
        {
            ResolutionId = Guid.CreateVersion7(act.Now),
            CaseFileId = application.CaseFileId,
            PersonId = request.PersonId,
            DisagreementField = request.Field,
            StatementsHash = disagreement.StatementsHash,
            ResolutionKind = request.Kind,
            LookupSource = request.Source,
            Reasons = request.Reasons.Trim(),
            ResolvedAt = act.Now,
            ResolvedBy = act.Officer.Id,
        });
        if (request.Kind == ResolutionKind.DeclaredHolds)
        {
            foreach (var statement in disagreement.AgainstTheDeclared)
            {
                await CorrectionTicketRepository.RequestAsync(session, statement.LookupId!.Value, StatementOf(request.Field), act);
            }
        }

        application = await ApplicationRepository.SaveAsync(session, application);
        await ApplicationRepository.TouchSistersAsync(session, application);
        await CaseEvents.AppendAsync(session, application.CaseFileId, new CaseEvent("DisagreementResolved", LegalBases.VerificationStarts, new Dictionary<string, string>
        {
            ["field"] = $"disagreement.{request.Field}",
            ["resolution"] = request.Kind.ToString(),
            ["source"] = request.Source?.ToString() ?? "",
        }), act.Now, act.Officer);
        return new Answer<DisagreementListResponse>(
            DisagreementListResponse.Of(await DisagreementBoard.ReadAsync(session, application.CaseFileId, act.Today)),
            $"/v1/applications/{id}/disagreements",
            application.Version);
    }

    private static Disagreement Find(DisagreementBoard board, ResolveDisagreementRequest request)
    {
        var disagreement = board.Find(request.PersonId, request.Field) ?? throw Refusals.NoSuchDisagreement(request.Field);
        if (!string.Equals(disagreement.StatementsHash, request.StatementsHash, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusals.StatementsChanged(request.Field);
        }

        if (request.Source is { } source && disagreement.Of(source) is null)
        {
            throw Refusals.SourceStatesNothing(request.Field, source);
        }

        return request.Kind == ResolutionKind.BothHold && !Disagreements.IsOfNumbers(request.Field)
            ? throw Refusals.StatementsDoNotAddUp(request.Field)
            : disagreement;
    }
}

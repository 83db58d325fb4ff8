using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Households;

/// <summary>What the office found about a member whose standing needed review.</summary>
[Example("""
    {
      "personId": "019970c1-0000-7000-8000-000000000001",
      "counts": true,
      "clearedDoubts": [],
      "reasons": "祖父母无其他子女，孙子女有负担能力，长期共同居住（社区核实）。"
    }
    """)]
public sealed record DetermineCompositionRequest
{
    public required Guid PersonId { get; init; }

    /// <summary>Whether the member counts.</summary>
    public required bool Counts { get; init; }

    /// <summary>Doubts about the declared relationship that were looked into and cleared.</summary>
    public IReadOnlyList<RelationshipDoubtKind> ClearedDoubts { get; init; } = [];

    /// <summary>What was found, and how.</summary>
    [Text(2_000)]
    public required string Reasons { get; init; }
}

/// <summary>
/// Determines whether a member counts where the declared facts do not decide it (57 art. 7(4) and 8). It settles what needs
/// review and nothing else: who counts or does not by a rule is not the office's to change.
/// </summary>
internal sealed class DetermineComposition(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<CompositionResponse>> HandleAsync(Guid id, DetermineCompositionRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => DetermineAsync(session, id, request, act), cancellation);

    private async Task<Answer<CompositionResponse>> DetermineAsync(Session session, Guid id, DetermineCompositionRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.DetermineComposition, act.Officer);
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var household = await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber);
        RequireOpen(household, request.PersonId, act.Today);

        // One determination a person: the newest holds.
        var determined = household with
        {
            Determinations =
            [
                .. household.Determinations.Where(determination => determination.PersonId != request.PersonId),
                new Determination(request.PersonId, request.Counts, request.ClearedDoubts),
            ],
        };
        var snapshot = caseFile.SnapshotNumber + 1;
        await HouseholdRepository.AddAsync(session, caseFile.CaseFileId, snapshot, nameof(DetermineComposition), determined, act.Now);
        await CaseFileRepository.SetSnapshotAsync(session, caseFile.CaseFileId, snapshot);
        await CaseFileRepository.SetDisclosedSnapshotAsync(session, caseFile.CaseFileId, snapshot);
        await DeterminationRepository.AddAsync(session, caseFile.CaseFileId, snapshot, request, act);
        if (!request.Counts)
        {
            await LookupRepository.CancelOfPersonAsync(session, caseFile.CaseFileId, request.PersonId);
        }

        application = await ApplicationRepository.SaveAsync(session, application);
        await ApplicationRepository.TouchSistersAsync(session, application);
        await CaseEvents.AppendAsync(session, caseFile.CaseFileId, new CaseEvent("CompositionDetermined", LegalBases.HouseholdMembers, new Dictionary<string, string>
        {
            ["counts"] = request.Counts ? "true" : "false",
        }), act.Now, act.Officer);
        return new Answer<CompositionResponse>(
            CompositionResponse.Of(determined, act.Today, reference.Current, act.Language), $"/v1/applications/{id}/composition", application.Version);
    }

    private void RequireOpen(Household household, Guid personId, DateOnly today)
    {
        var undetermined = household with { Determinations = [.. household.Determinations.Where(determination => determination.PersonId != personId)] };
        var composition = HouseholdComposition.Of(undetermined, today, reference.Current.Parameters.Number(ParameterCodes.LongAbsenceMonths, today));
        switch (composition.StandingOf(personId))
        {
            case null:
                throw Refusals.MemberNotInHousehold();
            case Standing.NeedsReview:
                return;
            case var standing:
                throw Refusals.CompositionIsDecidedByRule(standing.Value.ToString());
        }
    }
}

/// <summary>Who determined what, and why, beside the household's next state.</summary>
internal static class DeterminationRepository
{
    private const string AddSql = """
        INSERT INTO CompositionDetermination (CaseFileId, SnapshotNumber, PersonId, IsCounted, Reasons, RecordedAt, RecordedBy)
        VALUES (@CaseFileId, @SnapshotNumber, @PersonId, @IsCounted, @Reasons, @RecordedAt, @RecordedBy)
        """;

    public static Task AddAsync(Session session, Guid caseFileId, int snapshotNumber, DetermineCompositionRequest request, Act act) =>
        session.ExecuteAsync(AddSql, new
        {
            CaseFileId = caseFileId,
            SnapshotNumber = snapshotNumber,
            request.PersonId,
            IsCounted = request.Counts,
            Reasons = request.Reasons.Trim(),
            RecordedAt = act.Now,
            RecordedBy = act.Officer.Id,
        });

    private const string AddOfObligorSql = """
        INSERT INTO ObligorDetermination (CaseFileId, SnapshotNumber, PersonId, ObligorAbility, Reasons, RecordedAt, RecordedBy)
        VALUES (@CaseFileId, @SnapshotNumber, @PersonId, @ObligorAbility, @Reasons, @RecordedAt, @RecordedBy)
        """;

    public static Task AddOfObligorAsync(Session session, Guid caseFileId, int snapshotNumber, DetermineObligorRequest request, Act act) =>
        session.ExecuteAsync(AddOfObligorSql, new
        {
            CaseFileId = caseFileId,
            SnapshotNumber = snapshotNumber,
            request.PersonId,
            ObligorAbility = request.Ability,
            Reasons = request.Reasons.Trim(),
            RecordedAt = act.Now,
            RecordedBy = act.Officer.Id,
        });
}

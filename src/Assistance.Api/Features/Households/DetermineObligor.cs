using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Households;

/// <summary>What the office found about somebody who owes support.</summary>
[Example("""
    {
      "personId": "019970c1-0000-7000-8000-000000000001",
      "ability": "LowIncomeFrom70",
      "reasons": "义务人七十二周岁，月收入低于当地上年度人均可支配收入，名下无房产（入户核实）。"
    }
    """)]
public sealed record DetermineObligorRequest : ICheckedRequest
{
    /// <summary>An obligor of the case.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Able, or unable on one of the grounds of 特困人员认定办法 art. 8.</summary>
    public required ObligorAbility Ability { get; init; }

    /// <summary>What was found, and how.</summary>
    [Text(2_000)]
    public required string Reasons { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (Ability == ObligorAbility.NotLookedInto)
        {
            yield return new Fault("$.ability", "nothing-determined", "请填写核实的结果。", "Say what was found.");
        }
    }
}

/// <summary>Whether an obligor can give support, as it stands now.</summary>
public sealed record DetermineObligorResponse(Guid PersonId, Relationship Relationship, ObligorAbility Ability);

/// <summary>Determines whether somebody who owes support is able to give it (特困人员认定办法 art. 8); who asks for support alone decides nothing, so the office looks.</summary>
internal sealed class DetermineObligor(ActRunner runner)
{
    public Task<ActResult<DetermineObligorResponse>> HandleAsync(Guid id, DetermineObligorRequest request, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => DetermineAsync(session, id, request, act), cancellation);

    private static async Task<Answer<DetermineObligorResponse>> DetermineAsync(Session session, Guid id, DetermineObligorRequest request, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        application.Require(ApplicationAct.DetermineComposition, act.Officer);
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var household = await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber);
        var obligor = household.Obligors.FirstOrDefault(one => one.PersonId == request.PersonId) ?? throw Refusals.MemberNotInHousehold();
        var determined = obligor with { Ability = request.Ability };
        var snapshot = caseFile.SnapshotNumber + 1;
        await HouseholdRepository.AddAsync(session, caseFile.CaseFileId, snapshot, nameof(DetermineObligor), household with
        {
            Obligors = [.. household.Obligors.Select(one => one.PersonId == request.PersonId ? determined : one)],
        }, act.Now);
        await CaseFileRepository.SetSnapshotAsync(session, caseFile.CaseFileId, snapshot);
        await CaseFileRepository.SetDisclosedSnapshotAsync(session, caseFile.CaseFileId, snapshot);
        await DeterminationRepository.AddOfObligorAsync(session, caseFile.CaseFileId, snapshot, request, act);
        application = await ApplicationRepository.SaveAsync(session, application);
        await ApplicationRepository.TouchSistersAsync(session, application);
        await CaseEvents.AppendAsync(session, caseFile.CaseFileId, new CaseEvent("ObligorDetermined", LegalBases.ObligorUnable, new Dictionary<string, string>
        {
            ["ability"] = request.Ability.ToString(),
        }), act.Now, act.Officer);
        return new Answer<DetermineObligorResponse>(
            new DetermineObligorResponse(determined.PersonId, determined.Relationship, determined.Ability), $"/v1/applications/{id}", application.Version);
    }
}

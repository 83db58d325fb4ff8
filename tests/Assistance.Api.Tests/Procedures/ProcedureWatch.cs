using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Procedures;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Assistance.Sandbox;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assistance.Api.Tests.Procedures;

/// <summary>
/// Holds the acts of all tests to their rows of the procedure, in the database before and after: where an act leads, what it does to
/// the clocks, and that a refusal is of a need that the row names.
/// </summary>
internal sealed class ProcedureWatch(TestService service)
{
    private const string Applications = "/v1/applications/";
    private const string Adjustments = "/v1/award-adjustments/";

    // What any act can be refused with, whatever its row needs.
    private static readonly string[] Everywhere = ["wrong-state", "no-parameter-in-force", "idempotency-key-reused", "conflict"];

    private readonly Lazy<Dictionary<string, Enum>> routes = new(() => RoutesOf(service).ToDictionary(
        route => route.RoutePattern.RawText!, route => route.Metadata.GetRequiredMetadata<RouteOfAct>().Act));

    /// <summary>The routes that do an act of a procedure.</summary>
    public static IEnumerable<RouteEndpoint> RoutesOf(TestService service) =>
        service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RouteOfAct>() is not null);

    /// <param name="resource">The path of what it is done to.</param>
    /// <param name="act">The noun of the act's route.</param>
    /// <param name="given">Which conditions of the clocks hold, where the test knows; then nothing else may happen to them.</param>
    public async Task<ApiAnswer> ActAsync(string resource, string act, Func<Task<ApiAnswer>> send, ClockCondition[]? given = null)
    {
        var split = resource.LastIndexOf('/') + 1;
        if (!routes.Value.TryGetValue($"{resource[..split]}{{id:guid}}/{act}", out var done))
        {
            return await send();
        }

        var before = await StandingAsync(resource);
        var answer = await send();
        if (answer.Status is 409 or 422)
        {
            Assert.That(answer.Code, Is.AnyOf([.. NeedsOf(done), .. Everywhere]), $"{done} is refused for what its row does not name: {answer.Text}");
        }
        else if (answer is { Status: 201, IsReplay: false })
        {
            Hold(done, before, await StandingAsync(resource), given);
        }

        return answer;
    }

    /// <summary>How an application or an adjustment stands: its state and its clocks, for an award nothing.</summary>
    public Task<Standing?> StandingAsync(string resource)
    {
        var id = Guid.Parse(resource[(resource.LastIndexOf('/') + 1)..]);
        return service.Database.ReadAsync(
            async session => resource.StartsWith(Applications, StringComparison.Ordinal) ? await ApplicationAsync(session, id)
                : resource.StartsWith(Adjustments, StringComparison.Ordinal) ? await AdjustmentAsync(session, id)
                : null,
            CancellationToken.None);
    }

    /// <summary>What a row says is compared with what happened.</summary>
    public static void Hold(Enum act, Standing? before, Standing? after, ClockCondition[]? given)
    {
        switch (act)
        {
            case ApplicationAct done:
                Hold(ApplicationProcedure.Table[done], before ?? Standing.None, after!, given);
                break;
            case AdjustmentAct done when after is not null:
                Hold(AdjustmentProcedure.Table[done], before ?? Standing.None, after, given);
                break;
            default:
                break;
        }
    }

    private static void Hold<TAct, TState>(ProcedureAct<TAct, TState> row, Standing before, Standing after, ClockCondition[]? given)
        where TAct : struct, Enum
        where TState : struct, Enum
    {
        string[] states = row.To.Count == 0 ? [before.State] : [.. row.To.Select(state => state.ToString()), .. row.MayStay ? [before.State] : Array.Empty<string>()];
        var happened = EffectsOf(before, after);
        var always = row.Clocks.Where(step => step.When is null || given?.Contains(step.When.Value) == true).Where(Applies).Select(step => (step.Effect, step.Clock)).ToList();
        var ever = given is null ? row.Clocks.Select(step => (step.Effect, step.Clock)).ToList() : always;
        Assert.Multiple(() =>
        {
            Assert.That(after.State, Is.AnyOf([.. states]), $"where {row.Act} leads");
            Assert.That(happened, Is.SupersetOf(always).And.SubsetOf(ever), $"what {row.Act} does to the clocks");
        });

        bool Applies(ClockStep step) => step.Effect == ClockEffect.Starts
            ? ProcedureClocks.Rules.Single(rule => rule.Code == step.Clock).Programmes.Contains(after.Programme!.Value)
            : before.Clocks.Any(clock => clock.Code == step.Clock && !clock.IsMet);
    }

    private static List<(ClockEffect Effect, string Clock)> EffectsOf(Standing before, Standing after)
    {
        var (old, now) = (before.Clocks.ToDictionary(clock => clock.Key), after.Clocks.ToDictionary(clock => clock.Key));
        return
        [
            .. now.Values.Where(clock => !old.ContainsKey(clock.Key)).Select(clock => (ClockEffect.Starts, clock.Code)),
            .. old.Values.Where(clock => !now.ContainsKey(clock.Key)).Select(clock => (ClockEffect.Withdraws, clock.Code)),
            // What the service meets by itself may fall within any act.
            .. now.Values.Where(clock => clock.IsMet && old.TryGetValue(clock.Key, out var earlier) && !earlier.IsMet && !IsMetByTheService(clock.Code))
                .Select(clock => (ClockEffect.Meets, clock.Code)),
            .. now.Values.Where(clock => old.TryGetValue(clock.Key, out var earlier) && clock.DueOn > earlier.DueOn).Select(clock => (ClockEffect.Extends, clock.Code)),
        ];
    }

    private static bool IsMetByTheService(string clock) => ProcedureClocks.Rules.Single(rule => rule.Code == clock).IsMetByTheService;

    private static IReadOnlyList<string> NeedsOf(Enum act) => act switch
    {
        ApplicationAct done => ApplicationProcedure.Table[done].Needs,
        AdjustmentAct done => AdjustmentProcedure.Table[done].Needs,
        _ => [],
    };

    private const string StateSql = "SELECT ApplicationState FROM Application WHERE ApplicationId = @ApplicationId";

    private const string ProgrammeSql = "SELECT Programme FROM Application WHERE ApplicationId = @ApplicationId";

    private static async Task<Standing> ApplicationAsync(Session session, Guid id) => new(
        (await session.FirstOrDefaultAsync<string>(StateSql, new { ApplicationId = id }))!,
        Enum.Parse<Programme>((await session.FirstOrDefaultAsync<string>(ProgrammeSql, new { ApplicationId = id }))!),
        [
            .. (await ApplicationRepository.ClocksAsync(session, id)).Select(clock => new RunningClock(clock.ClockCode, clock.ClockCode, clock.DueOn, clock.MetOn is not null)),
            .. (await TransferRepository.OfApplicationAsync(session, id)).Where(transfer => transfer.WithdrawnAt is null)
                .Select(transfer => new RunningClock(transfer.TransferId.ToString(), ProcedureClocks.TakeUp, transfer.DueOn, transfer.ReceivedAt is not null)),
            .. (await TransferRepository.ArbitrationsAsync(session, id))
                .Select(arbitration => new RunningClock(arbitration.ArbitrationId.ToString(), ProcedureClocks.Arbitration, arbitration.DueOn, arbitration.DecidedAt is not null)),
        ]);

    private const string AdjustmentStateSql = "SELECT AdjustmentState FROM AwardAdjustment WHERE AdjustmentId = @AdjustmentId";

    private static async Task<Standing> AdjustmentAsync(Session session, Guid id) =>
        new((await session.FirstOrDefaultAsync<string>(AdjustmentStateSql, new { AdjustmentId = id }))!, null, []);
}

/// <param name="Clocks">Those that are neither withdrawn nor removed.</param>
internal sealed record Standing(string State, Programme? Programme, IReadOnlyList<RunningClock> Clocks)
{
    public static Standing None { get; } = new("", null, []);
}

/// <param name="Key">Which one it is: of some there are several, one after the other.</param>
internal sealed record RunningClock(string Key, string Code, DateOnly DueOn, bool IsMet);

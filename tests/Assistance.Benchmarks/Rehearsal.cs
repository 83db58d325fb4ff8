using System.Diagnostics;
using System.Text.Json.Nodes;
using Assistance.Api.Data;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Decisions;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;
using Assistance.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Assistance.Benchmarks;

/// <summary>Another standard against very many awards through the running service, each resting on an assessment of its own; everybody rises.</summary>
internal static class Rehearsal
{
    private const int Batch = 500;

    public static async Task RunAsync(int awards)
    {
        var seeds = Path.Combine(AppContext.BaseDirectory, "seeds");
        var path = Path.Combine(Path.GetTempPath(), $"assistance-rehearsal-{Guid.NewGuid():N}.db");
        await using var world = await SimulatedWorld.StartAsync(new TravellingClock(new DateTimeOffset(2026, 9, 21, 9, 0, 0, TimeSpan.FromHours(8))), seeds, port: 0);
        var settings = new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={path}", ["Departments:RunsLookups"] = "false" };
        await using var service = await SandboxService.StartAsync(world, settings, seeds, port: 0);
        var database = service.Services.GetRequiredService<Database>();
        var now = world.Clock.GetUtcNow();
        var ids = await SeededCases.FillAsync(database, service.Services.GetRequiredService<PersonalDataProtector>(), awards, now.AddDays(-1));
        var parameters = AssessmentInputs.ParametersOf(service.Services.GetRequiredService<ReferenceStore>().Current, new DateOnly(2026, 9, 21));
        var kinds = service.Services.GetRequiredService<ReferenceStore>().Current.IncomeKinds;
        foreach (var batch in ids.Chunk(Batch))
        {
            await database.WriteAsync(session => GrantAsync(session, batch, parameters, kinds, now), CancellationToken.None);
        }

        // What filling the database took is not the service's.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var http = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        var supervisor = new OfficerClient(http, () => world.Issuer.Issue(new TokenRequest("supervisor-1", ["supervisor"], "140213")));
        Console.WriteLine($"{awards} awards, {new FileInfo(path).Length / 1_048_576} MB of database, {Environment.ProcessorCount} processors; {Memory.PrivateMegabytes()} MB private before");
        for (var run = 0; run < 2; run++)
        {
            var watch = Stopwatch.StartNew();
            var started = await supervisor.PostAsync("/v1/standard-rehearsals", new JsonObject
            {
                ["on"] = "2027-01-01",
                ["reasons"] = "Measured.",
                ["parameters"] = new JsonArray(new JsonObject { ["code"] = "subsistence-allowance.standard", ["value"] = 80_000 }),
            }.ToJsonString());
            var peak = 0L;
            ApiAnswer rehearsal;
            do
            {
                await Task.Delay(250);
                peak = Math.Max(peak, Memory.PrivateMegabytes());
                rehearsal = await supervisor.GetAsync($"/v1/standard-rehearsals/{started["rehearsalId"]}");
            }
            while ((string)rehearsal["state"]! != "Finished");

            Console.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s, {awards / watch.Elapsed.TotalSeconds:0} awards/s, {rehearsal["rises"]} rise, {rehearsal["beforeFen"]} → {rehearsal["afterFen"]} fen a month; private memory {peak} MB at most (bars: 30 s, 500 MB)");
        }

        await service.StopAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"))
        {
            File.Delete(file);
        }
    }

    private static async Task GrantAsync(
        Session session, IEnumerable<Guid> applicationIds, IReadOnlyList<PolicyParameter> parameters, IReadOnlyList<IncomeKindRule> kinds, DateTimeOffset now)
    {
        foreach (var applicationId in applicationIds)
        {
            var caseFileId = await session.FirstOrDefaultAsync<Guid>("SELECT CaseFileId FROM Application WHERE ApplicationId = @ApplicationId", new { ApplicationId = applicationId });
            var household = await session.FirstOrDefaultAsync<string>("SELECT HouseholdJson FROM HouseholdSnapshot WHERE CaseFileId = @CaseFileId", new { CaseFileId = caseFileId });
            var input = new AssessmentInput
            {
                Programme = Programme.SubsistenceAllowance,
                AssessedOn = new DateOnly(2026, 9, 21),
                DistrictCode = "140213",
                Household = ApiJson.Read<Household>(household!),
                Facts = [],
                Gaps = [],
                IncomeKinds = kinds,
                Parameters = parameters,
            };
            var assessment = Assessor.Assess(input);
            var assessmentId = Guid.CreateVersion7();
            var awardId = Guid.CreateVersion7();
            await session.ExecuteAsync(
                """
                INSERT INTO Assessment (AssessmentId, CaseFileId, SnapshotNumber, AssessedAt, AssessedBy, Programme, Outcome, MonthlyFen, InputJson, AssessmentJson)
                VALUES (@AssessmentId, @CaseFileId, 1, @AssessedAt, 'seed', 'SubsistenceAllowance', @Outcome, @MonthlyFen, @InputJson, @AssessmentJson)
                """,
                new
                {
                    AssessmentId = assessmentId,
                    CaseFileId = caseFileId,
                    AssessedAt = now,
                    assessment.Outcome,
                    assessment.MonthlyFen,
                    InputJson = ApiJson.Write(input),
                    AssessmentJson = ApiJson.Write(assessment),
                });
            await AwardRepository.AddAsync(session, new AwardRow
            {
                AwardId = awardId,
                CaseFileId = caseFileId,
                ApplicationId = applicationId,
                Programme = Programme.SubsistenceAllowance,
                AwardState = AwardState.InPayment,
                MonthlyFen = assessment.MonthlyFen,
                FirstMonthOn = new DateOnly(2026, 10, 1),
                EffectiveMonthOn = new DateOnly(2026, 10, 1),
                Version = 1,
            });
            await DecisionRepository.AddAsync(session, new DecisionRow
            {
                DecisionId = Guid.CreateVersion7(),
                CaseFileId = caseFileId,
                ApplicationId = applicationId,
                AwardId = awardId,
                AssessmentId = assessmentId,
                DecisionKind = DecisionKind.Grant,
                DecidedAt = now,
                DecidedBy = "seed",
                OldMonthlyFen = Money.Zero,
                NewMonthlyFen = assessment.MonthlyFen,
                EffectiveMonthOn = new DateOnly(2026, 10, 1),
                BasisCode = LegalBases.BelowTheStandard,
                Reasons = "Seeded.",
            });
        }
    }
}

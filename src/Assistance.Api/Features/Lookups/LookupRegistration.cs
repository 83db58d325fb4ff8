using System.Net;
using System.Threading.RateLimiting;
using Assistance.Domain.Lookups;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;

namespace Assistance.Api.Features.Lookups;

internal static class LookupRegistration
{
    public static void AddLookups(this IServiceCollection services)
    {
        services.AddOptions<DepartmentOptions>().BindConfiguration(DepartmentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LookupSignal>();
        services.AddSingleton<VerificationRounds>();
        services.AddSingleton<Departments>();
        services.AddSingleton<DepartmentHealth>();
        services.AddSingleton<LookupSettlement>();
        services.AddKeyedSingleton<IDepartmentAdapter, ContractAdapter>(ContractAdapter.Name);
        services.AddSingleton<ForgedMessages>();
        services.AddSingleton<ReceiveDepartmentAnswer>();
        services.AddSingleton<ReceiveCorrectionAnswer>();
        services.AddSingleton<ListDisagreements>();
        services.AddSingleton<ResolveDisagreement>();
        services.AddSingleton<ListCorrectionTickets>();
        services.AddTransient<ConsentGuard>();
        services.AddHostedService<LookupWorker>();
        services.AddHostedService<CorrectionWorker>();
        services.AddSingleton<AwardRechecks>();
        services.AddHostedService<VerificationJobWorker>();
        foreach (var source in LookupSources.All)
        {
            var client = services.AddHttpClient(source.ToString(), (provider, client) =>
            {
                if (provider.GetRequiredService<IOptions<DepartmentOptions>>().Value.Sources.TryGetValue(source, out var department))
                {
                    client.BaseAddress = new Uri(department.BaseAddress.ToString().TrimEnd('/') + "/");
                }

                // The pipeline below has the timeout.
                client.Timeout = Timeout.InfiniteTimeSpan;
            });
            // Whoever is named in a query is named to the department alone, and to no address that it may point to.
            client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
            client.AddResilienceHandler("department", (pipeline, context) =>
                Configure(
                    pipeline,
                    context.ServiceProvider.GetRequiredService<IOptions<DepartmentOptions>>().Value.Sources.GetValueOrDefault(source) ?? new DepartmentSource(),
                    context.ServiceProvider.GetRequiredService<DepartmentHealth>().BreakerOf(source)));
            // How requests go is told by the metrics; their addresses name queries.
            client.RemoveAllLoggers();
            // Innermost: after every wait for a turn.
            client.AddHttpMessageHandler<ConsentGuard>();
        }
    }

    // Retries are not here but in the durable rows: a retry survives a crash.
    private static void Configure(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline, DepartmentSource department, CircuitBreakerStateProvider breaker)
    {
        // Outermost, so that a second request takes its turn under every limit like the first.
        if (department is { HedgeAfter: { } delay, IsRepeatSafe: true })
        {
            pipeline.AddHedging(new HttpHedgingStrategyOptions
            {
                Delay = delay,
                MaxHedgedAttempts = 1,
                // For slowness only: what failed is asked again from its row. One that got no turn leaves it to the other.
                ShouldHandle = static arguments => new ValueTask<bool>(arguments.Outcome.Exception is RateLimiterRejectedException),
            });
        }

        // Within any second no more than are allowed, and not twice as many around its turn. A turn is waited for and not
        // refused: the pump sends no more at one time than are allowed.
        pipeline.AddRateLimiter(new SlidingWindowRateLimiter(new SlidingWindowRateLimiterOptions
        {
            PermitLimit = department.PerSecond,
            Window = TimeSpan.FromSeconds(1),
            SegmentsPerWindow = 10,
            QueueLimit = department.MostAtOnce,
        }));
        pipeline
            .AddConcurrencyLimiter(department.MostAtOnce, queueLimit: department.MostAtOnce)
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(15),
                BreakDuration = TimeSpan.FromSeconds(5),
                // A department that asks for patience is well.
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)),
                StateProvider = breaker,
            });
        pipeline.AddTimeout(department.Timeout);
    }
}

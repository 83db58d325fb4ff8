using Assistance.Domain.Lookups;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Assistance.Api.Features.Lookups;

internal static class LookupRegistration
{
    public static void AddLookups(this IServiceCollection services)
    {
        services.AddOptions<DepartmentOptions>().BindConfiguration(DepartmentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LookupSignal>();
        services.AddSingleton<DepartmentClient>();
        services.AddHostedService<LookupWorker>();
        foreach (var source in LookupSources.All)
        {
            services.AddHttpClient(source.ToString(), (provider, client) =>
                {
                    if (provider.GetRequiredService<IOptions<DepartmentOptions>>().Value.Sources.TryGetValue(source, out var department))
                    {
                        client.BaseAddress = new Uri(department.BaseAddress.ToString().TrimEnd('/') + "/");
                    }

                    // The pipeline below has the timeout.
                    client.Timeout = Timeout.InfiniteTimeSpan;
                })
                .AddResilienceHandler("department", (pipeline, context) =>
                {
                    var department = context.ServiceProvider.GetRequiredService<IOptions<DepartmentOptions>>().Value.Sources.GetValueOrDefault(source)
                        ?? new DepartmentSource();
                    // Retries are not here but in the durable rows: a retry survives a crash.
                    pipeline
                        .AddConcurrencyLimiter(department.MostAtOnce, queueLimit: 1_000)
                        .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
                        {
                            FailureRatio = 0.5,
                            MinimumThroughput = 10,
                            SamplingDuration = TimeSpan.FromSeconds(15),
                            BreakDuration = TimeSpan.FromSeconds(5),
                        })
                        .AddTimeout(department.Timeout);
                });
        }
    }
}

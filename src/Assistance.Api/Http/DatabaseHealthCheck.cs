using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Assistance.Api.Http;

/// <summary>Ready means that the database answers and the reference data is loaded.</summary>
internal sealed class DatabaseHealthCheck(Database database, ReferenceStore reference) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.ReadAsync(session => ReferenceRepository.LoadedHashAsync(session, "parameters.csv"), cancellationToken);
            return reference.IsLoaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The reference data is not loaded.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}

using Assistance.Api.Data;
using Assistance.Api.Features.Households;
using Assistance.Api.Security;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Lookups;

/// <summary>Puts a look-up's query to its department, each through the adapter that is configured for it.</summary>
internal sealed class Departments(
    Database database,
    PersonalDataProtector protector,
    DepartmentHealth health,
    IServiceProvider services,
    IOptions<DepartmentOptions> options,
    TimeProvider time)
{
    public async Task<Attempt> AskAsync(LookupRow lookup, CancellationToken cancellation)
    {
        if (!options.Value.Sources.TryGetValue(lookup.LookupSource, out var source))
        {
            return new Attempt.Failed("not-configured", WasSent: false);
        }

        // Claimed before and never settled: whether the department saw it is not known.
        if (lookup is { WasAsked: true, SubmittedAt: null } && !source.IsRepeatSafe)
        {
            return new Attempt.Failed("not-repeated", WasSent: true);
        }

        var query = await QueryAsync(lookup, cancellation);
        var adapter = services.GetRequiredKeyedService<IDepartmentAdapter>(source.Adapter);
        var started = time.GetTimestamp();
        var attempt = lookup.SubmittedAt is null ? await adapter.AskAsync(query, cancellation) : await adapter.CollectAsync(query, cancellation);
        health.Record(lookup.LookupSource, attempt, time.GetElapsedTime(started));
        return attempt;
    }

    /// <summary>The query as the department received it.</summary>
    public async Task<DepartmentQuery> QueryAsync(LookupRow lookup, CancellationToken cancellation)
    {
        var person = await database.ReadAsync(session => PersonRepository.GetAsync(session, lookup.PersonId), cancellation);
        return new DepartmentQuery
        {
            QueryId = lookup.LookupId,
            Source = lookup.LookupSource,
            IdentityNumber = protector.UnprotectIdentityNumber(person.IdentityCipher!).Value,
            Name = person.PersonName,
            Purpose = lookup.Purpose,
            LegalBasis = lookup.BasisCode,
            ConsentId = lookup.ConsentId,
        };
    }
}

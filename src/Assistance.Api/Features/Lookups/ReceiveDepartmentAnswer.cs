using Assistance.Api.Data;
using Assistance.Api.Http;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Takes the answer of a department that answers later (政务数据共享条例 arts 21 and 22). It may come late, twice, or out of
/// order; each of them is taken, and only what is newer changes anything.
/// </summary>
internal sealed class ReceiveDepartmentAnswer(Database database, Departments departments, LookupSettlement settlement)
{
    /// <exception cref="ProblemException">404 where this department was not asked that.</exception>
    public async Task HandleAsync(SignedBody<DepartmentAnswer> sent, CancellationToken cancellation)
    {
        var lookup = await database.ReadAsync(session => LookupRepository.FindAsync(session, sent.Value.QueryId), cancellation);
        if (lookup?.AskedAt is null || lookup.LookupSource != sent.Source)
        {
            throw ProblemException.NotFound();
        }

        var attempt = ContractAdapter.ReadAnswer(await departments.QueryAsync(lookup, cancellation), sent.Bytes.ToArray());
        settlement.Alert(await database.WriteAsync(
            async session => await settlement.ReceiveAsync(session, (await LookupRepository.FindAsync(session, lookup.LookupId))!, attempt),
            cancellation));
    }
}

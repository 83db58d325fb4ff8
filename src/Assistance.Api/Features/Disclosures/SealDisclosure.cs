using System.Globalization;
using Assistance.Api.Events;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>
/// Seals the one list (57 art. 10): numbered, hashed, never added to. It waits for the look-ups, since what a department
/// can answer may not be asked of the household (Act art. 62); one that stays silent is settled as unavailable, with that
/// cause on the list.
/// </summary>
internal sealed class SealDisclosure(DisclosureActs acts, ReferenceStore reference)
{
    public Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) =>
        acts.RunAsync(id, act, ApplicationAct.SealDisclosure, SealAsync, cancellation);

    private async Task<CaseEvent> SealAsync(DisclosureAct work)
    {
        if (work.Standing.IsSealed)
        {
            throw Refusals.DisclosureAlreadySealed(work.Standing.Told[0].DisclosureNumber);
        }

        var items = work.Standing.Items;
        if (items.Count(item => item is { IsOutstanding: true, IsForDepartments: true }) is > 0 and var pending)
        {
            throw Refusals.LookupsPending(pending);
        }

        var row = await DisclosureSeal.SealAsync(work, items, work.Standing, reasons: null, reference.Current);
        return new CaseEvent("DisclosureSealed", LegalBases.ToldOnce, new Dictionary<string, string>
        {
            ["number"] = row.DisclosureNumber,
            ["items"] = Text(items.Count),
            ["answered"] = Text(row.AnsweredCount),
            ["onFile"] = Text(row.OnFileCount),
            ["required"] = Text(row.AskedCount),
        });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

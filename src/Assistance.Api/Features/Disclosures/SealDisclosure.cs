using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Disclosures;

/// <summary>
/// Seals the one list (57 art. 10): numbered, hashed, never added to. It waits for the look-ups, since what a department
/// can answer may not be asked of the household (Act art. 62); one that stays silent is settled as unavailable, with that
/// cause on the list.
/// </summary>
public sealed class SealDisclosure(ActRunner runner, ReferenceStore reference)
{
    public Task<ActResult<DisclosureResponse>> HandleAsync(Guid id, Act act, CancellationToken cancellation) =>
        runner.RunAsync(act, session => SealAsync(session, id, act), cancellation);

    private async Task<Answer<DisclosureResponse>> SealAsync(Session session, Guid id, Act act)
    {
        var application = await ApplicationRepository.GetAsync(session, id, act.Officer);
        act.RequireVersion(application.Version);
        ApplicationActs.Require(ApplicationAct.SealDisclosure, application.ApplicationState);
        if (await DisclosureRepository.FindAsync(session, id) is { } earlier)
        {
            throw Refusals.DisclosureAlreadySealed(earlier.DisclosureNumber);
        }

        var list = await DisclosureComposer.ComposeAsync(session, application, sealedRow: null, reference.Current, Language.Zh);
        if (list.Items.Count(item => item.Status == DisclosureItemStatus.LookupPending) is > 0 and var pending)
        {
            throw Refusals.LookupsPending(pending);
        }

        var serial = await NumberSeries.NextAsync(session, string.Create(CultureInfo.InvariantCulture, $"Disclosure-{act.Today.Year}"));
        var json = ApiJson.Write(list with { Number = Number(act.Today.Year, serial), SealedAt = act.Now.ToOffset(ChinaTime.Offset), IsSealed = true });
        var row = new DisclosureRow
        {
            DisclosureId = Guid.CreateVersion7(act.Now),
            ApplicationId = id,
            DisclosureNumber = Number(act.Today.Year, serial),
            SealedAt = act.Now,
            SealedBy = act.Officer.Id,
            ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))),
            DisclosureJson = json,
        };
        await DisclosureRepository.AddAsync(session, row);
        application = await ApplicationRepository.SaveAsync(session, application);
        await CaseEvents.AppendAsync(session, application.CaseFileId, EventOf(row, list), act.Now, act.Officer);
        return new Answer<DisclosureResponse>(
            await DisclosureComposer.ComposeAsync(session, application, row, reference.Current, act.Language),
            $"/v1/applications/{id}/disclosure",
            application.Version);
    }

    private static CaseEvent EventOf(DisclosureRow row, DisclosureResponse list) => new("DisclosureSealed", LegalBases.ToldOnce, new Dictionary<string, string>
    {
        ["number"] = row.DisclosureNumber,
        ["items"] = Text(list.Items.Count),
        ["answered"] = Text(list.Items.Count(item => item.Status == DisclosureItemStatus.AnsweredByDepartment)),
        ["onFile"] = Text(list.Items.Count(item => item.Status == DisclosureItemStatus.OnFile)),
        ["required"] = Text(list.Items.Count(item => item.Status == DisclosureItemStatus.Required)),
    });

    private static string Number(int year, long serial) => string.Create(CultureInfo.InvariantCulture, $"平民救告〔{year}〕{serial}号");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

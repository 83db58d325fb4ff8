using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Disclosures;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Disclosures;

/// <summary>How a sealed list is rendered.</summary>
public enum DisclosureRendering
{
    Standard,

    /// <summary>For people who read large type only.</summary>
    LargePrint,

    /// <summary>Text without any layout, to be read out or sent as a message.</summary>
    PlainText,
}

/// <summary>The disclosure as it stands now, and as the household was told it, for the screen and for the printer.</summary>
internal sealed class GetDisclosure(
    Database database, AccessLog access, ReferenceStore reference, TimeProvider time, IOptions<DistrictOptions> district)
{
    /// <summary>Each item with its present standing.</summary>
    public async Task<DisclosureResponse?> HandleAsync(Guid id, Officer officer, Language language, CancellationToken cancellation)
    {
        var (application, disclosure) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } found
                ? (found, (DisclosureResponse?)await DisclosureComposer.ComposeAsync(
                    session, found, await DisclosureReader.ReadAsync(session, found, reference.Current, time.Today), reference.Current, language))
                : (null, null),
            cancellation);
        if (application is not null)
        {
            await access.RecordAsync(officer, application.CaseFileId, nameof(GetDisclosure), cancellation);
        }

        return disclosure;
    }

    /// <summary>A list exactly as the household was told it, to print or to read out; null where there is none.</summary>
    public async Task<string?> PageAsync(Guid id, int version, DisclosureRendering rendering, Officer officer, CancellationToken cancellation)
    {
        var (caseFile, told) = await database.ReadAsync(
            async session =>
            {
                if (await ApplicationRepository.FindAsync(session, id, officer) is not { } application)
                {
                    return ((CaseFileRow?)null, (DisclosureRow?)null);
                }

                var rows = await DisclosureRepository.OfCaseAsync(session, application.CaseFileId);
                return (await CaseFileRepository.GetAsync(session, application.CaseFileId), rows.FirstOrDefault(row => row.DisclosureVersion == version));
            },
            cancellation);
        if (caseFile is null || told is null)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFile.CaseFileId, "GetDisclosurePage", cancellation);
        var sealedOn = ChinaTime.DayOf(told.SealedAt);
        var list = ApiJson.Read<SealedDisclosure>(told.DisclosureJson);
        var model = new
        {
            told.DisclosureNumber,
            told.ContentHash,
            told.Reasons,
            SealedOn = sealedOn,
            IsFirst = told.DisclosureVersion == 1,
            IsLargePrint = rendering == DisclosureRendering.LargePrint,
            list.Programmes,
            caseFile.CaseNumber,
            district.Value.IssuingBody,
            district.Value.Hotline,
            ToBring = list.Items.Where(item => item.IsAsked).ToList(),
            Received = list.Items.Where(item => item.Status is DisclosureItemStatus.OnFile or DisclosureItemStatus.Supplied or DisclosureItemStatus.Promised).ToList(),
            NotNeeded = list.Items.Where(item => item.Status is DisclosureItemStatus.AnsweredByDepartment or DisclosureItemStatus.Contested or DisclosureItemStatus.Waived).ToList(),
        };
        return rendering == DisclosureRendering.PlainText
            ? reference.Current.Texts.PlainText("disclosure-text", model, sealedOn)
            : reference.Current.Texts.Page("disclosure", model, sealedOn);
    }
}

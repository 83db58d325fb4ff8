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

/// <summary>The disclosure as it stands now, and as it was sealed, for the screen and for the printer.</summary>
public sealed class GetDisclosure(Database database, AccessLog access, ReferenceStore reference, IOptions<DistrictOptions> district)
{
    /// <summary>Each item with its present standing.</summary>
    public async Task<DisclosureResponse?> HandleAsync(Guid id, Officer officer, Language language, CancellationToken cancellation)
    {
        var (application, disclosure) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } found
                ? (found, (DisclosureResponse?)await DisclosureComposer.ComposeAsync(
                    session, found, await DisclosureRepository.FindAsync(session, id), reference.Current, language))
                : (null, null),
            cancellation);
        if (application is not null)
        {
            await access.RecordAsync(officer, application.CaseFileId, nameof(GetDisclosure), cancellation);
        }

        return disclosure;
    }

    /// <summary>The sealed list as a page to print, exactly as it was sealed; null where nothing is sealed yet.</summary>
    public async Task<string?> PageAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        var (caseFile, sealedRow) = await database.ReadAsync(
            async session =>
            {
                if (await ApplicationRepository.FindAsync(session, id, officer) is not { } application
                    || await DisclosureRepository.FindAsync(session, id) is not { } row)
                {
                    return ((CaseFileRow?)null, (DisclosureRow?)null);
                }

                return (await CaseFileRepository.GetAsync(session, application.CaseFileId), row);
            },
            cancellation);
        if (caseFile is null || sealedRow is null)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFile.CaseFileId, "GetDisclosurePage", cancellation);
        var sealedOn = ChinaTime.DayOf(sealedRow.SealedAt);
        var list = ApiJson.Read<DisclosureResponse>(sealedRow.DisclosureJson);
        return reference.Current.Texts.Page("disclosure", new
        {
            sealedRow.DisclosureNumber,
            sealedRow.ContentHash,
            SealedOn = sealedOn,
            caseFile.CaseNumber,
            district.Value.IssuingBody,
            district.Value.Hotline,
            ToBring = list.Items.Where(item => item.Status is DisclosureItemStatus.Required).ToList(),
            NotNeeded = list.Items.Where(item => item.Status is not DisclosureItemStatus.Required).ToList(),
        }, sealedOn);
    }
}

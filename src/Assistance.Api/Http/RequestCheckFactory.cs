using Assistance.Api.Features.Attachments;
using Assistance.Api.Features.Reference;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Http;

/// <summary>Makes what the checks of the present moment may look at.</summary>
internal sealed class RequestCheckFactory(
    TimeProvider time, ReferenceStore reference, IOptions<DistrictOptions> district, IOptions<AttachmentOptions> attachments)
{
    public RequestCheck Create() => new(time.Today, reference.Current.HasDivision, district.Value.Code) { MostFileBytes = attachments.Value.MostBytes };
}

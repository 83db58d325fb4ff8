using Assistance.Api.Features.Reference;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Http;

internal sealed class RequestCheckFactory(TimeProvider time, ReferenceStore reference, IOptions<DistrictOptions> district)
{
    public RequestCheck Create() => new(time.Today, reference.Current.HasDivision, district.Value.Code);
}

using System.Reflection;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// What the department named by the route's <c>source</c> sent on its own. The signature is looked at before the body is, so
/// that a stranger learns nothing from the faults of what they send.
/// </summary>
public sealed class SignedBody<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private SignedBody(LookupSource source, T value, ReadOnlyMemory<byte> bytes) => (Source, Value, Bytes) = (source, value, bytes);

    public LookupSource Source { get; }

    public T Value { get; }

    /// <summary>As received, which is what the hash is taken over.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <exception cref="ProblemException">404 for no source; 401 where the signature is not that source's; 400 naming every fault.</exception>
    public static async ValueTask<SignedBody<T>> BindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var source = LookupSources.All.Cast<LookupSource?>().FirstOrDefault(source => source.ToString() == http.GetRouteValue("source") as string)
            ?? throw ProblemException.NotFound();
        var department = services.GetRequiredService<IOptions<DepartmentOptions>>().Value.Sources.GetValueOrDefault(source);
        var bytes = await RequestBytes.ReadAsync(http);
        if (department is null || !CallbackSignature.IsGenuine(department, http.Request, bytes.Span, services.GetRequiredService<TimeProvider>().Now))
        {
            await services.GetRequiredService<ForgedMessages>().RecordAsync(source, http.RequestAborted);
            throw new ProblemException(StatusCodes.Status401Unauthorized, "unauthenticated");
        }

        return http.Request.HasJsonContentType()
            ? new SignedBody<T>(source, BodyReader.Read<T>(bytes, services), bytes)
            : throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type");
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
        builder.Metadata.Add(new BodyLimit(ContractAdapter.LargestAnswer));
        builder.Metadata.Add(SignedByDepartment.Instance);
    }
}

/// <summary>Marks an operation that takes no token but a department's signature.</summary>
internal sealed class SignedByDepartment
{
    public static readonly SignedByDepartment Instance = new();
}

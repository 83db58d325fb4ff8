using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Assistance.Api.Http;

/// <summary>The published contract. <c>openapi.yaml</c> is this document, and a test keeps the two equal.</summary>
public static class OpenApiRegistration
{
    public const string DocumentName = "v1";

    private const string SignatureScheme = "departmentSignature";

    public static void AddAssistanceOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc(DocumentName, new OpenApiInfo
            {
                Title = "Assistance",
                Version = "1",
                Description = "Social-assistance case management for a district civil-affairs bureau. Amounts are whole fen, instants carry an offset, dates are days in China. 区级民政社会救助办理接口：金额以分为单位，日期为北京时间。",
            });
            swagger.SupportNonNullableReferenceTypes();
            swagger.NonNullableReferenceTypesAsRequired();
            swagger.IncludeXmlComments(Assembly.GetExecutingAssembly());
            swagger.IncludeXmlComments(typeof(Domain.Shared.Money).Assembly);
            swagger.AddSecurityDefinition("bearer", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of the configured OpenID Connect issuer with the claims sub, roles and division.",
            });
            swagger.AddSecurityDefinition(SignatureScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = Features.Lookups.CallbackSignature.SignatureHeader,
                Description = "A department's signature by the Standard Webhooks scheme: v1,<base64 of HMAC-SHA256 with the secret of its source over id, timestamp and body, joined by full stops>; several are separated by spaces.",
            });
            swagger.OperationFilter<OperationDetails>();
            swagger.SchemaFilter<SchemaDetails>();
        });
    }

    /// <summary>Adds what the code knows and the generator does not: the Chinese summary, the policy, and the headers of acts.</summary>
    internal sealed class OperationDetails : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
            operation.OperationId = metadata.OfType<IEndpointNameMetadata>().FirstOrDefault()?.EndpointName;
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            if (metadata.OfType<ChineseSummary>().FirstOrDefault() is { } summary)
            {
                operation.Extensions["x-summary-zh"] = new JsonNodeExtension(summary.Text);
            }

            if (metadata.OfType<IAuthorizeData>().FirstOrDefault()?.Policy is { } policy)
            {
                operation.Extensions["x-policy"] = new JsonNodeExtension(policy);
                operation.Extensions["x-roles"] = new JsonNodeExtension(string.Join(", ", Security.Policies.RolesOf[policy]));
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
            }

            if (metadata.OfType<ForAnybody>().Any())
            {
                operation.Extensions["x-policy"] = new JsonNodeExtension("anybody");
                operation.Security = [];
            }

            if (metadata.OfType<IAcceptsMetadata>().FirstOrDefault()?.RequestType?.GetCustomAttribute<ExampleAttribute>() is { } example
                && operation.RequestBody?.Content?["application/json"] is OpenApiMediaType body)
            {
                body.Example = JsonNode.Parse(example.Json);
            }

            if (metadata.OfType<ActHeaders>().FirstOrDefault() is { } act)
            {
                if (act.IsKeyed)
                {
                    operation.Parameters ??= [];
                    operation.Parameters.Add(Header("Idempotency-Key", "1 to 100 visible characters, new for each new request and the same when retrying.", 100));
                }

                if (act.IsVersioned)
                {
                    operation.Parameters ??= [];
                    operation.Parameters.Add(Header("If-Match", "The ETag of the resource as last read.", 32));
                }
            }

            if (metadata.OfType<Features.Lookups.SignedByDepartment>().Any())
            {
                operation.Extensions["x-policy"] = new JsonNodeExtension(SignatureScheme);
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SignatureScheme, context.Document)] = [] }];
                operation.Parameters ??= [];
                operation.Parameters.Add(Header(Features.Lookups.CallbackSignature.IdHeader, "The message's id, the same when it is sent again.", 100));
                operation.Parameters.Add(Number(Features.Lookups.CallbackSignature.TimestampHeader, "When it is sent, in seconds since 1970 UTC; within five minutes of now."));
            }

            foreach (var header in metadata.OfType<RequestHeader>())
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(Number(header.Name, header.Description));
            }

            foreach (var header in metadata.OfType<ResponseHeader>())
            {
                foreach (var response in operation.Responses!.Where(response => response.Key is "200" or "409").Select(response => response.Value).OfType<OpenApiResponse>())
                {
                    response.Headers ??= new Dictionary<string, IOpenApiHeader>();
                    response.Headers[header.Name] = new OpenApiHeader { Description = header.Description, Schema = WholeNumber() };
                }
            }
        }

        private static OpenApiParameter Number(string name, string description) => new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = true,
            Description = description,
            Schema = WholeNumber(),
        };

        private static OpenApiSchema WholeNumber() => new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" };

        private static OpenApiParameter Header(string name, string description, int longest) => new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = true,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = longest },
        };
    }

    /// <summary>Closes every object, and publishes the limits that the body reader enforces.</summary>
    internal sealed class SchemaDetails : ISchemaFilter
    {
        public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
        {
            if (schema is not OpenApiSchema concrete)
            {
                return;
            }

            if (context.Type.Namespace?.StartsWith("Assistance", StringComparison.Ordinal) == true && concrete.Type == JsonSchemaType.Object)
            {
                concrete.AdditionalPropertiesAllowed = false;
                // What has a default may be left out; the reader goes by the same type information.
                concrete.Required = ApiJson.Options.GetTypeInfo(context.Type).Properties
                    .Where(property => property.IsRequired).Select(property => property.Name).ToHashSet();
            }

            switch (context.MemberInfo?.GetCustomAttributes<ShapeAttribute>().FirstOrDefault())
            {
                case TextAttribute text:
                    concrete.MinLength = 1;
                    concrete.MaxLength = text.Longest;
                    break;
                case FileTextAttribute file:
                    concrete.MinLength = 1;
                    concrete.MaxLength = file.Longest;
                    break;
                case WithinAttribute within:
                    concrete.Minimum = within.Least.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    concrete.Maximum = within.Most.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case FileLengthAttribute:
                    concrete.Minimum = "1";
                    break;
                case Sha256Attribute:
                    concrete.Pattern = "^[0-9A-Fa-f]{64}$";
                    break;
                case IdentityNumberAttribute:
                    concrete.Pattern = "^[0-9]{17}[0-9Xx]$";
                    break;
                case AnyObjectAttribute:
                    concrete.Type = JsonSchemaType.Object;
                    break;
                case KnownDivisionAttribute:
                    concrete.Pattern = "^[0-9]{2,12}$";
                    break;
                default:
                    break;
            }
        }
    }
}

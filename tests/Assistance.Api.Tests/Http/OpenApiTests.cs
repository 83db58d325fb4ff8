using System.Reflection;
using System.Text;
using Assistance.Api.Http;

namespace Assistance.Api.Tests.Http;

public sealed class OpenApiTests
{
    /// <summary>Set to write the files anew instead of comparing: <c>ASSISTANCE_UPDATE_OPENAPI=1 dotnet test</c>.</summary>
    public const string UpdateVariable = "ASSISTANCE_UPDATE_OPENAPI";

    [Test]
    public async Task The_published_contract_is_what_the_code_serves()
    {
        await using var service = await TestService.StartAsync();
        var served = (await service.Http.GetStringAsync("/openapi/v1.yaml")).ReplaceLineEndings("\n");
        var path = Path.Combine(Repository.Root, "openapi.yaml");
        if (Environment.GetEnvironmentVariable(UpdateVariable) is not null)
        {
            await File.WriteAllTextAsync(path, served);
        }

        Assert.That(served, Is.EqualTo((await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n")), $"Run with {UpdateVariable}=1 to write openapi.yaml anew.");
    }

    [Test]
    public async Task Every_operation_has_a_name_summaries_in_both_languages_a_policy_and_its_refusals()
    {
        await using var service = await TestService.StartAsync();
        var document = System.Text.Json.Nodes.JsonNode.Parse(await service.Http.GetStringAsync("/openapi/v1.json"))!;

        Assert.Multiple(() =>
        {
            foreach (var (path, item) in document["paths"]!.AsObject())
            {
                foreach (var (method, operation) in item!.AsObject())
                {
                    Assert.That((string?)operation!["operationId"], Is.Not.Null.And.Not.Empty, $"{method} {path}");
                    Assert.That((string?)operation["summary"], Is.Not.Null.And.Not.Empty, $"{method} {path}");
                    Assert.That((string?)operation["x-summary-zh"], Is.Not.Null.And.Not.Empty, $"{method} {path}");
                    Assert.That((string?)operation["x-policy"], Is.Not.Null.And.Not.Empty, $"{method} {path}");
                    Assert.That(
                        operation["responses"]!.AsObject().Select(response => response.Key),
                        Is.SupersetOf((string)operation["x-policy"]! == "anybody" ? ["400"] : new[] { "400", "401", "403" }),
                        $"{method} {path}");
                }
            }

            foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject().Where(schema => (string?)schema.Value!["type"] == "object" && schema.Key != "ProblemDetails"))
            {
                Assert.That((bool?)schema!["additionalProperties"], Is.False, name);
            }
        });
    }

    [Test]
    public async Task Every_request_has_an_example_that_the_body_reader_accepts()
    {
        await using var service = await TestService.StartAsync();
        var requests = typeof(BodyReader).Assembly.GetTypes().Where(type => type.Name.EndsWith("Request", StringComparison.Ordinal) && IsBody(type)).ToList();

        Assert.That(requests, Has.Count.AtLeast(7));
        foreach (var request in requests)
        {
            var example = request.GetCustomAttribute<ExampleAttribute>();
            Assert.That(example, Is.Not.Null, request.Name);
            Assert.That(
                () => typeof(BodyReader).GetMethod(nameof(BodyReader.Read))!.MakeGenericMethod(request)
                    .Invoke(null, [new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(example!.Json)), service.Services]),
                Throws.Nothing,
                request.Name);
        }

        static bool IsBody(Type type) => typeof(BodyReader).Assembly.GetTypes().SelectMany(owner => owner.GetMethods(BindingFlags.NonPublic | BindingFlags.Static))
            .SelectMany(method => method.GetParameters()).Any(parameter => parameter.ParameterType == typeof(Body<>).MakeGenericType(type));
    }
}

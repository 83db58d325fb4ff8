using System.Text.Json;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Assistance.Api.Tests.Lookups;

/// <summary>The published contract says what the code reads and writes, and nothing else.</summary>
public sealed class DepartmentContractTests
{
    private const string Facts = nameof(DepartmentFact);
    private static readonly DateOnly Today = new(2026, 9, 21);
    private OpenApiDocument contract = null!;

    [OneTimeSetUp]
    public async Task ReadAsync()
    {
        var settings = new OpenApiReaderSettings();
        settings.AddYamlReader();
        var result = await OpenApiDocument.LoadAsync(Path.Combine(Repository.Root, "seeds", "departments", "contract.yaml"), settings);
        Assert.That(result.Diagnostic!.Errors.Select(error => $"{error}"), Is.Empty);
        contract = result.Document!;
    }

    [TestCase(typeof(LookupSource))]
    [TestCase(typeof(LookupPurpose))]
    [TestCase(typeof(DepartmentAnswerStatus))]
    [TestCase(typeof(DepartmentReceiptStatus))]
    [TestCase(typeof(DepartmentCorrectionOutcome))]
    public void Every_word_of_a_list_is_published(Type words) =>
        Assert.That(WordsOf(Schema(words.Name)), Is.EqualTo(Enum.GetNames(words)));

    [TestCase(typeof(DepartmentQuery))]
    [TestCase(typeof(DepartmentAnswer))]
    [TestCase(typeof(DepartmentReceipt))]
    [TestCase(typeof(DepartmentCorrectionRequest))]
    [TestCase(typeof(DepartmentCorrectionAnswer))]
    public void Every_member_of_a_message_is_published_with_its_type(Type message)
    {
        var schema = Schema(message.Name);
        var members = ApiJson.Options.GetTypeInfo(message).Properties;

        Assert.Multiple(() =>
        {
            Assert.That(schema.AdditionalPropertiesAllowed, Is.False);
            Assert.That(schema.Properties!.Keys, Is.EqualTo(members.Select(member => member.Name)));
            Assert.That(schema.Required, Is.EquivalentTo(members.Where(member => member.IsRequired).Select(member => member.Name)));
            foreach (var member in members)
            {
                Assert.That(TypeOf(schema.Properties[member.Name]), Is.EqualTo(TypeOf(member.PropertyType)), member.Name);
            }
        });
    }

    [Test]
    public void Every_member_of_a_fact_is_published_and_no_other()
    {
        var members = ApiJson.Options.GetTypeInfo(typeof(DepartmentFact)).Properties.ToDictionary(member => member.Name, member => member.PropertyType);
        Assert.Multiple(() =>
        {
            Assert.That(Shapes().SelectMany(shape => shape.Properties!.Keys).Distinct(), Is.EquivalentTo(members.Keys));
            foreach (var (name, schema) in Shapes().SelectMany(shape => shape.Properties!).Where(member => member.Key != "kind"))
            {
                Assert.That(TypeOf(schema), Is.EqualTo(TypeOf(members[name])), name);
            }
        });
    }

    [Test]
    public void Every_kind_of_fact_has_one_shape() =>
        Assert.That(Shapes().SelectMany(shape => WordsOf(shape.Properties!["kind"])), Is.EquivalentTo(Enum.GetNames<FactKind>()));

    [Test]
    public void What_a_source_may_state_is_published()
    {
        var states = ((JsonNodeExtension)Schema(nameof(LookupSource)).Extensions!["x-states"]).Node.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That(states.Select(entry => entry.Key), Is.EqualTo(LookupSources.All.Select(source => $"{source}")));
            foreach (var source in LookupSources.All)
            {
                Assert.That(states[$"{source}"]!.AsArray().Select(kind => (string)kind!), Is.EqualTo(LookupSources.MayState(source).Select(kind => $"{kind}")), $"{source}");
            }
        });
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_fact_of_the_published_shape_is_believed_and_one_beside_it_is_not(FactKind kind)
    {
        var shape = Shapes().Single(shape => WordsOf(shape.Properties!["kind"]).Contains($"{kind}"));
        var smallest = new JsonObject { ["kind"] = $"{kind}" };
        foreach (var name in shape.Required!.Where(name => name != "kind"))
        {
            smallest[name] = Smallest(shape.Properties![name]);
        }

        Assert.Multiple(() =>
        {
            Assert.That(shape.AdditionalPropertiesAllowed, Is.False);
            Assert.That(IsBelieved(smallest), Is.True);
            foreach (var name in shape.Required!.Where(name => name != "kind"))
            {
                Assert.That(IsBelieved(With(name, null)), Is.False, $"without {name}");
            }

            foreach (var (name, schema) in shape.Properties!.Where(member => member.Value.Maximum is not null))
            {
                Assert.That(IsBelieved(With(name, long.Parse(schema.Maximum!))), Is.True, $"the greatest {name}");
                Assert.That(IsBelieved(With(name, long.Parse(schema.Maximum!) + 1)), Is.False, $"beyond the greatest {name}");
                Assert.That(IsBelieved(With(name, long.Parse(schema.Minimum!) - 1)), Is.False, $"below the least {name}");
            }

            foreach (var (name, schema) in Shapes().SelectMany(other => other.Properties!).Where(member => member.Key != "kind").DistinctBy(member => member.Key))
            {
                var isItsOwn = shape.Properties!.TryGetValue(name, out var own);
                Assert.That(IsBelieved(With(name, Smallest(own ?? schema))), Is.EqualTo(isItsOwn), $"with {name}");
            }
        });

        JsonObject With(string name, JsonNode? value)
        {
            var fact = (JsonObject)smallest.DeepClone();
            fact[name] = value;
            return fact;
        }
    }

    [Test]
    public void The_answers_of_a_department_that_answers_later_are_published_with_their_signature()
    {
        var query = contract.Paths["/queries"].Operations![HttpMethod.Post];
        var correction = contract.Paths["/corrections"].Operations![HttpMethod.Post];
        Assert.Multiple(() =>
        {
            Assert.That(query.Responses!.Keys, Is.EqualTo(new[] { "200", "202", "401", "429", "503" }));
            Assert.That(contract.Paths["/queries/{queryId}"].Operations![HttpMethod.Get].Responses!.Keys, Is.SupersetOf(new[] { "200", "202", "404" }));
            foreach (var (operation, path) in new[] { (query, "/v1/department-answers/"), (correction, "/v1/department-correction-answers/") })
            {
                var (url, sent) = operation.Callbacks!.Single().Value.PathItems!.Single();
                var names = sent.Operations![HttpMethod.Post].Parameters!.Where(parameter => parameter.In == ParameterLocation.Header).Select(parameter => parameter.Name);
                Assert.That(url.Expression, Does.Contain(path));
                Assert.That(names, Is.EqualTo(new[] { CallbackSignature.IdHeader, CallbackSignature.TimestampHeader, CallbackSignature.SignatureHeader }));
            }
        });
    }

    private static IEnumerable<FactKind> Kinds => Enum.GetValues<FactKind>();

    private IOpenApiSchema Schema(string name) => contract.Components!.Schemas![name];

    private IEnumerable<IOpenApiSchema> Shapes() => Schema(Facts).OneOf!;

    private static IEnumerable<string> WordsOf(IOpenApiSchema schema) => schema.Enum!.Select(word => (string)word!);

    private static JsonNode Smallest(IOpenApiSchema schema) => schema switch
    {
        { Format: "date" } => "2026-01-01",
        { Pattern: not null } => "140213",
        _ => long.Parse(schema.Minimum!),
    };

    private static string TypeOf(IOpenApiSchema schema) => schema switch
    {
        OpenApiSchemaReference { Reference.Id: "IdentityNumber" } => "String",
        OpenApiSchemaReference reference => reference.Reference.Id!,
        { Type: JsonSchemaType.Array, Items: { } items } => $"{TypeOf(items)}[]",
        _ => $"{schema.Type}{(schema.Format is { } format ? $" {format}" : "")}",
    };

    private static string TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } word => word.Name,
        { IsGenericType: true } list => $"{TypeOf(list.GenericTypeArguments[0])}[]",
        var other when other == typeof(Guid) => "String uuid",
        var other when other == typeof(DateOnly) => "String date",
        var other when other == typeof(int) => "Integer int32",
        var other when other == typeof(long) => "Integer int64",
        var other => other.Name,
    };

    // As the service reads it: what is no fact at all is malformed, what cannot be is impossible, and neither is believed.
    private static bool IsBelieved(JsonObject json)
    {
        var fact = json.Deserialize<DepartmentFact>(ApiJson.Options)!;
        return new LookupFact
        {
            LookupId = Guid.Empty,
            PersonId = Guid.Empty,
            Source = LookupSources.All.Single(source => LookupSources.MayState(source).Contains(fact.Kind)),
            Kind = fact.Kind,
            AmountFen = fact.AmountFen is { } fen ? new Money(fen) : null,
            Count = fact.Count,
            DivisionCode = fact.DivisionCode,
            FromOn = fact.FromOn,
            ToOn = fact.ToOn,
            AnsweredAt = TestService.Start,
            ValidUntilOn = Today,
        }.IsPlausible(Today);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assistance.Domain.Shared;

namespace Assistance.Api.Http;

/// <summary>How JSON is written and read, on the wire and in the store: strict, camel case, codes as words, money as fen.</summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new MoneyConverter());
        options.Converters.Add(new DivisionCodeConverter());
    }

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads what was stored, by an earlier version perhaps: a member that came later is absent, one that went is skipped.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Stored)!;

    private static JsonSerializerOptions Stored { get; } = CreateStored();

    private static JsonSerializerOptions CreateStored()
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        options.RespectNullableAnnotations = false;
        options.RespectRequiredConstructorParameters = false;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                type =>
                {
                    foreach (var property in type.Properties)
                    {
                        property.IsRequired = false;
                    }
                },
            },
        };
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
        options.MakeReadOnly();
        return options;
    }

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var fen)
                ? new Money(fen)
                : throw new JsonException("An amount is a whole number of fen.");

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Fen);
    }

    private sealed class DivisionCodeConverter : JsonConverter<DivisionCode>
    {
        public override DivisionCode Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && DivisionCode.TryParse(reader.GetString(), out var code)
                ? code
                : throw new JsonException("A division code has 2, 4, 6, 9 or 12 digits.");

        public override void Write(Utf8JsonWriter writer, DivisionCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}

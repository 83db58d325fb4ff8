using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Metadata;

namespace Assistance.Api.Http;

/// <summary>
/// A request's body, read once and checked whole: every fault by its JSON path at once, and none let through. The one
/// reader for every endpoint; the serializer alone would stop at its first fault.
/// </summary>
public sealed class Body<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private Body(T value) => Value = value;

    public T Value { get; }

    public static async ValueTask<Body<T>> BindAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type");
        }

        return new Body<T>(BodyReader.Read<T>(await RequestBytes.ReadAsync(http), http.RequestServices));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
}

/// <summary>How much of a body an endpoint takes, where that is less than others do.</summary>
internal sealed record BodyLimit(int Bytes);

/// <summary>The bytes of a body, bounded, read once for whoever needs them (the contract and the idempotency key's hash).</summary>
internal static class RequestBytes
{
    public const int Most = 1_048_576;

    private static readonly object Kept = new();

    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        if (http.Items.TryGetValue(Kept, out var kept))
        {
            return (ReadOnlyMemory<byte>)kept!;
        }

        var most = http.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? Most;
        if (http.Request.ContentLength > most)
        {
            throw TooLarge();
        }

        var buffer = new ArrayBufferWriter<byte>((int)(http.Request.ContentLength ?? 0) + 1);
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer.GetMemory(4_096), http.RequestAborted)) > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > most)
            {
                throw TooLarge();
            }
        }

        http.Items[Kept] = buffer.WrittenMemory;
        return buffer.WrittenMemory;
    }

    private static ProblemException TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "payload-too-large");
}

/// <summary>A request that has something to check between its members, beyond the shape of each.</summary>
public interface ICheckedRequest
{
    /// <summary>Every fault found, by JSON path. Called only when the members could be read.</summary>
    IEnumerable<Fault> Check(RequestCheck check);
}

/// <summary>What a check may look at: the day, whether a division exists, and what is configured.</summary>
public sealed record RequestCheck(DateOnly Today, Func<string, bool> HasDivision, string DistrictCode)
{
    public required long MostFileBytes { get; init; }
}

internal static class BodyReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <exception cref="ProblemException">400 naming every fault.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, IServiceProvider services)
        where T : class
    {
        using var document = Parse(json);
        var (value, faults) = Check<T>(document.RootElement, services.GetRequiredService<RequestCheckFactory>().Create());
        return faults.Count == 0 ? value! : throw ProblemException.Invalid(faults);
    }

    /// <summary>Reads a document as a contract and names everything wrong with it.</summary>
    /// <returns>The value, or null where the document cannot be read into the contract; it is good only without faults.</returns>
    public static (T? Value, IReadOnlyList<Fault> Faults) Check<T>(JsonElement document, RequestCheck check)
        where T : class
    {
        var shape = new ShapeChecker(check);
        shape.Check(document, ApiJson.Options.GetTypeInfo(typeof(T)), "$");
        if (shape.IsUnreadable)
        {
            return (null, shape.Faults);
        }

        var value = document.Deserialize<T>(ApiJson.Options)!;
        return (value, [.. shape.Faults, .. (value as ICheckedRequest)?.Check(check) ?? []]);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            if (!Utf8.IsValid(json.Span) || HasLoneSurrogate(json.Span))
            {
                throw new JsonException("Not Unicode text.", path: null, lineNumber: 0, bytePositionInLine: 0);
            }

            return JsonDocument.Parse(json, Strict);
        }
        catch (JsonException exception)
        {
            throw ProblemException.Invalid(new Fault("$", "malformed-json",
                $"第{exception.LineNumber + 1}行第{exception.BytePositionInLine + 1}字节处不是合法的 JSON，或有重复的成员，或嵌套超过 {Strict.MaxDepth} 层。",
                $"Not valid JSON, a member appears twice, or nested deeper than {Strict.MaxDepth}, at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."));
        }
    }

    // An escape that is half of a character parses as JSON and is no text.
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
        {
            return false;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                try
                {
                    reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Assistance.Sandbox;

/// <summary>An answer of the service: status, body as JSON where it is JSON, text otherwise, and the tag for the next act.</summary>
public sealed record ApiAnswer(int Status, JsonNode? Json, string Text, string? Tag, bool IsReplay)
{
    /// <summary>The stable code of a problem.</summary>
    public string? Code => (string?)Json?["code"];

    public byte[] Bytes { get; init; } = [];

    /// <summary>The headers of answer and content, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public JsonNode this[string member] => Json![member] ?? throw new InvalidOperationException($"The answer has no '{member}': {Text}");
}

/// <summary>Calls the service as one officer, with a real token, the way any client does.</summary>
public sealed class OfficerClient(HttpClient http, Func<string> token)
{
    public Task<ApiAnswer> GetAsync(string path, string language = "zh") => SendAsync(HttpMethod.Get, path, body: null, key: null, tag: null, language);

    /// <param name="tag">The ETag the act is based on; null for none.</param>
    /// <param name="key">The idempotency key; null for a new one.</param>
    public Task<ApiAnswer> PostAsync(string path, string? body = null, string? tag = null, string? key = null, string language = "zh") =>
        SendAsync(HttpMethod.Post, path, body, key ?? Guid.NewGuid().ToString("N"), tag, language);

    public Task<ApiAnswer> PutAsync(string path, string body, string? tag = null, string language = "zh") =>
        SendAsync(HttpMethod.Put, path, body, key: null, tag, language);

    public Task<ApiAnswer> DeleteAsync(string path, string? tag = null, string language = "zh") =>
        SendAsync(HttpMethod.Delete, path, body: null, key: null, tag, language);
    public Task<ApiAnswer> HeadAsync(string path) => SendAsync(HttpMethod.Head, path, body: null, key: null, tag: null, "zh");

    /// <summary>Appends bytes to an upload.</summary>
    /// <param name="offset">Where they begin in the file.</param>
    public async Task<ApiAnswer> PatchAsync(string path, ReadOnlyMemory<byte> bytes, long offset, string language = "zh")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new ReadOnlyMemoryContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        return await SendAsync(request, language);
    }

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, string? key, string? tag, string language)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return await SendAsync(request, language);
    }

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, string language)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token());
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes);
        var isJson = bytes.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new ApiAnswer(
            (int)response.StatusCode,
            isJson ? JsonNode.Parse(text) : null,
            text,
            response.Headers.ETag?.ToString(),
            response.Headers.Contains("Idempotency-Replayed"))
        {
            Bytes = bytes,
            Headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        };
    }
}

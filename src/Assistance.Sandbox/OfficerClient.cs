using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Assistance.Sandbox;

/// <summary>An answer of the service: status, body as JSON where it is JSON, text otherwise, and the tag for the next act.</summary>
public sealed record ApiAnswer(int Status, JsonNode? Json, string Text, string? Tag, bool IsReplay)
{
    /// <summary>The stable code of a problem.</summary>
    public string? Code => (string?)Json?["code"];

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

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, string? key, string? tag, string language)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token());
        request.Headers.AcceptLanguage.ParseAdd(language);
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

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new ApiAnswer(
            (int)response.StatusCode,
            isJson ? JsonNode.Parse(text) : null,
            text,
            response.Headers.ETag?.ToString(),
            response.Headers.Contains("Idempotency-Replayed"));
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Assistance.Domain.Lookups;

namespace Assistance.Sandbox;

/// <summary>
/// Sends what simulated departments say on their own, signed by the scheme of Standard Webhooks, each when its time has come
/// on the sandbox's clock. What fails is sent again a few times.
/// </summary>
internal sealed class DepartmentCallbacks : IAsyncDisposable
{
    private const int Attempts = 6;
    private const int AtOnce = 16;

    // A department does not answer before whoever asked has read its receipt.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);

    // The sandbox's clock may jump, so it is looked at while something waits for it.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider time;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim turns = new(AtOnce);
    private readonly SemaphoreSlim added = new(0);
    private readonly PriorityQueue<Func<Task>, DateTimeOffset> waiting = new();
    private readonly Task loop;

    public DepartmentCallbacks(TimeProvider time)
    {
        this.time = time;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Where the service listens at present; nothing is sent while it is null.</summary>
    public Uri? ServiceAddress { get; set; }

    public static string SecretOf(LookupSource source) => $"sandbox-secret-of-{source}";

    /// <summary>Has something sent at an instant of the sandbox's clock.</summary>
    public void Schedule(DateTimeOffset at, Func<Task> send)
    {
        lock (waiting)
        {
            waiting.Enqueue(send, at);
        }

        added.Release();
    }

    /// <summary>Posts a message until the service took it, or refused it, or it was tried often enough.</summary>
    /// <param name="id">The message's own id: the same for the same message.</param>
    /// <returns>The service's last answer; null where there was none.</returns>
    public async Task<HttpStatusCode?> DeliverAsync(string path, LookupSource source, byte[] body, string id)
    {
        HttpStatusCode? status = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (attempt > 0)
            {
                await Task.Delay(FirstRetry * Math.Pow(2, attempt - 1), stopping.Token);
            }

            status = await PostAsync($"{path}/{source}", source, body, id);
            if (status is { } code && code is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests) && (int)code < 500)
            {
                break;
            }
        }

        return status;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await loop;
        http.Dispose();
        stopping.Dispose();
        turns.Dispose();
        added.Dispose();
    }

    private async Task<HttpStatusCode?> PostAsync(string path, LookupSource source, byte[] body, string id)
    {
        if (ServiceAddress is not { } service)
        {
            return null;
        }

        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", $"v1,{Signature(SecretOf(source), id, timestamp, body)}");
        try
        {
            using var response = await http.SendAsync(request, stopping.Token);
            return response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string Signature(string secret, string id, string timestamp, byte[] body) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]));

    private async Task RunAsync()
    {
        var sending = new HashSet<Task>();
        try
        {
            while (true)
            {
                sending.UnionWith(Due().Select(SendAsync));
                sending.RemoveWhere(task => task.IsCompleted);
                await added.WaitAsync(IsSomethingWaiting() ? Tick : Timeout.InfiniteTimeSpan, stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(Func<Task> send)
    {
        await Task.Delay(Grace, stopping.Token);
        await turns.WaitAsync(stopping.Token);
        try
        {
            await send();
        }
        finally
        {
            turns.Release();
        }
    }

    private List<Func<Task>> Due()
    {
        var now = time.GetUtcNow();
        var due = new List<Func<Task>>();
        lock (waiting)
        {
            while (waiting.TryPeek(out var send, out var at) && at <= now)
            {
                due.Add(send);
                waiting.Dequeue();
            }
        }

        return due;
    }

    private bool IsSomethingWaiting()
    {
        lock (waiting)
        {
            return waiting.Count > 0;
        }
    }
}

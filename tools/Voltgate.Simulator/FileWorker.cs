using System.Threading.Channels;

namespace Voltgate.Simulator;

/// <summary>Carries a station's files over HTTP; how that went comes back into its mailbox.</summary>
internal sealed class FileWorker(ChannelWriter<Errand> mailbox) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lazy<HttpClient> _http = new(
        () => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience });

    private readonly List<Task> _running = [];

    public void Begin(Effect effect)
    {
        _running.RemoveAll(t => t.IsCompleted);
        _running.Add(effect switch
        {
            Upload upload => Put(upload),
            Fetch fetch => Get(fetch),
            _ => Task.CompletedTask,
        });
    }

    /// <summary>Everything that was begun has come to an end.</summary>
    public Task Ended()
    {
        if (_http.IsValueCreated) _http.Value.CancelPendingRequests();
        return Task.WhenAll(_running);
    }

    public void Dispose()
    {
        if (_http.IsValueCreated) _http.Value.Dispose();
    }

    private async Task Put(Upload upload)
    {
        using var content = new StringContent(upload.Text);
        var succeeded = await Tried(async () =>
        {
            using var answer = await _http.Value.PutAsync(upload.Url, content);
            return answer.IsSuccessStatusCode;
        });
        mailbox.TryWrite(new Errand(new Uploaded(upload.Request, succeeded)));
    }

    private async Task Get(Fetch fetch)
    {
        var file = default(byte[]);
        await Tried(async () =>
        {
            file = await _http.Value.GetByteArrayAsync(fetch.Url);
            return true;
        });
        mailbox.TryWrite(new Errand(new Fetched(fetch.Request, file)));
    }

    private static async Task<bool> Tried(Func<Task<bool>> attempt)
    {
        try
        {
            return await attempt();
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or NotSupportedException)
        {
            return false; // no such place, or it took too long: the station reports that
        }
    }
}

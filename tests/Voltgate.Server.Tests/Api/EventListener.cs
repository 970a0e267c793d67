using System.Text.Json.Nodes;

namespace Voltgate.Server.Tests.Api;

/// <summary>Listens to /events/stream as a browser's EventSource does.</summary>
internal sealed class EventListener : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private EventListener(HttpResponseMessage response, StreamReader reader) =>
        (this.response, this.reader) = (response, reader);

    /// <summary>Comes back once the server has said hello: what happens from now on is heard.</summary>
    public static async Task<EventListener> Open(ApiClient api, string query = "", string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1.1/events/stream" + query);
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var answer = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var listener = new EventListener(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
        while (await listener.Line() is not "") continue;
        return listener;
    }

    /// <summary>The next event; comments are passed over.</summary>
    public async Task<HeardEvent> Next()
    {
        var (id, type, data) = ("", "", "");
        while (await Line() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && data.Length > 0) return new HeardEvent(id, type, data);
        }

        throw new EndOfStreamException("The stream ended.");
    }

    public async Task<List<HeardEvent>> Next(int count)
    {
        var heard = new List<HeardEvent>();
        while (heard.Count < count) heard.Add(await Next());
        return heard;
    }

    /// <summary>The next line; null: the server ended the stream.</summary>
    public async Task<string?> Line()
    {
        try
        {
            return await reader.ReadLineAsync().WaitAsync(Patience);
        }
        catch (HttpIOException)
        {
            return null; // cut in the middle
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}

internal sealed record HeardEvent(string Id, string Type, string Data)
{
    public JsonNode Json => JsonNode.Parse(Data)!;
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Demo;

/// <summary>The demo as an application: speaks to the server's public API over HTTP and shows each request.</summary>
internal sealed class DemoApi(Uri server, string key, Terminal terminal) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler(), disposeHandler: true)
    {
        BaseAddress = server, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public Uri Server => server;

    public string Key => key;

    /// <summary>The result, or null after showing what the server said instead.</summary>
    /// <param name="tell">What to show of the result beside its status.</param>
    public async Task<JsonNode?> Ask(
        string method, string path, JsonObject? body, Func<JsonNode, string> tell, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1.1" + path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, cancel);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancel));
        var result = response.IsSuccessStatusCode ? answer?["result"] : null;
        var said = result is null ? (string?)answer?["message"] ?? "" : tell(result);
        Tell($"{method} /v1.1{path}  {(int)response.StatusCode} {said}", result is null ? Ink.Red : Ink.Bold);
        return result;
    }

    public Task<JsonNode?> Make(string path, JsonObject body, Func<JsonNode, string> tell, CancellationToken cancel) =>
        Ask("POST", path, body, tell, cancel);

    /// <summary>Whether it is there; shows nothing.</summary>
    public async Task<bool> Exists(string path, CancellationToken cancel)
    {
        using var response = await _http.GetAsync(new Uri("/v1.1" + path, UriKind.Relative), cancel);
        return response.IsSuccessStatusCode;
    }

    public void Dispose() => _http.Dispose();

    private void Tell(string text, Ink ink) => terminal.Tell("api    ", ">", text, ink);
}

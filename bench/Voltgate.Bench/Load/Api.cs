using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Load;

/// <summary>The server's REST API, as an application uses it.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient http;

    public Api(Uri server)
    {
        http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Servers.ApiKey);
    }

    /// <summary>The result object of what a POST made.</summary>
    public async Task<JsonNode> Make(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("/v1.1" + path, UriKind.Relative), content);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(body)!["result"] ?? throw new InvalidOperationException(body)
            : throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode} {body}");
    }

    public async Task<JsonNode> Get(string path)
    {
        var body = await http.GetStringAsync(new Uri("/v1.1" + path, UriKind.Relative));
        return JsonNode.Parse(body)!["result"] ?? throw new InvalidOperationException(body);
    }

    public void Dispose() => http.Dispose();
}

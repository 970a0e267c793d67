using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Tests;

/// <summary>Speaks REST as an application would, and keeps what came back word for word.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    public ApiClient(Uri server, string key)
    {
        http = new HttpClient { BaseAddress = server };
        if (key.Length > 0) http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + key);
        Key = key;
    }

    public string Key { get; }

    /// <summary>For what the other methods do not say.</summary>
    public HttpClient Http => http;

    public Task<ApiAnswer> Get(string path) => Send("GET", path, null);

    public Task<ApiAnswer> Post(string path, string? json = null, params (string Name, string Value)[] headers) =>
        Send("POST", path, json, headers);

    public Task<ApiAnswer> Patch(string path, string json) => Send("PATCH", path, json);

    public Task<ApiAnswer> Delete(string path) => Send("DELETE", path, null);

    /// <param name="path">Below /v1.1.</param>
    public async Task<ApiAnswer> Send(
        string method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1.1" + path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Send(request);
    }

    public async Task<ApiAnswer> Send(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var answer = await Read(response);
        Api.Documents.MustKnow(request, answer);
        return answer;
    }

    /// <summary>The whole answer; of a stream, which has no end to wait for, the head alone.</summary>
    public static async Task<ApiAnswer> Read(HttpResponseMessage response)
    {
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var body = isStream ? "" : await response.Content.ReadAsStringAsync();
        return new ApiAnswer(
            (int)response.StatusCode, body, response.Headers.ToDictionary(
                h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The _id of what a POST made.</summary>
    public async Task<string> Make(string path, string json)
    {
        var made = await Post(path, json);
        made.MustBe(201);
        return made.Text("_id");
    }

    public void Dispose() => http.Dispose();
}

/// <summary>An answer of the API. Body: as it stood on the wire.</summary>
internal sealed record ApiAnswer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public JsonNode Result => Json["result"]!;

    public JsonArray Items => Result.AsArray();

    public string Message => (string)Json["message"]!;

    public string Code => (string)Json["code"]!;

    /// <summary>The fields that a 422 names.</summary>
    public IReadOnlyList<string> Fields => [.. Json["errors"]!.AsArray().Select(e => (string)e!["field"]!)];

    /// <summary>A text of the result.</summary>
    public string Text(string name) => (string?)Result[name] ?? throw new JsonException($"no {name} in {Body}");

    /// <summary>Whatever it is, it is no failure of the server's.</summary>
    public ApiAnswer MustBeNoFault()
    {
        Assert.True(Status < 500, $"{Status}: {Body}");
        return this;
    }

    public ApiAnswer MustBe(int status)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}: {Body}");
        return this;
    }
}

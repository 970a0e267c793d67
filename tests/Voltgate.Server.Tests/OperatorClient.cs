using System.Net;
using System.Text;

namespace Voltgate.Server.Tests;

/// <summary>An operator in a browser: keeps cookies and says, as browsers do, from which site it asks.</summary>
internal sealed class OperatorClient : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly HttpClient http;

    public OperatorClient(Uri server)
    {
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, UseProxy = false })
        {
            BaseAddress = server,
        };
        Site = "same-origin";
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http => http;

    /// <summary>Sec-Fetch-Site; empty: not sent.</summary>
    public string Site { get; set; }

    public string? Secret => Cookies.GetAllCookies().FirstOrDefault(c => c.Name == "voltgate")?.Value;

    /// <summary>An operator of the client's organisation who was invited, accepted and is signed in.</summary>
    public static async Task<OperatorClient> Join(
        TestServer server, ApiClient inviter, string role, string? email = null)
    {
        email ??= $"{Guid.NewGuid():N}@example.com";
        var made = (await inviter.Post("/admins", $$"""{"email":"{{email}}","role":"{{role}}"}""")).MustBe(201);
        var client = new OperatorClient(server.Url) { Email = email, Id = made.Text("_id") };
        var token = (string)made.Result["invitation"]!["token"]!;
        (await client.Accept(token)).MustBe(200);
        return client;
    }

    public string Email { get; init; } = "";

    public string Id { get; init; } = "";

    public Task<ApiAnswer> Accept(string token, string password = Password) =>
        Send("POST", "/auth/accept", $$"""{"invitation":"{{token}}","password":"{{password}}"}""");

    public Task<ApiAnswer> Login(string? password = null, string? email = null) =>
        Send("POST", "/auth/login", $$"""{"email":"{{email ?? Email}}","password":"{{password ?? Password}}"}""");

    public Task<ApiAnswer> Get(string path) => Send("GET", path, null);

    /// <param name="path">Below /v1.1.</param>
    public async Task<ApiAnswer> Send(
        string method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1.1" + path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (Site.Length > 0) request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", Site);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return await ApiClient.Read(response);
    }

    /// <summary>The status alone, of a route that may go on telling for ever.</summary>
    public async Task<int> Status(string method, string path, string? json)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1.1" + path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", Site);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    public void Dispose() => http.Dispose();
}

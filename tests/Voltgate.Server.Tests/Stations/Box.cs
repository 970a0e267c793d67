using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Stations;

/// <summary>A registered station of a new tenant: what its installer and its owner know of it.</summary>
internal sealed class Box(TestServer server, ApiClient api, JsonNode created) : IDisposable
{
    public TestServer Server => server;

    public ApiClient Api => api;

    public string Id => (string)created["_id"]!;

    public string Endpoint => (string)created["endpoint"]!;

    public string? Password => (string?)created["security"]!["password"];

    public string Connector => (string)created["connectors"]![0]!["_id"]!;

    /// <param name="more">Further fields of the POST: <c>"protocol":"ocpp1.6"</c></param>
    public static async Task<Box> Make(
        TestServer server, string? endpoint = null, string security = "none", string? more = null)
    {
        var api = await server.Tenant();
        endpoint ??= "S-" + Guid.NewGuid().ToString("N")[..12];
        var made = await api.Post("/chargestations", $$"""
            {"name":"Box","endpoint":"{{endpoint}}","security":{"type":"{{security}}"},
             "connectors":[{"connectorId":1,"type":"Type2","power":22}]{{(more is null ? "" : "," + more)}}}
            """);
        return new Box(server, api, made.MustBe(201).Result);
    }

    public Task<RawAnswer> Ask(string target, params string[] headers) => RawSocket.Ask(server.Url, target, headers);

    /// <summary>The target of its usual handshake.</summary>
    public string Target => "/ocpp/" + Uri.EscapeDataString(Endpoint);

    public Task<RawSocket> Connect() => RawSocket.Connect(server.Url, Endpoint, Password);

    public async Task<bool> IsOnline() => (bool)(await api.Get($"/chargestations/{Id}")).Result["online"]!;

    /// <summary>Waits until the API shows it so.</summary>
    public Task Becomes(bool online) => Until(async () => await IsOnline() == online, $"online={online}");

    /// <summary>The types of the station's events so far.</summary>
    public async Task<IReadOnlyList<string>> Events()
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        return (await connection.QueryAsync<string>(
            "select type from events where stream = @stream order by seq", new { stream = Id })).AsList();
    }

    /// <summary>Runs a statement on the server's database, behind its back.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>What such a query counts in the server's database.</summary>
    public async Task<long> Count(string sql)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    public async Task Happens(string type) =>
        await Until(async () => (await Events()).Contains(type), $"{type} among the events");

    /// <summary>Asks again and again, for 10 s at most.</summary>
    public static async Task Until(Func<Task<bool>> holds, string what)
    {
        for (var i = 0; i < 500; i++)
        {
            if (await holds()) return;
            await Task.Delay(20);
        }

        Assert.Fail("Never came: " + what);
    }

    public void Dispose() => api.Dispose();
}

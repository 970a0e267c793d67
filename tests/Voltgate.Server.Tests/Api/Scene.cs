using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Api;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Tls;
using Voltgate.Server.Tests.Wallets;

namespace Voltgate.Server.Tests.Api;

/// <summary>
/// A tenant in which everything stands that the document's examples speak of. Their ids, names that must be unique and
/// secrets are replaced by real ones.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>When the documented reservation ends: for a real server it must be to come.</summary>
    private const string SoonInExamples = "2026-01-02T08:15:00.000Z";

    private readonly TestServer server;
    private readonly ApiClient api;
    private readonly ApiClient root;
    private readonly Dictionary<string, string> real = [];
    private ObedientStation station = null!;
    private OperatorClient grace = null!;

    private Scene(TestServer server, ApiClient api) =>
        (this.server, this.api, root) = (server, api, server.Client());

    public static async Task<Scene> Set(TestServer server)
    {
        var scene = new Scene(server, await server.Tenant());
        await scene.SetPlaces();
        await scene.SetPeople();
        await scene.SetStation();
        await scene.SetHooks();
        return scene;
    }

    /// <summary>Asks as the example does, with real ids.</summary>
    public Task<ApiAnswer> Play(Operation operation)
    {
        var path = operation.Path;
        foreach (var parameter in operation.Parameters.Where(p => (string)p!["in"]! == "path"))
            path = path.Replace($"{{{(string)parameter!["name"]!}}}", (string)parameter["example"]!);
        path = Worded(path);
        var request = operation.Request;
        var body = request?.Value!["example"] is { } example ? Worded(example.ToString(), operation) : null;
        if (operation.Tag == "auth" || operation.Path.StartsWith("/auth", StringComparison.Ordinal))
            return grace.Send(operation.Verb, path, body);
        var client = operation.Name == "POST /organizations" ? root : api;
        return request?.Key == "text/csv"
            ? Send(client, operation.Verb, path, body!)
            : client.Send(operation.Verb, path, body);
    }

    public async ValueTask DisposeAsync()
    {
        await station.DisposeAsync();
        grace.Dispose();
        api.Dispose();
        root.Dispose();
    }

    private static async Task<ApiAnswer> Send(ApiClient client, string verb, string path, string csv)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/v1.1" + path)
        {
            Content = new StringContent(csv, Encoding.UTF8, "text/csv"),
        };
        return await client.Send(request);
    }

    private string Worded(string text, Operation? operation = null)
    {
        var words = new Dictionary<string, string>(real)
        {
            ["MARKET-1"] = Fresh(), ["04A1B2C3D4E5F6"] = Fresh()[..14],
            ["grace@example.org"] = operation?.Path == "/auth/login" ? grace.Email : Fresh() + "@example.org",
        };
        return words.Aggregate(text, (said, word) => said.Replace(word.Key, word.Value, StringComparison.Ordinal));
    }

    private static string Fresh() => "X" + Guid.NewGuid().ToString("N")[..18];

    private async Task Make(string id, string path, string json) => real[id] = await api.Make(path, json);

    private async Task SetPlaces()
    {
        real[SampleIds.Organization] = (string)(await api.Get("/me")).Result["organization"]!["_id"]!;
        await Make(SampleIds.Location, "/locations", """{"name":"Square","timezone":"Europe/Berlin"}""");
        const string Prices = """ "currency":"EUR","price_components":[{"type":"ENERGY","price":0.45,"tax":19}]""";
        await Make(SampleIds.Rate, "/rates", $$"""{"name":"Standard",{{Prices}}}""");
        await Make(SampleIds.LoadGroup, "/load_management/groups", """{"name":"Fuse","maximum_capacity":100}""");
        await Make(SampleIds.NightRate, "/rates", $$"""{"name":"Night",{{Prices}}}""");
    }

    private async Task SetPeople()
    {
        await Make(SampleIds.User, "/users", """{"firstname":"Ada"}""");
        await Make(SampleIds.Token, "/tokens", $$"""{"physicalId":"{{Fresh()[..14]}}"}""");
        await Make(
            SampleIds.Admin, "/admins", $$"""{"email":"{{Fresh()}}@example.org","role":"Support"}""");
        grace = await OperatorClient.Join(server, api, "Admin");
        var invited = (await api.Post("/admins", $$"""{"email":"{{Fresh()}}@example.org","role":"Viewer"}"""))
            .MustBe(201);
        real[Samples.InvitationToken] = (string)invited.Result["invitation"]!["token"]!;
        using (var elsewhere = new OperatorClient(server.Url) { Email = grace.Email })
            (await elsewhere.Login()).MustBe(200);
        var sessions = (await grace.Get("/auth/sessions")).MustBe(200).Items;
        real[SampleIds.SignIn] = (string)sessions.First(s => !(bool)s!["current"]!)!["_id"]!;
        var key = (await api.Post("/api_keys", """{"name":"Other"}""")).MustBe(201);
        (real[SampleIds.ApiKey], real[Samples.KeyText]) = (key.Text("_id"), key.Text("key"));
    }

    /// <summary>A car charges on the first connector; the examples speak of the second, which is free.</summary>
    private async Task SetStation()
    {
        var rate = real[SampleIds.Rate];
        var made = (await api.Post("/chargestations", $$"""
            {"name":"Box","location":"{{real[SampleIds.Location]}}","security":{"type":"none"},"connectors":[
             {"connectorId":1,"power":22,"rate":"{{rate}}"},{"connectorId":2,"power":22,"rate":"{{rate}}"},
             {"connectorId":3,"power":22,"rate":"{{rate}}"},{"connectorId":4,"power":22,"rate":"{{rate}}"}]}
            """)).MustBe(201);
        var connectors = made.Result["connectors"]!.AsArray();
        real[SampleIds.Unknown] = await Stranger(real[SampleIds.Organization], Fresh());
        real[SampleIds.Certificate] = await Papers.Note(server, made.Text("_id"));
        (real[SampleIds.Station], real[SampleIds.Connector]) = (made.Text("_id"), (string)connectors[1]!["_id"]!);
        station = await ObedientStation.Connect(server.Url, made.Text("endpoint"));
        var charged = $$"""{"connector":"{{(string)connectors[0]!["_id"]!}}","user":"{{real[SampleIds.User]}}"}""";
        await Make(SampleIds.Session, "/sessions", charged);
        await station.Charge();

        await SetMoney((string)connectors[2]!["_id"]!);
        var guest = await api.Make("/users", """{"firstname":"Guest"}""");
        real[SoonInExamples] = DateTimeOffset.UtcNow.AddMinutes(15).ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
        await Make(SampleIds.Reservation, "/reservations", $$"""
            {"connector":"{{(string)connectors[3]!["_id"]!}}","user":"{{guest}}",
             "expires_at":"{{real[SoonInExamples]}}"}
            """);

        var asked = (await api.Post($"/chargestations/{real[SampleIds.Station]}/get_diagnostics", "{}")).MustBe(200);
        real[SampleIds.Action] = asked.Text("_id");
        using var log = new StringContent("all is well");
        using var put = await api.Http.PutAsync(new Uri(await station.Upload).PathAndQuery, log);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
    }

    /// <summary>A station in quarantine, as if it were this tenant's; its id.</summary>
    private async Task<string> Stranger(string organization, string identity)
    {
        var id = server.Services.GetRequiredService<Entropy>().NewId();
        var body = Wire.Write(
            PlaceSamples.Unknown with { Id = id, Identity = identity }, WireContext.Default.UnknownStationResource);
        await server.Services.GetRequiredService<Committer>().Commit([Statement.Of(
            "insert into unknown_stations (id, organization, identity, created_at, updated_at, body) "
            + "values ($1, $2, $3, 1, 1, $4)", id, organization, identity, body)]);
        return id;
    }

    /// <summary>A wallet of which a session holds one half, and a top-up that is not paid.</summary>
    private async Task SetMoney(string connector)
    {
        var driver = await api.Make("/users", """{"firstname":"Grace"}""");
        real[SampleIds.Wallet] = await Purse.Fill(api, driver, 5_000);
        var paid = (await api.Post(
            "/sessions", $$"""{"connector":"{{connector}}","user":"{{driver}}","type":"wallet"}""")).MustBe(201);
        real[SampleIds.Payment] = (string)paid.Result["payment"]!["_id"]!;
        (await api.Post($"/wallets/{driver}/adjust", """{"amount":5000,"note":"Welcome"}""")).MustBe(200);
        await Make(SampleIds.TopUp, "/top_up", $$"""{"wallet":"{{driver}}","amount":2000}""");
    }

    private async Task SetHooks()
    {
        await Make(SampleIds.Webhook, "/webhooks", """{"url":"https://app.example.org/hook","events":["session.*"]}""");
        var test = (await api.Post($"/webhooks/{real[SampleIds.Webhook]}/test")).MustBe(200);
        real[SampleIds.Delivery] = test.Text("_id");
    }
}

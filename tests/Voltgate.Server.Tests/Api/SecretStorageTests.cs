using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Hosting;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Transcripts;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Api;

/// <summary>Whoever steals the database finds no password, no webhook secret and no API key in it.</summary>
public sealed class SecretStorageTests
{
    private const string Mentioned = "a-name-that-the-search-must-find";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task No_secret_lies_plain_in_the_store_or_the_log(string provider)
    {
        await using var sink = await WebhookSink.Start();
        await using var server = await TestServer.Start(provider, o => o with
        {
            Bootstrap = o.Bootstrap with { OperatorEmail = "root@example.org" },
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
        });
        using var tenant = await server.Tenant();
        var secrets = new Dictionary<string, string>
        {
            ["bootstrap key"] = TestServer.BootstrapKey,
            ["operator's password"] = server.Services.GetRequiredService<Bootstrap>().Notice()!.Split(' ')[^1],
            ["first key of a tenant"] = SecretOf(tenant.Key),
        };
        await Keys(tenant, secrets);
        await Webhooks(tenant, sink, secrets);
        await Stations(server, tenant, secrets);
        await tenant.Make("/users", $$"""{"firstname":"{{Mentioned}}"}""");
        await sink.Wait(5);

        var store = await Everything(server, provider);

        Assert.Contains(Mentioned, store, StringComparison.Ordinal);
        Assert.Equal(13, secrets.Count);
        Assert.All(secrets.Values, s => Assert.InRange(s.Length, 16, 100));
        Assert.Empty(secrets.Where(s => store.Contains(s.Value, StringComparison.Ordinal)).Select(s => s.Key));
        var log = string.Join('\n', server.Logs.All);
        Assert.Empty(secrets.Where(s => log.Contains(s.Value, StringComparison.Ordinal)).Select(s => s.Key));
    }

    private static async Task Keys(ApiClient tenant, Dictionary<string, string> secrets)
    {
        var made = (await tenant.Post("/api_keys", """{"name":"Second"}""")).MustBe(201);
        secrets["key"] = SecretOf(made.Text("key"));
        var path = $"/api_keys/{made.Text("_id")}/rotate";
        secrets["renewed key"] = SecretOf((await tenant.Post(path)).MustBe(200).Text("key"));
        await tenant.Post("/oauth/token", $$"""
            {"grant_type":"client_credentials","client_id":"{{made.Text("_id")}}","client_secret":"{{tenant.Key}}"}
            """);
    }

    private static async Task Webhooks(ApiClient tenant, WebhookSink sink, Dictionary<string, string> secrets)
    {
        var made = (await tenant.Post("/webhooks", $$"""{"url":"{{sink.Url}}","events":["*"]}""")).MustBe(201);
        secrets["webhook secret"] = made.Text("secret")[6..];
        var renewed = await tenant.Post($"/webhooks/{made.Text("_id")}/rotate_secret");
        secrets["renewed webhook secret"] = renewed.MustBe(200).Text("secret")[6..];
    }

    private static async Task Stations(TestServer server, ApiClient tenant, Dictionary<string, string> secrets)
    {
        var hidden = (await tenant.Post("/chargestations", """{"name":"Hidden"}""")).MustBe(201);
        secrets["station password"] = PasswordOf(hidden);
        var reset = await tenant.Patch($"/chargestations/{hidden.Text("_id")}/reset_password", "{}");
        secrets["renewed station password"] = PasswordOf(reset.MustBe(200));
        var organization = (await tenant.Get("/me")).Result["organization"]!["_id"];
        (await tenant.Patch($"/organizations/{organization}", """{"reveal_station_passwords":true}""")).MustBe(200);
        var revealed = (await tenant.Post("/chargestations", """{"name":"Revealed"}""")).MustBe(201);
        secrets["revealed station password"] = PasswordOf(revealed);
        var path = "/chargestations/" + revealed.Text("_id");
        Assert.Equal(PasswordOf(revealed), PasswordOf((await tenant.Get(path)).MustBe(200)));

        secrets["password written to a station"] = "written-00112233445566";
        secrets["password told by a station"] = "told-00112233445566778";
        await using var station = await ScriptedStation.Connect(
            server.Url, revealed.Text("endpoint"), PasswordOf(revealed));
        await station.Call("BootNotification", """{"chargePointVendor":"Test","chargePointModel":"One"}""");
        var write = await tenant.Post(path + "/configurations", $$"""
            {"key":"authorizationKEY","value":"{{secrets["password written to a station"]}}"}
            """);
        var call = await station.Expect();
        Assert.Equal(secrets["password written to a station"], (string?)call[3]!["value"]);
        await station.Answer(call, """{"status":"Accepted"}""");
        Assert.Equal("***", (string?)write.MustBe(200).Result["data"]!["value"]);
        secrets["password among others"] = "among-001122334455667";
        var several = await tenant.Post(path + "/configurations", $$$"""
            {"key":"A.B","value":"1",
             "more":{"SecurityCtrlr.BasicAuthPassword":"{{{secrets["password among others"]}}}"}}
            """);
        Assert.Equal("***", (string?)several.MustBe(200).Result["data"]!["more"]!["SecurityCtrlr.BasicAuthPassword"]);
        (await tenant.Get(path + "/configurations")).MustBe(200);
        await station.Answer(await station.Expect(), $$"""
            {"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"60"},
             {"key":"AuthorizationKey","readonly":false,"value":"{{secrets["password told by a station"]}}"}]}
            """);
        await station.Call("Heartbeat", "{}");
        for (var i = 0; ; i++)
        {
            var read = (await tenant.Get(path)).Result["configuration"]?["HeartbeatInterval"];
            if (read is not null) break;
            Assert.True(i < 500, "The configuration never came.");
            await Task.Delay(20);
        }
    }

    /// <summary>vg_live_ + 10 characters of id + _ + 43 of secret + checksum: the 43.</summary>
    private static string SecretOf(string key) => key[19..62];

    private static string PasswordOf(ApiAnswer answer) => (string)answer.Result["security"]!["password"]!;

    /// <summary>Every value of every table as text, and of SQLite what lies in its files beside.</summary>
    private static async Task<string> Everything(TestServer server, string provider)
    {
        var all = new StringBuilder();
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        var tables = (await connection.QueryAsync<string>(provider == On.Sqlite
            ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            : "select table_name from information_schema.tables where table_schema = 'public' "
                + "and table_type = 'BASE TABLE'")).AsList();
        Assert.InRange(tables.Count, 20, 100);
        foreach (var table in tables)
        {
            await using var rows = await connection.ExecuteReaderAsync($"select * from {table}");
            while (await rows.ReadAsync())
                for (var i = 0; i < rows.FieldCount; i++)
                    all.AppendLine(rows.GetValue(i) is byte[] b ? Encoding.UTF8.GetString(b) : $"{rows.GetValue(i)}");
        }

        if (provider != On.Sqlite) return all.ToString();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(connection.DataSource)!))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[open.Length];
            await open.ReadExactlyAsync(bytes);
            all.AppendLine(Encoding.Latin1.GetString(bytes));
        }

        return all.ToString();
    }
}

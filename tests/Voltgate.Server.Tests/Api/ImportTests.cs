using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Tests.Api;

/// <summary>Many at once, with a report row by row (A22).</summary>
public sealed class ImportTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Users_come_in_as_a_POST_makes_them_and_wrong_rows_are_told(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        var report = (await Import(tenant, "/users/import", """
            firstname,email,address.city,active,favorite_chargestations
            Ada,ada@example.org,"London, W1",true,
            Bob,not an address,,true,
            Cleo,cleo@example.org,,maybe,
            Dan,dan@example.org,Ulm,FALSE,aaaaaaaaaaaaaaaaaaaaaaaa;bbbbbbbbbbbbbbbbbbbbbbbb
            Eve,eve@example.org
            """)).MustBe(200).Result;

        Assert.Equal((5, 2, 3), ((int)report["rows"]!, (int)report["created"]!, (int)report["failed"]!));
        Assert.Equal(["2:", "3:email", "4:active", "5:", "6:"], report["results"]!.AsArray().Select(Told));
        var ada = (await tenant.Get("/users/" + (string)report["results"]![0]!["_id"]!)).MustBe(200);
        Assert.Equal("London, W1", (string)ada.Result["address"]!["city"]!);
        var dan = (await tenant.Get("/users/" + (string)report["results"]![3]!["_id"]!)).MustBe(200);
        Assert.Equal((false, 2), ((bool)dan.Result["active"]!, dan.Result["favorite_chargestations"]!.AsArray().Count));
        Assert.Equal(2, (await tenant.Get("/tokens?type=Central")).Items.Count); // the virtual ones
        Assert.Equal(2, (int)(await tenant.Get("/events?type=user.created")).Json["total"]!);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Stations_come_with_connectors_and_their_passwords_once(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        var taken = Name();
        (await tenant.Post("/chargestations", $$"""{"endpoint":"{{taken}}"}""")).MustBe(201);
        var (one, two) = (Name(), Name());
        var report = (await Import(tenant, "/chargestations/import", $"""
            name;endpoint;security.type;coordinates;connectors[0].connectorId;connectors[0].type;connectors[0].power
            One;{one};basic_auth;13.4;1;Type2;22
            Two;{two};none;13.4;52.5;1;Type2;22
            Two;{two};none;;1;Type2;22
            Three;{two};none;;1;Type2;22
            Four;{taken};none;;1;Type2;22
            """)).MustBe(200).Result;

        Assert.Equal(
            ["2:coordinates", "3:", "4:", "5:endpoint", "6:"], report["results"]!.AsArray().Select(Told));
        Assert.Contains("8", (string)report["results"]![1]!["errors"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.Null(report["results"]![2]!["errors"]);
        Assert.NotNull(report["results"]![4]!["errors"]);
        var made = (await tenant.Get($"/chargestations?endpoint={two}")).MustBe(200).Items[0]!;
        Assert.Equal((22, 1), ((int)made["connectors"]![0]!["power"]!, (int)made["connectors"]![0]!["connectorId"]!));

        var secured = (await Import(tenant, "/chargestations/import", $"endpoint\n{one}\n")).MustBe(200).Result;
        Assert.True(((string)secured["results"]![0]!["password"]!).Length >= 16);
        Assert.Equal(one, (string)secured["results"]![0]!["endpoint"]!);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task All_or_nothing_and_a_dry_run_make_nothing_of_a_file_with_one_wrong_row(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        const string Wrong = "physicalId,type\nCARD-1,ISO14443\ncard-1,ISO14443\n";
        foreach (var query in (string[])["?all_or_nothing=true", "?dry_run=true"])
        {
            var report = (await Import(tenant, "/tokens/import" + query, Wrong)).MustBe(200).Result;
            Assert.Equal((0, 1), ((int)report["created"]!, (int)report["failed"]!));
            Assert.Null(report["results"]![0]!["_id"]);
            Assert.Empty((await tenant.Get("/tokens")).Items);
        }

        const string Right = "physicalId,type\nCARD-1,ISO14443\nCARD-2,ISO14443\n";
        Assert.Equal(
            2, (int)(await Import(tenant, "/tokens/import?all_or_nothing=true", Right)).MustBe(200).Result["created"]!);
        Assert.Equal(2, (await tenant.Get("/tokens")).Items.Count);
        var again = (await Import(tenant, "/tokens/import", Right)).MustBe(200).Result;
        Assert.Equal((0, 2), ((int)again["created"]!, (int)again["failed"]!));
    }

    [Fact]
    public async Task A_thousand_rows_are_one_write_and_all_of_them_arrive()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        var rows = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"CARD-{i}\n"));
        var report = (await Import(tenant, "/tokens/import", "physicalId\n" + rows)).MustBe(200).Result;

        Assert.Equal((1_000, 1_000), ((int)report["rows"]!, (int)report["created"]!));
        Assert.Equal(1_000, (int)(await tenant.Get("/tokens?paginate_limit=1")).Json["total"]!);
    }

    [Fact]
    public async Task What_is_no_import_is_refused_with_a_reason()
    {
        await using var server = await TestServer.Start(On.Sqlite, o => o with
        {
            Api = o.Api with { MaxImportRows = 3, MaxImportBytes = 4_096 },
        });
        using var tenant = await server.Tenant();
        Assert.Equal(
            ["colour", "connectors"],
            (await Import(tenant, "/chargestations/import", "name,colour,connectors\na,b,c\n")).MustBe(422).Fields);
        Assert.Equal(["name"], (await Import(tenant, "/chargestations/import", "name,name\na,b\n")).MustBe(422).Fields);
        (await Import(tenant, "/users/import", "")).MustBe(400);
        (await Import(tenant, "/users/import", "firstname\n\"never closed\n")).MustBe(400);
        (await Import(tenant, "/users/import", "firstname\na\nb\nc\nd\n")).MustBe(413);
        (await Import(tenant, "/users/import", "firstname\n" + new string('a', 5_000))).MustBe(413);
        (await Import(tenant, "/users/import?colour=red", "firstname\na\n")).MustBe(422);
        (await tenant.Post("/users/import", "{}")).MustBe(415);
        (await Send(tenant, "/users/import", [(byte)'a', 0xff, 0xfe, (byte)'\n'])).MustBe(415);
        Assert.Equal(0, (int)(await Import(tenant, "/users/import", "firstname\n")).MustBe(200).Result["rows"]!);
    }

    [Fact]
    public async Task A_spreadsheets_byte_order_mark_and_odd_text_do_no_harm()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        var body = Encoding.UTF8.GetPreamble().Concat("firstname,lastname\r\n=cmd(),Gödel\r\n"u8.ToArray()).ToArray();
        var report = (await Send(tenant, "/users/import", body)).MustBe(200).Result;
        var user = (await tenant.Get("/users/" + (string)report["results"]![0]!["_id"]!)).MustBe(200);

        Assert.Equal(("=cmd()", "Gödel"), ((string)user.Result["firstname"]!, (string)user.Result["lastname"]!));
    }

    internal static Task<ApiAnswer> Import(ApiClient tenant, string path, string csv) =>
        Send(tenant, path, Encoding.UTF8.GetBytes(csv));

    private static async Task<ApiAnswer> Send(ApiClient tenant, string path, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.1" + path);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return await tenant.Send(request);
    }

    private static string Told(JsonNode? line) =>
        $"{(int)line!["row"]!}:{(string?)line["errors"]?[0]?["field"]}";

    private static string Name() => "IMP-" + Guid.NewGuid().ToString("N")[..12];
}

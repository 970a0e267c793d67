using System.Net.Http.Headers;
using System.Text;

namespace Voltgate.Server.Tests.Api;

/// <summary>Reliability §10.2, on a route with a body.</summary>
public sealed class BodyTests(SharedServers servers)
{
    private const string Path = "/api_keys";

    [Theory]
    [InlineData("""{"name":""")]
    [InlineData("{'name':'x'}")]
    [InlineData("""{"name":"x"} {}""")]
    [InlineData("""{"name":NaN}""")]
    [InlineData("")]
    public async Task What_is_no_json_is_400(string body)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        Assert.Equal("malformed", (await tenant.Post(Path, body)).MustBe(400).Code);
    }

    [Theory]
    [InlineData("""{"name":"x","nome":1}""", "nome")]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"a","name":"b"}""", "name")]
    [InlineData("""{"name":"a\ud800b"}""", "name")]
    [InlineData("""{"name":"a\u0000b"}""", "name")]
    [InlineData("""{"name":"a","scopes":["*","fly:users"]}""", "scopes[1]")]
    [InlineData("""{"name":"a","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"a","active":"yes"}""", "active")]
    [InlineData("""{"name":"a","expiresAt":"tomorrow"}""", "expiresAt")]
    [InlineData("""{"name":"a","meta_data":{"x":1e400}}""", "meta_data.x")]
    [InlineData("""{"name":"a","meta_data":{"x":{"y":1,"y":2}}}""", "meta_data.x.y")]
    [InlineData("""{"name":"a","meta_data":[]}""", "meta_data")]
    [InlineData("""{"name":"a","_id":"0123456789abcdef01234567"}""", "_id")]
    [InlineData("""{"name":"a","organization":"0123456789abcdef01234567"}""", "organization")]
    [InlineData("""{"name":"a","createdAt":"2026-01-02T03:04:05.678Z"}""", "createdAt")]
    [InlineData("""[]""", "")]
    public async Task A_wrong_field_is_422_and_named(string body, string field)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        var answer = (await tenant.Post(Path, body)).MustBe(422);
        Assert.Equal("invalid_fields", answer.Code);
        Assert.Equal([field], answer.Fields);
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        var answer = (await tenant.Post(Path, """{"scopes":3,"active":1,"extra":{}}""")).MustBe(422);
        Assert.Equal(["scopes", "active", "extra", "name"], answer.Fields);
    }

    [Fact]
    public async Task Depth_length_and_size_are_limited()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        string Deep(int n) => $$$"""{"name":"a","meta_data":{"x":{{{new string('[', n)}}}{{{new string(']', n)}}} }}""";
        var many = $$$"""{"name":"a","meta_data":{"x":[{{{string.Join(',', Enumerable.Repeat("1", 10_001))}}}]}}""";

        (await tenant.Post(Path, Deep(30))).MustBe(201);
        (await tenant.Post(Path, Deep(31))).MustBe(422);
        (await tenant.Post(Path, Deep(65))).MustBe(422);
        (await tenant.Post(Path, many)).MustBe(422);
        Assert.Equal(["meta_data"], (await tenant.Post(
            Path, $$$"""{"name":"a","meta_data":{"x":"{{{new string('y', 16_384)}}}"}}""")).MustBe(422).Fields);
        (await tenant.Post(Path, $$"""{"name":"{{new string('y', 1_048_576)}}"}""")).MustBe(413);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=UTF-8", 201)]
    [InlineData("application/merge-patch+json", 201)]
    public async Task The_content_type_must_be_json(string type, int status)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.1" + Path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"name":"a"}""")),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        (await tenant.Send(request)).MustBe(status);
    }

    [Fact]
    public async Task A_byte_order_mark_is_forgiven_and_invalid_utf8_is_not()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        (await tenant.Post(Path, "\uFEFF{\"name\":\"a\"}")).MustBe(201);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.1" + Path)
        {
            Content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
        };
        Assert.InRange((await tenant.Send(request)).Status, 400, 422);
    }

    [Fact]
    public async Task Answers_are_ascii_and_give_text_and_meta_data_back_unchanged()
    {
        using var tenant = await servers.Tenant(On.Postgres);
        var body = """{"name":"Zapfsäule ⚡","meta_data":{"ключ":[1.10,"<é>",null,1E2]}}""";
        var made = (await tenant.Post(Path, body)).MustBe(201);

        Assert.All(made.Body, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal("Zapfsäule ⚡", made.Text("name"));
        Assert.Equal("<é>", (string)made.Result["meta_data"]!["ключ"]![1]!);
        Assert.Contains("[1.10,", made.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_null_clears()
    {
        using var tenant = await servers.Tenant(On.Postgres);
        var id = await tenant.Make(Path, """{"name":"a","expiresAt":"2099-01-02T03:04:05.678Z","meta_data":{"k":1}}""");

        var changed = (await tenant.Patch($"{Path}/{id}", """{"expiresAt":null,"meta_data":{"n":2}}""")).MustBe(200);

        Assert.Equal("a", changed.Text("name"));
        Assert.Null(changed.Result["expiresAt"]);
        Assert.Equal("""{"n":2}""", changed.Result["meta_data"]!.ToJsonString());
    }
}

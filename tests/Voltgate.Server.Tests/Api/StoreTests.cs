using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Api;

public sealed class StoreTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_store_that_takes_no_writes_is_503_with_retry_after_and_reads_go_on(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        await server.Services.GetRequiredService<Committer>().Drain();

        var refused = await root.Post("/users", "{}");

        Assert.Equal("store_unavailable", refused.MustBe(503).Code);
        Assert.Equal("5", refused.Headers["Retry-After"]);
        (await root.Get("/users")).MustBe(200);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_last_use_of_a_key_is_written_to_the_half_minute(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        (await root.Get("/me")).MustBe(200);

        await server.Restart();

        using var again = server.Client();
        var used = (string)(await again.Get("/api_keys")).MustBe(200).Items[0]!["lastUsedAt"]!;
        Assert.Matches(":(00|30).000Z$", used);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_keys_of_the_server_survive_a_restart_and_open_what_they_sealed(string provider)
    {
        await using var server = await TestServer.Start(provider);
        var sealedText = server.Services.GetRequiredService<Keyring>().Seal("whsec_é");
        var pepper = server.Services.GetRequiredService<Keyring>().StationPepper;

        await server.Restart();

        var keyring = server.Services.GetRequiredService<Keyring>();
        Assert.Equal("whsec_é", keyring.Unseal(sealedText));
        Assert.Equal(pepper, keyring.StationPepper);
        Assert.NotEqual(sealedText, keyring.Seal("whsec_é"));
        var tampered = sealedText[..^4] + (sealedText[^4] == 'A' ? 'B' : 'A') + sealedText[^3..];
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => keyring.Unseal(tampered));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_webhook_event_carries_the_resource_as_get_answers_it(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        var id = await root.Make("/users", """{"firstname":"Zoë","meta_data":{"k":[1.0]}}""");
        var read = (await root.Get("/users/" + id)).Body;

        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        var body = await connection.QuerySingleAsync<string>("select body from events where stream = @id", new { id });

        var from = body.IndexOf("\"data\":", StringComparison.Ordinal) + 7;
        var data = body[from..body.LastIndexOf(",\"createdAt\"", StringComparison.Ordinal)];
        Assert.Contains("\"result\":" + data, read, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetByteCount(body), body.Length);
        Assert.Equal("user", (string)JsonNode.Parse(body)!["object"]!);
    }
}

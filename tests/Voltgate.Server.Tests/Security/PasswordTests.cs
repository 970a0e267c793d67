using System.Text;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>
/// Who comes in by a password (reliability O01 to O06; OCPP test cases TC_A_01 to TC_A_03). That nobody
/// learns by the time of an answer which stations there are: O18_IdEnumeration.
/// </summary>
public sealed class PasswordTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O01_NoAuth_Rejected(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        string[] targets = [box.Target, "/ocpp/" + "U-" + Guid.NewGuid().ToString("N")[..12]];

        foreach (var target in targets)
        {
            var answer = await box.Ask(target);
            Assert.Equal(401, answer.Status);
            Assert.StartsWith("Basic", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }

        Assert.Equal(await box.Ask(targets[0]), await box.Ask(targets[1]));
        // No identity at all is no station's address: it tells nothing of who there is.
        Assert.Equal(404, (await box.Ask("/ocpp/")).Status);
        Assert.False(await box.IsOnline());
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O02_UserNotEqualId(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        foreach (var user in new[] { "", "other", box.Endpoint + "x", box.Endpoint.ToLowerInvariant() })
            Assert.Equal(401, (await box.Ask(box.Target, RawSocket.Basic(user, box.Password!))).Status);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O03_WrongPassword(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        foreach (var password in new[] { "", box.Password![..^1], box.Password + "x", box.Password.ToUpperInvariant() })
            Assert.Equal(401, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, password))).Status);
    }

    [Theory]
    [InlineData(On.Sqlite, "ocpp1.6")]
    [InlineData(On.Postgres, "ocpp1.6")]
    [InlineData(On.Sqlite, "ocpp2.0.1")]
    [InlineData(On.Postgres, "ocpp2.1")]
    public async Task O04_Good(string provider, string version)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        await using var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint, box.Password, version);
        Assert.Equal("Accepted", (string)(await station.Boot("Test", "One"))["status"]!);
        await station.Report(1, "Available", box.Server.Clock.GetUtcNow());
        Assert.True(await box.IsOnline());
    }

    [Theory]
    [InlineData(On.Sqlite, "003aff00112233445566778899aabbcc")]
    [InlineData(On.Postgres, "3a3a3a3a0000000000ffffffff3a00ff3a3a3a3a")]
    [InlineData(On.Sqlite, "ffffffffffffffffffffffffffffffff")]
    public async Task O05_BinaryKey16(string provider, string key)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        (await box.Api.Patch(
            $"/chargestations/{box.Id}/reset_password", $$"""{"authorization_key":"{{key}}"}""")).MustBe(200);
        var name = Encoding.UTF8.GetBytes(box.Endpoint + ":");
        var bytes = Convert.FromHexString(key);

        byte[][] spellings = [bytes, Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(key.ToUpperInvariant())];
        foreach (var password in spellings)
        {
            Assert.Equal(101, (await box.Ask(box.Target, RawSocket.Basic([.. name, .. password]))).Status);
            await box.Becomes(online: false);
        }

        var other = bytes.ToArray();
        other[^1] ^= 1;
        Assert.Equal(401, (await box.Ask(box.Target, RawSocket.Basic([.. name, .. other]))).Status);
        Assert.Equal(401, (await box.Ask(box.Target, RawSocket.Basic([.. name, .. bytes[..^1]]))).Status);
    }

    [Theory]
    [InlineData("password", "exactly15-chars", 422)]
    [InlineData("password", "exactly-16-chars", 200)]
    [InlineData("password", "exactly-twenty-chars", 200)]
    [InlineData("password", "exactly-21-characters", 422)]
    [InlineData("password", "with a blank in it", 422)]
    [InlineData("authorization_key", "00112233445566778899aabbccddee", 422)]
    [InlineData("authorization_key", "00112233445566778899aabbccddeeff", 200)]
    [InlineData("authorization_key", "00112233445566778899aabbccddeeff0", 422)]
    [InlineData("authorization_key", "00112233445566778899aabbccddeeff00112233", 200)]
    [InlineData("authorization_key", "00112233445566778899aabbccddeeff0011223344", 422)]
    public async Task O06_PasswordRules(string field, string value, int expected)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite), security: "basic_auth");
        Assert.Equal(20, box.Password!.Length); // what is made for a station of 1.6

        var answer = (await box.Api.Patch(
            $"/chargestations/{box.Id}/reset_password", $$"""{"{{field}}":"{{value}}"}""")).MustBe(expected);

        if (expected != 200)
        {
            Assert.Equal([field], answer.Fields);
            Assert.Equal(101, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, box.Password))).Status);
            return;
        }

        Assert.Equal(value, (string)answer.Result["security"]!["password"]!);
        Assert.Equal(101, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, value))).Status);
    }

    [Fact]
    public async Task O06_PasswordRules_take_one_way_to_choose()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite), security: "basic_auth");
        var answer = await box.Api.Patch($"/chargestations/{box.Id}/reset_password", """
            {"password":"exactly-16-chars","authorization_key":"00112233445566778899aabbccddeeff"}
            """);
        Assert.Equal(["authorization_key"], answer.MustBe(422).Fields);
    }
}

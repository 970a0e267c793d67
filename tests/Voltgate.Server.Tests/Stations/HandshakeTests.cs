using System.Text;

namespace Voltgate.Server.Tests.Stations;

/// <summary>The front door before the 101: who is let in, and what the others are told (reliability §10.1).</summary>
public sealed class HandshakeTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Whoever_is_not_the_station_gets_one_and_the_same_answer(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        var other = "S-" + Guid.NewGuid().ToString("N")[..12];
        var rightBytes = Encoding.UTF8.GetBytes($"{box.Endpoint}:{box.Password}");
        RawAnswer[] answers =
        [
            await box.Ask(box.Target),
            await box.Ask(box.Target, "Authorization: Bearer " + box.Password),
            await box.Ask(box.Target, "Authorization: Basic"),
            await box.Ask(box.Target, "Authorization: Basic !!!!"),
            await box.Ask(box.Target, "Authorization: Basic " + Convert.ToBase64String(rightBytes)[1..]),
            await box.Ask(box.Target, RawSocket.Basic(Encoding.UTF8.GetBytes(box.Endpoint + box.Password))),
            await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, "")),
            await box.Ask(box.Target, RawSocket.Basic("", box.Password!)),
            await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, box.Password![..^1])),
            await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, box.Password + " ")),
            await box.Ask(box.Target, RawSocket.Basic(other, box.Password!)),
            await box.Ask(box.Target, RawSocket.Basic(box.Endpoint.ToLowerInvariant(), box.Password!)),
            await box.Ask(box.Target.Replace("S-", "s-"), RawSocket.Basic(box.Endpoint, box.Password!)),
            await box.Ask(box.Target.Replace("S-", "s-"), RawSocket.Basic("s" + box.Endpoint[1..], box.Password!)),
            await box.Ask("/ocpp/" + other),
            await box.Ask("/ocpp/" + other, RawSocket.Basic(other, box.Password!)),
            await box.Ask("/" + other, RawSocket.Basic(other, "0123456789abcdef")),
            await box.Ask("/ocpp/" + other, "Sec-WebSocket-Protocol: ocpp1.5"),
            await box.Ask(box.Target, "Sec-WebSocket-Protocol: ocpp1.5"),
        ];

        var only = Assert.Single(answers.Distinct());
        Assert.Equal(401, only.Status);
        Assert.StartsWith("Basic", only.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.False(await box.IsOnline());
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_right_key_opens_as_bytes_and_as_hex_digits(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        var hex = Convert.ToHexString(Encoding.UTF8.GetBytes(box.Password!));
        string[] doors =
        [
            RawSocket.Basic(box.Endpoint, box.Password!), RawSocket.Basic(box.Endpoint, hex),
            RawSocket.Basic(box.Endpoint, hex.ToLowerInvariant()),
            RawSocket.Basic(box.Endpoint, box.Password!).Replace("Basic", "basic"),
        ];

        foreach (var door in doors)
        {
            var answer = await box.Ask(box.Target, door);
            Assert.Equal((101, "ocpp1.6"), (answer.Status, answer.Header("Sec-WebSocket-Protocol")));
            await box.Becomes(online: false);
        }
    }

    [Theory]
    [InlineData("/ocpp/", 404)]
    [InlineData("/ocpp//", 404)]
    [InlineData("/", 404)]
    [InlineData("/ocpp/1234567890123456789012345678901234567890123456789", 404)]
    [InlineData("/ocpp/123456789012345678901234567890123456789012345678", 401)]
    [InlineData("/ocpp/A:B", 404)]
    [InlineData("/ocpp/A%3AB", 404)]
    [InlineData("/ocpp/A%01B", 404)]
    [InlineData("/ocpp/A%0D%0AB", 404)]
    [InlineData("/ocpp/A%7FB", 404)]
    [InlineData("/ocpp/A%C2%85B", 404)]
    [InlineData("/ocpp/A%00B", 400)]
    [InlineData("/ocpp/A/B", 404)]
    [InlineData("/ocpp/A%2FB", 404)]
    [InlineData("/ocpp/A%252FB", 404)]
    [InlineData("/ocpp/A%25", 404)]
    [InlineData("/ocpp/A%", 404)]
    [InlineData("/ocpp/%FF", 404)]
    [InlineData("/ocpp/%C0%AF", 404)]
    [InlineData("/ocpp/%20A", 404)]
    [InlineData("/ocpp/..", 404)]
    [InlineData("/ocpp/.", 404)]
    [InlineData("/ocpp/%2E%2E", 404)]
    [InlineData("/ocpp/../v1.1/me", 401)]
    [InlineData("/ocpp/\u00dc", 400)]
    [InlineData("ocpp/A", 400)]
    public async Task What_can_be_no_identity_names_no_station(string target, int expected)
    {
        var server = await servers.Get(On.Sqlite);

        var answer = await RawSocket.Ask(server.Url, target, RawSocket.Basic("A", "0123456789abcdef"));

        Assert.Equal(expected, answer.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("A:B")]
    [InlineData("A/B")]
    [InlineData("A%20B")]
    [InlineData(" A")]
    [InlineData("A\\u0007B")]
    [InlineData("1234567890123456789012345678901234567890123456789")]
    public async Task No_station_gets_an_endpoint_that_can_be_no_identity(string endpoint)
    {
        using var api = await servers.Tenant(On.Sqlite);

        var refused = await api.Post("/chargestations", $$"""{"name":"Box","endpoint":"{{endpoint}}"}""");

        Assert.Equal("endpoint", Assert.Single(refused.MustBe(422).Fields));
    }

    [Theory]
    [InlineData("RDAM|1 2#\u00e9", "/ocpp/RDAM%7C1%202%23%C3%A9")]
    [InlineData("A B", "/ocpp/%41%20%42")]
    [InlineData("A+B", "/ocpp/A+B")]
    [InlineData("A", "/ocpp/A/")]
    [InlineData("A", "/A")]
    [InlineData("A", "/A/?x=1")]
    [InlineData("A", "/ocpp/A?token=1")]
    public async Task A_station_is_found_under_every_spelling_of_its_identity(string identity, string target)
    {
        var own = Guid.NewGuid().ToString("N")[..8];
        using var box = await Box.Make(await servers.Get(On.Sqlite), own + identity, "basic_auth");
        target = target.StartsWith("/ocpp/", StringComparison.Ordinal)
            ? "/ocpp/" + own + target[6..] : "/" + own + target[1..];

        var answer = await box.Ask(target, RawSocket.Basic(box.Endpoint, box.Password!));

        Assert.True(answer.Status == 101, answer.Head + answer.Body);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol", 400, null)]
    [InlineData("Sec-WebSocket-Protocol: ocpp1.5", 400, null)]
    [InlineData("Sec-WebSocket-Protocol: OCPP1.6", 400, null)]
    [InlineData("Sec-WebSocket-Protocol: ocpp9.9, ocpp1.6", 101, "ocpp1.6")]
    [InlineData("Sec-WebSocket-Protocol: ocpp1.5,,ocpp1.6 ,ocpp1.6", 101, "ocpp1.6")]
    [InlineData("Sec-WebSocket-Protocol: ocpp1.5\r\nSec-WebSocket-Protocol: ocpp1.6", 101, "ocpp1.6")]
    public async Task Only_a_version_that_both_speak_is_spoken(string header, int status, string? chosen)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));

        var answer = await box.Ask(box.Target, header);

        Assert.Equal((status, chosen), (answer.Status, answer.Header("Sec-WebSocket-Protocol")));
        if (status == 400) Assert.Contains("ocpp1.6", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pinned_station_may_keep_silent_about_its_version()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite), more: "\"protocol\":\"ocpp1.6\"");

        var answer = await box.Ask(box.Target, "Sec-WebSocket-Protocol");

        Assert.Equal((101, null), (answer.Status, answer.Header("Sec-WebSocket-Protocol")));
    }

    [Fact]
    public async Task A_setting_says_what_silent_stations_speak()
    {
        await using var server = await TestServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { AssumeProtocol = "ocpp1.6" } });
        using var box = await Box.Make(server);

        Assert.Equal(101, (await box.Ask(box.Target, "Sec-WebSocket-Protocol")).Status);
        Assert.Equal(400, (await box.Ask(box.Target, "Sec-WebSocket-Protocol: ocpp1.5")).Status);
    }

    [Theory]
    [InlineData(426, "Upgrade", "Connection")]
    [InlineData(426, "Connection")]
    [InlineData(426, "Upgrade: h2c")]
    [InlineData(403, "Origin: https://example.org")]
    [InlineData(403, "Origin: null")]
    [InlineData(400, "Sec-WebSocket-Version: 8")]
    [InlineData(400, "Sec-WebSocket-Version")]
    [InlineData(400, "Sec-WebSocket-Key")]
    [InlineData(400, "Sec-WebSocket-Key: c2hvcnQ=")]
    public async Task What_is_no_handshake_of_a_station_is_refused(int expected, params string[] headers)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));

        var answer = await box.Ask(box.Target, headers);

        Assert.Equal(expected, answer.Status);
        Assert.False(await box.IsOnline());
    }

    [Fact]
    public async Task Only_a_GET_can_be_a_handshake()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));

        foreach (var verb in new[] { "POST", "PUT", "PATCH" })
        {
            var answer = await box.Ask($"{verb} {box.Target}", "Content-Length: 0");
            Assert.Equal((405, "GET"), (answer.Status, answer.Header("Allow")));
        }
    }

    [Theory]
    [InlineData(9_000, 10, 414)]
    [InlineData(10, 40_000, 431)]
    public async Task What_is_too_long_is_not_read(int path, int header, int expected)
    {
        var server = await servers.Get(On.Sqlite);

        var answer = await RawSocket.Ask(
            server.Url, "/ocpp/" + new string('a', path), "X-Long: " + new string('b', header));

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Compression_is_not_agreed_to()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));

        var answer = await box.Ask(box.Target, "Sec-WebSocket-Extensions: permessage-deflate");

        Assert.Equal((101, null), (answer.Status, answer.Header("Sec-WebSocket-Extensions")));
    }

    [Theory]
    [InlineData("loopback", 101)]
    [InlineData("always", 101)]
    [InlineData("never", 401)]
    public async Task A_station_without_credentials_comes_in_only_where_a_setting_lets_it(string setting, int expected)
    {
        await using var server = await TestServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { AllowInsecure = setting } });
        using var box = await Box.Make(server);

        Assert.Equal(expected, (await box.Ask(box.Target)).Status);
    }

    [Fact]
    public async Task A_full_house_says_when_to_come_again()
    {
        await using var server = await TestServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { MaxConnections = 1 } });
        using var first = await Box.Make(server);
        using var second = await Box.Make(server);
        using var socket = await first.Connect();
        await socket.Call("Heartbeat");

        var answer = await second.Ask(second.Target);

        Assert.Equal(503, answer.Status);
        Assert.NotNull(answer.Header("Retry-After"));
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Tls;

namespace Voltgate.Server.Tests.Security;

/// <summary>The security profile that a station must keep to at least (reliability O07, O08; A1, A14).</summary>
public sealed class ProfileTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O07_ProfileZeroOffByDefault(string provider)
    {
        await using var server = await Outside.Start(provider);
        using var box = await Box.Make(server);

        Assert.Equal(401, (await RawSocket.Ask(Outside.Of(server), box.Target)).Status);
        Assert.Equal("insecure_refused", await CodeOf(box));
        Assert.Contains("profile_0", await Findings(box));

        await Secure(box, """{"type":"none","allow_profile_0":true}""");
        Assert.Equal(101, (await RawSocket.Ask(Outside.Of(server), box.Target)).Status);
        var posture = (await box.Api.Get($"/chargestations/{box.Id}/security_posture")).MustBe(200).Result;
        Assert.Equal(("critical", 0), ((string)posture["severity"]!, (int)posture["profile"]!));
        var all = (await box.Api.Get("/security/posture?type=None")).MustBe(200).Items;
        Assert.Equal(box.Id, (string)Assert.Single(all)!["chargestation"]!);
        Assert.Empty((await box.Api.Get("/security/posture?type=Mtls")).MustBe(200).Items);
    }

    [Theory]
    [InlineData("never", 401)]
    [InlineData("always", 101)]
    public async Task O07_ProfileZeroOffByDefault_unless_a_setting_speaks(string setting, int expected)
    {
        await using var server = await Outside.Start(
            configure: o => o with { Ocpp = o.Ocpp with { AllowInsecure = setting } });
        using var box = await Box.Make(server);
        if (setting == "never") await Secure(box, """{"type":"none","allow_profile_0":true}""");

        Assert.Equal(expected, (await RawSocket.Ask(Outside.Of(server), box.Target)).Status);
    }

    [Fact]
    public async Task O07_A_password_in_plain_text_comes_from_this_machine_or_a_trusted_network_only()
    {
        await using var server = await Outside.Start();
        using var box = await Box.Make(server, security: "basic_auth");
        var header = RawSocket.Basic(box.Endpoint, box.Password!);

        Assert.Equal(401, (await RawSocket.Ask(Outside.Of(server), box.Target, header)).Status);
        Assert.Equal("network_untrusted", await CodeOf(box));
        Assert.Equal(101, (await box.Ask(box.Target, header)).Status);

        await using var trusting = await Outside.Start(configure: o => o with
        {
            Ocpp = o.Ocpp with { TrustedNetworks = ["198.51.100.0/24", Outside.Address + "/32"] },
        });
        using var other = await Box.Make(trusting, security: "basic_auth");
        header = RawSocket.Basic(other.Endpoint, other.Password!);
        Assert.Equal(101, (await RawSocket.Ask(Outside.Of(trusting), other.Target, header)).Status);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O08_ProfileMismatch(string provider)
    {
        await using var yard = await TlsYard.Open(provider);
        using var second = await Box.Make(yard.Server, security: "tls_basic");
        var header = RawSocket.Basic(second.Endpoint, second.Password!);
        Assert.Equal(401, (await RawSocket.Ask(yard.Server.Url, second.Target, header)).Status);
        Assert.Equal("tls_missing", await CodeOf(second));
        Assert.Equal(101, (await RawSocket.Ask(yard.Url, second.Target, header)).Status);

        using var third = await Box.Make(yard.Server, security: "mtls");
        Assert.Null(third.Password);
        Assert.Equal(401, (await RawSocket.Ask(yard.Url, third.Target)).Status);
        Assert.Equal("certificate_missing", await CodeOf(third));
        Assert.Equal(401, (await RawSocket.Ask(yard.Server.Url, third.Target)).Status);
        Assert.Contains("tls_missing", await Codes(third));
        var shown = (await third.Api.Get($"/chargestations/{third.Id}")).MustBe(200);
        Assert.StartsWith("wss://", shown.Text("connection_url"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O08_ProfileMismatch_A_profile_that_was_shown_is_never_lowered_to_plain_text(string provider)
    {
        await using var yard = await TlsYard.Open(provider);
        using var box = await Box.Make(yard.Server, security: "mtls");
        // People's mistake, before it ever came: corrected.
        await Secure(box, """{"type":"basic_auth"}""");
        await Secure(box, """{"type":"mtls"}""");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var papers = yard.Papers.Issue($"CN={box.Endpoint}, O={Papers.Company}", key);
        Assert.Equal(101, await Knock(yard, box, papers));
        await box.Happens("chargestation.offline");

        foreach (var type in new[] { "none", "basic_auth", "tls_basic" })
            Assert.Equal("profile_downgrade", (await Patch(box, $$"""{"type":"{{type}}"}""")).MustBe(409).Code);
        var reset = await box.Api.Patch($"/chargestations/{box.Id}/reset_password", "{}");
        Assert.Equal("profile_downgrade", reset.MustBe(409).Code);

        var lowered = (await Patch(box, """{"type":"tls_basic","allow_downgrade":true}""")).MustBe(200);
        var password = (string)lowered.Result["security"]!["password"]!;
        Assert.Equal(2, (int)lowered.Result["security"]!["profile"]!);
        foreach (var down in new[] { "false", "true" })
            (await Patch(box, $$"""{"type":"basic_auth","allow_downgrade":{{down}}}""")).MustBe(409);
        var header = RawSocket.Basic(box.Endpoint, password);
        Assert.Equal(401, (await RawSocket.Ask(yard.Server.Url, box.Target, header)).Status);
        Assert.Equal(101, (await RawSocket.Ask(yard.Url, box.Target, header)).Status);
        await Box.Until(async () => (await Findings(box)).Contains("profile_fell"), "profile_fell");
    }

    [Fact]
    public async Task O08_ProfileMismatch_A_stronger_profile_is_always_taken_and_the_posture_says_so()
    {
        await using var yard = await TlsYard.Open();
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        using var key = RSA.Create(2048);
        using var papers = yard.Papers.Issue($"CN={box.Endpoint}, O={Papers.Company}", key);

        Assert.Equal(101, await Knock(yard, box, papers));
        await Box.Until(
            async () => (await Findings(box)).Contains("profile_below_ability"), "profile_below_ability");
        Assert.Contains("profile_1", await Findings(box));
        var kept = await Patch(box, """{"type":"tls_basic"}""");
        Assert.Null(kept.MustBe(200).Result["security"]!["password"]); // the one that it has goes on
        Assert.Equal(
            101, (await RawSocket.Ask(yard.Url, box.Target, RawSocket.Basic(box.Endpoint, box.Password!))).Status);
    }

    internal static async Task<int> Knock(TlsYard yard, Box box, X509Certificate2? papers)
    {
        using var socket = await RawSocket.Open(yard.Url, papers);
        return (await socket.Upgrade(box.Target)).Status;
    }

    internal static async Task<IReadOnlyList<string>> Codes(Box box) =>
    [
        .. (await box.Api.Get($"/chargestations/{box.Id}/connection_attempts")).MustBe(200).Items
            .Select(a => (string)a!["code"]!),
    ];

    private static async Task<string> CodeOf(Box box) => Assert.Single(await Codes(box));

    private static async Task<IReadOnlyList<string>> Findings(Box box) =>
    [
        .. (await box.Api.Get($"/chargestations/{box.Id}/security_posture")).MustBe(200).Result["findings"]!.AsArray()
            .Select(f => (string)f!["code"]!),
    ];

    private static Task<ApiAnswer> Patch(Box box, string security) =>
        box.Api.Patch($"/chargestations/{box.Id}", $$"""{"security":{{security}}}""");

    private static async Task Secure(Box box, string security) => (await Patch(box, security)).MustBe(200);
}

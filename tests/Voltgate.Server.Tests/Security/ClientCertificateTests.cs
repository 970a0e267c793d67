using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Server.Stations;
using Voltgate.Server.Tests.Peers;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Tls;

namespace Voltgate.Server.Tests.Security;

/// <summary>Which certificate opens the door (reliability O11; OCPP test cases TC_A_07 and TC_A_08).</summary>
public sealed class ClientCertificateTests
{
    [Theory]
    [InlineData("rsa", "ocpp1.6")]
    [InlineData("ecdsa", "ocpp1.6")]
    [InlineData("serial number", "ocpp1.6")]
    [InlineData("rsa", "ocpp2.0.1")]
    [InlineData("serial number", "ocpp2.1")]
    public async Task O11_ClientCert_A_good_one_opens(string what, string version)
    {
        await using var yard = await TlsYard.Open();
        using var box = await Box.Make(yard.Server, security: "mtls");
        using AsymmetricAlgorithm key = what == "rsa" ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (what == "serial number")
            (await box.Api.Patch(
                $"/chargestations/{box.Id}", """{"security":{"type":"mtls","serial_number":"SN-77"}}""")).MustBe(200);
        var name = what == "serial number" ? "SN-77" : box.Endpoint;
        using var papers = yard.Papers.Issue($"CN={name}, O={Papers.Company}", key);
        using var socket = await RawSocket.Open(yard.Url, papers);

        Assert.Equal(101, (await socket.Upgrade(box.Target, "Sec-WebSocket-Protocol: " + version)).Status);

        Assert.Contains("\"Accepted\"", await socket.Boot(version), StringComparison.Ordinal);
        var listed = (await box.Api.Get($"/client_certificates?chargestation={box.Id}")).MustBe(200).Items;
        Assert.Equal(papers.SerialNumber, (string)Assert.Single(listed)!["serial_number"]!);
    }

    [Theory]
    [InlineData(On.Sqlite, "other authority", "certificate_untrusted")]
    [InlineData(On.Sqlite, "self-signed", "certificate_untrusted")]
    [InlineData(On.Sqlite, "for servers", "certificate_untrusted")]
    [InlineData(On.Sqlite, "expired", "certificate_expired")]
    [InlineData(On.Sqlite, "not yet", "certificate_not_yet_valid")]
    [InlineData(On.Postgres, "other O", "certificate_organization")]
    [InlineData(On.Sqlite, "no O", "certificate_organization")]
    [InlineData(On.Postgres, "other CN", "certificate_name")]
    [InlineData(On.Sqlite, "other case", "certificate_name")]
    [InlineData(On.Sqlite, "two CN", "certificate_name")]
    public async Task O11_ClientCert_Anything_else_is_refused_diagnosed_and_reported(
        string provider, string what, string code)
    {
        await using var yard = await TlsYard.Open(provider);
        using var box = await Box.Make(yard.Server, security: "mtls");
        using var papers = Bad(yard, box, what);

        Assert.Equal(401, await ProfileTests.Knock(yard, box, papers));

        Assert.Equal(code, Assert.Single(await ProfileTests.Codes(box)));
        var attempt = (await box.Api.Get($"/chargestations/{box.Id}/connection_attempts")).Items[0]!;
        Assert.NotEmpty((string)attempt["remedy"]!);
        await box.Happens("chargestation.security_event");
        Assert.False(await box.IsOnline());
        // A flood of the same is told once.
        for (var i = 0; i < 5; i++) Assert.Equal(401, await ProfileTests.Knock(yard, box, papers));
        Assert.Single(await box.Events(), e => e == "chargestation.security_event");
        Assert.Empty((await box.Api.Get("/client_certificates")).MustBe(200).Items);
    }

    [Theory]
    [InlineData(On.Sqlite, false)]
    [InlineData(On.Postgres, false)]
    [InlineData(On.Postgres, true)]
    public async Task O11_ClientCert_A_revoked_one_cuts_the_live_connection_and_opens_no_more(
        string provider, bool inAnotherProcess)
    {
        await using var yard = await TlsYard.Open(provider);
        using var box = await Box.Make(yard.Server, security: "mtls");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var papers = yard.Papers.Issue($"CN={box.Endpoint}, O={Papers.Company}", key);
        using var next = yard.Papers.Issue($"CN={box.Endpoint}, O={Papers.Company}", key);
        using var socket = await RawSocket.Open(yard.Url, papers);
        Assert.Equal(101, (await socket.Upgrade(box.Target)).Status);
        await socket.Call("Heartbeat");
        var id = (string)Assert.Single((await box.Api.Get("/client_certificates")).MustBe(200).Items)!["_id"]!;

        await using var twin = inAnotherProcess ? await yard.Server.Twin() : null;
        using var there = (twin ?? yard.Server).Client(box.Api.Key);
        var began = Stopwatch.GetTimestamp();
        var revoked = (await there.Post($"/client_certificates/{id}/revoke")).MustBe(200);

        Assert.NotNull(revoked.Result["revokedAt"]);
        Assert.Null(await socket.CloseCode());
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 5);
        Assert.Equal(401, await ProfileTests.Knock(yard, box, papers));
        Assert.Contains("certificate_revoked", await ProfileTests.Codes(box));
        await box.Happens("chargestation.security_event");
        var again = await box.Api.Post($"/client_certificates/{id}/revoke");
        Assert.Equal(revoked.Text("revokedAt"), again.MustBe(200).Text("revokedAt"));
        Assert.Equal(101, await ProfileTests.Knock(yard, box, next)); // another certificate is another matter
    }

    /// <summary>By openssl, which can be told not to mind; .NET's client sends no such certificate.</summary>
    [Fact]
    public async Task O11_ClientCert_RSA_1024_is_refused()
    {
        await using var yard = await TlsYard.Open();
        using var box = await Box.Make(yard.Server, security: "mtls");
        using var key = RSA.Create(1024);
        using var papers = yard.Papers.Issue($"CN={box.Endpoint}, O={Papers.Company}", key);
        yard.Papers.Write("weak.pem", papers.ExportCertificatePem() + "\n" + Papers.KeyPem(key));
        var lines = string.Join(
            "\\r\\n", $"GET {box.Target} HTTP/1.1", "Host: localhost", "Connection: Upgrade", "Upgrade: websocket",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "", "");

        var (_, said) = await Script.Say(
            yard.Papers.Path(""), "bash",
            [
                "-c", $"(printf '{lines}'; sleep 1) | openssl s_client -connect {yard.Url.Authority} -tls1_2 "
                    + "-quiet -no_ign_eof -cipher DEFAULT@SECLEVEL=0 -cert weak.pem -key weak.pem",
            ]);

        Assert.Contains("HTTP/1.1 401", said, StringComparison.Ordinal);
        Assert.Equal("certificate_weak", Assert.Single(await ProfileTests.Codes(box)));
    }

    /// <summary>No handshake of TLS signs with a curve that small; a request for a certificate may.</summary>
    [Theory]
    [InlineData("secp224r1", "a curve of 224 bits")]
    [InlineData("secp256r1", null)]
    [InlineData("secp384r1", null)]
    public void O11_ClientCert_Curves_of_less_than_256_bits_are_weak(string curve, string? weakness)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        Assert.Equal(weakness, ClientCertificates.WeaknessOf(new PublicKey(key)));
    }

    [Fact]
    public async Task O11_ClientCert_Who_trusts_no_authority_lets_nobody_in_by_one()
    {
        await using var yard = await TlsYard.Open(
            configure: o => o with { Tls = o.Tls with { ClientAuthorities = "" } });
        using var box = await Box.Make(yard.Server, security: "mtls");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var papers = yard.Papers.Issue($"CN={box.Endpoint}, O={Papers.Company}", key);

        Assert.Equal(401, await ProfileTests.Knock(yard, box, papers));

        Assert.Equal("certificate_no_authority", Assert.Single(await ProfileTests.Codes(box)));
    }

    private static X509Certificate2 Bad(TlsYard yard, Box box, string what)
    {
        var subject = what switch
        {
            "other O" => $"CN={box.Endpoint}, O={Papers.Company} Holding",
            "no O" => $"CN={box.Endpoint}",
            "other CN" => $"CN={box.Endpoint}x, O={Papers.Company}",
            "other case" => $"CN={box.Endpoint.ToLowerInvariant()}, O={Papers.Company}",
            "two CN" => $"CN={box.Endpoint}, CN=Other, O={Papers.Company}",
            _ => $"CN={box.Endpoint}, O={Papers.Company}",
        };
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = new Papers();
        return what switch
        {
            "self-signed" => new CertificateRequest(subject, key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)),
            "other authority" => stranger.Issue(subject, key),
            "for servers" => yard.Papers.Issue(subject, key, server: true),
            "expired" => yard.Papers.Issue(subject, key, -9, -1),
            "not yet" => yard.Papers.Issue(subject, key, 1, 9),
            _ => yard.Papers.Issue(subject, key),
        };
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Tls;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>Stations that ask for a certificate (reliability O12; OCPP test case TC_074).</summary>
public sealed class SigningTests
{
    private const string Accepted = """{"status":"Accepted"}""";

    private static Task<TlsYard> Open(string provider) => TlsYard.Open(
        provider, o => o with { Ocpp = o.Ocpp with { CertificateAuthority = "development" } });

    [Theory]
    [InlineData(On.Sqlite, "ocpp1.6")]
    [InlineData(On.Postgres, "ocpp1.6")]
    [InlineData(On.Sqlite, "ocpp2.0.1")]
    [InlineData(On.Postgres, "ocpp2.1")]
    public async Task O12_Csr_A_good_one_is_signed_brought_and_opens_the_door(string provider, string version)
    {
        await using var yard = await Open(provider);
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = Csr($"CN={box.Endpoint}, O={Papers.Company}", key);
        await using var station = await Asked(box, version);

        var chain = await Obtain(station, csr);
        // The same request again: the same certificate, not another one.
        Assert.Equal(chain, await Obtain(station, csr));

        var listed = (await box.Api.Get("/client_certificates")).MustBe(200).Items;
        Assert.Equal("issued", (string)Assert.Single(listed)!["origin"]!);
        (await box.Api.Patch($"/chargestations/{box.Id}", """{"security":{"type":"mtls"}}""")).MustBe(200);
        await station.DisposeAsync();
        await box.Becomes(online: false);
        using var made = X509Certificate2.CreateFromPem(chain);
        using var papers = made.CopyWithPrivateKey(key);
        Assert.Equal(101, await ProfileTests.Knock(yard, box, papers));
        await yard.Server.Restart(); // the authority is the same afterwards
        Assert.Equal(101, await ProfileTests.Knock(yard, box, papers));
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    public async Task O12_Csr_What_a_station_refuses_of_it_is_not_brought_again(string version)
    {
        await using var yard = await Open(On.Sqlite);
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var station = await Asked(box, version);

        Assert.Equal(
            "Accepted", (string)(await Sign(station, Csr($"CN={box.Endpoint}, O={Papers.Company}", key)))["status"]!);
        var call = await station.Expect();
        Assert.Equal("CertificateSigned", (string)call[2]!);
        await station.Answer(call, """{"status":"Rejected"}""");

        await box.Happens("chargestation.certificate_signed.rejected");
        await Box.Until(
            async () => await box.Count("select count(*) from signing_requests where status = 'failed'") == 1,
            "the request, done with");
        Assert.Equal("Accepted", (string)(await station.Boot("Test", "One"))["status"]!);
    }

    [Fact]
    public async Task O12_Csr_A_certificate_for_something_else_is_not_taken_for_the_station_s_own()
    {
        await using var yard = await Open(On.Sqlite);
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = JsonSerializer.Serialize(Csr($"CN={box.Endpoint}, O={Papers.Company}", key));
        await using var station = await ScriptedStation.Connect(
            yard.Server.Url, box.Endpoint, box.Password, "ocpp2.0.1");

        var other = await station.Call("SignCertificate", $$"""{"csr":{{csr}},"certificateType":"V2GCertificate"}""");
        Assert.Equal("Rejected", (string)other["status"]!);
        Assert.Empty((await box.Api.Get("/client_certificates")).MustBe(200).Items);
        var own = await station.Call("SignCertificate", $$"""{"csr":{{csr}}}""");
        Assert.Equal("Accepted", (string)own["status"]!);
    }

    [Theory]
    [InlineData("other CN")]
    [InlineData("wildcard")]
    [InlineData("other O")]
    [InlineData("no O")]
    [InlineData("weak")]
    [InlineData("SAN")]
    [InlineData("authority")]
    [InlineData("broken signature")]
    [InlineData("no request")]
    public async Task O12_Csr_Anything_else_is_rejected_and_reported(string what)
    {
        await using var yard = await Open(On.Sqlite);
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        await using var station = await ScriptedStation.Connect(yard.Server.Url, box.Endpoint, box.Password);

        for (var i = 0; i < 3; i++)
            Assert.Equal("Rejected", (string)(await Sign(station, Bad(box, what)))["status"]!);

        Assert.Single(await box.Events(), e => e == "chargestation.security_event");
        Assert.Empty((await box.Api.Get("/client_certificates")).MustBe(200).Items);
    }

    [Fact]
    public async Task O12_Csr_One_of_100_kB_is_not_read()
    {
        await using var yard = await Open(On.Sqlite);
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        await using var station = await ScriptedStation.Connect(yard.Server.Url, box.Endpoint, box.Password);
        await station.Call("BootNotification", """{"chargePointVendor":"Test","chargePointModel":"One"}""");

        var answer = await station.Ask(
            "SignCertificate", new JsonObject { ["csr"] = new string('A', 100_000) }.ToJsonString());

        Assert.Equal(4, (int)answer[0]!);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O12_Csr_What_was_accepted_is_brought_after_a_break(string provider)
    {
        await using var yard = await Open(provider);
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        using var key = RSA.Create(2048);
        var csr = Csr($"CN={box.Endpoint}, O={Papers.Company}", key);
        await using (var station = await ScriptedStation.Connect(yard.Server.Url, box.Endpoint, box.Password))
        {
            Assert.Equal("Accepted", (string)(await Sign(station, csr))["status"]!);
            await station.Cut();
        }

        await yard.Server.Restart();
        await using var back = await ScriptedStation.Connect(yard.Server.Url, box.Endpoint, box.Password);

        var call = await back.Expect(TimeSpan.FromSeconds(30));
        Assert.Equal("CertificateSigned", (string)call[2]!);
        await back.Answer(call, Accepted);
    }

    [Fact]
    public async Task O12_Csr_Without_an_authority_nothing_is_signed()
    {
        await using var yard = await TlsYard.Open();
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var station = await ScriptedStation.Connect(yard.Server.Url, box.Endpoint, box.Password);

        var answer = await Sign(station, Csr($"CN={box.Endpoint}, O={Papers.Company}", key));

        Assert.Equal("Rejected", (string)answer["status"]!);
    }

    [Fact]
    public async Task O12_Csr_A_program_of_yours_signs_and_its_key_stays_there()
    {
        using var ca = new Papers();
        using var root = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = new CertificateRequest("CN=Outside, O=" + Papers.Company, root, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(9));
        var pem = ca.Write("ca.pem", authority.ExportCertificatePem());
        var pemKey = ca.Write("ca.key", Papers.KeyPem(root));
        var program = ca.Write("sign", $"#!/bin/sh\nexec openssl x509 -req -days 2 -CA {pem} -CAkey {pemKey}\n");
        Papers.Mode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var yard = await TlsYard.Open(
            configure: o => o with { Ocpp = o.Ocpp with { CertificateAuthority = program } });
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var station = await ScriptedStation.Connect(yard.Server.Url, box.Endpoint, box.Password);

        var chain = await Obtain(station, Csr($"CN={box.Endpoint}, O={Papers.Company}", key));

        using var made = X509Certificate2.CreateFromPem(chain);
        Assert.Equal(authority.Subject, made.Issuer);
    }

    /// <summary>A station that has been asked to ask for a certificate, and will.</summary>
    private static async Task<ScriptedStation> Asked(Box box, string version)
    {
        var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint, box.Password, version);
        await station.Boot("Test", "One");
        (await box.Api.Post(
            $"/chargestations/{box.Id}/trigger", """{"message":"SignChargePointCertificate"}""")).MustBe(200);
        var call = await station.Expect();
        Assert.Equal(
            version == "ocpp1.6"
                ? ("ExtendedTriggerMessage", "SignChargePointCertificate")
                : ("TriggerMessage", "SignChargingStationCertificate"),
            ((string)call[2]!, (string)call[3]!["requestedMessage"]!));
        await station.Answer(call, Accepted);
        return station;
    }

    /// <summary>Asks, and takes what comes; the chain.</summary>
    private static async Task<string> Obtain(ScriptedStation station, string csr)
    {
        Assert.Equal("Accepted", (string)(await Sign(station, csr))["status"]!);
        var call = await station.Expect();
        Assert.Equal("CertificateSigned", (string)call[2]!);
        await station.Answer(call, Accepted);
        return (string)call[3]!["certificateChain"]!;
    }

    private static Task<JsonObject> Sign(ScriptedStation station, string csr) =>
        station.Call("SignCertificate", $$"""{"csr":{{JsonSerializer.Serialize(csr)}}}""");

    private static string Csr(string subject, AsymmetricAlgorithm key, X509Extension? extension = null)
    {
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        if (extension is not null) request.CertificateExtensions.Add(extension);
        return request.CreateSigningRequestPem();
    }

    private static string Bad(Box box, string what)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var weak = RSA.Create(1024);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("csms.example.org");
        var good = $"CN={box.Endpoint}, O={Papers.Company}";
        var csr = what switch
        {
            "other CN" => Csr($"CN={box.Endpoint}x, O={Papers.Company}", key),
            "wildcard" => Csr($"CN=*, O={Papers.Company}", key),
            "other O" => Csr($"CN={box.Endpoint}, O=Other", key),
            "no O" => Csr($"CN={box.Endpoint}", key),
            "weak" => Csr(good, weak),
            "SAN" => Csr(good, key, names.Build()),
            "authority" => Csr(good, key, new X509BasicConstraintsExtension(true, false, 0, true)),
            _ => Csr(good, key),
        };
        if (what == "no request") return "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----";
        if (what != "broken signature") return csr;
        var bytes = Convert.FromBase64String(string.Concat(csr.Split('\n')[1..^1]).Trim());
        bytes[^1] ^= 1;
        return PemEncoding.WriteString("CERTIFICATE REQUEST", bytes);
    }
}

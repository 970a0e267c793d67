using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Peers;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Tls;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>
/// Plug &amp; Charge: what stations ask for vehicles and for themselves goes to the provider of contracts, and what
/// that says comes back (2.0.1 A02, C07, M01, M02, M06).
/// </summary>
public sealed class ContractTests
{
    private const string Wish =
        """{"iso15118SchemaVersion":"urn:iso:15118:2:2013:MsgDef","action":"Install","exiRequest":"gJgC"}""";

    private const string Named =
        """
        {"hashAlgorithm":"SHA256","issuerNameHash":"0A","issuerKeyHash":"0B","serialNumber":"0C",
         "responderURL":"http://ocsp.example.org"}
        """;

    [Theory]
    [InlineData(On.Sqlite, "Install")]
    [InlineData(On.Postgres, "Install")]
    [InlineData(On.Sqlite, "Update")]
    public async Task A_vehicle_gets_its_certificates_from_the_provider(string provider, string action)
    {
        await using var house = await ContractHouse.Open();
        await using var server = await Start(house.Url.ToString(), provider);
        using var box = await Box.Make(server);
        await using var station = await Dial(box, "ocpp2.1");
        house.Says = _ => (200, """{"exi":"AAECAw==","remaining":1}""");

        var answer = await station.Call(
            "Get15118EVCertificate",
            Wish[..^1].Replace("Install", action, StringComparison.Ordinal) + ",\"prioritizedEMAIDs\":[\"DE8AA1\"]}");

        Assert.Equal(
            """{"status":"Accepted","exiResponse":"AAECAw==","remainingContracts":1}""", answer.ToJsonString());
        var (path, token, body) = Assert.Single(house.Asked);
        Assert.Equal(("/vehicle-certificates", "Bearer s3cret"), (path, token));
        Assert.Equal(
            $$"""{"schema":"urn:iso:15118:2:2013:MsgDef","action":"{{action.ToLowerInvariant()}}","""
                + $$"""
                "exi":"gJgC","most":null,"preferred":["DE8AA1"],"chargestation":"{{box.Id}}"}
                """,
            body.ToJsonString());
        // What the station asked is kept, and told.
        await box.Happens("chargestation.message");
        var frames = (await box.Api.Get($"/chargestations/{box.Id}/messages?action=Get15118EVCertificate")).Items;
        Assert.Equal("AAECAw==", (string)Assert.Single(frames)!["answer"]!["exiResponse"]!);
    }

    [Fact]
    public async Task A_certificate_s_standing_is_the_provider_s_word()
    {
        await using var house = await ContractHouse.Open();
        await using var server = await Start(house.Url.ToString());
        using var box = await Box.Make(server);
        await using var station = await Dial(box);
        house.Says = _ => (200, """{"ocsp":"MAoB"}""");

        var answer = await station.Call("GetCertificateStatus", $$"""{"ocspRequestData":{{Named}}}""");

        Assert.Equal("""{"status":"Accepted","ocspResult":"MAoB"}""", answer.ToJsonString());
        Assert.Equal("/certificate-status", Assert.Single(house.Asked).Path);
        Assert.Equal("http://ocsp.example.org", (string)house.Asked.Single().Body["responder_url"]!);
    }

    [Theory]
    [InlineData("Accepted", "Accepted")]
    [InlineData("CertificateRevoked", "Invalid")]
    [InlineData("ContractCancelled", "Invalid")]
    public async Task A_contract_charges_where_the_provider_and_its_token_allow_it(string verdict, string status)
    {
        await using var house = await ContractHouse.Open();
        await using var server = await Start(house.Url.ToString());
        using var box = await Box.Make(server);
        (await box.Api.Post("/tokens", """{"physicalId":"DE8AAC12345678","type":"eMAID"}""")).MustBe(201);
        await using var station = await Dial(box);
        house.Says = _ => (200, $$"""{"verdict":"{{verdict}}"}""");

        var answer = await Authorize(station, "DE8AAC12345678", $"\"iso15118CertificateHashData\":[{Named}]");

        Assert.Equal((verdict, status), Said(answer));
        Assert.Equal("DE8AAC12345678", (string)Assert.Single(house.Asked).Body["emaid"]!);
        // Who has a good contract and is unknown here is let in no more than any other.
        var stranger = await Authorize(station, "DE8AAC99999999", $"\"iso15118CertificateHashData\":[{Named}]");
        Assert.Equal((verdict, "Invalid"), Said(stranger));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(500, "{}")]
    [InlineData(401, "{}")]
    [InlineData(302, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"verdict":"Great","exi":7,"ocsp":"not Base64!"}""")]
    [InlineData(200, "long")]
    [InlineData(200, "endless")]
    public async Task A_provider_that_fails_lets_nobody_in_and_holds_nobody_up(int? status, string? text)
    {
        await using var house = await ContractHouse.Open();
        await using var server = await Start(house.Url.ToString());
        using var box = await Box.Make(server);
        (await box.Api.Post("/tokens", """{"physicalId":"DE8AAC12345678","type":"eMAID"}""")).MustBe(201);
        await using var station = await Dial(box);
        house.Says = _ => status is not { } s ? null : (s, text switch
        {
            "long" => $$"""{"exi":"{{new string('A', 8_000)}}","ocsp":"{{new string('A', 6_000)}}"}""",
            "endless" => new string(' ', 1_000_000),
            _ => text!,
        });

        var contract = await Authorize(station, "DE8AAC12345678", $"\"iso15118CertificateHashData\":[{Named}]");
        var wish = await station.Call("Get15118EVCertificate", Wish);
        var standing = await station.Call("GetCertificateStatus", $$"""{"ocspRequestData":{{Named}}}""");

        Assert.Equal(("NoCertificateAvailable", "Invalid"), Said(contract));
        Assert.Equal("""{"status":"Failed","exiResponse":""}""", wish.ToJsonString());
        Assert.Equal("""{"status":"Failed"}""", standing.ToJsonString());
        await station.Call("Heartbeat", "{}");
    }

    [Fact]
    public async Task Without_a_provider_a_contract_lets_nobody_in_and_a_card_does()
    {
        await using var server = await Start("");
        using var box = await Box.Make(server);
        (await box.Api.Post("/tokens", """{"physicalId":"DE8AAC12345678","type":"eMAID"}""")).MustBe(201);
        await using var station = await Dial(box);

        var contract = await Authorize(station, "DE8AAC12345678", $"\"iso15118CertificateHashData\":[{Named}]");
        var bare = await station.Call(
            "Authorize", """{"idToken":{"idToken":"DE8AAC12345678","type":"eMAID"}}""");

        Assert.Equal(("NoCertificateAvailable", "Invalid"), Said(contract));
        Assert.Equal("""{"idTokenInfo":{"status":"Accepted"}}""", bare.ToJsonString());
    }

    [Theory]
    [InlineData("good", "Accepted")]
    [InlineData("hyphens", "Accepted")]
    [InlineData("expired", "CertificateExpired")]
    [InlineData("of somebody else", "CertChainError")]
    [InlineData("of another authority", "CertChainError")]
    [InlineData("no certificate", "CertChainError")]
    [InlineData("hash of a known issuer", "Accepted")]
    [InlineData("hash of another issuer", "NoCertificateAvailable")]
    public async Task For_development_contracts_of_named_authorities_are_taken(string what, string verdict)
    {
        using var operators = new Papers();
        using var others = new Papers();
        await using var server = await Start("development", roots: operators.Write("mo.pem", operators.RootPem));
        using var box = await Box.Make(server);
        (await box.Api.Post("/tokens", """{"physicalId":"DE8AAC12345678","type":"eMAID"}""")).MustBe(201);
        await using var station = await Dial(box);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var contract = (what == "of another authority" ? others : operators).Issue(
            what switch
            {
                "of somebody else" => "CN=DE8AAC87654321",
                "hyphens" => "CN=DE-8AA-C12345678",
                _ => "CN=DE8AAC12345678",
            },
            key, fromDays: -20, untilDays: what == "expired" ? -1 : 30);
        var pem = JsonSerializer.Serialize(what == "no certificate" ? "none" : contract.ExportCertificatePem());
        using var issuer = X509Certificate2.CreateFromPem(
            what == "hash of a known issuer" ? operators.RootPem : others.RootPem);
        var shown = what.StartsWith("hash", StringComparison.Ordinal)
            ? $"\"iso15118CertificateHashData\":[{NameOf(contract, issuer)}]"
            : "\"certificate\":" + pem;

        var answer = await Authorize(station, "DE8AAC12345678", shown);

        Assert.Equal((verdict, verdict == "Accepted" ? "Accepted" : "Invalid"), Said(answer));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task For_development_a_station_gets_what_it_shows_to_vehicles_and_openssl_believes_its_standing(
        string provider)
    {
        using var folder = new Papers();
        await using var server = await Start("development", provider);
        using var box = await Box.Make(server);
        await using var station = await Dial(box, "ocpp2.1");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=DE*8AA*E1", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

        var asked = await station.Call("SignCertificate", $$"""
            {"csr":{{JsonSerializer.Serialize(csr)}},"certificateType":"V2GCertificate","requestId":7}
            """);
        Assert.Equal("Accepted", (string)asked["status"]!);
        var call = await station.Expect();
        Assert.Equal("CertificateSigned", (string)call[2]!);
        Assert.Equal(("V2GCertificate", 7), ((string)call[3]!["certificateType"]!, (int)call[3]!["requestId"]!));
        await station.Answer(call, """{"status":"Accepted"}""");
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem((string)call[3]!["certificateChain"]!);
        Assert.Equal(2, chain.Count);
        // It opens no door here, so it is not among those that do.
        Assert.Empty((await box.Api.Get("/client_certificates")).MustBe(200).Items);

        await server.Restart(); // the authority is the same afterwards
        await using var back = await Dial(box);
        Assert.Equal("good", await Standing(back, NameOf(chain[0], chain[1])));
        Assert.Equal("unknown", await Standing(back, NameOf(chain[1], chain[1])));

        async Task<string> Standing(ScriptedStation speaker, string name)
        {
            var told = await speaker.Call("GetCertificateStatus", $$"""{"ocspRequestData":{{name}}}""");
            await File.WriteAllBytesAsync(folder.Path("ocsp"), Convert.FromBase64String((string)told["ocspResult"]!));
            var root = folder.Write("root.pem", chain[1].ExportCertificatePem());
            var (exit, said) = await Script.Say(
                folder.Path(""), "openssl",
                [
                    "ocsp", "-respin", folder.Path("ocsp"), "-issuer", root, "-CAfile", root, "-sha256",
                    "-serial", "0x" + (string)JsonNode.Parse(name)!["serialNumber"]!, "-no_nonce",
                ]);
            Assert.True(exit == 0, said);
            Assert.Contains("Response verify OK", said, StringComparison.Ordinal);
            return said.Contains(": good", StringComparison.Ordinal) ? "good"
                : said.Contains(": unknown", StringComparison.Ordinal) ? "unknown" : said;
        }
    }

    private static Task<TestServer> Start(string url, string provider = On.Sqlite, string roots = "") =>
        TestServer.Start(provider, o => o with
        {
            Contracts = new ContractsSection { Provider = url, Token = "s3cret", TimeoutSeconds = 1, Roots = roots },
        });

    private static async Task<ScriptedStation> Dial(Box box, string version = "ocpp2.0.1")
    {
        var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint, subprotocol: version);
        await station.Boot("Test", "One");
        return station;
    }

    private static Task<JsonObject> Authorize(ScriptedStation station, string emaid, string shown) => station.Call(
        "Authorize", $$$"""{"idToken":{"idToken":"{{{emaid}}}","type":"eMAID"},{{{shown}}}}""");

    private static (string? Contract, string Status) Said(JsonObject answer) =>
        ((string?)answer["certificateStatus"], (string)answer["idTokenInfo"]!["status"]!);

    private static string NameOf(X509Certificate2 certificate, X509Certificate2 issuer) => new JsonObject
    {
        ["hashAlgorithm"] = "SHA256",
        ["issuerNameHash"] = Convert.ToHexStringLower(SHA256.HashData(issuer.SubjectName.RawData)),
        ["issuerKeyHash"] = Convert.ToHexStringLower(SHA256.HashData(issuer.PublicKey.EncodedKeyValue.RawData)),
        ["serialNumber"] = certificate.SerialNumber,
        ["responderURL"] = "http://ocsp.example.org",
    }.ToJsonString();
}

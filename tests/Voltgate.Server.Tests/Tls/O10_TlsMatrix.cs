using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Tls;

/// <summary>Which TLS is spoken (reliability O10; OCPP test cases TC_A_04 and TC_A_06).</summary>
public sealed class O10_TlsMatrix
{
    [Theory]
    [InlineData("ECDHE-ECDSA-AES128-GCM-SHA256", "ecdsa")]
    [InlineData("ECDHE-ECDSA-AES256-GCM-SHA384", "ecdsa")]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", "rsa")]
    [InlineData("ECDHE-RSA-AES256-GCM-SHA384", "rsa")]
    [InlineData("AES128-GCM-SHA256", "rsa")]
    [InlineData("AES256-GCM-SHA384", "rsa")]
    public async Task Each_suite_of_the_whitepaper_finds_its_certificate(string suite, string kind)
    {
        await using var yard = await TlsYard.Open();

        var (exit, said) = await yard.Openssl("-tls1_2", "-cipher", suite, "-verify_return_error");

        Assert.True(exit == 0, said);
        Assert.Contains($"Cipher is {suite}", said, StringComparison.Ordinal);
        Assert.Contains("Verify return code: 0 (ok)", said, StringComparison.Ordinal);
        Assert.Contains("Compression: NONE", said, StringComparison.Ordinal);
        Assert.Contains(
            kind == "rsa" ? "Server public key is 2048 bit" : "Server public key is 256 bit", said,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256", "256 bit")]
    [InlineData("rsa_pss_rsae_sha256", "2048 bit")]
    [InlineData("ecdsa_secp384r1_sha384:rsa_pss_rsae_sha256", "2048 bit")]
    public async Task TLS_1_3_takes_the_certificate_that_the_client_can_check(string signatures, string key)
    {
        await using var yard = await TlsYard.Open();

        var (exit, said) = await yard.Openssl("-tls1_3", "-sigalgs", signatures, "-verify_return_error");

        Assert.True(exit == 0, said);
        Assert.Contains("TLSv1.3", said, StringComparison.Ordinal);
        Assert.Contains("Server public key is " + key, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tls_too_old", "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0")]
    [InlineData("tls_too_old", "-tls1", "-cipher", "DEFAULT@SECLEVEL=0")]
    [InlineData("tls_no_suite", "-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA256")]
    [InlineData("tls_no_suite", "-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA")]
    [InlineData("tls_no_suite", "-tls1_2", "-cipher", "AES128-SHA:AES256-SHA256")]
    [InlineData("tls_no_suite", "-tls1_2", "-cipher", "NULL-SHA256:@SECLEVEL=0")]
    [InlineData("tls_broken_off", "-tls1_2", "-CAfile", "rsa.pem", "-verify_return_error")]
    [InlineData("tls_broken_off", "-tls1_3", "-CAfile", "rsa.pem", "-verify_return_error")]
    public async Task Anything_less_is_refused_and_the_doctor_knows_why(string code, params string[] switches)
    {
        await using var yard = await TlsYard.Open();

        var (exit, said) = await yard.Openssl(switches);

        Assert.True(exit == 1, said);
        await Box.Until(async () => (await yard.Attempts(code)).Count == 1, code);
        Assert.Equal("127.0.0.1", (string?)Assert.Single(await yard.Attempts(code))["source"]);
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    public async Task A_station_comes_in_by_TLS(string version)
    {
        await using var yard = await TlsYard.Open();
        using var box = await Box.Make(yard.Server, security: "tls_basic");
        using var socket = await RawSocket.Open(yard.Url);

        var answer = await socket.Upgrade(
            box.Target, RawSocket.Basic(box.Endpoint, box.Password!), "Sec-WebSocket-Protocol: " + version);

        Assert.Equal((101, version), (answer.Status, answer.Header("Sec-WebSocket-Protocol")));
        Assert.Contains("\"Accepted\"", await socket.Boot(version), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_text_at_the_TLS_port_is_told_so()
    {
        await using var yard = await TlsYard.Open();
        using var socket = await RawSocket.Open(new Uri("http://" + yard.Url.Authority));

        var answer = await socket.Upgrade("/ocpp/A");

        Assert.Equal(400, answer.Status);
        Assert.Contains("wss://", answer.Body, StringComparison.Ordinal);
        await Box.Until(async () => (await yard.Attempts("tls_expected")).Count == 1, "tls_expected");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0016")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001")]
    public async Task Who_never_ends_the_handshake_is_cut(string bytes)
    {
        await using var yard = await TlsYard.Open();
        using var socket = await RawSocket.Open(new Uri("http://" + yard.Url.Authority));
        await socket.Write(Encoding.Latin1.GetBytes(bytes));

        Assert.Null(await socket.Read());
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_without_a_restart_and_a_broken_one_is_not()
    {
        await using var yard = await TlsYard.Open();
        var first = await Serial(yard);

        yard.Papers.Write("rsa.pem", "nonsense");
        await Box.Until(async () =>
        {
            Assert.Equal(first, await Serial(yard));
            return yard.Server.Logs.All.Any(l => l.Contains("stays in use", StringComparison.Ordinal));
        }, "the broken file in the log");

        using var key = RSA.Create(2048);
        yard.Papers.Server("rsa", key);
        await Box.Until(async () => await Serial(yard) != first, "the new certificate");
    }

    /// <summary>The serial number of the RSA certificate that is served now.</summary>
    private static async Task<string> Serial(TlsYard yard)
    {
        var (_, said) = await yard.Openssl("-tls1_2", "-cipher", "AES128-GCM-SHA256");
        var pem = said[said.IndexOf("-----BEGIN", StringComparison.Ordinal)..];
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return certificate.SerialNumber;
    }
}

using System.Security.Cryptography;
using Voltgate.Server.Hosting;

namespace Voltgate.Server.Tests.Tls;

/// <summary>What a start says of certificates and keys that cannot be used (reliability §10.5).</summary>
public sealed class CertificateSettingTests : IDisposable
{
    private readonly Papers papers = new();
    private readonly RSA key = RSA.Create(2048);
    private readonly RSA other = RSA.Create(2048);
    private readonly ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        papers.Dispose();
        key.Dispose();
        other.Dispose();
        curve.Dispose();
    }

    [Fact]
    public void Good_ones_are_taken_with_the_key_in_its_own_file_or_with_the_certificate()
    {
        var (certificate, keyFile) = papers.Server("rsa", key);
        var (ofCurve, curveKey) = papers.Server("ecdsa", curve);
        var both = papers.Write("both.pem", File.ReadAllText(ofCurve) + "\n" + curve.ExportECPrivateKeyPem());

        Assert.Empty(Faults(("RsaCertificate", certificate), ("RsaKey", keyFile)));
        Assert.Empty(Faults(("EcdsaCertificate", ofCurve), ("EcdsaKey", curveKey)));
        Assert.Empty(Faults(("EcdsaCertificate", both)));
    }

    [Theory]
    [InlineData("expired", "has expired on")]
    [InlineData("not yet", "is not valid before")]
    [InlineData("no file", "cannot be read")]
    [InlineData("no certificate", "holds no certificate")]
    [InlineData("no PEM inside", "is not what it should be")]
    [InlineData("key of another", "is not that of the certificate")]
    [InlineData("no key", "holds no key")]
    [InlineData("key encrypted", "is encrypted")]
    [InlineData("key open to all", "chmod 600")]
    [InlineData("other kind", "is no RSA certificate")]
    [InlineData("weak", "1024 bits")]
    public async Task A_bad_one_ends_the_start_with_78_and_names_setting_and_reason(string what, string reason)
    {
        var (certificate, keyFile) = Bad(what);
        (string, string)[] settings = [("RsaCertificate", certificate), ("RsaKey", keyFile)];

        Assert.Contains(reason, Assert.Single(Faults(settings)), StringComparison.Ordinal);
        var (code, said) = await BuiltProgram.Run(
            [
                "serve", "--port", "0", "--data", papers.Path("data"), "--set", "Tls:Port=0",
                .. settings.SelectMany(s => new[] { "--set", $"Tls:{s.Item1}={s.Item2}" }),
            ]);
        Assert.Equal(78, code);
        Assert.Matches("voltgate: Tls:Rsa(Certificate|Key) = ", said);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RsaKey", "key.pem", "has no certificate")]
    [InlineData("Host", "everywhere", "must be an IP address")]
    public void A_setting_that_makes_no_sense_is_refused(string name, string value, string reason) =>
        Assert.Contains(reason, Assert.Single(Faults((name, value))), StringComparison.Ordinal);

    [Fact]
    public void TLS_needs_a_port_of_its_own()
    {
        var (certificate, keyFile) = papers.Server("rsa", key);

        var faults = Faults(("RsaCertificate", certificate), ("RsaKey", keyFile), ("Port", "8080"));

        Assert.Contains("is Server:Port already", Assert.Single(faults), StringComparison.Ordinal);
    }

    private (string Certificate, string Key) Bad(string what)
    {
        var (certificate, keyFile) = papers.Server(
            "bad", key, what == "not yet" ? 2 : -9, what == "expired" ? -1 : 30);
        switch (what)
        {
            case "no file":
                return (papers.Path("nowhere.pem"), keyFile);
            case "no certificate":
                return (papers.Write("empty.pem", "nothing\n"), keyFile);
            case "no PEM inside":
                papers.Write("bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
                break;
            case "key of another":
                papers.Write("bad.key", Papers.KeyPem(other));
                break;
            case "no key":
                papers.Write("bad.key", "nothing\n");
                break;
            case "key encrypted":
                papers.Write("bad.key", key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(
                    PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000)));
                break;
            case "key open to all":
                Papers.Mode(keyFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);
                break;
            case "other kind":
                return papers.Server("curve", curve);
            case "weak":
                using (var weak = RSA.Create(1024)) return papers.Server("weak", weak);
        }

        return (certificate, keyFile);
    }

    private static IReadOnlyList<string> Faults(params (string Name, string Value)[] tls)
    {
        var switches = tls.Select(t => KeyValuePair.Create("Tls:" + t.Name, t.Value)).ToList();
        if (tls.All(t => t.Name != "Port")) switches.Add(KeyValuePair.Create("Tls:Port", "0"));
        switches.Add(KeyValuePair.Create("Server:Port", tls.Any(t => t.Name == "Port") ? "8080" : "0"));
        var settings = Settings.Read(null, new Dictionary<string, string>(), switches);
        return [.. settings.Errors, .. Surroundings.Check(settings).Where(e => !e.StartsWith("Server:Port"))];
    }
}

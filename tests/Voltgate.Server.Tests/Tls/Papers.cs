using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Tls;

/// <summary>A certificate authority and a folder for its files; both are gone afterwards.</summary>
internal sealed class Papers : IDisposable
{
    public const string Company = "Amp Oil";

    private readonly string folder = Directory.CreateTempSubdirectory("voltgate-papers-").FullName;
    private readonly X509Certificate2 root = Root();

    public string RootPem => root.ExportCertificatePem();

    public void Dispose()
    {
        root.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    public string Path(string name) => System.IO.Path.Combine(folder, name);

    /// <summary>Writes a file that only its owner can read.</summary>
    public string Write(string name, string text)
    {
        var path = Path(name);
        File.WriteAllText(path, text);
        Mode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    public static void Mode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    /// <summary>A certificate of the authority, with its key.</summary>
    /// <param name="fromDays">From when it is good, in days from now.</param>
    public X509Certificate2 Issue(
        string subject, AsymmetricAlgorithm key, int fromDays = -1, int untilDays = 30, bool server = false)
    {
        var request = Request(subject, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        if (server) request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var bare = request.Create(
            root.SubjectName, X509SignatureGenerator.CreateForRSA(root.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1),
            now.AddDays(fromDays), now.AddDays(untilDays), RandomNumberGenerator.GetBytes(12));
        return key is RSA rsa ? bare.CopyWithPrivateKey(rsa) : bare.CopyWithPrivateKey((ECDsa)key);
    }

    /// <summary>Writes a server's certificate and its key as two files; their paths.</summary>
    public (string Certificate, string Key) Server(
        string name, AsymmetricAlgorithm key, int fromDays = -1, int untilDays = 30)
    {
        using var issued = Issue("CN=localhost, O=Voltgate", key, fromDays, untilDays, server: true);
        return (Write(name + ".pem", issued.ExportCertificatePem()), Write(name + ".key", KeyPem(key)));
    }

    /// <summary>A certificate of the station is on record, as if it had come by it; its id.</summary>
    public static async Task<string> Note(TestServer server, string station)
    {
        using var papers = new Papers();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = papers.Issue("CN=Any, O=" + Company, key);
        var actor = await server.Services.GetRequiredService<LocalStations>().Of(station);
        await server.Services.GetRequiredService<CertificateBook>().Note(actor!.Station, certificate);
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        return (await connection.QueryAsync<string>(
            "select id from station_certificates where chargestation = @station", new { station })).Last();
    }

    public static string KeyPem(AsymmetricAlgorithm key) => key.ExportPkcs8PrivateKeyPem();

    private static CertificateRequest Request(string subject, AsymmetricAlgorithm key) => key is RSA rsa
        ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);

    private static X509Certificate2 Root()
    {
        using var key = RSA.Create(2048);
        var request = Request("CN=Test Root, O=" + Company, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1));
    }
}

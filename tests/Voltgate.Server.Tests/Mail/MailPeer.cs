using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Mail;

/// <summary>A mail as the peer took it.</summary>
internal sealed record TakenMail(string From, string To, bool IsSecure, string? User, string Hello, string Raw)
{
    public string[] HeaderLines => Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");

    public string Header(string name) =>
        HeaderLines.Single(l => l.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

    /// <summary>The text, as a reader decodes quoted-printable.</summary>
    public string Text
    {
        get
        {
            var body = Raw[(Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("=\r\n", "");
            var bytes = new List<byte>();
            for (var i = 0; i < body.Length; i++)
            {
                if (body[i] != '=') bytes.Add((byte)body[i]);
                else bytes.Add(Convert.ToByte(body.Substring((i += 2) - 1, 2), 16));
            }

            return Encoding.UTF8.GetString([.. bytes]).Replace("\r\n", "\n");
        }
    }
}

/// <summary>A mail server that nobody here wrote (tests/peers/mail.js), in a process of its own.</summary>
internal sealed class MailPeer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("voltgate-mail-").FullName;
    private readonly string security;
    private readonly string? auth;
    private readonly Channel<TakenMail> taken = Channel.CreateUnbounded<TakenMail>();
    private Process? process;
    private Task reading = Task.CompletedTask;

    private MailPeer(string security, string? auth) => (this.security, this.auth) = (security, auth);

    public int Port { get; private set; }

    /// <summary>Settings that reach it.</summary>
    public MailSection Settings => new()
    {
        Host = "localhost", Port = Port, Security = security, User = auth is null ? "" : "voltgate",
        Password = auth is null ? "" : "right", From = "Voltgate Nord <voltgate@example.org>",
        CertificateAuthority = security == "none" ? "" : CertificateFile,
    };

    public int Waiting => taken.Reader.Count;

    private string CertificateFile => Path.Combine(folder, "cert.pem");

    public static async Task<MailPeer> Start(string security = "starttls", string? auth = "PLAIN")
    {
        var peer = new MailPeer(security, auth);
        await peer.MakeCertificate();
        await peer.ComeUp();
        return peer;
    }

    public async Task ComeUp()
    {
        var start = new ProcessStartInfo("node", ["mail.js"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true,
            WorkingDirectory = Script.Peers,
        };
        start.Environment["MAIL_PORT"] = Port.ToString();
        start.Environment["MAIL_SECURITY"] = security;
        start.Environment["MAIL_AUTH"] = auth ?? "";
        start.Environment["MAIL_CERT"] = CertificateFile;
        start.Environment["MAIL_KEY"] = Path.Combine(folder, "key.pem");
        process = Process.Start(start)!;
        var first = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The mail server did not start.");
        Port = (int)JsonNode.Parse(first)!["port"]!;
        reading = Read(process);
    }

    public async Task GoDown()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
        process = null;
    }

    public async Task<TakenMail> Next()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await taken.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await GoDown();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Read(Process from)
    {
        while (await from.StandardOutput.ReadLineAsync() is { } line)
        {
            var mail = JsonNode.Parse(line)!;
            taken.Writer.TryWrite(new TakenMail(
                (string)mail["from"]!, (string)Assert.Single(mail["to"]!.AsArray())!, (bool)mail["secure"]!,
                (string?)mail["user"], (string)mail["hello"]!, (string)mail["raw"]!));
        }
    }

    private async Task MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        await File.WriteAllTextAsync(CertificateFile, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}

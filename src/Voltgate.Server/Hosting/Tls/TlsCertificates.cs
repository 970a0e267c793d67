using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Voltgate.Server.Hosting;

/// <summary>
/// The server's certificates, at most one RSA and one ECDSA; read again when their files change. A new one that cannot
/// be used leaves the old one in its place.
/// </summary>
internal sealed partial class TlsCertificates
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private sealed record Held(CertificateFile File, ServerCertificate Certificate, string Stamp);

    private readonly TimeProvider clock;
    private readonly ILogger<TlsCertificates> log;
    private readonly Lock gate = new();
    private volatile Held[] held;
    private long lookedAt;

    public TlsCertificates(ServerOptions options, TimeProvider clock, ILogger<TlsCertificates> log)
    {
        (this.clock, this.log, lookedAt) = (clock, log, clock.GetTimestamp());
        held = [.. Files(options.Tls).Select(f => new Held(
            f, Read(f) ?? throw new InvalidDataException($"The {f.Kind} certificate cannot be used."), StampOf(f)))];
    }

    /// <summary>Those that the settings name.</summary>
    public static IEnumerable<CertificateFile> Files(TlsSection tls)
    {
        if (tls.RsaCertificate.Length > 0) yield return new("Rsa", tls.RsaCertificate, tls.RsaKey);
        if (tls.EcdsaCertificate.Length > 0) yield return new("Ecdsa", tls.EcdsaCertificate, tls.EcdsaKey);
    }

    /// <summary>The certificate for a client that offers this: ECDSA if it takes that, for it costs less.</summary>
    public SslStreamCertificateContext For(ClientHello? hello)
    {
        Look();
        var (rsa, ecdsa) = (Of("Rsa"), Of("Ecdsa"));
        if (rsa is null || ecdsa is null) return (rsa ?? ecdsa!).Context;
        using var key = ecdsa.Leaf.GetECDsaPublicKey()!;
        return hello is not null && TlsRules.TakesEcdsa(hello, key) ? ecdsa.Context : rsa.Context;
    }

    public (string Code, string Detail)? Obstacle(ClientHello hello) =>
        TlsRules.Obstacle(hello, Of("Rsa") is not null, Of("Ecdsa") is not null);

    private ServerCertificate? Of(string kind) => held.FirstOrDefault(h => h.File.Kind == kind)?.Certificate;

    private void Look()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref lookedAt)) < Glance) return;
        lock (gate)
        {
            if (clock.GetElapsedTime(lookedAt) < Glance) return;
            Volatile.Write(ref lookedAt, clock.GetTimestamp());
            held = [.. held.Select(Renewed)];
        }
    }

    private Held Renewed(Held before)
    {
        var stamp = StampOf(before.File);
        if (stamp == before.Stamp) return before;
        if (Read(before.File) is not { } read) return before with { Stamp = stamp };
        LogRenewed(before.File.Kind, read.Leaf.NotAfter.ToUniversalTime());
        return before with { Certificate = read, Stamp = stamp };
    }

    private ServerCertificate? Read(CertificateFile file)
    {
        var read = file.Read(clock.GetUtcNow());
        if (read.Fault is { } fault) LogFault(fault);
        return read.Certificate;
    }

    private static string StampOf(CertificateFile file) =>
        string.Join(' ', new[] { file.Certificate, file.KeyFile }.Select(
            f => $"{File.GetLastWriteTimeUtc(f).Ticks} {(File.Exists(f) ? new FileInfo(f).Length : 0)}"));

    [LoggerMessage(LogLevel.Information, "The {Kind} certificate was renewed; it is good until {Until:yyyy-MM-dd}.")]
    private partial void LogRenewed(string kind, DateTime until);

    [LoggerMessage(LogLevel.Error, "{Fault} The certificate that was there before stays in use.")]
    private partial void LogFault(string fault);
}

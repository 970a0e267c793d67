using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Voltgate.Server.Stations;

/// <summary>Who may have signed stations' certificates: roots, and what stands between them and a station.</summary>
internal sealed record Authorities(X509Certificate2Collection Roots, X509Certificate2Collection Between)
{
    public static readonly Authorities None = new([], []);

    public bool AreNone => Roots.Count == 0;

    /// <summary>Those of a PEM file, or the line that says what is wrong with it.</summary>
    public static (Authorities? Read, string? Fault) Read(string file, string setting = "Tls:ClientAuthorities")
    {
        string Fault(string reason) => $"{setting} = \"{file}\": {reason}";
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(file);
            var read = Of(all);
            return read.AreNone ? (null, Fault("holds no root certificate; it must be PEM.")) : (read, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, Fault($"cannot be read ({e.Message})."));
        }
        catch (CryptographicException e)
        {
            return (null, Fault($"is not what it should be ({e.Message})."));
        }
    }

    /// <summary>Why no chain leads from a certificate to one of the roots at that time; null: one does.</summary>
    /// <param name="use">What it must be for (an OID); null: for anything.</param>
    /// <param name="presented">What came with it, and may stand between.</param>
    public string? FaultsOf(
        X509Certificate2 certificate, DateTimeOffset now, string? use = null,
        X509Certificate2Collection? presented = null)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.LocalDateTime,
            VerificationTimeIgnored = false,
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(Roots);
        chain.ChainPolicy.ExtraStore.AddRange(Between);
        if (presented is not null) chain.ChainPolicy.ExtraStore.AddRange(presented);
        if (use is not null) chain.ChainPolicy.ApplicationPolicy.Add(new Oid(use));
        var holds = chain.Build(certificate);
        var faults = chain.ChainStatus.Select(s => s.Status.ToString()).Distinct().Order(StringComparer.Ordinal);
        var words = string.Join(", ", faults);
        foreach (var element in chain.ChainElements) element.Certificate.Dispose();
        return holds ? null : words;
    }

    private static Authorities Of(IEnumerable<X509Certificate2> all)
    {
        var byKind = all.ToLookup(c => c.SubjectName.RawData.AsSpan().SequenceEqual(c.IssuerName.RawData));
        return new Authorities([.. byKind[true]], [.. byKind[false]]);
    }
}

/// <summary>The authorities as the file has them now; a file that became useless leaves the ones before.</summary>
internal sealed partial class AuthorityFile(ServerOptions options, TimeProvider clock, ILogger<AuthorityFile> log)
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly string file = options.Tls.ClientAuthorities;
    private readonly Lock gate = new();
    private Authorities held = Authorities.None;
    private string stamp = "";
    private long? lookedAt;

    /// <summary>The root of this server's own authority; null: it has none.</summary>
    public X509Certificate2? Own { get; set; }

    public Authorities Now()
    {
        var named = Named();
        return Own is { } own ? named with { Roots = [.. named.Roots, own] } : named;
    }

    private Authorities Named()
    {
        if (file.Length == 0) return Authorities.None;
        lock (gate)
        {
            if (lookedAt is { } at && clock.GetElapsedTime(at) < Glance) return held;
            lookedAt = clock.GetTimestamp();
            var now = $"{File.GetLastWriteTimeUtc(file).Ticks} {(File.Exists(file) ? new FileInfo(file).Length : 0)}";
            if (now == stamp) return held;
            stamp = now;
            var (read, fault) = Authorities.Read(file);
            if (fault is not null) LogFault(fault);
            return held = read ?? held;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Fault} The authorities that were there before stay in use.")]
    private partial void LogFault(string fault);
}

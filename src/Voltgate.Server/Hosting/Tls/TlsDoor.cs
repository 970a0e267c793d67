using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Voltgate.Server.Stations;

namespace Voltgate.Server.Hosting;

/// <summary>
/// The port that speaks TLS: one port, two certificates. A handshake that fails is written down for the doctor.
/// </summary>
internal sealed class TlsDoor(TlsCertificates certificates, AttemptBook book, ServerOptions options)
{
    private static readonly byte[] PlainAnswer = Encoding.ASCII.GetBytes(
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 51\r\n\r\n"
        + "This port speaks TLS: begin with https:// or wss://");

    private static readonly object Key = new();

    /// <summary>What is known of a connection before and after its handshake.</summary>
    private sealed class Knock
    {
        public ClientHello? Hello { get; set; }

        public bool IsIn { get; set; }
    }

    public void Open(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1; // stations speak nothing else; no WebSocket over HTTP/2
        listen.Use(next => connection => Watch(connection, next));
        listen.UseHttps(Adapter());
        listen.Use(next => connection =>
        {
            KnockOf(connection).IsIn = true;
            return next(connection);
        });
    }

    private HttpsConnectionAdapterOptions Adapter() => new()
    {
        SslProtocols = TlsRules.Versions,
        HandshakeTimeout = TimeSpan.FromSeconds(options.Tls.HandshakeSeconds),
        // Who presents a certificate is judged by the handshake of OCPP, which can tell why it refuses.
        ClientCertificateMode = ClientCertificateMode.AllowCertificate,
        ClientCertificateValidation = (_, _, _) => true,
        CheckCertificateRevocation = false,
        TlsClientHelloBytesCallback = (connection, bytes) =>
            KnockOf(connection).Hello = ClientHello.Of(bytes.ToArray()),
        ServerCertificateSelector = (connection, _) =>
            certificates.For(connection is null ? null : KnockOf(connection).Hello).TargetCertificate,
        OnAuthenticate = (connection, tls) =>
        {
            tls.ServerCertificateSelectionCallback = null;
            tls.ServerCertificateContext = certificates.For(KnockOf(connection).Hello);
            // Windows decides this for the whole machine.
            if (!OperatingSystem.IsWindows()) tls.CipherSuitesPolicy = new CipherSuitesPolicy(TlsRules.Suites);
            tls.AllowRenegotiation = false;
            tls.CertificateChainPolicy = Offline();
        },
    };

    // A client's certificate must not make this server fetch what stands in it.
    private static X509ChainPolicy Offline() => new()
    {
        DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust, VerificationFlags = X509VerificationFlags.AllFlags,
    };

    private async Task Watch(ConnectionContext connection, ConnectionDelegate next)
    {
        var knock = new Knock();
        connection.Items[Key] = knock;
        switch (await FirstByte(connection))
        {
            case null:
                return;
            case not 22:
                await connection.Transport.Output.WriteAsync(PlainAnswer);
                Note(connection, new Attempt("tls_expected"));
                return;
        }

        await next(connection);
        if (knock.IsIn) return;
        var (code, detail) = (knock.Hello is { } hello ? certificates.Obstacle(hello) : null) ?? ("tls_broken_off", "");
        Note(connection, new Attempt(code, Detail: detail));
    }

    /// <summary>Looks at the first byte without taking it; null: none came in time.</summary>
    private async Task<byte?> FirstByte(ConnectionContext connection)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        patience.CancelAfter(TimeSpan.FromSeconds(options.Tls.HandshakeSeconds));
        try
        {
            var input = connection.Transport.Input;
            var read = await input.ReadAsync(patience.Token);
            var first = read.Buffer.IsEmpty ? default(byte?) : read.Buffer.FirstSpan[0];
            input.AdvanceTo(read.Buffer.Start);
            return first;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private void Note(ConnectionContext connection, Attempt attempt) =>
        book.Note(attempt, connection.RemoteEndPoint is IPEndPoint { Address: var from } ? Source.Of(from) : "");

    private static Knock KnockOf(ConnectionContext connection) => (Knock)connection.Items[Key]!;
}

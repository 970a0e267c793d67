using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Voltgate.Server.Tests.Webhooks;

/// <summary>A receiver below HTTP: what it writes goes out as it is.</summary>
internal sealed class RawReceiver : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();

    public RawReceiver(Func<Stream, CancellationToken, Task> talk)
    {
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook");
        _ = Accept(talk);
    }

    public Uri Url { get; }

    public static async Task WithSelfSignedTls(Stream stream, CancellationToken cancel)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancel);
    }

    public void Dispose()
    {
        over.Cancel();
        listener.Dispose();
        over.Dispose();
    }

    private async Task Accept(Func<Stream, CancellationToken, Task> talk)
    {
        var cancel = over.Token;
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancel);
                try
                {
                    await talk(client.GetStream(), cancel);
                }
                catch (Exception e) when (e is IOException or AuthenticationException)
                {
                    // The sender hung up, which is what these tests are about.
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}

using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Tls;

/// <summary>A server that speaks TLS with an RSA and an ECDSA certificate.</summary>
internal sealed class TlsYard : IAsyncDisposable
{
    private TlsYard(TestServer server, Papers papers) => (Server, Papers) = (server, papers);

    public TestServer Server { get; }

    public Papers Papers { get; }

    /// <summary>Where TLS is spoken: https://127.0.0.1:port</summary>
    public Uri Url => new(Server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
        .Addresses.Single(a => a.StartsWith("https:", StringComparison.Ordinal)));

    public static async Task<TlsYard> Open(
        string provider = On.Sqlite, Func<ServerOptions, ServerOptions>? configure = null, TimeProvider? clock = null)
    {
        var papers = new Papers();
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (rsaFile, rsaKey) = papers.Server("rsa", rsa);
        var (ecdsaFile, ecdsaKey) = papers.Server("ecdsa", curve);
        var tls = new TlsSection
        {
            Port = 0, RsaCertificate = rsaFile, RsaKey = rsaKey, EcdsaCertificate = ecdsaFile, EcdsaKey = ecdsaKey,
            HandshakeSeconds = 1, ClientAuthorities = papers.Write("clients.pem", papers.RootPem),
        };
        var server = await TestServer.Start(
            provider,
            o =>
            {
                var secured = o with { Tls = tls, Ocpp = o.Ocpp with { OperatorName = Papers.Company } };
                return configure?.Invoke(secured) ?? secured;
            },
            clock);
        return new TlsYard(server, papers);
    }

    /// <summary>What openssl's client says of a handshake with these switches; 0: it was one.</summary>
    public async Task<(int? Exit, string Said)> Openssl(params string[] switches) => await Script.Say(
        Papers.Path(""), "openssl",
        ["s_client", "-connect", Url.Authority, "-CAfile", Papers.Write("root.pem", Papers.RootPem), .. switches]);

    /// <summary>The doctor's attempts of a code, as the root organisation sees them.</summary>
    public async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> Attempts(string code)
    {
        using var root = Server.Client();
        return [.. (await root.Get($"/connection_attempts?code={code}")).MustBe(200).Items.Select(a => a!)];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Papers.Dispose();
    }
}

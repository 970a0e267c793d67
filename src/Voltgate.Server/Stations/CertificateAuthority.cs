using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>Makes certificates for stations.</summary>
internal interface ICertificateAuthority
{
    /// <summary>Called before the first request, and before a certificate of its is judged.</summary>
    Task Open(CancellationToken cancel);

    /// <summary>The chain in PEM, the station's certificate first.</summary>
    /// <param name="csr">PEM, checked already.</param>
    /// <exception cref="InvalidOperationException">It could not be made; worth another try later.</exception>
    Task<string> Sign(string csr, CancellationToken cancel);
}

/// <summary>
/// An authority in this process, for development: its key lies in the database, sealed. What it signs says no more than
/// that the station asked in its own name.
/// </summary>
internal sealed class DevelopmentAuthority(
    SigningBook book, Keyring keyring, AuthorityFile trusted, ServerOptions options, TimeProvider clock)
    : ICertificateAuthority
{
    private const string OfClients = "1.3.6.1.5.5.7.3.2";

    private readonly StoredRoot root = new(
        new RootName("development", "Voltgate development authority"), book, keyring, options, clock);

    public async Task Open(CancellationToken cancel)
    {
        await root.Open(cancel);
        trusted.Own = root.Certificate;
    }

    public Task<string> Sign(string csr, CancellationToken cancel)
    {
        var asked = SigningRequest.Read(csr) ?? throw new InvalidOperationException("It is no request.");
        return Task.FromResult(root.Issue(asked, SigningRequest.NameOf(asked.SubjectName)!, OfClients));
    }
}

/// <summary>
/// An authority of yours behind a program: it reads the request on stdin and writes the chain to stdout. Its key never
/// comes into this process.
/// </summary>
internal sealed class CommandAuthority(ServerOptions options) : ICertificateAuthority
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public Task Open(CancellationToken cancel) => Task.CompletedTask;

    public async Task<string> Sign(string csr, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(options.Ocpp.CertificateAuthority)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("It did not start.");
        try
        {
            var (said, complained) = (
                process.StandardOutput.ReadToEndAsync(patience.Token),
                process.StandardError.ReadToEndAsync(patience.Token));
            await process.StandardInput.WriteAsync(csr.AsMemory(), patience.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0
                ? SigningRequest.Checked(csr, await said)
                : throw new InvalidOperationException($"It ended with {process.ExitCode}: {await complained}");
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException("It took longer than 60 seconds.", e);
        }
    }
}

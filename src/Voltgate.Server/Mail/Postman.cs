using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Voltgate.Server.Mail;

/// <summary>What became of one attempt to send a mail.</summary>
internal abstract record MailVerdict
{
    public sealed record Sent : MailVerdict;

    /// <summary>The server does not want it, now or later.</summary>
    public sealed record Refused(string Reason) : MailVerdict;

    public sealed record Failed(string Reason) : MailVerdict;
}

/// <summary>Takes a mail to the server that the settings name, once.</summary>
internal sealed class Postman(ServerOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>What is under way when the server stops may end: what was taken is not to be sent again.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Read when a mail is sent, so that a new file needs no restart.</summary>
    private X509Certificate2Collection? Trusted()
    {
        if (options.Mail.CertificateAuthority is not { Length: > 0 } file) return null;
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPemFile(file);
        return trusted;
    }

    /// <param name="id">Unique; the same for each attempt at the same mail.</param>
    public async Task<MailVerdict> Deliver(Letter letter, string id, CancellationToken stop)
    {
        if (!MailText.IsAddress(letter.To)) return new MailVerdict.Refused("its address is not one of ASCII");
        var from = new MailAddress(options.Mail.From);
        using var patience = new CancellationTokenSource(Patience, clock);
        await using var stopping = stop.UnsafeRegister(
            static p => ((CancellationTokenSource)p!).CancelAfter(Grace), patience);
        try
        {
            await using var conversation = new SmtpConversation(options.Mail, Trusted());
            await conversation.Begin(patience.Token);
            await conversation.Send(
                from.Address, letter.To, MailText.Of(letter, from, id, clock.GetUtcNow()), patience.Token);
            await End(conversation);
            return new MailVerdict.Sent();
        }
        catch (SmtpRefusedException e) when (e.IsFinal)
        {
            return new MailVerdict.Refused(e.Message);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException
            or OperationCanceledException or System.Security.Cryptography.CryptographicException
            or UnauthorizedAccessException)
        {
            return new MailVerdict.Failed(ReasonOf(e));
        }
    }

    /// <summary>The server has the mail already: what goes wrong now changes nothing.</summary>
    private async Task End(SmtpConversation conversation)
    {
        using var patience = new CancellationTokenSource(Farewell, clock);
        await conversation.End(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string ReasonOf(Exception e) => e switch
    {
        SmtpRefusedException or SmtpGarbledException => e.Message,
        OperationCanceledException => "it took too long",
        SocketException { SocketErrorCode: var code } => $"no connection: {code}",
        AuthenticationException => "its certificate is not trusted, or TLS failed",
        IOException { InnerException: SocketException { SocketErrorCode: var code } } =>
            $"the connection broke: {code}",
        _ => e.GetType().Name,
    };
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Voltgate.Server.Mail;

/// <summary>A step of a conversation that a mail server did not go along with.</summary>
/// <param name="isFinal">It does not want this mail, now or later.</param>
internal sealed class SmtpRefusedException(string message, bool isFinal) : IOException(message)
{
    public bool IsFinal => isFinal;
}

/// <summary>One mail, said to a mail server over one connection (RFC 5321, 3207, 4954, 8314).</summary>
internal sealed class SmtpConversation(MailSection options, X509Certificate2Collection? trusted) : IAsyncDisposable
{
    public const string StartTls = "starttls";
    public const string Tls = "tls";
    public const string Plain = "none";

    private readonly TcpClient connection = new();
    private Stream stream = Stream.Null;
    private SmtpLines lines = new(Stream.Null);
    private SmtpReply offers = new(0, []);

    /// <summary>Connects, encrypts as the settings want it, and signs in.</summary>
    public async Task Begin(CancellationToken cancel)
    {
        await connection.ConnectAsync(options.Host, options.Port, cancel);
        Use(connection.GetStream());
        if (options.Security == Tls) await Encrypt(cancel);
        Expect("the connection", await lines.Read(cancel));
        await Greet(cancel);
        if (options.Security == StartTls)
        {
            if (!Offers("STARTTLS")) throw new SmtpRefusedException("it offers no STARTTLS", isFinal: false);
            Expect("STARTTLS", await Say("STARTTLS", cancel));
            // Whatever was said before the handshake anybody may have said: RFC 3207 §4.2.
            if (lines.HasMore) throw new SmtpGarbledException("it spoke before the handshake");
            await Encrypt(cancel);
            await Greet(cancel);
        }

        if (options.User.Length > 0) await SignIn(cancel);
    }

    /// <param name="text">Lines that end with CRLF, none of which begins with a dot.</param>
    public async Task Send(string from, string to, ReadOnlyMemory<byte> text, CancellationToken cancel)
    {
        Expect("MAIL FROM", await Say($"MAIL FROM:<{from}>", cancel));
        Expect("RCPT TO", await Say($"RCPT TO:<{to}>", cancel), isAboutMail: true);
        var ready = await Say("DATA", cancel);
        if (ready.Code != 354) throw Refused("DATA", ready, isAboutMail: true);
        await lines.Write(text, cancel);
        Expect("the mail", await Say(".", cancel), isAboutMail: true);
    }

    /// <summary>Good manners: the mail has been taken, whatever comes of this.</summary>
    public Task End(CancellationToken cancel) => Say("QUIT", cancel);

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        connection.Dispose();
    }

    private async Task Greet(CancellationToken cancel)
    {
        // RFC 5321 §4.1.3: who has no name says its address.
        var own = ((IPEndPoint)connection.Client.LocalEndPoint!).Address;
        if (own.IsIPv4MappedToIPv6) own = own.MapToIPv4();
        var name = own.AddressFamily == AddressFamily.InterNetworkV6
            ? $"[IPv6:{new IPAddress(own.GetAddressBytes())}]"
            : $"[{own}]";
        offers = await Say($"EHLO {name}", cancel);
        Expect("EHLO", offers);
    }

    private async Task Encrypt(CancellationToken cancel)
    {
        var secure = new SslStream(stream);
        Use(secure);
        var how = new SslClientAuthenticationOptions { TargetHost = options.Host };
        if (trusted is not null)
        {
            how.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            how.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        }

        await secure.AuthenticateAsClientAsync(how, cancel);
    }

    private async Task SignIn(CancellationToken cancel)
    {
        if (Offers("AUTH", "PLAIN"))
        {
            Expect("AUTH", await Say("AUTH PLAIN " + Base64($"\0{options.User}\0{options.Password}"), cancel));
            return;
        }

        if (!Offers("AUTH", "LOGIN"))
            throw new SmtpRefusedException("it offers neither AUTH PLAIN nor AUTH LOGIN", isFinal: false);
        foreach (var line in (string[])["AUTH LOGIN", Base64(options.User)])
            if (await Say(line, cancel) is { Code: not 334 } reply) throw Refused("AUTH", reply, isAboutMail: false);
        Expect("AUTH", await Say(Base64(options.Password), cancel));
    }

    private bool Offers(string keyword, string? word = null) => offers.Lines.Skip(1).Any(line =>
        line.Split(' ') is [var first, .. var rest] && first.Equals(keyword, StringComparison.OrdinalIgnoreCase)
        && (word is null || rest.Contains(word, StringComparer.OrdinalIgnoreCase)));

    private async Task<SmtpReply> Say(string line, CancellationToken cancel)
    {
        await lines.Write(line, cancel);
        return await lines.Read(cancel);
    }

    private void Use(Stream next)
    {
        stream = next;
        lines = new SmtpLines(next);
    }

    /// <param name="isAboutMail">A refusal speaks of this mail, and not of who sends it.</param>
    private static void Expect(string step, SmtpReply reply, bool isAboutMail = false)
    {
        if (!reply.IsDone) throw Refused(step, reply, isAboutMail);
    }

    private static SmtpRefusedException Refused(string step, SmtpReply reply, bool isAboutMail) =>
        new($"{step} was answered {reply.Brief}", isAboutMail && reply.IsFinal);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

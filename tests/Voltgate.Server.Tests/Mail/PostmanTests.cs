using System.Net;
using System.Net.Sockets;
using System.Text;
using Voltgate.Server.Mail;

namespace Voltgate.Server.Tests.Mail;

/// <summary>One mail, to a mail server that nobody here wrote.</summary>
public sealed class PostmanTests
{
    private static readonly Letter Sound = new("ops@example.org", "Deliveries: 3", "One\n.\nTwo\n");

    [Theory]
    [InlineData("starttls", "PLAIN")]
    [InlineData("starttls", "LOGIN")]
    [InlineData("tls", "PLAIN")]
    [InlineData("tls", null)]
    [InlineData("none", null)]
    public async Task A_mail_arrives_however_the_server_wants_it(string security, string? auth)
    {
        await using var peer = await MailPeer.Start(security, auth);

        Assert.IsType<MailVerdict.Sent>(await Deliver(peer.Settings, Sound));

        var mail = await peer.Next();
        Assert.Equal(
            ("voltgate@example.org", "ops@example.org", security != "none", auth is null ? null : "voltgate"),
            (mail.From, mail.To, mail.IsSecure, mail.User));
        Assert.Equal("[127.0.0.1]", mail.Hello);
        Assert.Equal("Voltgate Nord <voltgate@example.org>", mail.Header("From"));
        Assert.Equal("Deliveries: 3", mail.Header("Subject"));
        Assert.Equal("<id.1@example.org>", mail.Header("Message-ID"));
        Assert.Equal("Tue, 10 Mar 2026 12:00:00 +0000", mail.Header("Date"));
        Assert.Equal("One\n.\nTwo\n", mail.Text);
    }

    [Theory]
    [InlineData("nobody@example.org", "RCPT TO was answered 550 5.1.1", true)]
    [InlineData("busy@example.org", "RCPT TO was answered 451 4.3.0", false)]
    [InlineData("ops@example.org>\r\nRCPT TO:<other@example.org", "its address is not one of ASCII", true)]
    [InlineData("größe@example.org", "its address is not one of ASCII", true)]
    public async Task A_recipient_that_is_refused_is_not_tried_again_and_one_that_is_put_off_is(
        string to, string reason, bool isFinal)
    {
        await using var peer = await MailPeer.Start();

        var verdict = await Deliver(peer.Settings, Sound with { To = to });

        MailVerdict expected = isFinal ? new MailVerdict.Refused(reason) : new MailVerdict.Failed(reason);
        Assert.Equal(expected, verdict);
        Assert.Equal(0, peer.Waiting);
    }

    [Fact]
    public async Task What_is_wrong_here_is_not_the_mails_fault_so_it_waits()
    {
        await using var peer = await MailPeer.Start();
        var right = peer.Settings;
        var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var closed = ((IPEndPoint)silent.LocalEndpoint).Port;
        silent.Stop();

        Assert.Equal(
            new MailVerdict.Failed("AUTH was answered 535 5.7.8"), await Deliver(right with { Password = "x" }, Sound));
        Assert.Equal(
            new MailVerdict.Failed("its certificate is not trusted, or TLS failed"),
            await Deliver(right with { CertificateAuthority = "" }, Sound));
        Assert.Equal(
            new MailVerdict.Failed("its certificate is not trusted, or TLS failed"),
            await Deliver(right with { Host = "127.0.0.1" }, Sound));
        Assert.Equal(
            new MailVerdict.Failed("MAIL FROM was answered 530"),
            await Deliver(right with { User = "" }, Sound));
        Assert.Equal(
            new MailVerdict.Failed("no connection: ConnectionRefused"),
            await Deliver(right with { Port = closed }, Sound));
    }

    [Fact]
    public async Task Without_STARTTLS_neither_password_nor_mail_is_said()
    {
        await using var peer = await MailPeer.Start("none", null);

        var verdict = await Deliver(
            peer.Settings with { Security = "starttls", User = "voltgate", Password = "right" }, Sound);

        Assert.Equal(new MailVerdict.Failed("it offers no STARTTLS"), verdict);
        Assert.Equal(0, peer.Waiting);
    }

    [Theory]
    [InlineData("220 a\r\n", "250 b\r\n", "its answer is none of SMTP", "HTTP/1.1 400\r\n")]
    [InlineData("220 a\r\n", "250-b\r\n250 STARTTLS\r\n", "it spoke before the handshake", "220 go\r\n250 x\r\n")]
    [InlineData("220 a\r\n", "250-b\r\n250 STARTTLS\r\n", "it hung up", "")]
    public async Task A_server_that_talks_nonsense_is_left(string greeting, string hello, string reason, string third)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var talking = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting));
            foreach (var answer in (string[])[hello, third])
            {
                _ = await stream.ReadAtLeastAsync(new byte[512], 1);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            }

            client.Client.Shutdown(SocketShutdown.Send);
            _ = await stream.ReadAtLeastAsync(new byte[512], 1, throwOnEndOfStream: false);
        });
        var settings = new MailSection
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, From = "a@example.org",
            Security = hello.Contains("TLS", StringComparison.Ordinal) ? "starttls" : "none",
        };

        var verdict = await Deliver(settings, Sound);

        Assert.Equal(new MailVerdict.Failed(reason), verdict);
        await talking;
    }

    private static Task<MailVerdict> Deliver(MailSection settings, Letter letter) =>
        new Postman(new ServerOptions { Mail = settings }, new Noon()).Deliver(letter, "id.1", CancellationToken.None);

    /// <summary>The date is noon; timers run as they do.</summary>
    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    }
}

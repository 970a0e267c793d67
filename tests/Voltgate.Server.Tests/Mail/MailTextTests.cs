using System.Net.Mail;
using System.Text;
using Voltgate.Server.Mail;
using Voltgate.Server.Tests.Security;

namespace Voltgate.Server.Tests.Mail;

/// <summary>Whatever a letter holds, it stays one mail with the headers that we gave it.</summary>
public sealed class MailTextTests
{
    private static readonly string[] Names =
    [
        "Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    ];

    public static TheoryData<string> Hostile =>
    [
        "Hello\r\nBcc: all@example.org", "Hello\nBcc: all@example.org\n\nText", "\r\n.\r\nMAIL FROM:<x@example.org>",
        "a\0b\tc\u0085d\u2028e", "=?utf-8?B?QQ==?=", "=41=\r\n=", new string('x', 5_000), new string('.', 300),
        "Größe und 日本 und \U0001F600 " + new string('ß', 200), " spaces at both ends ", "a\rb\r\r\nc", "{count}", "",
        string.Concat(Enumerable.Range(0, 200).Select(n => new string('a', n % 79) + ".\n")), .. HostileTexts.All,
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_letter_adds_a_header_ends_the_mail_or_is_changed(string text)
    {
        var raw = Encoding.ASCII.GetString(MailText.Of(
            new Letter("ops@example.org", text, text), new MailAddress("a@example.org", text), "id",
            DateTimeOffset.UnixEpoch));

        var mail = new TakenMail("", "", false, null, "", raw);
        Assert.EndsWith("\r\n", raw, StringComparison.Ordinal);
        var lines = raw[..^2].Split("\r\n");
        Assert.All(lines, l => Assert.True(l.Length <= 78 && !l.StartsWith('.'), l));
        Assert.All(lines, l => Assert.True(l.All(c => c is >= ' ' and <= '~'), l));
        Assert.Equal(Names, mail.HeaderLines.Where(l => l[0] != ' ').Select(l => l[..l.IndexOf(':')]));
        Assert.Equal(Lines(text), mail.Text);
        Assert.Equal(text, Decoded(mail, "Subject"));
    }

    [Theory]
    [InlineData("a@example.org", true)]
    [InlineData("a+b_c@sub.example.org", true)]
    [InlineData("a@b@c", false)]
    [InlineData("@example.org", false)]
    [InlineData("a@", false)]
    [InlineData("a b@example.org", false)]
    [InlineData("a@example.org\r\nBcc:x@y", false)]
    [InlineData("a@example.org>", false)]
    [InlineData("a@example.org,b@example.org", false)]
    [InlineData("a@exämple.org", false)]
    public void An_address_is_one_address_of_ASCII(string address, bool isOne) =>
        Assert.Equal(isOne, MailText.IsAddress(address));

    /// <summary>What is kept of a text: its lines, each ended by \n, without \r at their ends.</summary>
    private static string Lines(string text) =>
        string.Join('\n', text.TrimEnd('\n').Split('\n').Select(l => l.TrimEnd('\r'))) + "\n";

    private static string Decoded(TakenMail mail, string header)
    {
        var at = Array.FindIndex(mail.HeaderLines, l => l.StartsWith(header + ":", StringComparison.Ordinal));
        var lines = mail.HeaderLines[at..].TakeWhile((l, i) => i == 0 || l.StartsWith(' ')).ToList();
        var value = string.Join(' ', lines.Select(l => l.Trim()))[(header.Length + 1)..].Trim();
        if (!value.Contains("=?", StringComparison.Ordinal)) return value;
        var bytes = value.Split(' ').SelectMany(w => Convert.FromBase64String(w["=?utf-8?B?".Length..^2]));
        return Encoding.UTF8.GetString([.. bytes]);
    }
}

using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Voltgate.Server.Mail;

/// <summary>
/// A letter as it travels (RFC 5322): ASCII, lines of at most 76 characters that end with CRLF, none of which begins
/// with a dot. Nothing that a letter holds can begin a header: names and subjects are encoded words (RFC 2047), the
/// text is quoted-printable (RFC 2045 §6.7).
/// </summary>
internal static class MailText
{
    private const int Width = 75;

    /// <summary>Encoded words have at most 75 characters; so many bytes fit into one in base64.</summary>
    private const int BytesOfWord = 42;

    /// <summary>
    /// Whether mail goes to such an address without SMTPUTF8, and whether it can stand in a command as it is.
    /// </summary>
    public static bool IsAddress(string address) =>
        address.Length <= 254 && address.All(c => c is > ' ' and < '\u007f' and not ('<' or '>' or '"' or ',' or ';'))
        && address.IndexOf('@') is var at and > 0 && at < address.Length - 1 && at == address.LastIndexOf('@');

    /// <param name="id">Unique; the same for each attempt at the same mail.</param>
    public static byte[] Of(Letter letter, MailAddress from, string id, DateTimeOffset at)
    {
        if (!IsAddress(letter.To)) throw new ArgumentException("An address holds what no address may.", nameof(letter));
        var sender = from.DisplayName.Length == 0 ? from.Address : Named(Word(from.DisplayName), from.Address);
        var date = at.ToString("r", CultureInfo.InvariantCulture).Replace("GMT", "+0000");
        var text = new StringBuilder()
            .Append("Date: ").Append(date).Append("\r\n")
            .Append("From: ").Append(sender).Append("\r\n")
            .Append("To: ").Append(letter.To).Append("\r\n")
            .Append("Message-ID: <").Append(id).Append('@').Append(from.Host).Append(">\r\n")
            .Append("Subject: ").Append(Word(letter.Subject)).Append("\r\n")
            .Append("Auto-Submitted: auto-generated\r\n") // RFC 3834: no automatic answers, please
            .Append("MIME-Version: 1.0\r\n")
            .Append("Content-Type: text/plain; charset=utf-8\r\n")
            .Append("Content-Transfer-Encoding: quoted-printable\r\n\r\n");
        foreach (var line in letter.Text.TrimEnd('\n').Split('\n')) Quote(text, line);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The address on a line of its own where one line is too short for both.</summary>
    private static string Named(string name, string address) =>
        $"{name}{(name.Length + address.Length > Width - 10 ? "\r\n" : "")} <{address}>";

    /// <summary>Words of letters, digits and some signs as they are; anything else encoded.</summary>
    private static string Word(string text)
    {
        if (text.Length <= Width - 10 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or ':' or '.')
            && text.Trim().Length == text.Length) return text;
        var words = new List<string>();
        var word = new List<byte>();
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            if (word.Count + length > BytesOfWord) Close();
            word.AddRange(bytes[..length]);
        }

        if (word.Count > 0) Close();
        return string.Join("\r\n ", words);

        void Close()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. word])}?=");
            word.Clear();
        }
    }

    private static void Quote(StringBuilder into, string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line.TrimEnd('\r'));
        var column = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = (char)bytes[i];
            // A dot at the start of a line would end the message; a space at its end would be lost.
            var isPlain = c is >= ' ' and <= '~' and not '=' && !(c == '.' && column == 0)
                && !(c == ' ' && i == bytes.Length - 1);
            var width = isPlain ? 1 : 3;
            if (column + width > Width)
            {
                into.Append("=\r\n");
                column = 0;
                isPlain &= c != '.';
                width = isPlain ? 1 : 3;
            }

            if (isPlain) into.Append(c);
            else into.Append('=').Append(bytes[i].ToString("X2", CultureInfo.InvariantCulture));
            column += width;
        }

        into.Append("\r\n");
    }
}

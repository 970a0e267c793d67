using System.Text;

namespace Voltgate.Server.Mail;

/// <summary>What a mail server answered: 250, and the text of its lines.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsDone => Code is >= 200 and < 300;

    /// <summary>RFC 5321 §4.2.1: asking again does not help.</summary>
    public bool IsFinal => Code is >= 500 and < 600;

    /// <summary>The code and, where there is one, the enhanced code (RFC 3463); the rest may name people.</summary>
    public string Brief => Lines[0].Split(' ')[0] is [>= '2' and <= '5', '.', ..] enhanced && enhanced.Length <= 9
        ? $"{Code} {enhanced}"
        : $"{Code}";
}

/// <summary>The other side does not speak SMTP as RFC 5321 has it.</summary>
internal sealed class SmtpGarbledException(string message) : IOException(message);

/// <summary>Lines to and from a mail server, never many or long ones.</summary>
internal sealed class SmtpLines(Stream stream)
{
    private const int MostLines = 100;

    /// <summary>RFC 5321 §4.5.3.1.5 has 512 for a reply's line.</summary>
    private readonly byte[] buffer = new byte[2_048];

    private int start;
    private int end;

    /// <summary>Bytes that came before they were asked for.</summary>
    public bool HasMore => start < end;

    public async Task Write(string line, CancellationToken cancel)
    {
        if (line.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException("A command is one line of ASCII.", nameof(line));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancel);
    }

    public async Task Write(ReadOnlyMemory<byte> text, CancellationToken cancel) =>
        await stream.WriteAsync(text, cancel);

    /// <summary>RFC 5321 §4.2: "250-first", "250-second", "250 last".</summary>
    public async Task<SmtpReply> Read(CancellationToken cancel)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await ReadLine(cancel);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code) || code is < 200 or > 599)
                throw new SmtpGarbledException("its answer is none of SMTP");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-') return new SmtpReply(code, lines);
        }

        throw new SmtpGarbledException("its answer has too many lines");
    }

    private async Task<string> ReadLine(CancellationToken cancel)
    {
        while (true)
        {
            var at = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = Encoding.ASCII.GetString(buffer, start, at).TrimEnd('\r');
                start += at + 1;
                return line;
            }

            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            if (end == buffer.Length) throw new SmtpGarbledException("a line of its answer is too long");
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancel);
            if (read == 0) throw new SmtpGarbledException("it hung up");
            end += read;
        }
    }
}

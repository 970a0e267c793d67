using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Voltgate.Server.Tests.Stations;

/// <summary>An HTTP answer. Head: status line and headers, without the date.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    public string? Header(string name) => Head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        ?[(name.Length + 1)..].Trim();
}

/// <summary>A WebSocket frame as it came.</summary>
internal sealed record RawFrame(int Opcode, byte[] Payload)
{
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    public string AsText => Encoding.UTF8.GetString(Payload);

    public int Code => Payload.Length < 2 ? 1005 : (Payload[0] << 8) | Payload[1];
}

/// <summary>A TCP connection that says any bytes as HTTP and as WebSocket: a client that keeps no rule.</summary>
internal sealed class RawSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TcpClient tcp;

    private RawSocket(TcpClient tcp, Stream stream) => (this.tcp, Stream) = (tcp, stream);

    private Stream Stream { get; }

    /// <summary>With https by TLS, whatever certificate the server has.</summary>
    /// <param name="papers">The client's certificate.</param>
    [SuppressMessage("Security", "CA5359", Justification = "The tests look at the server's certificate by openssl.")]
    /// <param name="from">The address to come from, any of 127.0.0.0/8.</param>
    public static async Task<RawSocket> Open(Uri server, X509Certificate2? papers = null, string? from = null)
    {
        var client = from is null ? new TcpClient() : new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        client.NoDelay = true;
        await client.ConnectAsync(server.Host, server.Port);
        if (server.Scheme != Uri.UriSchemeHttps) return new RawSocket(client, client.GetStream());
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost", RemoteCertificateValidationCallback = (_, _, _, _) => true,
            ClientCertificateContext = papers is null ? null
                : SslStreamCertificateContext.Create(papers, null, offline: true),
        });
        return new RawSocket(client, stream);
    }

    /// <summary>One upgrade request on a connection of its own.</summary>
    /// <param name="headers">A name alone takes one of the usual headers away; a line replaces or adds one.</param>
    public static async Task<RawAnswer> Ask(Uri server, string target, params string[] headers)
    {
        using var socket = await Open(server);
        return await socket.Upgrade(target, headers);
    }

    /// <summary>The same from another address.</summary>
    public static async Task<RawAnswer> AskFrom(string from, Uri server, string target, params string[] headers)
    {
        using var socket = await Open(server, from: from);
        return await socket.Upgrade(target, headers);
    }

    /// <summary>An upgraded connection.</summary>
    public static async Task<RawSocket> Connect(Uri server, string endpoint, string? password = null)
    {
        var socket = await Open(server);
        var answer = await socket.Upgrade(
            "/ocpp/" + Uri.EscapeDataString(endpoint), password is null ? [] : [Basic(endpoint, password)]);
        Assert.True(answer.Status == 101, answer.Head + answer.Body);
        return socket;
    }

    public static string Basic(string user, string password) => Basic(Encoding.UTF8.GetBytes($"{user}:{password}"));

    public static string Basic(byte[] credentials) => "Authorization: Basic " + Convert.ToBase64String(credentials);

    public async Task<RawAnswer> Upgrade(string target, params string[] headers)
    {
        var lines = new List<string>
        {
            "Host: localhost", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: " + Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)),
            "Sec-WebSocket-Protocol: ocpp1.6",
        };
        var added = new List<string>();
        foreach (var header in headers)
        {
            var name = header.Split(':')[0] + ":";
            lines.RemoveAll(line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase));
            if (header.Contains(':', StringComparison.Ordinal)) added.Add(header);
        }

        var verb = target.Contains(' ', StringComparison.Ordinal) ? "" : "GET ";
        await Write(Encoding.Latin1.GetBytes(
            $"{verb}{target} HTTP/1.1\r\n{string.Join("\r\n", lines.Concat(added))}\r\n\r\n"));
        return await ReadAnswer();
    }

    public async Task Write(byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Patience);
        await Stream.WriteAsync(bytes, limit.Token);
    }

    public Task Send(string text) => Frame(RawFrame.Text, Encoding.UTF8.GetBytes(text));

    public Task Frame(int opcode, byte[] payload, bool fin = true, bool mask = true, int reserved = 0) =>
        Write(BytesOf(opcode, payload, fin, mask, reserved));

    public static byte[] BytesOf(int opcode, byte[] payload, bool fin = true, bool mask = true, int reserved = 0)
    {
        var bytes = new List<byte> { (byte)((fin ? 0x80 : 0) | (reserved << 4) | opcode) };
        var masked = mask ? 0x80 : 0;
        if (payload.Length < 126) bytes.Add((byte)(masked | payload.Length));
        else if (payload.Length < 65_536)
            bytes.AddRange([(byte)(masked | 126), (byte)(payload.Length >> 8), (byte)payload.Length]);
        else
            bytes.AddRange(
            [
                (byte)(masked | 127), 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16),
                (byte)(payload.Length >> 8), (byte)payload.Length,
            ]);
        // RFC 6455 §5.3 allows any mask, this one too: the payload stays as it is.
        if (mask) bytes.AddRange([0, 0, 0, 0]);
        return [.. bytes, .. payload];
    }

    /// <summary>The next frame; null: the connection has ended.</summary>
    public async Task<RawFrame?> Read()
    {
        try
        {
            var head = await Take(2);
            long length = head[1] & 0x7f;
            if (length >= 126) length = (await Take(length == 126 ? 2 : 8)).Aggregate(0L, (sum, b) => (sum << 8) | b);
            return new RawFrame(head[0] & 0x0f, await Take((int)length));
        }
        catch (Exception e) when (e is IOException or EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Reads on to the close frame; its code, or null where the connection just ended.</summary>
    public async Task<int?> CloseCode()
    {
        while (await Read() is { } frame)
            if (frame.Opcode == RawFrame.Close) return frame.Code;
        return null;
    }

    /// <summary>What comes first; empty: the connection ends.</summary>
    public async Task<string> Beginning()
    {
        using var limit = new CancellationTokenSource(Patience);
        var bytes = new byte[64];
        return Encoding.Latin1.GetString(bytes, 0, await Stream.ReadAtLeastAsync(bytes, 12, false, limit.Token));
    }

    /// <summary>All that comes until the connection ends.</summary>
    public async Task<string> Rest()
    {
        using var limit = new CancellationTokenSource(Patience);
        var bytes = new MemoryStream();
        try
        {
            await Stream.CopyToAsync(bytes, limit.Token);
        }
        catch (IOException)
        {
            // Cut: that is an end, too.
        }

        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    /// <summary>A CALL and the next text: its answer.</summary>
    public async Task<string> Call(string action, string payload = "{}", string id = "1")
    {
        await Send($"[2,\"{id}\",\"{action}\",{payload}]");
        return await NextText();
    }

    /// <summary>BootNotification in the words of a version, and its answer.</summary>
    public Task<string> Boot(string version) =>
        Call("BootNotification", Transcripts.ScriptedStation.BootOf(version));

    public async Task<string> NextText()
    {
        while (await Read() is { } frame)
            if (frame.Opcode == RawFrame.Text) return frame.AsText;
        return "ended";
    }

    /// <summary>A reset, not a farewell.</summary>
    public void Cut()
    {
        tcp.Client.LingerState = new LingerOption(true, 0);
        tcp.Close();
    }

    public void Dispose()
    {
        Stream.Dispose();
        tcp.Dispose();
    }

    private async Task<RawAnswer> ReadAnswer()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)(await Take(1))[0]);
        var lines = head.ToString().TrimEnd().Split("\r\n")
            .Where(l => !l.StartsWith("Date:", StringComparison.Ordinal));
        var answer = new RawAnswer(int.Parse(head.ToString(9, 3)), string.Join("\r\n", lines), "");
        return answer with { Body = answer.Status == 101 ? "" : await ReadBody(answer) };
    }

    private async Task<string> ReadBody(RawAnswer answer)
    {
        if (answer.Header("Content-Length") is { } length)
            return Encoding.UTF8.GetString(await Take(int.Parse(length)));
        var body = new StringBuilder();
        while (!body.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            body.Append((char)(await Take(1))[0]);
        return body.ToString();
    }

    private async Task<byte[]> Take(int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        var bytes = new byte[count];
        await Stream.ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }
}

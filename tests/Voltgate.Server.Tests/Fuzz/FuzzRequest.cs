using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>A request as it goes onto the wire, however wrong it is.</summary>
/// <param name="Operation">Which entry of the document it was made from: "POST /users".</param>
/// <param name="Sent">How many bytes of the body are sent before the sending half is closed; null: all.</param>
internal sealed record FuzzRequest(
    string Operation, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body,
    int? Sent = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The answer's status and body; 0: the server hung up without one, -1: it never answered.</summary>
    public async Task<(int Status, string Body)> Send(Uri server)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Host, server.Port, patience.Token);
            await using var stream = client.GetStream();
            await Write(client, stream, patience.Token);
            using var answer = new MemoryStream();
            await stream.CopyToAsync(answer, patience.Token);
            return Read(Encoding.UTF8.GetString(answer.ToArray()));
        }
        catch (OperationCanceledException)
        {
            return (-1, "");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return (0, ""); // whoever answers before it has read all may reset what still comes
        }
    }

    /// <summary>As a person repeats it: <c>base64 -d | nc host port</c>.</summary>
    public override string ToString() =>
        $"{Method} {Shown(Target)} ({Operation}), {Bytes().Length} bytes"
        + (Sent is { } sent ? $", cut after {sent} of the body" : "") + ":\n"
        + $"  echo {Convert.ToBase64String(Bytes())} | base64 -d | nc 127.0.0.1 8080\n  {Shown(Text())}";

    private async Task Write(TcpClient client, NetworkStream stream, CancellationToken cancel)
    {
        var head = Encoding.Latin1.GetBytes(Head());
        await stream.WriteAsync(head, cancel);
        try
        {
            if (Body is not null) await stream.WriteAsync(Body.AsMemory(0, Sent ?? Body.Length), cancel);
            // A promise of more than comes: the end is told, for else the server waits.
            if (Sent is not null || IsChunked) client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // It has heard enough; its answer may lie there all the same.
        }
    }

    /// <summary>A server may hang up on a request that ends too early or is too long to read; on no other.</summary>
    public bool MayBeHungUpOn => Sent is not null || IsChunked || Body is { Length: > 60_000 };

    private bool IsChunked => Headers.Any(h => h.Name == "Transfer-Encoding");

    private byte[] Bytes() =>
        [.. Encoding.Latin1.GetBytes(Head()), .. (Body ?? []).AsSpan(0, Sent ?? Body?.Length ?? 0)];

    private string Text() => Body is null ? "" : Encoding.UTF8.GetString(Body);

    private string Head()
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        foreach (var (name, value) in Headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (Body is not null && !IsChunked)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        return head.Append("\r\n").ToString();
    }

    private static (int Status, string Body) Read(string answer)
    {
        if (answer.Length == 0) return (0, "");
        var status = int.Parse(answer.Split(' ', 3)[1], CultureInfo.InvariantCulture);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = end < 0 ? "" : answer[(end + 4)..];
        return status == 100 ? Read(body) : (status, body);
    }

    private static string Shown(string text) => text.Length > 2_000 ? text[..2_000] + "…" : text;
}

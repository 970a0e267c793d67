using System.Diagnostics;
using System.Text;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>Damaged bytes where a station knocks: an answer below 500 or an end, never a wait without one.</summary>
public sealed class O41_FuzzUpgrade
{
    private const int Count = 600;
    private const int AtOnce = 20;

    private static readonly string[] Spices =
    [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", "%00", "%", "%2e%2e/", "?", "#", "/", "//", "Host: b\r\n", "\u00ff",
        "HTTP/9.9", "HTTP/1.0", "Transfer-Encoding: chunked\r\n", "Content-Length: 5\r\n", "Content-Length: -1\r\n",
        "Authorization: Basic Og==\r\n", "Authorization: Basic\r\n", "Sec-WebSocket-Key: \r\n",
        "Upgrade: websocket\r\n", "Host: \r\n",
        "Connection: close\r\n", "Expect: 100-continue\r\n", "Origin: null\r\n", "Sec-WebSocket-Protocol: ,,,\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\u0002",
        "ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ",
    ];

    [Fact]
    public async Task Whatever_knocks_is_answered_or_shown_out()
    {
        await using var server = await TestServer.Start(configure: o => o with
        {
            Server = o.Server with { HeaderSeconds = 1 },
            Ocpp = o.Ocpp with { FailedLoginsPerSecond = 100_000 },
        });
        using var box = await Box.Make(server, "KNOCKED", "basic_auth");
        var random = new Random(FuzzTurn.Seed);
        var statuses = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var faults = new List<string>();

        var watch = Stopwatch.StartNew();
        for (var i = 0; FuzzTurn.Seconds > 0 ? watch.Elapsed.TotalSeconds < FuzzTurn.Seconds : i < Count; i += AtOnce)
        {
            var knocks = Enumerable.Range(0, AtOnce).Select(_ => Damage(box, random)).ToList();
            var answers = await Task.WhenAll(knocks.Select(k => Knock(server.Url, k)));
            foreach (var (knock, answer) in knocks.Zip(answers))
            {
                var status = answer.Length > 12 && answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
                    ? answer[9..12] : answer;
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                // 505: it names a version of HTTP that there is not.
                if (status is "hang" || (status.StartsWith('5') && status != "505"))
                    faults.Add($"{status}: {Convert.ToBase64String(knock)}");
            }
        }

        var told = $"upgrades: seed {FuzzTurn.Seed}, "
            + string.Join(", ", statuses.Select(s => $"{(s.Key.Length == 0 ? "ended" : s.Key)}: {s.Value}"));
        FuzzTurn.Tell(told);
        Assert.True(faults.Count == 0, told + "\n" + string.Join("\n", faults.Take(5)));
        Assert.DoesNotContain(server.Logs.All, l => l.StartsWith("Error", StringComparison.Ordinal));
        Assert.True(statuses.Count > 4, told); // it got past the first door, too
        Assert.Contains("101", statuses.Keys);
    }

    private static byte[] Damage(Box box, Random random)
    {
        var request = $"GET {box.Target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            + $"{RawSocket.Basic(box.Endpoint, box.Password!)}\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n";
        var bytes = Encoding.Latin1.GetBytes(request).ToList();
        for (var wounds = random.Next(4); wounds > 0 && bytes.Count > 0; wounds--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(60), bytes.Count - at))); break;
                case 3: bytes.InsertRange(at, Enumerable.Repeat((byte)'a', random.Next(1, 9_000))); break;
                default: bytes.InsertRange(at, Encoding.Latin1.GetBytes(Spices[random.Next(Spices.Length)])); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>All that was answered; "hang": neither an answer nor an end.</summary>
    private static async Task<string> Knock(Uri server, byte[] knock)
    {
        using var socket = await RawSocket.Open(server);
        try
        {
            await socket.Write(knock);
            return await socket.Beginning();
        }
        catch (IOException)
        {
            return "";
        }
        catch (OperationCanceledException)
        {
            return "hang";
        }
    }
}

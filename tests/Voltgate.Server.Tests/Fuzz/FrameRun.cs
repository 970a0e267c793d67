using System.Text;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>
/// A station that says what the grammar allows and what it does not, and keeps what went wrong: a CALL without an
/// answer, an InternalError, a socket that ended without a code.
/// </summary>
internal sealed class FrameRun(Uri server, string endpoint, Random random) : IDisposable
{
    private const int MostFaults = 20;
    private const int Remembered = 6;

    /// <summary>What a station may be closed with for what it sent as text or as binary (RFC 6455 §7.4.1).</summary>
    // 4009: it came back while its old socket still answered.
    private static readonly int?[] Codes = [1003, 1007, 1008, 1009, 4009];

    private static readonly string[] Says =
    [
        "Authorize", "BootNotification", "DataTransfer", "DiagnosticsStatusNotification", "FirmwareStatusNotification",
        "Heartbeat", "LogStatusNotification", "MeterValues", "SecurityEventNotification",
        "SignedFirmwareStatusNotification", "StartTransaction", "StatusNotification", "StopTransaction",
    ];

    private readonly FrameGrammar grammar = new(random);
    private readonly FrameDamage damage = new(random);
    private readonly Queue<string> sent = new();
    private readonly HashSet<string> owed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> asked = new(StringComparer.Ordinal);
    private RawSocket? socket;
    private int lastId;
    private bool mayBeCut;

    public int Frames { get; private set; }

    public int Answers { get; private set; }

    public int Refusals { get; private set; }

    public int Commands { get; private set; }

    public int Connects { get; private set; }

    /// <summary>Actions that were answered with a CALLRESULT.</summary>
    public HashSet<string> Understood { get; } = [];

    public List<string> Faults { get; } = [];

    public static IReadOnlyList<string> Actions => Says;

    public string Told =>
        $"{Frames} frames, {Answers} answers, {Refusals} of them refusals, {Commands} commands, {Connects} connects, "
        + $"{Faults.Count} faults";

    /// <summary>One frame, sound or not, and what the server makes of it.</summary>
    public async Task Turn()
    {
        try
        {
            socket ??= await Connect();
            await Send(Make());
            if (socket is not null) await Listen();
        }
        catch (OperationCanceledException)
        {
            Fail("No answer and no end within 10 s");
            Forget();
        }
    }

    public void Dispose() => Forget();

    private async Task<RawSocket> Connect()
    {
        Connects++;
        var connected = await RawSocket.Connect(server, endpoint);
        owed.Clear();
        asked.Clear();
        mayBeCut = false;
        if (random.Next(5) > 0)
            await connected.Send(
                $$"""[2,"{{Owe("BootNotification")}}","BootNotification",{{grammar.Request("BootNotification")}}]""");
        return connected;
    }

    private byte[] Make()
    {
        var action = Says[random.Next(Says.Length)];
        var frame = $"[2,\"{Owe(action)}\",\"{action}\",{grammar.Request(action)}]";
        if (random.Next(2) == 0) return Encoding.UTF8.GetBytes(frame);
        var wounded = damage.Wound(frame);
        owed.Remove($"f{lastId}");
        if (FrameDamage.IdOf(wounded) is { } id) owed.Add(id);
        return wounded;
    }

    private string Owe(string action)
    {
        var id = $"f{++lastId}";
        owed.Add(id);
        asked[id] = action;
        return id;
    }

    private async Task Send(byte[] frame)
    {
        Frames++;
        sent.Enqueue(Encoding.UTF8.GetString(frame));
        if (sent.Count > Remembered) sent.Dequeue();
        try
        {
            switch (random.Next(60))
            {
                case 0:
                    await socket!.Frame(RawFrame.Binary, frame);
                    break;
                case 1:
                    mayBeCut = true; // what breaks RFC 6455 may be cut without a word
                    await socket!.Write(RawSocket.BytesOf(random.Next(16), frame, random.Next(2) == 0, reserved: 1));
                    break;
                case 2 or 3 or 4 when frame.Length > 2:
                    var half = random.Next(1, frame.Length);
                    await socket!.Frame(RawFrame.Text, frame[..half], fin: false);
                    await socket.Frame(RawFrame.Ping, [1, 2, 3]);
                    await socket.Frame(0, frame[half..]);
                    break;
                default:
                    await socket!.Frame(RawFrame.Text, frame);
                    break;
            }
        }
        catch (IOException)
        {
            // Closed meanwhile: what comes next tells with what.
        }
    }

    /// <summary>Until a heartbeat that is sent behind is answered: whatever was owed before has come by then.</summary>
    private async Task Listen()
    {
        var probe = $"p{lastId}";
        try
        {
            await socket!.Send($"[2,\"{probe}\",\"Heartbeat\",{{}}]");
        }
        catch (IOException)
        {
            // As above.
        }

        while (await socket!.Read() is { } frame)
        {
            if (frame.Opcode == RawFrame.Close)
            {
                if (!mayBeCut && !Codes.Contains(frame.Code)) Fail($"Closed with {frame.Code}");
                Forget();
                return;
            }

            if (frame.Opcode != RawFrame.Text || !await Hear(frame.AsText, probe)) continue;
            foreach (var id in owed) Fail($"{id} was not answered");
            owed.Clear();
            return;
        }

        if (!mayBeCut) Fail("Ended without a code");
        Forget();
    }

    /// <summary>True: it answers the probe.</summary>
    private async Task<bool> Hear(string text, string probe)
    {
        var frame = JsonNode.Parse(text)!.AsArray();
        var (type, id) = ((int)frame[0]!, (string)frame[1]!);
        if (type == 2)
        {
            await Obey(id, (string)frame[2]!);
            return false;
        }

        Answers++;
        if (type == 4) Refuse(frame, text);
        else if (asked.TryGetValue(id, out var action)) Learn(action, frame[2]!);
        owed.Remove(id);
        return id == probe;
    }

    private void Refuse(JsonArray frame, string text)
    {
        Refusals++;
        if ((string)frame[2]! == "InternalError") Fail("Answered " + text);
    }

    private void Learn(string action, JsonNode answer)
    {
        Understood.Add(action);
        if (action == "StartTransaction" && answer["transactionId"] is { } id) grammar.Open.Add((int)id);
        if (grammar.Open.Count > 8) grammar.Open.RemoveAt(0);
    }

    private async Task Obey(string id, string action)
    {
        Commands++;
        var answer = $"[3,\"{id}\",{grammar.Response(action)}]";
        try
        {
            switch (random.Next(10))
            {
                case 0: break; // keeps silent
                case 1: await socket!.Send($"[4,\"{id}\",\"NotSupported\",\"\",{{}}]"); break;
                case 2: await socket!.Send($"[3,\"{id}x\",{{}}]"); break;
                case 3 or 4: await socket!.Frame(RawFrame.Text, damage.Wound(answer)); break;
                default: await socket!.Send(answer); break;
            }
        }
        catch (IOException)
        {
            // Closed meanwhile: what comes next tells with what.
        }
    }

    private void Fail(string what)
    {
        if (Faults.Count < MostFaults) Faults.Add($"{what}, after:\n  " + string.Join("\n  ", sent));
    }

    private void Forget()
    {
        socket?.Dispose();
        socket = null;
        owed.Clear();
    }
}

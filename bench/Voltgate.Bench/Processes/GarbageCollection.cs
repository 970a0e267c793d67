using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Voltgate.Bench.Processes;

/// <summary>
/// Has another .NET process collect its garbage, over the runtime's diagnostic port: a trace session that asks for a
/// heap walk begins with a full collection.
/// </summary>
internal static class GarbageCollection
{
    private const string Provider = "Microsoft-Windows-DotNETRuntime";
    private const ulong HeapCollect = 0x800000;

    public static async Task Force(int process)
    {
        var port = Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-*-socket").First();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(port));
        await socket.SendAsync(CollectTracing());
        var answer = new byte[64 * 1024];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            while (await socket.ReceiveAsync(answer, patience.Token) > 0) continue;
        }
        catch (OperationCanceledException)
        {
            // The session ends with its socket.
        }
    }

    // Diagnostic IPC protocol: magic, size, command set 2 (EventPipe), command 2 (CollectTracing), then the payload.
    private static byte[] CollectTracing()
    {
        using var payload = new MemoryStream();
        Add(payload, 16u); // MB of buffer
        Add(payload, 1u); // format: nettrace
        Add(payload, 1u); // providers
        var keywords = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(keywords, HeapCollect);
        payload.Write(keywords);
        Add(payload, 4u); // informational
        Add(payload, (uint)Provider.Length + 1);
        payload.Write(Encoding.Unicode.GetBytes(Provider + "\0"));
        Add(payload, 0u); // no filter
        var size = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)(20 + payload.Length));
        return [.. "DOTNET_IPC_V1\0"u8, .. size, 2, 2, 0, 0, .. payload.ToArray()];
    }

    private static void Add(MemoryStream to, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        to.Write(bytes);
    }
}

using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Voltgate.Server.Stations;

namespace Voltgate.Server.Hosting;

/// <summary>The first that a connection meets, before TLS and HTTP: is there room, and does it say anything?</summary>
internal sealed class FrontGate(Guests guests, ServerOptions options)
{
    private static readonly byte[] Full = Encoding.ASCII.GetBytes(
        "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 10\r\n"
        + "Content-Type: text/plain\r\nContent-Length: 32\r\n\r\nThere are too many connections.\n");

    /// <param name="speaksTls">There a refusal has no words: nothing may be said before the handshake.</param>
    public void Guard(ListenOptions listen, bool speaksTls) =>
        listen.Use(next => connection => Pass(connection, next, speaksTls));

    private async Task Pass(ConnectionContext connection, ConnectionDelegate next, bool speaksTls)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (guests.Enter(address) is not { } guest)
        {
            if (!speaksTls) await connection.Transport.Output.WriteAsync(Full);
            return;
        }

        connection.Features.Set(guest);
        try
        {
            // Kestrel counts the time of a request's head from its first byte on: who says nothing is shown out here.
            if (speaksTls || await Speaks(connection)) await next(connection);
        }
        finally
        {
            guest.Leave();
        }
    }

    private async Task<bool> Speaks(ConnectionContext connection)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        patience.CancelAfter(TimeSpan.FromSeconds(options.Server.HeaderSeconds));
        try
        {
            var input = connection.Transport.Input;
            var read = await input.ReadAsync(patience.Token);
            input.AdvanceTo(read.Buffer.Start);
            return !read.Buffer.IsEmpty;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return false;
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Voltgate.Server.Webhooks;

/// <summary>Takes one delivery to its endpoint once: Claimed → Signed → Sent.</summary>
internal sealed class Courier(HttpMessageInvoker http, TimeSpan timeout, TimeProvider clock)
{
    private const int ReadLimit = 64 * 1024;
    private const int KeepLimit = 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public TimeSpan Timeout => timeout;

    public Signed Sign(Claimed claimed)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var delivery = claimed.Delivery;
        return new Signed(
            claimed, Signature.Of(delivery.EventId, now, delivery.Body, claimed.Endpoint.KeysAt(now)), now);
    }

    public async Task<Sent> Send(Signed signed, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        using var patience = new CancellationTokenSource(timeout, clock);
        await using var stopping = stop.UnsafeRegister(static p => ((CancellationTokenSource)p!).Cancel(), patience);
        int? status = null;
        string? text = null, error;
        long? retryAfter = null;
        try
        {
            using var request = RequestFor(signed);
            using var response = await http.SendAsync(request, patience.Token);
            status = (int)response.StatusCode;
            error = Verdict.ErrorOf(status.Value);
            retryAfter = error is null ? null : RetryAfterOf(response);
            text = await ReadSome(response.Content, patience.Token);
        }
        catch (Exception e) when (
            e is HttpRequestException or OperationCanceledException or IOException or SocketException)
        {
            stop.ThrowIfCancellationRequested();
            // Once the status line is here the receiver has answered; what happens to the rest of it changes nothing.
            error = status is { } known ? Verdict.ErrorOf(known) : ErrorOf(e);
        }

        var latency = (long)clock.GetElapsedTime(started).TotalMilliseconds;
        return new Sent(signed, new Answer(status, error, text, latency, retryAfter));
    }

    private static HttpRequestMessage RequestFor(Signed signed)
    {
        var content = new ByteArrayContent(signed.Claimed.Delivery.Body);
        content.Headers.ContentType = Json;
        var request = new HttpRequestMessage(HttpMethod.Post, signed.Claimed.Endpoint.Url) { Content = content };
        request.Headers.TryAddWithoutValidation("user-agent", "Voltgate-Webhooks/1");
        request.Headers.TryAddWithoutValidation("edrv-signature", signed.Signature.Edrv);
        request.Headers.TryAddWithoutValidation("webhook-id", signed.Signature.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", signed.Signature.Timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", signed.Signature.Standard);
        return request;
    }

    private long? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? RetrySchedule.RetryAfterMs(values.ToString(), clock.GetUtcNow().ToUnixTimeMilliseconds())
            : null;

    /// <summary>Reads on to keep the connection alive for the next delivery, but never much.</summary>
    private static async Task<string?> ReadSome(HttpContent content, CancellationToken cancel)
    {
        if (content.Headers.ContentLength == 0) return null;
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var kept = new byte[KeepLimit];
        var length = await stream.ReadAtLeastAsync(kept, KeepLimit, throwOnEndOfStream: false, cancel);
        if (length == KeepLimit) await Discard(stream, ReadLimit - KeepLimit, cancel);
        // PostgreSQL's text has no place for NUL.
        return length == 0 ? null : Encoding.UTF8.GetString(kept, 0, length).Replace('\0', '\uFFFD');
    }

    private static async Task Discard(Stream stream, int atMost, CancellationToken cancel)
    {
        var buffer = new byte[8192];
        while (atMost > 0)
        {
            var length = await stream.ReadAsync(buffer, cancel);
            if (length == 0) return;
            atMost -= length;
        }
    }

    private static string ErrorOf(Exception e) => e switch
    {
        OperationCanceledException => Errors.Timeout,
        HttpRequestException { InnerException: DialRefusedException } or DialRefusedException => Errors.NotAllowed,
        HttpRequestException { InnerException: OperationCanceledException or TimeoutException } => Errors.Timeout,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Errors.NameNotResolved,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: var code } }
            when code is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                Errors.NameNotResolved,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Errors.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Errors.Connection,
        _ => Errors.Protocol,
    };
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Tests.Webhooks;

/// <summary>What the courier makes of everything that a receiver may do.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData(200, null)]
    [InlineData(201, null)]
    [InlineData(204, null)]
    [InlineData(299, null)]
    [InlineData(301, "redirect")]
    [InlineData(302, "redirect")]
    [InlineData(307, "redirect")]
    [InlineData(308, "redirect")]
    [InlineData(304, "redirect")]
    [InlineData(400, "status")]
    [InlineData(404, "status")]
    [InlineData(410, "status")]
    [InlineData(429, "status")]
    [InlineData(500, "status")]
    [InlineData(503, "status")]
    public async Task Only_2xx_is_success(int status, string? error)
    {
        await using var sink = await WebhookSink.Start();
        sink.AnswerStatus(status);
        var answer = await Send(sink.Url);
        Assert.Equal((status, error), (answer.Status, answer.Error));
        Assert.Single(sink.All);
    }

    [Fact]
    public async Task A_redirect_to_a_metadata_address_is_not_followed()
    {
        await using var elsewhere = await WebhookSink.Start();
        await using var sink = await WebhookSink.Start();
        foreach (var location in (string[])["http://169.254.169.254/latest/meta-data/", elsewhere.Url.OriginalString])
        {
            sink.Answer = (http, _) =>
            {
                http.Response.StatusCode = 302;
                http.Response.Headers.Location = location;
                return Task.CompletedTask;
            };
            Assert.Equal(Errors.Redirect, (await Send(sink.Url)).Error);
        }

        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task A_request_carries_the_headers_of_the_contract_and_the_exact_body()
    {
        await using var sink = await WebhookSink.Start();
        await Send(sink.Url, body: "{\"a\":\"\\u00e9\",\"b\":1.50}");
        var received = Assert.Single(sink.All);
        Assert.Equal("{\"a\":\"\\u00e9\",\"b\":1.50}", received.Text);
        Assert.Equal("application/json", received.Headers["content-type"]);
        var h = received.Headers;
        Assert.True(Verifier.Standard(
            h["webhook-id"], h["webhook-timestamp"], h["webhook-signature"], received.Body, HookRig.Secret));
        Assert.True(Verifier.Edrv(h["edrv-signature"], received.Body, HookRig.Secret));
        Assert.DoesNotContain(h.Keys, k => k is "cookie" or "authorization" or "traceparent" or "accept-encoding");
    }

    [Fact]
    public async Task Retry_After_is_read_from_a_failure()
    {
        await using var sink = await WebhookSink.Start();
        sink.Answer = (http, _) =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        };
        Assert.Equal(120_000, (await Send(sink.Url)).RetryAfterMs);
    }

    [Fact]
    public async Task The_first_kilobyte_of_an_answer_is_kept()
    {
        await using var sink = await WebhookSink.Start();
        sink.Answer = (http, _) => http.Response.WriteAsync("a\0b" + new string('x', 5000));
        var answer = await Send(sink.Url);
        Assert.Equal(1024, answer.Text!.Length);
        Assert.StartsWith("a\uFFFDb", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_is_read_for_64_kilobytes_and_no_more()
    {
        // A socket takes what its buffers hold and fails once the other end is gone; a web server writes on for nobody.
        var written = 0L;
        using var endless = new RawReceiver(async (stream, cancel) =>
        {
            var block = new byte[16 * 1024];
            Assert.NotEqual(0, await stream.ReadAtLeastAsync(block, 1, cancellationToken: cancel));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancel);
            while (true)
            {
                await stream.WriteAsync(block, cancel);
                Interlocked.Add(ref written, block.Length);
            }
        });
        var answer = await Send(endless.Url);
        Assert.Null(answer.Error);
        Assert.True(Interlocked.Read(ref written) < 16 * 1024 * 1024, $"{written} bytes were taken");
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_left_after_the_timeout()
    {
        await using var sink = await WebhookSink.Start();
        sink.Answer = (http, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        Assert.Equal(Errors.Timeout, (await Send(sink.Url, timeoutMs: 200)).Error);
    }

    [Fact]
    public async Task A_receiver_that_accepts_and_never_reads_is_left_after_the_timeout()
    {
        using var listener = new RawReceiver(async (_, cancel) =>
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel));
        Assert.Equal(Errors.Timeout, (await Send(listener.Url, timeoutMs: 200)).Error);
    }

    [Fact]
    public async Task Headers_that_drip_are_cut_off_after_the_timeout()
    {
        using var listener = new RawReceiver(async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nx: "u8.ToArray(), cancel);
            while (true)
            {
                await stream.WriteAsync("a"u8.ToArray(), cancel);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
            }
        });
        Assert.Equal(Errors.Timeout, (await Send(listener.Url, timeoutMs: 300)).Error);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    public async Task Garbage_instead_of_a_status_line_is_a_protocol_error(string greeting)
    {
        using var listener = new RawReceiver(async (stream, cancel) =>
            await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), cancel));
        Assert.Equal(Errors.Protocol, (await Send(listener.Url)).Error);
    }

    [Fact]
    public async Task More_than_32_kilobytes_of_headers_are_a_protocol_error()
    {
        using var listener = new RawReceiver(async (stream, cancel) => await stream.WriteAsync(
            Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nx: " + new string('a', 40_000) + "\r\n\r\n"), cancel));
        Assert.Equal(Errors.Protocol, (await Send(listener.Url)).Error);
    }

    [Fact]
    public async Task Only_informational_answers_are_none()
    {
        using var listener = new RawReceiver(async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 102 Processing\r\n\r\n"u8.ToArray(), cancel);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        });
        Assert.Equal(Errors.Timeout, (await Send(listener.Url, timeoutMs: 200)).Error);
    }

    [Fact]
    public async Task Nobody_listening_is_a_failed_connection()
    {
        Uri url;
        using (var listener = new RawReceiver((_, _) => Task.CompletedTask)) url = listener.Url;
        Assert.Equal(Errors.Connection, (await Send(url)).Error);
    }

    [Fact]
    public async Task An_address_that_is_not_allowed_is_not_dialled()
    {
        await using var sink = await WebhookSink.Start();
        Assert.Equal(Errors.NotAllowed, (await Send(sink.Url, guard: HookRig.GuardFor())).Error);
        Assert.Empty(sink.All);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var listener = new RawReceiver(RawReceiver.WithSelfSignedTls);
        var url = new UriBuilder(listener.Url) { Scheme = "https" }.Uri;
        Assert.Equal(Errors.Tls, (await Send(url)).Error);
    }

    private static async Task<Answer> Send(
        Uri url, int timeoutMs = 10_000, DialGuard? guard = null, string body = "{}")
    {
        using var http = GuardedHttp.Create(guard ?? HookRig.GuardFor("127.0.0.0/8"));
        var courier = new Courier(http, TimeSpan.FromMilliseconds(timeoutMs), TimeProvider.System);
        var endpoint = new Voltgate.Server.Webhooks.Endpoint(
            "w", "o", url, "1.1", 1, new SigningKey(HookRig.Secret), null, 0);
        var delivery = new Delivery(1, "d", "evt_1", 0, Encoding.UTF8.GetBytes(body));
        var sent = await courier.Send(courier.Sign(new Claimed(endpoint, "lane", delivery)), CancellationToken.None);
        return sent.Answer;
    }
}

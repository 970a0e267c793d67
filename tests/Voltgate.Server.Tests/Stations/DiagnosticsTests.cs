using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Stations;

/// <summary>A station's file: asked for, put under a one-time URL, fetched by whoever asked (O31).</summary>
public sealed class DiagnosticsTests(SharedServers servers) : IDisposable
{
    private readonly HttpClient http = new();

    public void Dispose() => http.Dispose();

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_file_that_a_station_puts_there_is_what_the_caller_gets(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        var file = RandomNumberGenerator.GetBytes(500_000);
        var (action, url, station) = await Ask(box);
        await using var _ = station;
        Assert.Equal("upload_pending", (await box.Api.Get($"/actions/{action}/diagnostics")).MustBe(409).Code);

        Assert.Equal(HttpStatusCode.OK, await Put(url + "/..%2Flog%20of%20today.zip", new ByteArrayContent(file)));

        using var got = await box.Api.Http.GetAsync($"/v1.1/actions/{action}/diagnostics");
        Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        Assert.Equal("application/octet-stream", got.Content.Headers.ContentType!.ToString());
        Assert.Equal("log_of_today.zip", got.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(file.Length, got.Content.Headers.ContentLength);
        Assert.Equal(file, await got.Content.ReadAsByteArrayAsync());
        using var stranger = await servers.Tenant(provider);
        (await stranger.Get($"/actions/{action}/diagnostics")).MustBe(404);
        Assert.Equal(HttpStatusCode.NotFound, await Put(url, new ByteArrayContent(file)));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Of_several_that_come_to_one_url_at_once_one_is_taken_whole(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        var (action, url, station) = await Ask(box);
        await using var _ = station;
        var files = Enumerable.Range(0, 6).Select(_ => RandomNumberGenerator.GetBytes(700_000)).ToList();

        var answers = await Task.WhenAll(files.Select(file => Put(url, new ByteArrayContent(file))));

        var taken = Assert.Single(answers.Index(), a => a.Item == HttpStatusCode.OK);
        // The others were overtaken, or came when all was over.
        Assert.All(answers.Where((_, i) => i != taken.Index), status => Assert.True(
            status is HttpStatusCode.Conflict or HttpStatusCode.NotFound, status.ToString()));
        using var got = await box.Api.Http.GetAsync($"/v1.1/actions/{action}/diagnostics");
        Assert.Equal(files[taken.Index], await got.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_form_is_taken_too_and_its_token_stands_nowhere_but_on_the_wire()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        var (action, url, station) = await Ask(box);
        await using var _ = station;
        using var form = new MultipartFormDataContent
        {
            { new StringContent("x"), "comment" },
            { new ByteArrayContent("hello"u8.ToArray()), "file", "C:\\logs\\box.log" },
        };

        using var answer = await http.PostAsync(url, form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var got = await box.Api.Http.GetAsync($"/v1.1/actions/{action}/diagnostics");
        Assert.Equal("hello", await got.Content.ReadAsStringAsync());
        Assert.Equal("box.log", got.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.DoesNotContain(url[^20..], (await box.Api.Get($"/actions/{action}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_empty_unreadable_and_late_files_are_refused()
    {
        var clock = new ShiftedClock();
        await using var server = await TestServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { UploadMaxBytes = 300_000, UploadUrlMinutes = 5 } },
            clock: clock);
        using var box = await Box.Make(server);
        var (action, url, station) = await Ask(box);
        await using var _ = station;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Put(url, new ByteArrayContent(new byte[300_001])));
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge, await Put(url, new StreamContent(new Endless(300_001))));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Put(url, new ByteArrayContent(new byte[1_000_000])));
        Assert.Equal(HttpStatusCode.BadRequest, await Put(url, new ByteArrayContent([])));
        var broken = new ByteArrayContent(Encoding.ASCII.GetBytes("no form"));
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        Assert.Equal(HttpStatusCode.BadRequest, await Put(url, broken));
        Assert.Equal(HttpStatusCode.NotFound, await Put(url[..^1], new ByteArrayContent([1])));
        Assert.Equal("upload_pending", (await box.Api.Get($"/actions/{action}/diagnostics")).MustBe(409).Code);

        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.NotFound, await Put(url, new ByteArrayContent([1])));
        Assert.Equal("upload_missing", (await box.Api.Get($"/actions/{action}/diagnostics")).MustBe(409).Code);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_can_be_begun_again()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        var (action, url, station) = await Ask(box);
        await using var _ = station;
        await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => Put(url, new StreamContent(new Endless(400_000, breaksOff: true))));

        await Box.Until(
            async () => await Put(url, new ByteArrayContent([1, 2, 3])) == HttpStatusCode.OK, "the second attempt");

        using var got = await box.Api.Http.GetAsync($"/v1.1/actions/{action}/diagnostics");
        Assert.Equal([1, 2, 3], await got.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_station_that_refuses_leaves_no_file_to_wait_for()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        await using var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint);
        await station.Call("Heartbeat", "{}");
        var action = (await box.Api.Post($"/chargestations/{box.Id}/get_diagnostics")).MustBe(200).Text("_id");
        var call = await station.Expect();
        await station.Send($$"""[4,"{{(string)call[1]!}}","NotSupported","",{}]""");
        await box.Happens("chargestation.get_diagnostics.rejected");

        Assert.Equal("upload_missing", (await box.Api.Get($"/actions/{action}/diagnostics")).MustBe(409).Code);
        var other = (await box.Api.Post($"/chargestations/{box.Id}/clear_cache")).MustBe(200).Text("_id");
        (await box.Api.Get($"/actions/{other}/diagnostics")).MustBe(404);
        (await box.Api.Get("/actions/nonsense/diagnostics")).MustBe(404);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_file_goes_when_it_is_too_old_or_its_station_is_deleted(string provider)
    {
        var clock = new ShiftedClock();
        await using var server = await TestServer.Start(
            provider, o => o with { Ocpp = o.Ocpp with { UploadKeepDays = 2 } }, clock);
        using var box = await Box.Make(server);
        var (old, url, station) = await Ask(box);
        Assert.Equal(HttpStatusCode.OK, await Put(url, new ByteArrayContent([1])));
        await station.DisposeAsync();
        await box.Becomes(online: false);

        clock.Advance(TimeSpan.FromDays(3));
        (var young, url, station) = await Ask(box, times: 2);
        Assert.Equal(HttpStatusCode.OK, await Put(url, new ByteArrayContent([2])));
        (await box.Api.Get($"/actions/{old}/diagnostics")).MustBe(404);
        Assert.Equal(1, await Parts(server));

        await station.DisposeAsync();
        (await box.Api.Delete($"/chargestations/{box.Id}")).MustBe(200);
        (await box.Api.Get($"/actions/{young}/diagnostics")).MustBe(404);
        Assert.Equal(0, await Parts(server));
    }

    private static async Task<long> Parts(TestServer server)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        return await connection.ExecuteScalarAsync<long>("select count(*) from upload_parts");
    }

    private static async Task<(string Action, string Url, ScriptedStation Station)> Ask(Box box, int times = 1)
    {
        var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint);
        await station.Call("Heartbeat", "{}");
        var action = (await box.Api.Post($"/chargestations/{box.Id}/get_diagnostics")).MustBe(200).Text("_id");
        JsonArray call = await station.Expect();
        Assert.Equal("GetDiagnostics", (string)call[2]!);
        await station.Answer(call, """{"fileName":"log.zip"}""");
        await Box.Until(
            async () => (await box.Events()).Count(e => e == "chargestation.get_diagnostics.accepted") == times,
            "the station's answer");
        // The server was told port 0 and got another one; its address is what differs.
        var location = new Uri((string)call[3]!["location"]!);
        return (action, box.Server.Url.GetLeftPart(UriPartial.Authority) + location.AbsolutePath, station);
    }

    private async Task<HttpStatusCode> Put(string url, HttpContent content)
    {
        using (content)
        {
            using var answer = await http.PutAsync(url, content);
            return answer.StatusCode;
        }
    }

    /// <summary>So many bytes of a length that nobody is told beforehand; it may break off after them.</summary>
    private sealed class Endless(int length, bool breaksOff = false) : Stream
    {
        private int left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (left == 0 && breaksOff) throw new IOException("The modem is gone.");
            var read = Math.Min(left, count);
            left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

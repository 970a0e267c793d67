using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Stations;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Limits;

/// <summary>
/// A station that sends faster than it may is slowed; one that does not even wait for its answers is shown the door,
/// and the doctor says why (reliability §11).
/// </summary>
public sealed class O24_Flood
{
    private const string Status = """{"connectorId":1,"errorCode":"NoError","status":"Available"}""";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Whoever_does_not_wait_for_answers_is_closed_with_1008_and_told_why(string provider)
    {
        await using var server = await TestServer.Start(provider, o => o with { Ocpp = new OcppSection() });
        using var box = await Box.Make(server);
        using (var socket = await box.Connect())
        {
            await socket.Write(Calls(10_000, "StatusNotification", Status));
            var answered = 0;
            int? code = null;
            while (code is null && await socket.Read() is { } frame)
                if (frame.Opcode == RawFrame.Close) code = frame.Code;
                else answered++;
            Assert.Equal(1008, code);
            Assert.InRange(answered, 0, 400); // 200 at once, 20 waiting, 20 a second
        }

        await Told(box, "too_many_calls", "Ocpp:WaitingCalls");
    }

    [Fact]
    public async Task Whoever_waits_is_slowed_to_what_the_settings_say_and_stays()
    {
        await using var still = await StillServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { MessagesPerSecond = 10, MessageBurst = 5 } });
        var socket = await still.Connect();

        for (var i = 0; i < 5; i++) await socket.Call("Heartbeat"); // no time passes
        for (var i = 0; i < 3; i++) Assert.True(await Answered(still, socket) >= TimeSpan.FromMilliseconds(100));
        still.Clock.Advance(TimeSpan.FromSeconds(1));
        await socket.Call("Heartbeat");
    }

    [Fact]
    public async Task Messages_that_are_no_calls_count_too()
    {
        await using var still = await StillServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { MessagesPerSecond = 10, MessageBurst = 5 } });
        var socket = await still.Connect();

        for (var i = 0; i < 15; i++) await socket.Send("""[3,"never-asked",{}]""");

        Assert.True(await Answered(still, socket) >= TimeSpan.FromMilliseconds(1_000));
    }

    [Fact]
    public async Task Pings_are_answered_no_faster_than_messages()
    {
        await using var still = await StillServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { MessagesPerSecond = 10, MessageBurst = 5 } });
        var socket = await still.Connect();
        var ping = RawSocket.BytesOf(RawFrame.Ping, [1]);

        await socket.Write([.. Enumerable.Repeat(ping, 15).SelectMany(p => p)]);
        for (var i = 0; i < 5; i++) Assert.Equal(RawFrame.Pong, (await socket.Read())!.Opcode);

        Assert.True(await still.Passes(Pongs(socket, 10)) >= TimeSpan.FromMilliseconds(1_000));
    }

    [Fact]
    public async Task A_setting_says_how_many_calls_may_wait()
    {
        await using var still = await StillServer.Start(configure: o => o with
        {
            Ocpp = o.Ocpp with { MessagesPerSecond = 1, MessageBurst = 1, WaitingCalls = 2 },
        });
        var socket = await still.Connect();

        Assert.StartsWith("[3,", await socket.Call("Heartbeat"), StringComparison.Ordinal);
        await socket.Write(Calls(3, "Heartbeat", "{}")); // one held, two behind it
        var answers = ReadTexts(socket, 3);
        Assert.True(await still.Passes(answers) >= TimeSpan.FromSeconds(2));
        Assert.All(await answers, text => Assert.StartsWith("[3,", text, StringComparison.Ordinal));
        await socket.Write(Calls(4, "Heartbeat", "{}"));

        Assert.Equal(1008, await socket.CloseCode());
    }

    [Fact]
    public async Task Bytes_beyond_what_the_setting_says_wait()
    {
        await using var still = await StillServer.Start(configure: o => o with
        {
            Ocpp = o.Ocpp with
            {
                BytesPerSecond = 10_000,
                MaxMessageBytes = 20_000,
                MaxMessageBytesBeforeBoot = 20_000,
            },
        });
        var socket = await still.Connect();
        var big = $$"""{"x":"{{new string('x', 9_000)}}"}""";

        for (var i = 0; i < 2; i++) await socket.Call("Heartbeat", big); // no time passes

        Assert.True(await Answered(still, socket, big) >= TimeSpan.FromMilliseconds(500));
        still.Clock.Advance(TimeSpan.FromSeconds(10)); // that it leaves is read when it may be
    }

    [Fact]
    public async Task A_setting_says_how_many_unreadable_messages_close()
    {
        await using var server = await TestServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { UnreadablePerMinute = 3 } });
        using var box = await Box.Make(server);
        using var socket = await box.Connect();
        for (var i = 0; i < 2; i++) await socket.Send("nonsense");
        Assert.StartsWith("[3,", await socket.Call("Heartbeat"), StringComparison.Ordinal);

        await socket.Send("nonsense");

        Assert.Equal(1008, await socket.CloseCode());
        await Told(box, "unreadable", "Ocpp:UnreadablePerMinute");
    }

    [Fact]
    public async Task A_setting_says_how_often_one_station_may_connect()
    {
        await using var still = await StillServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { ConnectsPerMinute = 2 } }, security: "basic_auth");
        var door = RawSocket.Basic(still.Box.Endpoint, still.Box.Password!);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(101, (await still.Box.Ask(still.Box.Target, door)).Status);
            await still.Box.Becomes(online: false);
        }

        var refused = await still.Box.Ask(still.Box.Target, door);

        Assert.Equal((429, "30"), (refused.Status, refused.Header("Retry-After")));
        using var other = await Box.Make(still.Server);
        Assert.Equal(101, (await other.Ask(other.Target)).Status);
        Assert.Equal(101, (await RawSocket.AskFrom("127.0.9.1", still.Url, still.Box.Target, door)).Status);
        await still.Box.Becomes(online: false);
        still.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(101, (await still.Box.Ask(still.Box.Target, door)).Status);
        await Told(still.Box, "connects_too_often", "Ocpp:ConnectsPerMinute");
    }

    /// <summary>How much of the server's time passes until a CALL is answered.</summary>
    private static Task<TimeSpan> Answered(StillServer still, RawSocket socket, string payload = "{}")
    {
        var answer = socket.Call("Heartbeat", payload);
        return still.Passes(answer);
    }

    private static async Task Pongs(RawSocket socket, int count)
    {
        for (var i = 0; i < count; i++) Assert.Equal(RawFrame.Pong, (await socket.Read())!.Opcode);
    }

    private static async Task<List<string>> ReadTexts(RawSocket socket, int count)
    {
        var texts = new List<string>();
        while (texts.Count < count) texts.Add(await socket.NextText());
        return texts;
    }

    private static byte[] Calls(int count, string action, string payload) =>
    [
        .. Enumerable.Range(0, count).SelectMany(i => RawSocket.BytesOf(
            RawFrame.Text, Encoding.UTF8.GetBytes($"[2,\"{i}\",\"{action}\",{payload}]"))),
    ];

    /// <summary>The doctor has it, with the setting that would let it in.</summary>
    internal static async Task Told(Box box, string code, string remedy)
    {
        JsonNode? found = null;
        await Box.Until(
            async () =>
            {
                await box.Server.Services.GetRequiredService<AttemptBook>().Keep();
                found = (await box.Api.Get($"/chargestations/{box.Id}/connection_attempts?code={code}"))
                    .MustBe(200).Items.SingleOrDefault();
                return found is not null;
            },
            code);
        Assert.Contains(remedy, (string)found!["remedy"]!, StringComparison.Ordinal);
    }
}

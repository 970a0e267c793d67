using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Mail;

/// <summary>Alerts and invitations, from the API to a mail server, through outages and restarts.</summary>
public sealed class MailTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Who_watches_a_webhook_is_told_that_it_was_switched_off(string provider)
    {
        await using var peer = await MailPeer.Start();
        await using var sink = await WebhookSink.Start();
        await using var server = await Server(provider, peer);
        using var api = await server.Tenant();
        sink.AnswerStatus(410);
        var webhook = await Register(api, sink);

        await Happen(api);

        var mail = await peer.Next();
        Assert.Equal(("ops@example.org", true, "voltgate"), (mail.To, mail.IsSecure, mail.User));
        Assert.Equal("A webhook was switched off", mail.Header("Subject"));
        Assert.Contains($"{webhook} to 127.0.0.1 was switched off: its receiver answered 410 Gone", mail.Text);
        Assert.Equal("gone", (string)(await api.Get("/webhooks/" + webhook)).Result["disabled_reason"]!);
        await Gone(server);
        Assert.Equal(0, peer.Waiting);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Five_days_of_failure_only_are_told_once(string provider)
    {
        await using var peer = await MailPeer.Start("none", null);
        await using var sink = await WebhookSink.Start();
        var clock = new ShiftedClock();
        await using var server = await Server(provider, peer, clock);
        using var api = await server.Tenant();
        sink.AnswerStatus(500);
        var webhook = await Register(api, sink);
        await Happen(api);
        await Until(server, "select count(*) from webhooks where failing_since is not null", 1);

        clock.Advance(TimeSpan.FromDays(5));
        await Happen(api);

        var mail = await peer.Next();
        Assert.Equal("A webhook was switched off", mail.Header("Subject"));
        Assert.Contains("its receiver did nothing but fail for five days", mail.Text);
        Assert.False((bool)(await api.Get("/webhooks/" + webhook)).Result["active"]!);
        await Gone(server);
        Assert.Equal(0, peer.Waiting);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Deliveries_that_are_given_up_are_counted_in_one_mail_an_hour(string provider)
    {
        await using var peer = await MailPeer.Start();
        await using var sink = await WebhookSink.Start();
        var clock = new ShiftedClock();
        await using var server = await Server(provider, peer, clock);
        using var api = await server.Tenant();
        sink.AnswerStatus(500);
        var webhook = await Register(api, sink);
        await peer.GoDown();
        await GiveUp(server, api, 3);
        await Until(server, "select count(*) from mails where attempts > 0 and waiting = 3", 1);

        await peer.ComeUp();
        clock.Advance(TimeSpan.FromHours(1));
        var first = await peer.Next();
        await Until(server, "select count(*) from mails where waiting = 0", 1);
        await GiveUp(server, api, 2);
        Assert.Equal(1, await Number(server, "select count(*) from mails where waiting = 2 and due_at > "
            + clock.GetUtcNow().AddMinutes(58).ToUnixTimeMilliseconds()));
        Assert.Equal(0, peer.Waiting);
        clock.Advance(TimeSpan.FromHours(1));
        var second = await peer.Next();
        await Until(server, "select count(*) from mails where waiting = 0", 1);
        clock.Advance(TimeSpan.FromHours(1));
        await Gone(server);

        Assert.Equal("Webhook deliveries given up: 3", first.Header("Subject"));
        Assert.Equal("Webhook deliveries given up: 2", second.Header("Subject"));
        Assert.NotEqual(first.Header("Message-ID"), second.Header("Message-ID"));
        var shown = (await api.Get("/webhooks/" + webhook)).Result["last_exhausted"]!;
        Assert.Contains((string)shown["delivery"]!, second.Text);
        Assert.Contains("which ended with status 500", second.Text.Replace('\n', ' '));
        var events = await api.Get("/events?type=webhook.delivery_exhausted");
        Assert.Equal(5, events.MustBe(200).Items.Count);
        Assert.Contains(
            (string)shown["delivery"]!,
            events.Items.Select(e => (string)e!["data"]!["last_exhausted"]!["delivery"]!));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_invitation_outlives_an_outage_and_a_restart_and_arrives_once(string provider)
    {
        await using var peer = await MailPeer.Start();
        var clock = new ShiftedClock();
        await using var server = await Server(provider, peer, clock);
        await peer.GoDown();
        using var api = server.Client();
        var invited = (await api.Post("/admins", """{"email":"ada@example.org","role":"Support"}""")).MustBe(201);
        var (token, link) = (
            (string)invited.Result["invitation"]!["token"]!, (string)invited.Result["invitation"]!["link"]!);
        await Until(server, "select count(*) from mails where attempts = 1", 1);
        Assert.Equal(0, await Number(server, $"select count(*) from mails where sealed like '%{token}%'"));
        Assert.Equal(0, await Number(server, "select count(*) from mails where sealed like '%ada@%'"));

        await server.Restart();
        await peer.ComeUp();
        clock.Advance(TimeSpan.FromMinutes(1));
        var mail = await peer.Next();
        await Gone(server);
        await server.Restart();
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(("ada@example.org", "Your invitation to Voltgate"), (mail.To, mail.Header("Subject")));
        Assert.Contains("/invitation#" + token, link, StringComparison.Ordinal);
        Assert.Contains($"\n{link}\n", mail.Text, StringComparison.Ordinal);
        // What comes next is another mail, so there was no second one of the first.
        using var again = server.Client();
        await again.Post("/admins", """{"email":"bob@example.org","role":"Viewer"}""");
        Assert.Equal("bob@example.org", (await peer.Next()).To);
        await Gone(server);
        Assert.Equal(0, peer.Waiting);
        Assert.DoesNotContain(server.Logs.All, l => l.Contains("example.org", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_is_refused_is_dropped_at_once_and_what_waits_too_long_after_three_days(string provider)
    {
        await using var peer = await MailPeer.Start();
        var clock = new ShiftedClock();
        await using var server = await Server(provider, peer, clock);
        using var api = server.Client();

        await api.Post("/admins", """{"email":"nobody@example.org","role":"Viewer"}""");
        await Said(server, "was refused and is dropped: RCPT TO was answered 550 5.1.1.");
        await Gone(server);
        await api.Post("/admins", """{"email":"busy@example.org","role":"Viewer"}""");
        await Said(server, "could not be sent in attempt 1; it waits: RCPT TO was answered 451 4.3.0.");
        clock.Advance(TimeSpan.FromDays(3));
        await Said(server, "could not be sent for three days and is dropped: RCPT TO was answered 451 4.3.0.");

        await Gone(server);
        Assert.Equal(0, peer.Waiting);
    }

    [Fact]
    public async Task Two_processes_send_each_mail_once()
    {
        const int many = 20;
        await using var peer = await MailPeer.Start("none", null);
        await using var server = await Server(On.Postgres, peer);
        await using var twin = await server.Twin();
        using var api = server.Client();
        for (var i = 0; i < many; i++)
            (await api.Post("/admins", $$"""{"email":"a{{i}}@example.org","role":"Viewer"}""")).MustBe(201);

        await Gone(server);
        var people = new HashSet<string>();
        for (var i = 0; i < many; i++) Assert.True(people.Add((await peer.Next()).To));
        Assert.Equal(0, peer.Waiting);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task So_many_mails_of_an_organisation_wait_and_no_more(string provider)
    {
        await using var peer = await MailPeer.Start("none", null);
        await using var server = await Server(provider, peer);
        using var api = await server.Tenant();
        using var root = server.Client();
        var organization = (string)(await api.Get("/me")).Result["organization"]!["_id"]!;
        await Write(server, Enumerable.Range(0, 1_000).Select(i => Statement.Of(
            "insert into mails (id, organization, sealed, waiting, pause, attempts, due_at, created_at) "
            + "values ($1, $2, '', 1, 0, 0, $3, 0)", $"x{i}", organization, long.MaxValue)));

        (await api.Post("/admins", """{"email":"ada@example.org","role":"Viewer"}""")).MustBe(201);
        (await root.Post("/admins", """{"email":"bob@example.org","role":"Viewer"}""")).MustBe(201);

        Assert.Equal("bob@example.org", (await peer.Next()).To);
        await Until(server, "select count(*) from mails", 1_000);
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_waits_and_the_log_says_so_once()
    {
        await using var server = await TestServer.Start();
        using var api = server.Client();

        (await api.Post("/admins", """{"email":"ada@example.org","role":"Viewer"}""")).MustBe(201);

        await Said(server, "Mail:Host is empty");
        Assert.Equal(0, await Number(server, "select count(*) from mails"));
        Assert.Single(server.Logs.All, l => l.Contains("Mail:", StringComparison.Ordinal));
    }

    private static Task<TestServer> Server(string provider, MailPeer peer, TimeProvider? clock = null) =>
        TestServer.Start(
            provider, o => o with
            {
                Mail = peer.Settings,
                Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
            },
            clock);

    private static Task<string> Register(ApiClient api, WebhookSink sink) => api.Make(
        "/webhooks", $$"""{"url":"{{sink.Url}}","events":["user.*"],"alert_email":"ops@example.org"}""");

    private static Task<string> Happen(ApiClient api) => api.Make("/users", """{"firstname":"Ada"}""");

    /// <summary>So many deliveries fail for the last time.</summary>
    private static async Task GiveUp(TestServer server, ApiClient api, int count)
    {
        var before = await Number(server, "select count(*) from deliveries where state = 'exhausted'");
        for (var i = 0; i < count; i++) await Happen(api);
        await Until(
            server, "select count(*) from deliveries d join delivery_lanes l on l.webhook = d.webhook "
            + "and l.lane = d.lane and l.claimed_by is null where d.state = 'pending' and d.attempts = 1", count);
        await Write(server,
        [
            Statement.Of("update deliveries set attempts = 9 where state = 'pending'"),
            Statement.Of("update delivery_lanes set due_at = 0 where done_seq < last_seq"),
        ]);
        await Until(server, "select count(*) from deliveries where state = 'exhausted'", before + count);
    }

    private static Task Gone(TestServer server) => Until(server, "select count(*) from mails", 0);

    private static Task Until(TestServer server, string sql, long count) =>
        Box.Until(async () => await Number(server, sql) == count, $"{sql}: {count}");

    private static Task Said(TestServer server, string words) => Box.Until(
        () => Task.FromResult(server.Logs.All.Any(l => l.Contains(words, StringComparison.Ordinal))), words);

    private static async Task Write(TestServer server, IEnumerable<Statement> unit) => Assert.Equal(
        CommitStatus.Done, await server.Services.GetRequiredService<Committer>().Commit([.. unit]));

    private static async Task<long> Number(TestServer server, string sql)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}

using System.Net;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Voltgate.Server.Mail;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Tests.Webhooks;

/// <summary>A row of <c>deliveries</c> as a test looks at it.</summary>
internal sealed class DeliveryRow
{
    public string Id { get; init; } = "";

    public string Lane { get; init; } = "";

    public string EventId { get; init; } = "";

    public string State { get; init; } = "";

    public long Attempts { get; init; }
}

/// <summary>The webhook side of the server on a database of its own: a file, or a new database on the PostgreSQL server
/// that VOLTGATE_TEST_POSTGRES names.</summary>
internal sealed class HookRig : IAsyncDisposable
{
    public const string Organization = "000000000000000000000001";
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly string name = "voltgate_" + Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, long> streams = [];
    private readonly List<Dispatcher> dispatchers = [];
    private string connectionString = "";

    private HookRig(string provider, TimeProvider clock)
    {
        (Provider, Clock, Entropy) = (provider, clock, new Entropy(clock));
        Guard = GuardFor("127.0.0.0/8");
    }

    public static TheoryData<string> Databases => ["sqlite", "postgresql"];

    public string Provider { get; }

    public TimeProvider Clock { get; }

    public Entropy Entropy { get; }

    public DialGuard Guard { get; set; }

    public Database Database { get; private set; } = null!;

    public Committer Committer { get; private set; } = null!;

    public WebhooksSection Options { get; set; } = new();

    /// <summary>Nobody is mailed.</summary>
    private WebhookAlerts Alerts => new(
        new MailQueue(new ServerOptions(), new Keyring(Database, Clock), Entropy),
        new PublicAddress(new ServerOptions()));

    public static async Task<HookRig> Start(string provider = "sqlite", TimeProvider? clock = null)
    {
        var rig = new HookRig(provider, clock ?? TimeProvider.System);
        if (provider == "postgresql")
        {
            await Run($"create database {rig.name}");
            rig.connectionString = new NpgsqlConnectionStringBuilder(Server) { Database = rig.name }.ToString();
        }
        else
        {
            rig.connectionString = Path.Combine(Path.GetTempPath(), rig.name, "voltgate.db");
        }

        rig.Database = rig.OpenDatabase();
        await Migrations.Run(rig.Database, rig.Clock);
        rig.Committer = new Committer(rig.Database, NullLogger<Committer>.Instance);
        await rig.Committer.StartAsync(CancellationToken.None);
        return rig;
    }

    public static DialGuard GuardFor(params string[] networks) =>
        new(AddressRules.Of(networks), "", DialGuard.SystemResolver);

    /// <summary>A webhook that listens to everything.</summary>
    public async Task<string> Listen(Uri url, string organization = Organization, string secret = Secret)
    {
        var (id, now) = (Entropy.NewId(), Entropy.NowMs);
        var body = $$"""{"_id":"{{id}}","url":"{{url}}","active":true}""";
        var unit = new List<Statement>
        {
            Statement.Of(
                "insert into webhooks (id, organization, url, active, api_version, secret, version, created_at, "
                + "updated_at, body) values ($1, $2, $3, true, '1.1', $4, 1, $5, $5, $6)",
                id, organization, url.OriginalString, secret, now, body),
        };
        WebhookSwitch.On(unit, organization, id, ["*"], now);
        Assert.Equal(CommitStatus.Done, await Committer.Commit(unit));
        return id;
    }

    public async Task Write(string sql, params object?[] args) => await Committer.Commit([Statement.Of(sql, args)]);

    /// <summary>Something happened: the events' ids, in order.</summary>
    public async Task<IReadOnlyList<string>> Happen(string stream, int count = 1, string organization = Organization)
    {
        var unit = new List<Statement>();
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var seq = streams[stream] = streams.GetValueOrDefault(stream) + 1;
            var (id, now) = (Entropy.NewId(), Entropy.NowMs);
            var body =
                $$$"""{"_id":"{{{id}}}","type":"session.updated","data":{"stream":"{{{stream}}}","n":{{{seq}}}}}""";
            EventLog.Add(
                unit, new StoredEvent(id, organization, stream, seq, "session.updated", "session", stream, now,
                    Encoding.UTF8.GetBytes(body)));
            ids.Add(id);
        }

        Assert.Equal(CommitStatus.Done, await Committer.Commit(unit));
        return ids;
    }

    public LaneClaims Claims(Committer writer) => new(Database, writer, new EventReader(new SessionStore(Database)));

    public Dispatcher Dispatcher(Committer? committer = null)
    {
        var writer = committer ?? Committer;
        var ledger = new Ledger(writer, Clock, NullLogger<Ledger>.Instance);
        var courier = new Courier(GuardedHttp.Create(Guard), TimeSpan.FromSeconds(Options.TimeoutSeconds), Clock);
        var off = new WebhookSwitch(
            Database, writer, Entropy, Alerts, NullLogger<WebhookSwitch>.Instance);
        var pace = DispatchPace.Of(Options, Database, writer, Clock, NullLogger<Dispatcher>.Instance);
        var dispatcher = new Dispatcher(
            Claims(writer), new EndpointStore(Database, sealedText => sealedText),
            new Visitor(courier, ledger, off, Exhaustion(writer), Clock), ledger, pace);
        dispatchers.Add(dispatcher);
        return dispatcher;
    }

    public Exhaustion Exhaustion(Committer? committer = null) =>
        new(Database, committer ?? Committer, Entropy, Alerts);

    public async Task<Dispatcher> StartDispatcher()
    {
        var dispatcher = Dispatcher();
        await dispatcher.StartAsync(CancellationToken.None);
        return dispatcher;
    }

    public async Task<IReadOnlyList<DeliveryRow>> Deliveries(string webhook)
    {
        await using var connection = await Database.Open();
        return (await connection.QueryAsync<DeliveryRow>(
            "select id, lane, event_id as EventId, state, attempts from deliveries where webhook = @webhook "
            + "order by lane, seq", new { webhook })).AsList();
    }

    public async Task<IReadOnlyList<Attempt>> Attempts(string webhook)
    {
        var log = new DeliveryLog(Database);
        var attempts = new List<Attempt>();
        foreach (var delivery in await Deliveries(webhook)) attempts.AddRange(await log.Attempts(webhook, delivery.Id));
        return attempts;
    }

    public async Task<long> Number(string sql)
    {
        await using var connection = await Database.Open();
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    /// <summary>Asks again until it is so; the awaited thing has no event of its own.</summary>
    public static async Task Until(Func<Task<bool>> isSo, int seconds = 20)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }

    public Task UntilState(string webhook, string state, int count = 1) => Until(
        async () => (await Deliveries(webhook)).Count(d => d.State == state) >= count);

    public async ValueTask DisposeAsync()
    {
        foreach (var dispatcher in dispatchers)
        {
            await dispatcher.StopAsync(CancellationToken.None);
            dispatcher.Dispose();
        }

        await Committer.StopAsync(CancellationToken.None);
        Committer.Dispose();
        await Database.DisposeAsync();
        if (Provider == "postgresql") await Run($"drop database {name} with (force)");
        else Directory.Delete(Path.GetDirectoryName(connectionString)!, recursive: true);
    }

    private static string Server => Environment.GetEnvironmentVariable("VOLTGATE_TEST_POSTGRES")
        ?? throw new InvalidOperationException(
            "VOLTGATE_TEST_POSTGRES is not set: run ./test, which starts a PostgreSQL server for the tests.");

    private Database OpenDatabase() =>
        Provider == "postgresql" ? new PostgresDatabase(connectionString) : new SqliteDatabase(connectionString);

    private static async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

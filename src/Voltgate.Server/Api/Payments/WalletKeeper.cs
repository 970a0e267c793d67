using System.Text.Json;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// What a crash or a lost message leaves behind: holds whose session was never made are given back, and providers are
/// asked about payments that they should have told of. Several processes may do so at once: each step is fenced.
/// </summary>
internal sealed partial class WalletKeeper(
    Database database, Committer committer, TopUpBook book, ProviderAccounts accounts, WalletPulse pulse)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>A POST /sessions has long been answered then.</summary>
    private const long IdleHoldMs = 10 * 60_000;

    /// <summary>Between two questions about one payment.</summary>
    private const long LookEveryMs = 15 * 60_000;

    private const int Batch = 100;

    private sealed class Hold
    {
        public string Id { get; init; } = "";

        public string Wallet { get; init; } = "";

        public long Amount { get; init; }
    }

    private sealed class Due
    {
        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string Body { get; init; } = "";
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReleaseIdle(stoppingToken);
                await AskProviders(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogBeat(pulse.Log, e);
            }

            await Task.Delay(Beat, pulse.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReleaseIdle(CancellationToken cancel)
    {
        List<Hold> idle;
        await using (var connection = await database.Open(cancel))
            idle = (await connection.QueryAsync<Hold>(
                "select id as Id, wallet as Wallet, amount as Amount from wallet_holds "
                + $"where session is null and created_at < @before order by created_at limit {Batch}",
                new { before = pulse.NowMs - IdleHoldMs })).AsList();
        foreach (var hold in idle)
            await committer.Commit(WalletWrites.Release(hold.Id, hold.Wallet, hold.Amount), cancel);
    }

    private async Task AskProviders(CancellationToken cancel)
    {
        List<Due> due;
        await using (var connection = await database.Open(cancel))
            due = (await connection.QueryAsync<Due>(
                "select id as Id, organization as Organization, body as Body from top_ups "
                + $"where due_at <= @now order by due_at limit {Batch}", new { now = pulse.NowMs })).AsList();
        foreach (var row in due) await Ask(row, cancel);
    }

    private async Task Ask(Due row, CancellationToken cancel)
    {
        var topUp = JsonSerializer.Deserialize(row.Body, WireContext.Default.TopUpResource)!;
        var account = await accounts.Of(row.Organization, cancel);
        var state = account.Provider == topUp.Provider
            ? await accounts.ProviderOf(topUp.Provider).Look(topUp, account, cancel)
            : ProviderState.Waiting;
        if (state != ProviderState.Waiting)
        {
            await book.End(row.Organization, row.Id, EndOf(state));
            return;
        }

        await committer.Commit(
            [Statement.Of(
                "update top_ups set due_at = $2 where id = $1 and due_at is not null", row.Id,
                pulse.NowMs + LookEveryMs)],
            cancel);
    }

    public static TopUpEnd EndOf(ProviderState state) => state switch
    {
        ProviderState.Paid => TopUpEnd.Paid with { Counts = true },
        ProviderState.Expired => TopUpEnd.Failed("expired", "The driver did not pay in time."),
        _ => TopUpEnd.Failed("payment_failed", "The provider could not collect the money."),
    };

    [LoggerMessage(LogLevel.Error, "A look at holds and payments failed; it is tried again in a minute.")]
    private static partial void LogBeat(ILogger log, Exception e);
}

/// <summary>The keeper's time and its log.</summary>
internal sealed record WalletPulse(TimeProvider Clock, ILogger<WalletKeeper> Log)
{
    public long NowMs => Clock.GetUtcNow().ToUnixTimeMilliseconds();
}

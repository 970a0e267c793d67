using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>When and how fast the dispatcher works, and what it says when something goes wrong.</summary>
/// <param name="isAlone">No other process can share this database: SQLite.</param>
internal sealed partial class DispatchPace(
    TimeProvider clock, DispatchSignal signal, int turnsOfOneEndpoint, long leaseMs, bool isAlone, ILogger log)
{
    public TimeProvider Clock => clock;

    public DispatchSignal Signal => signal;

    public int TurnsOfOneEndpoint => turnsOfOneEndpoint;

    public long LeaseMs => leaseMs;

    public bool IsAlone => isAlone;

    public long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static DispatchPace Of(
        WebhooksSection options, Database database, Committer committer, TimeProvider clock, ILogger<Dispatcher> log) =>
        new(clock, committer.Deliveries, options.ConcurrentPerEndpoint, LeaseMsFor(options.TimeoutSeconds),
            database is SqliteDatabase, log);

    /// <summary>Long enough for a walk of several deliveries, short enough for a crash to be forgotten soon.</summary>
    private static long LeaseMsFor(int timeoutSeconds) => ((2 * timeoutSeconds) + 30) * 1000L;

    [LoggerMessage(LogLevel.Error, "Webhook deliveries could not be claimed; trying again.")]
    public partial void LogPassFailed(Exception e);

    [LoggerMessage(LogLevel.Error, "Webhook {Webhook} cannot be read; its deliveries wait.")]
    public partial void LogUnreadable(Exception e, string webhook);

    [LoggerMessage(LogLevel.Error, "A visit to webhook {Webhook}, lane {Lane}, failed.")]
    public partial void LogVisitFailed(Exception e, string webhook, string lane);
}

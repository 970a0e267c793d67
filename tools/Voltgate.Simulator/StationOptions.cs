using System.Collections.Immutable;

namespace Voltgate.Simulator;

/// <summary>
/// What one simulated station is and how it behaves. Everything random follows from <see cref="Seed"/>.
/// </summary>
public sealed record StationOptions
{
    /// <summary>ws://host:port/ocpp/{endpoint}: the last segment is the station's identity.</summary>
    public required Uri Url { get; init; }

    /// <summary>Basic authentication with the identity as user name; null: none.</summary>
    public string? Password { get; init; }

    /// <summary>The versions of OCPP that a station can speak, as people write them.</summary>
    public static readonly ImmutableArray<string> Versions = ["1.6", "2.0.1", "2.1"];

    /// <summary>The OCPP that it speaks: one of <see cref="Versions"/>.</summary>
    public string Version { get; init; } = Versions[0];

    public IReadOnlyList<ConnectorSpec> Connectors { get; init; } = [ConnectorSpec.Ac22];

    public string Vendor { get; init; } = "Voltgate";

    public string Model { get; init; } = "Simulator";

    public string? SerialNumber { get; init; }

    public string Firmware { get; init; } = "1.0.0";

    public Mishaps Mishaps { get; init; }

    public uint Seed { get; init; } = 1;

    public Pace Pace { get; init; } = Pace.Real;

    /// <summary>How often the station looks at its own state, in real time.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The first wait after a lost or refused connection; doubled each time up to the last, with jitter.
    /// </summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LastBackOff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a mishap or a restart keeps the station away, in real time.</summary>
    public TimeSpan Away { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the platform has to answer a CALL.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Configuration keys that differ from <see cref="Configuration.Defaults"/>.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>What the meters show in the beginning, in Wh.</summary>
    public long MeterWh { get; init; } = 120_000;

    public string Identity => Uri.UnescapeDataString(Url.Segments[^1].TrimEnd('/'));
}

/// <summary>One connector: what it can give, and how.</summary>
/// <param name="PowerW">The most it gives, all phases together.</param>
/// <param name="Phases">1 or 3; 0 is direct current.</param>
public sealed record ConnectorSpec(int PowerW, int Phases)
{
    public static readonly ConnectorSpec Ac22 = new(22_000, 3);

    public static readonly ConnectorSpec Dc150 = new(150_000, 0);

    public bool IsDc => Phases == 0;
}

/// <summary>What a station may do that it should not. Those in mid-session happen once a session.</summary>
[Flags]
public enum Mishaps
{
    None = 0,

    /// <summary>The connection breaks in mid-session; what happens meanwhile is queued.</summary>
    DropsLink = 1 << 0,

    /// <summary>Each transaction message is sent twice, with the same message id.</summary>
    Duplicates = 1 << 1,

    /// <summary>Every command is answered Rejected.</summary>
    Rejects = 1 << 2,

    /// <summary>No command is answered at all.</summary>
    Silent = 1 << 3,

    /// <summary>The power fails in mid-session; the station boots again and ends the session with PowerLoss.</summary>
    Restarts = 1 << 4,

    /// <summary>The meter falls back in mid-session.</summary>
    MeterRollsBack = 1 << 5,

    /// <summary>The clock starts in 1970 and is never set.</summary>
    Clock1970 = 1 << 6,

    /// <summary>The StopTransaction never comes.</summary>
    NeverStops = 1 << 7,

    /// <summary>Message ids begin anew with each connection.</summary>
    RepeatsIds = 1 << 8,

    /// <summary>What is sent again gets another message id.</summary>
    NewIdsOnRetry = 1 << 9,

    /// <summary>The connection breaks when the answers to StartTransaction and StopTransaction are due.</summary>
    LosesAnswers = 1 << 10,
}

/// <summary>
/// How fast a station lives. While a vehicle is plugged in, its clock runs <paramref name="Factor"/> times as fast;
/// it starts <paramref name="Lead"/> behind the real time and, once it has caught up, runs with it: no timestamp ever
/// lies in the future, and none before its predecessor. A lead of under five minutes raises no doubt about the clock.
/// </summary>
public sealed record Pace(int Factor, TimeSpan Lead)
{
    public static readonly Pace Real = new(1, TimeSpan.Zero);
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Voltgate.Domain.Payments;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Sessions;

public enum SessionStatus
{
    Created,
    Started,
    Ended,
    Cancelled,
}

public enum SessionSource
{
    Api,
    Rfid,
    Autocharge,
    Free,
    Station,
    Offline,
}

/// <summary>When a session shall stop by itself. Null: no such target.</summary>
public sealed record SessionTarget(
    long? TimeMs = null,
    Energy? Energy = null,
    long? CostMicros = null,
    int? StateOfCharge = null,
    long? EnergyStartMs = null,
    long? EnergyStopMs = null);

public enum ActivityStatus
{
    Idle,
    Charging,
    SuspendedEV,
    SuspendedEVSE,
}

/// <summary>A stretch of one kind of activity; the last one of a running session is open (EndMs null).</summary>
public sealed record ActivitySpan(long StartMs, long? EndMs, ActivityStatus Status);

/// <summary>The last known values, in milli-units: mA, mW, mV, and percent.</summary>
/// <param name="Added">
/// In a session's history: what the register added since it was read before, as it was billed. Null: it was not read.
/// </param>
public sealed record EnergyReport(
    long AtMs, long? CurrentMilliA, long? PowerMilliW, long? VoltageMilliV, Energy? Meter, int? StateOfCharge,
    Energy? Added = null)
{
    /// <summary>False: it only tells what the end of the session added.</summary>
    [JsonIgnore]
    public bool IsMeasured => this with { AtMs = 0, Added = null } != new EnergyReport(0, null, null, null, null, null);
}

/// <summary>
/// One charging event from request to bill: <c>session</c> on the wire, Transaction in OCPP. All times unix ms.
/// </summary>
public sealed record Session
{
    public required string Id { get; init; }
    public required string Organization { get; init; }
    public required string Station { get; init; }
    public required string Connector { get; init; }
    public required Place Place { get; init; }
    public required SessionStatus Status { get; init; }
    public required SessionSource Source { get; init; }

    /// <summary>Random positive 31 bits, unique, never 0: transactionId of OCPP 1.6.</summary>
    public required int Number { get; init; }

    public string? User { get; init; }
    public string? Token { get; init; }

    /// <summary>The tag that was sent with the remote start or presented at the station.</summary>
    public string IdTag { get; init; } = "";

    /// <summary>Natural key of the start: connector, tag, time, meter. Null until the station started it.</summary>
    public string? StartKey { get; init; }

    /// <summary>The station's own id of the transaction (2.x); null: it goes by <see cref="Number"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Transaction { get; init; }

    /// <summary>Which pieces of the transaction have come (<see cref="SequenceLog"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sequences { get; init; }

    /// <summary>2.x ChargingStateEnumType, as the station told it last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChargingState { get; init; }

    /// <summary>2.x ReasonEnumType, as the station told it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChargingStopReason { get; init; }

    public string? Rate { get; init; }
    public int RateVersion { get; init; }

    /// <summary>The price plan of <see cref="Rate"/> at <see cref="RateVersion"/>; read beside the row.</summary>
    [JsonIgnore]
    public RatePlan? Plan { get; init; }

    public string TimeZone { get; init; } = "UTC";
    public Failure? Failure { get; init; }
    public string? StopReason { get; init; }

    /// <summary>Why we asked the station to stop, until it did.</summary>
    public string? StopRequested { get; init; }

    public SessionTarget Target { get; init; } = new();

    /// <summary>What people allow it; null: no limit of its own.</summary>
    public PowerLimit? Limit { get; init; }

    /// <summary>Set where the driver's wallet pays.</summary>
    public SessionPayment? Payment { get; init; }

    public long? StartedAtMs { get; init; }
    public long? EndedAtMs { get; init; }
    public Energy? MeterStart { get; init; }
    public Energy? MeterStop { get; init; }
    public Energy Consumed { get; init; }

    /// <summary>The register at the last accepted reading and when: where the next interval begins.</summary>
    public Energy? LastMeter { get; init; }
    public long LastMeterAtMs { get; init; }

    /// <summary>
    /// The register before it fell, until it advances again: a drop-out comes back to it, a reset does not.
    /// </summary>
    public Energy? MeterBeforeDrop { get; init; }

    /// <summary>Up to when time has been booked as drawing or idle.</summary>
    public long BookedUntilMs { get; init; }

    /// <summary>The connector's status words decide about activity; else the meter does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool StatusDriven { get; init; }

    public ImmutableArray<ActivitySpan> Activity { get; init; } = [];
    public ImmutableArray<UsageSegment> Usage { get; init; } = [];
    public EnergyReport? Report { get; init; }

    /// <summary>What <see cref="Report"/> was made of, as long as the organisation asks for it.</summary>
    public RawReport? Raw { get; init; }

    /// <summary>The newest piece of the transaction word for word (2.x), as long as the organisation asks for it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RawEvent { get; init; }

    public long PeakPowerMilliW { get; init; }
    public long? LowPowerSinceMs { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EvCharged { get; init; }

    /// <summary>Reached target, once: the same one does not stop a session twice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TargetReached { get; init; }

    /// <summary>The station booted while the session was open: its stop may never come.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Interrupted { get; init; }

    /// <summary>The station's answer to the start; a repeated start is answered the same.</summary>
    public Authorization Admitted { get; init; }

    /// <summary>Ended by us without the station's word; its late stop corrects the session once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ClosedUnheard { get; init; }

    /// <summary>Came too late to be billed, by the tenant's word: the lines are shown, the amount is 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Waived { get; init; }

    /// <summary>
    /// When the time target ends the session; from its arrival here, so that old offline ones are left alone.
    /// </summary>
    public long? TimeLimitAtMs { get; init; }

    /// <summary>When a session whose connector is free is closed by policy.</summary>
    public long? AbandonedAtMs { get; init; }

    /// <summary>When the station last spoke of it: a reading, or a change of its connector's status.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? HeardAtMs { get; init; }

    /// <summary>When the clock looks whether it has been silent for too long.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SilentAtMs { get; init; }

    public long CostMicros { get; init; }

    /// <summary>
    /// Why a person should look at it: clock, meter_rollback, meter_jump, unknown_token, superseded, …
    /// </summary>
    public ImmutableSortedSet<string> Review { get; init; } = [];

    /// <summary>When the clock must look at this session next; null: never.</summary>
    public long? DueAtMs { get; init; }

    /// <summary>The session's events lie between these numbers of the station's stream: after From, up to To.</summary>
    public long EventsFrom { get; init; }
    public long EventsTo { get; init; }

    public string MetaData { get; init; } = "{}";
    public long CreatedAtMs { get; init; }
    public long UpdatedAtMs { get; init; }

    [JsonIgnore]
    public bool IsOpen => Status is SessionStatus.Created or SessionStatus.Started;

    /// <summary>Time the vehicle really drew energy: the sum of the Charging spans that are booked.</summary>
    [JsonIgnore]
    public long DrawMs => Usage.Sum(u => u.DrawMs);
}

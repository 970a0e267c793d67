using System.Collections.Frozen;
using System.Collections.Immutable;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V16;
using Voltgate.Simulator.V16;
using Voltgate.Simulator.V2;

namespace Voltgate.Simulator;

/// <summary>
/// How one version of OCPP words what happens at a station, and what its platform answers and wants. The station
/// itself thinks in the words of 1.6, whatever it speaks.
/// </summary>
internal abstract class Wording
{
    /// <summary>Each version that a station can speak, as people write it.</summary>
    private static readonly FrozenDictionary<string, Wording> All = new Dictionary<string, Wording>
    {
        ["1.6"] = new V16Wording(),
        ["2.0.1"] = new V2Wording(Ocpp.V2.V2Wire.V201, "ocpp2.0.1", RpcRules.V201),
        ["2.1"] = new V2Wording(Ocpp.V2.V2Wire.V21, "ocpp2.1", RpcRules.V21),
    }.ToFrozenDictionary();

    public abstract string Subprotocol { get; }

    public abstract RpcRules Rules { get; }

    /// <summary>What the settings are in the beginning, by the keys of 1.6.</summary>
    public virtual ImmutableSortedDictionary<string, string> Settings => Configuration.Defaults;

    public static Wording Of(string version) => All.TryGetValue(version, out var words)
        ? words
        : throw new ArgumentException(
            $"OCPP {version}: write {string.Join(", ", StationOptions.Versions)}.", nameof(version));

    public abstract Saying Boot(Turn turn);

    public abstract Saying Heartbeat();

    /// <summary>Null: there is no word for the status of that. Connector 0: the station.</summary>
    public abstract Saying? Status(Turn turn, int connector);

    /// <summary>May that token charge there?</summary>
    /// <param name="kind">IdTokenEnumType of 2.x; null: a card.</param>
    public abstract Saying Authorize(string idTag, int connector, string? kind);

    /// <summary>A charge has begun.</summary>
    /// <param name="byCable">The cable came last; else somebody's leave to charge.</param>
    public abstract Saying Started(Turn turn, Charge charge, int? reservation, bool byCable);

    /// <summary>What the meter shows while a charge runs.</summary>
    /// <param name="asked">The platform wanted to know; else it is time for a sample.</param>
    public abstract Saying Sampled(Turn turn, Charge charge, MeterValue reading, bool asked);

    /// <summary>A charge has ended: its reason and time are known.</summary>
    public abstract Saying Ended(Turn turn, Charge charge);

    /// <summary>What the meter shows, because somebody asked.</summary>
    public abstract Saying Metered(Turn turn, int connector, MeterValue reading);

    /// <summary>Says what there is to say of another status of a connector.</summary>
    public abstract void Shown(Turn turn, int connector, ChargePointStatus was);

    public abstract Saying LogTold(UploadLogStatus status, int? request);

    /// <summary>How far the firmware update is.</summary>
    public abstract Saying FirmwareTold(Turn turn);

    /// <summary>A reservation is over that nobody used. Null: there is no word for it.</summary>
    public virtual Saying? ReservationEnded(int number, bool expired) => null;

    /// <summary>The payload, at the moment at which it is sent.</summary>
    public abstract byte[] Write(Saying saying, StationState state);

    /// <summary>The platform has answered what was said.</summary>
    public abstract void Hear(Turn turn, Saying saying, WireValue payload);

    /// <summary>The platform wants something.</summary>
    public abstract OutboundAnswer Obey(Turn turn, Ordered order);
}

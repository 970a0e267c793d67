using System.Collections.Immutable;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V16;
using Voltgate.Simulator.V16;

namespace Voltgate.Simulator;

/// <summary>
/// How one version of OCPP words what happens at a station, and what its platform answers and wants. The station
/// itself thinks in the words of 1.6, whatever it speaks.
/// </summary>
internal abstract class Wording
{
    private static readonly V16Wording First = new();

    /// <summary>The versions that a station can speak, as people write them.</summary>
    public static readonly ImmutableArray<string> Versions = ["1.6"];

    public abstract string Subprotocol { get; }

    public abstract RpcRules Rules { get; }

    public static Wording Of(string version) => version switch
    {
        "1.6" => First,
        _ => throw new ArgumentException($"OCPP {version}: write {string.Join(", ", Versions)}.", nameof(version)),
    };

    public abstract Saying Boot(Turn turn);

    public abstract Saying Heartbeat();

    /// <summary>Null: there is no word for the status of that. Connector 0: the station.</summary>
    public abstract Saying? Status(Turn turn, int connector);

    /// <summary>May that token charge there?</summary>
    public abstract Saying Authorize(string idTag, int connector);

    /// <summary>A charge has begun.</summary>
    /// <param name="byCable">The cable came last; else somebody's leave to charge.</param>
    public abstract Saying Started(Turn turn, Charge charge, int? reservation, bool byCable);

    /// <summary>What the meter shows while a charge runs.</summary>
    public abstract Saying Sampled(Turn turn, Charge charge, MeterValue reading);

    /// <summary>A charge has ended: its reason and time are known.</summary>
    public abstract Saying Ended(Turn turn, Charge charge);

    /// <summary>What the meter shows, because somebody asked.</summary>
    public abstract Saying Metered(Turn turn, int connector, MeterValue reading);

    /// <summary>Says what there is to say of another status of a connector.</summary>
    public abstract void Shown(Turn turn, int connector, ChargePointStatus was);

    public abstract Saying LogTold(UploadLogStatus status, int? request);

    /// <summary>How far the firmware update is.</summary>
    public abstract Saying FirmwareTold(Turn turn);

    /// <summary>The payload, at the moment at which it is sent.</summary>
    public abstract byte[] Write(Saying saying, StationState state);

    /// <summary>The platform has answered what was said.</summary>
    public abstract void Hear(Turn turn, Saying saying, WireValue payload);

    /// <summary>The platform wants something.</summary>
    public abstract OutboundAnswer Obey(Turn turn, Ordered order);
}

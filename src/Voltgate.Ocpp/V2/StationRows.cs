using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

/// <summary>What a 2.x station says for which there is a word of the platform's own.</summary>
internal static class StationRows
{
    public static IReadOnlyList<Route> Of(V2Wire wire) =>
    [
        wire.Said("Authorize", AuthorizeRequest.Read,
            m => new TokenPresented(m.IdToken.Text) { Type = m.IdToken.Type, Contract = ContractRows.ShownIn(m) },
            (TokenJudged r) => new AuthorizeResponse(
                Wording.InfoOf(r.Authorization, r.Tag, wire), ContractRows.StatusOf(r.Contract)),
            lenient: true),

        wire.Said("BootNotification", BootNotificationRequest.Read,
            m => new Booted(InfoOf(m.ChargingStation)) { Reason = m.Reason.ToString() },
            (BootAnswered r) => new BootNotificationResponse(
                StationTime.At(r.NowMs), r.IntervalSeconds,
                r.Accepted ? RegistrationStatus.Accepted
                    : r.IsPending ? RegistrationStatus.Pending : RegistrationStatus.Rejected),
            lenient: true),

        wire.Said("DataTransfer", DataTransferRequest.Read,
            m => new DataSent(m.VendorId, m.MessageId, m.Data?.Text),
            (DataAnswered r) => new DataTransferResponse(
                Enum.Parse<DataTransferStatus>(r.Verdict.ToString()),
                Data: r.Data is { } data ? AnyJson.Of(data) : null)),

        wire.Said("Heartbeat", HeartbeatRequest.Read,
            _ => new Pulsed(),
            (PulseAnswered r) => new HeartbeatResponse(StationTime.At(r.NowMs))),

        wire.Said("MeterValues", MeterValuesRequest.Read,
            m => new MeterReported(new Place(0, m.EvseId), null, ReadingsOf(m.MeterValue)),
            (Noted _) => EmptyResponse.Instance,
            lenient: true),

        wire.Said("StatusNotification", StatusNotificationRequest.Read,
            m => Reported(new Place(m.ConnectorId, m.EvseId), m.ConnectorStatus, m.Timestamp),
            (Noted _) => EmptyResponse.Instance),

        .. Upkeep(wire), .. Vehicles(wire),
    ];

    internal static ImmutableArray<MeterReading> ReadingsOf(IReadOnlyList<MeterValue> values) =>
        [.. values.Select(v => v.ToReading())];

    /// <summary>2.1 G01: the preferred way to tell a connector's status is an event of its AvailabilityState.</summary>
    internal static IReadOnlyList<ConnectorReported> StatusesIn(NotifyEventRequest m)
    {
        var found = new List<ConnectorReported>();
        foreach (var item in m.EventData)
            if (item is
                {
                    Component: { Name: "Connector", Evse: { ConnectorId: > 0 } evse },
                    Variable.Name: "AvailabilityState",
                } && Enum.TryParse<ConnectorStatus>(item.ActualValue, out var status)
                && status.ToString() == item.ActualValue)
                found.Add(Reported(evse.ToPlace(), status, item.Timestamp));
        if (found.Count == 0) return [];
        return found;
    }

    private static ConnectorReported Reported(Place place, ConnectorStatus status, StationTime at) => new(
        place, StatusOf(status), status == ConnectorStatus.Faulted ? "OtherError" : "NoError", null, null, at);

    private static IReadOnlyList<Route> Upkeep(V2Wire wire) =>
    [
        wire.Said("FirmwareStatusNotification", FirmwareStatusNotificationRequest.Read,
            m => new FirmwareReported(m.Status.ToString(), m.RequestId),
            (Noted _) => EmptyResponse.Instance),

        wire.Said("LogStatusNotification", LogStatusNotificationRequest.Read,
            m => new DiagnosticsReported(m.Status.ToString(), m.RequestId),
            (Noted _) => EmptyResponse.Instance),

        wire.Said("SecurityEventNotification", SecurityEventNotificationRequest.Read,
            m => new SecurityReported(m.Type, m.Timestamp, m.TechInfo),
            (Noted _) => EmptyResponse.Instance,
            lenient: true),

        wire.Said("SignCertificate", SignCertificateRequest.Read,
            m => new CertificateWanted(m.Csr)
            {
                Use = m.CertificateType is null or CertificateSigningUse.ChargingStationCertificate
                    ? null
                    : m.CertificateType.ToString(),
                Request = m.RequestId,
            },
            (CertificateNoted r) => new SignCertificateResponse(
                r.Accepted ? GenericStatus.Accepted : GenericStatus.Rejected)),
    ];

    private static IReadOnlyList<Route> Vehicles(V2Wire wire) =>
    [
        // K15.FR.04: no profile can be given; 2.1 has a word for that.
        wire.Said("NotifyEVChargingNeeds", NotifyEVChargingNeedsRequest.Read,
            m => new VehicleTold("NotifyEVChargingNeeds", new Place(0, m.EvseId)),
            (VehicleJudged r) => new NotifyEVChargingNeedsResponse(
                r.Accepted ? NotifyEVChargingNeedsStatus.Accepted
                    : wire.Edition == Edition.V21 ? NotifyEVChargingNeedsStatus.NoChargingProfile
                    : NotifyEVChargingNeedsStatus.Rejected)),

        wire.Said("NotifyEVChargingSchedule", NotifyEVChargingScheduleRequest.Read,
            m => new VehicleTold(
                "NotifyEVChargingSchedule", new Place(0, m.EvseId),
                new PowerLimit(
                    m.ChargingSchedule.ChargingRateUnit == ChargingRateUnit.W ? RateUnit.W : RateUnit.A,
                    m.ChargingSchedule.ChargingSchedulePeriod.Max(p => p.Limit ?? 0))),
            (VehicleJudged r) => new NotifyEVChargingScheduleResponse(
                r.Accepted ? GenericStatus.Accepted : GenericStatus.Rejected)),
    ];

    private static BootInfo InfoOf(ChargingStation station) => new(
        station.VendorName, station.Model, station.SerialNumber, FirmwareVersion: station.FirmwareVersion,
        Iccid: station.Modem?.Iccid, Imsi: station.Modem?.Imsi);

    private static Domain.Stations.ConnectorStatus StatusOf(ConnectorStatus status) => status switch
    {
        ConnectorStatus.Available => Domain.Stations.ConnectorStatus.Available,
        ConnectorStatus.Occupied => Domain.Stations.ConnectorStatus.Occupied,
        ConnectorStatus.Reserved => Domain.Stations.ConnectorStatus.Reserved,
        ConnectorStatus.Faulted => Domain.Stations.ConnectorStatus.Faulted,
        _ => Domain.Stations.ConnectorStatus.Unavailable,
    };
}

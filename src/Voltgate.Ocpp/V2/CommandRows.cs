using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

/// <summary>What a 2.x station is told for the commands of the platform.</summary>
internal static class CommandRows
{
    public static IReadOnlyList<CommandRoute> Of(V2Wire wire) =>
        [.. Operation(wire), .. Charging(wire), .. Variables(wire), .. Upkeep(wire), .. Certificates(wire)];

    private static IReadOnlyList<CommandRoute> Operation(V2Wire wire) =>
    [
        wire.Told("ChangeAvailability", ChangeAvailabilityRequest.Read,
            (ChangeAvailability c) => new ChangeAvailabilityRequest(
                c.Available ? OperationalStatus.Operative : OperationalStatus.Inoperative, Wording.EvseOf(c.Place))),

        wire.Told("Reset", ResetRequest.Read,
            (ResetStation c) => new ResetRequest(
                c.Hard ? ResetKind.Immediate : ResetKind.OnIdle, Wording.EvseOf(c.Place)?.Id)),

        wire.Told("TriggerMessage", TriggerMessageRequest.Read,
            (TriggerReport c) => TriggerOf(c.Message) is { } wanted
                ? new TriggerMessageRequest(wanted, Wording.EvseOf(PlaceOf(wanted, c.Place ?? Place.Station)))
                : null),

        wire.Told("UnlockConnector", UnlockConnectorRequest.Read,
            (UnlockConnector c) => c.Place.ToKnown().ToEvse() is { IsStation: false } place
                ? new UnlockConnectorRequest(place.Evse, place.Connector)
                : null),
    ];

    private static IReadOnlyList<CommandRoute> Charging(V2Wire wire) =>
    [
        wire.Told("CancelReservation", CancelReservationRequest.Read,
            (ReleasePlace c) => new CancelReservationRequest(c.Number)),

        wire.Told("ClearCache", ClearCacheRequest.Read, (ClearCache _) => new ClearCacheRequest()),

        wire.Told("ClearChargingProfile", ClearChargingProfileRequest.Read, (ClearProfiles c) => Wording.Of(c)),

        wire.Told("GetCompositeSchedule", GetCompositeScheduleRequest.Read,
            (ReadSchedule c) => new GetCompositeScheduleRequest(
                c.DurationSeconds, c.Place.ToEvse().Evse, c.Unit is { } unit ? Wording.UnitOf(unit) : null)),

        wire.Told("GetLocalListVersion", GetLocalListVersionRequest.Read,
            (ReadTokenList _) => new GetLocalListVersionRequest(),
            judge: Learning.ListVersion,
            hasStatus: false),

        wire.Told("ReserveNow", ReserveNowRequest.Read, (ReservePlace c) => Wording.Of(c, wire)),

        wire.Told("SendLocalList", SendLocalListRequest.Read, (WriteTokenList c) => Wording.Of(c, wire)),

        wire.Told("SetChargingProfile", SetChargingProfileRequest.Read, (SetProfile c) => Wording.Of(c)),
    ];

    private static IReadOnlyList<CommandRoute> Variables(V2Wire wire) =>
    [
        wire.Told("GetVariables", GetVariablesRequest.Read,
            (ReadConfiguration c) => AskOf(c.Keys),
            learn: (_, answer) => Learning.Known(answer),
            show: Learning.Shown,
            hasStatus: false),

        wire.Told("SetVariables", SetVariablesRequest.Read,
            (WriteConfiguration c) => TellOf([new(PasswordOr(c.Key), c.Value)]),
            learn: (c, _) => Learning.Written([new(c.Key, c.Value)]),
            judge: Learning.JudgeWritten),

        wire.Told("SetVariables", SetVariablesRequest.Read,
            (WriteSettings c) => TellOf(c.Values),
            learn: (c, _) => Learning.Written(c.Values),
            judge: Learning.JudgeWritten),
    ];

    private static IReadOnlyList<CommandRoute> Upkeep(V2Wire wire) =>
    [
        wire.Told("DataTransfer", DataTransferRequest.Read,
            (SendData c) => new DataTransferRequest(
                c.VendorId, c.MessageId, c.Data is { } data ? AnyJson.Of(data) : null)),

        wire.Told("GetLog", GetLogRequest.Read,
            (SendDiagnostics c) => new GetLogRequest(
                new LogParameters(c.Url, Wording.TimeOf(c.ToMs), Wording.TimeOf(c.FromMs)), LogKind.DiagnosticsLog,
                Wording.NumberOf(c.Url), c.Retries, c.RetryIntervalSeconds)),

        wire.Told("GetLog", GetLogRequest.Read,
            (SendLog c) => new GetLogRequest(
                new LogParameters(c.Url, Wording.TimeOf(c.ToMs), Wording.TimeOf(c.FromMs)),
                c.Kind == Domain.Stations.LogKind.Security ? LogKind.SecurityLog : LogKind.DiagnosticsLog,
                c.Request, c.Retries, c.RetryIntervalSeconds)),

        wire.Told("SetNetworkProfile", SetNetworkProfileRequest.Read,
            (SetNetworkProfile c) => Enum.TryParse<OCPPInterface>(c.Interface, out var by)
                ? new SetNetworkProfileRequest(c.Slot, new NetworkConnectionProfile(
                    c.PatienceSeconds, c.Url, by, OCPPTransport.JSON, (int)c.Security,
                    OcppVersion: wire.Edition == Edition.V21 ? OCPPVersion.OCPP21 : OCPPVersion.OCPP20))
                : null),

        wire.Told("UpdateFirmware", UpdateFirmwareRequest.Read,
            (InstallFirmware c) => new UpdateFirmwareRequest(
                c.Proof?.Request ?? Wording.NumberOf(c.Url),
                new Firmware(
                    c.Url, StationTime.At(c.FromMs), Wording.TimeOf(c.Proof?.InstallFromMs), c.Proof?.Signature,
                    c.Proof?.Certificate),
                c.Retries, c.RetryIntervalSeconds)),
    ];

    private static IReadOnlyList<CommandRoute> Certificates(V2Wire wire) =>
    [
        wire.Told("CertificateSigned", CertificateSignedRequest.Read,
            (CarryCertificate c) => new CertificateSignedRequest(
                c.Chain,
                c.Use is { } use
                    ? Enum.Parse<CertificateSigningUse>(use)
                    : CertificateSigningUse.ChargingStationCertificate,
                c.Request)),

        wire.Told("DeleteCertificate", DeleteCertificateRequest.Read,
            (DeleteCertificate c) => Enum.TryParse<HashAlgorithm>(c.Algorithm, out var algorithm)
                ? new DeleteCertificateRequest(new CertificateHashData(
                    algorithm, c.IssuerKeyHash, c.IssuerNameHash, c.SerialNumber))
                : null),

        wire.Told("GetInstalledCertificateIds", GetInstalledCertificateIdsRequest.Read,
            (ReadCertificates c) => new GetInstalledCertificateIdsRequest(c.Use is { } use ? [UseOf(use)] : null),
            judge: Learning.JudgeInstalled),

        wire.Told("InstallCertificate", InstallCertificateRequest.Read,
            (InstallCertificate c) => Enum.TryParse<InstallCertificateUse>(UseOf(c.Use).ToString(), out var use)
                ? new InstallCertificateRequest(use, c.Certificate)
                : null),
    ];

    private static GetCertificateIdUse UseOf(CertificateUse use) => use switch
    {
        CertificateUse.ManufacturerRoot => GetCertificateIdUse.ManufacturerRootCertificate,
        CertificateUse.V2GRoot => GetCertificateIdUse.V2GRootCertificate,
        CertificateUse.MobilityOperatorRoot => GetCertificateIdUse.MORootCertificate,
        CertificateUse.V2GChain => GetCertificateIdUse.V2GCertificateChain,
        _ => GetCertificateIdUse.CSMSRootCertificate,
    };

    // F06.FR.13: a status is a connector's, which is named in full; everything else is its EVSE's.
    private static Place PlaceOf(MessageTrigger wanted, Place place) =>
        wanted == MessageTrigger.StatusNotification ? place.ToEvse().ToKnown() : place;

    // A new password is told to every version by the same command; 2.x keeps it elsewhere (A01).
    private static string PasswordOr(string key) => key == "AuthorizationKey" ? "SecurityCtrlr.BasicAuthPassword" : key;

    private static SetVariablesRequest? TellOf(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var data = new List<SetVariableData>(values.Count);
        foreach (var (text, value) in values)
        {
            if (VariableKey.Parse(text) is not { } key) return null;
            data.Add(new SetVariableData(value, key.ToComponent(), key.ToVariable()));
        }

        return new SetVariablesRequest([.. data]);
    }

    // All of them are no variable in particular: a report tells them (B07).
    private static GetVariablesRequest? AskOf(IReadOnlyList<string> keys)
    {
        var parsed = keys.Select(VariableKey.Parse).ToArray();
        return parsed.Length == 0 || parsed.Contains(null)
            ? null
            : new GetVariablesRequest([.. parsed.Select(k => new GetVariableData(k!.ToComponent(), k.ToVariable()))]);
    }

    /// <summary>What 1.6 calls otherwise is understood, too. A trigger of a vendor's own has no word here.</summary>
    private static MessageTrigger? TriggerOf(string message) => message switch
    {
        "DiagnosticsStatusNotification" => MessageTrigger.LogStatusNotification,
        "SignedFirmwareStatusNotification" => MessageTrigger.FirmwareStatusNotification,
        "SignChargePointCertificate" => MessageTrigger.SignChargingStationCertificate,
        _ => Enum.TryParse<MessageTrigger>(message, out var wanted) && wanted.ToString() == message
            && wanted != MessageTrigger.CustomTrigger
            ? wanted
            : null,
    };
}

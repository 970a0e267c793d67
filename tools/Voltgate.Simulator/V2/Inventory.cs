using System.Collections.Immutable;
using System.Globalization;
using Voltgate.Ocpp.V2;
using Own = Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V2;

/// <summary>One variable of the station. Key: the setting that it is; null: a fact.</summary>
internal sealed record Item(Component Component, Variable Variable, string Value, VariableType Type)
{
    public string? Key { get; init; }

    public bool IsWritable => Key is not null && !Configuration.IsReadOnly(Key);

    /// <summary>What a member of a list may be; null: anything.</summary>
    public ImmutableArray<string>? Words { get; init; }

    public string? Unit { get; init; }

    /// <summary>The most that a number can be; null: nobody says.</summary>
    public decimal? Most { get; init; }

    /// <summary>Names are the same whatever the case of their letters; no variable: any of the component.</summary>
    public bool Is(Component component, Variable? variable) =>
        Same(Component.Name, component.Name) && Same(Component.Instance, component.Instance)
        && Component.Evse == component.Evse
        && (variable is null || (Same(Variable.Name, variable.Name) && Same(Variable.Instance, variable.Instance)));

    public bool Takes(string value) => Words is not { } words
        || value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .All(v => words.Contains(v));

    public ReportItem ToReport() => new(
        Component, Variable,
        [
            new VariableAttribute(
                Mutability: IsWritable ? Mutability.ReadWrite : Mutability.ReadOnly, Persistent: IsWritable,
                Type: AttributeKind.Actual, Value: Value),
        ],
        new VariableCharacteristics(
            Type, SupportsMonitoring: false, MaxLimit: Most, Unit: Unit,
            ValuesList: Words is { } words ? string.Join(',', words) : null));

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>All variables of the station, in the names of 2.x part 2, appendix 3.</summary>
internal static class Inventory
{
    private static readonly ImmutableArray<string> Measurands =
    [
        "Energy.Active.Import.Register", "Power.Active.Import", "Current.Import", "Voltage", "Current.Offered", "SoC",
        "Frequency", "Power.Factor",
    ];

    /// <summary>The settings that 2.x has, too: the key of 1.6, and what 2.x calls it.</summary>
    private static readonly ImmutableArray<(string Key, string Name, VariableType Type, string? Unit)> Settings =
    [
        ("ClockAlignedDataInterval", "AlignedDataCtrlr.Interval", VariableType.integer, "s"),
        ("MeterValuesAlignedData", "AlignedDataCtrlr.Measurands", VariableType.MemberList, null),
        ("StopTxnAlignedData", "AlignedDataCtrlr.TxEndedMeasurands", VariableType.MemberList, null),
        (Configuration.AuthorizeRemoteTxRequests, "AuthCtrlr.AuthorizeRemoteStart", VariableType.boolean, null),
        (Configuration.LocalAuthorizeOffline, "AuthCtrlr.LocalAuthorizeOffline", VariableType.boolean, null),
        ("LocalPreAuthorize", "AuthCtrlr.LocalPreAuthorize", VariableType.boolean, null),
        ("GetConfigurationMaxKeys", "DeviceDataCtrlr.ItemsPerMessage/GetVariables", VariableType.integer, null),
        (Configuration.LocalAuthListEnabled, "LocalAuthListCtrlr.Enabled", VariableType.boolean, null),
        (Configuration.SendLocalListMaxLength, "LocalAuthListCtrlr.ItemsPerMessage", VariableType.integer, null),
        (Configuration.HeartbeatInterval, "OCPPCommCtrlr.HeartbeatInterval", VariableType.integer, "s"),
        (Configuration.TransactionMessageRetryInterval, "OCPPCommCtrlr.MessageAttemptInterval/TransactionEvent",
            VariableType.integer, "s"),
        (Configuration.TransactionMessageAttempts, "OCPPCommCtrlr.MessageAttempts/TransactionEvent",
            VariableType.integer, null),
        ("ResetRetries", "OCPPCommCtrlr.ResetRetries", VariableType.integer, null),
        ("UnlockConnectorOnEVSideDisconnect", "OCPPCommCtrlr.UnlockOnEVSideDisconnect", VariableType.boolean, null),
        ("WebSocketPingInterval", "OCPPCommCtrlr.WebSocketPingInterval", VariableType.integer, "s"),
        (Configuration.ReserveConnectorZeroSupported, "ReservationCtrlr.NonEvseSpecific", VariableType.boolean, null),
        (Configuration.StopTxnSampledData, "SampledDataCtrlr.TxEndedMeasurands", VariableType.MemberList, null),
        (Configuration.TxStartedMeasurands, "SampledDataCtrlr.TxStartedMeasurands", VariableType.MemberList, null),
        (Configuration.MeterValueSampleInterval, "SampledDataCtrlr.TxUpdatedInterval", VariableType.integer, "s"),
        (Configuration.MeterValuesSampledData, "SampledDataCtrlr.TxUpdatedMeasurands", VariableType.MemberList, null),
        ("ChargingScheduleMaxPeriods", "SmartChargingCtrlr.PeriodsPerSchedule", VariableType.integer, null),
        (Configuration.ChargeProfileMaxStackLevel, "SmartChargingCtrlr.ProfileStackLevel", VariableType.integer, null),
        (Configuration.ChargingScheduleAllowedChargingRateUnit, "SmartChargingCtrlr.RateUnit",
            VariableType.MemberList, null),
        (Configuration.ConnectionTimeOut, "TxCtrlr.EVConnectionTimeOut", VariableType.integer, "s"),
        ("StopTransactionOnEVSideDisconnect", "TxCtrlr.StopTxOnEVSideDisconnect", VariableType.boolean, null),
        (Configuration.StopTransactionOnInvalidId, "TxCtrlr.StopTxOnInvalidId", VariableType.boolean, null),
    ];

    public static IReadOnlyList<Item> Of(Turn turn) =>
    [
        .. Settings.Select(s => Setting(turn.State, s.Key, s.Name, s.Type, s.Unit)),
        .. Facts(turn),
        .. turn.State.Connectors.SelectMany(c => Facts(turn.State, c)),
    ];

    private static Item Setting(StationState state, string key, string name, VariableType type, string? unit) =>
        Fact(name, state.Configuration[key], type) with
        {
            Key = key,
            Unit = unit,
            Words = key == Configuration.ChargingScheduleAllowedChargingRateUnit ? ["A", "W"]
                : type == VariableType.MemberList ? Measurands : null,
        };

    private static IEnumerable<Item> Facts(Turn turn)
    {
        var (state, options) = (turn.State, turn.Options);
        yield return Fact("ChargingStation.Available", "true", VariableType.boolean);
        yield return Fact(
            "ChargingStation.AvailabilityState", state.StationOperative ? "Available" : "Unavailable",
            VariableType.OptionList);
        yield return Fact("ChargingStation.FirmwareVersion", options.Firmware);
        yield return Fact("ChargingStation.Model", options.Model);
        yield return Fact("ChargingStation.SerialNumber", turn.SerialNumber);
        yield return Fact("ChargingStation.VendorName", options.Vendor);
        yield return Fact("ClockCtrlr.DateTime", TimeOf(turn), VariableType.dateTime);
        yield return Fact("ClockCtrlr.TimeSource", "Heartbeat", VariableType.SequenceList);
        yield return Fact("LocalAuthListCtrlr.Entries", Number(state.List.Count), VariableType.integer) with
        {
            Most = turn.Seconds(Configuration.LocalAuthListMaxLength, 1_000),
        };
        yield return Fact("OCPPCommCtrlr.FileTransferProtocols", "HTTP,HTTPS", VariableType.MemberList);
        yield return Fact("ReservationCtrlr.Available", "true", VariableType.boolean);
        yield return Fact("SecurityCtrlr.Identity", options.Identity);
        yield return Fact("SmartChargingCtrlr.Available", "true", VariableType.boolean);
        yield return Fact(
            "SmartChargingCtrlr.Entries/ChargingProfiles", Number(state.Profiles.Count), VariableType.integer) with
        {
            Most = turn.Seconds("MaxChargingProfilesInstalled", 20),
        };
        // A transaction begins once a cable is in and somebody may charge, and ends when one of them is gone.
        yield return Fact("TxCtrlr.TxStartPoint", "PowerPathClosed", VariableType.MemberList);
        yield return Fact("TxCtrlr.TxStopPoint", "PowerPathClosed", VariableType.MemberList);
    }

    private static IEnumerable<Item> Facts(StationState state, ConnectorState connector)
    {
        var status = Translation.StatusOf(connector.Status).ToString();
        foreach (var name in new[] { "EVSE", "Connector" })
        {
            var component = new Component(
                name, new Evse(connector.Number, name == "Connector" ? V2Wording.Plug : null));
            yield return Of("Available", "true", VariableType.boolean);
            yield return Of("AvailabilityState", status, VariableType.OptionList);
            yield return Of("SupplyPhases", Number(connector.Spec.Phases), VariableType.integer);
            yield return name == "EVSE"
                ? Of("Power", Number(connector.PowerW), VariableType.@decimal) with
                {
                    Unit = "W",
                    Most = connector.Spec.PowerW,
                }
                : Of("ConnectorType", connector.Spec.IsDc ? "cCCS2" : "cType2", VariableType.OptionList);

            Item Of(string variable, string value, VariableType type) =>
                new(component, new Variable(variable), value, type);
        }
    }

    private static Item Fact(string name, string value, VariableType type = VariableType.@string)
    {
        var key = VariableKey.Parse(name)!;
        return new Item(
            new Component(key.Component, Instance: key.ComponentInstance),
            new Variable(key.Variable, key.VariableInstance), value, type);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string TimeOf(Turn turn) => DateTimeOffset
        .FromUnixTimeMilliseconds(turn.Stamp(turn.NowMs).AtMs!.Value)
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

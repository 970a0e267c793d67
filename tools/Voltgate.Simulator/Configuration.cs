using System.Collections.Immutable;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>The configuration keys (OCPP 1.6 §9) as this station has them.</summary>
public static class Configuration
{
    public const string HeartbeatInterval = "HeartbeatInterval";
    public const string MeterValueSampleInterval = "MeterValueSampleInterval";
    public const string ConnectionTimeOut = "ConnectionTimeOut";
    public const string AuthorizeRemoteTxRequests = "AuthorizeRemoteTxRequests";
    public const string LocalAuthorizeOffline = "LocalAuthorizeOffline";
    public const string StopTransactionOnInvalidId = "StopTransactionOnInvalidId";
    public const string TransactionMessageAttempts = "TransactionMessageAttempts";
    public const string TransactionMessageRetryInterval = "TransactionMessageRetryInterval";
    public const string MeterValuesSampledData = "MeterValuesSampledData";
    public const string StopTxnSampledData = "StopTxnSampledData";

    /// <summary>What is told at a charge's start: 1.6 has no such key.</summary>
    public const string TxStartedMeasurands = "TxStartedMeasurands";

    public const string LocalAuthListEnabled = "LocalAuthListEnabled";
    public const string LocalAuthListMaxLength = "LocalAuthListMaxLength";
    public const string SendLocalListMaxLength = "SendLocalListMaxLength";
    public const string ChargeProfileMaxStackLevel = "ChargeProfileMaxStackLevel";
    public const string ChargingScheduleAllowedChargingRateUnit = "ChargingScheduleAllowedChargingRateUnit";
    public const string ReserveConnectorZeroSupported = "ReserveConnectorZeroSupported";

    private static readonly ImmutableHashSet<string> ReadOnly =
    [
        ChargeProfileMaxStackLevel, ChargingScheduleAllowedChargingRateUnit, "ChargingScheduleMaxPeriods",
        "ConnectorPhaseRotation", "GetConfigurationMaxKeys", LocalAuthListMaxLength, "MaxChargingProfilesInstalled",
        "NumberOfConnectors", ReserveConnectorZeroSupported, SendLocalListMaxLength, "SupportedFeatureProfiles",
    ];

    public static ImmutableSortedDictionary<string, string> Defaults { get; } = new Dictionary<string, string>
    {
        [AuthorizeRemoteTxRequests] = "false",
        [ChargeProfileMaxStackLevel] = "10",
        [ChargingScheduleAllowedChargingRateUnit] = "Current,Power",
        ["ChargingScheduleMaxPeriods"] = "24",
        ["ClockAlignedDataInterval"] = "0",
        [ConnectionTimeOut] = "120",
        ["ConnectorPhaseRotation"] = "NotApplicable",
        ["GetConfigurationMaxKeys"] = "50",
        [HeartbeatInterval] = "300",
        [LocalAuthListEnabled] = "true",
        [LocalAuthListMaxLength] = "1000",
        [LocalAuthorizeOffline] = "true",
        ["LocalPreAuthorize"] = "false",
        ["MaxChargingProfilesInstalled"] = "20",
        ["MeterValuesAlignedData"] = "Energy.Active.Import.Register",
        [MeterValuesSampledData] = "Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,"
            + "Current.Offered,SoC,Temperature,Frequency,Power.Factor",
        [MeterValueSampleInterval] = "60",
        ["NumberOfConnectors"] = "1",
        [ReserveConnectorZeroSupported] = "true",
        ["ResetRetries"] = "1",
        [SendLocalListMaxLength] = "50",
        ["StopTransactionOnEVSideDisconnect"] = "true",
        [StopTransactionOnInvalidId] = "true",
        ["StopTxnAlignedData"] = "",
        [StopTxnSampledData] = "",
        ["SupportedFeatureProfiles"] = "Core,LocalAuthListManagement,RemoteTrigger,Reservation,SmartCharging",
        [TransactionMessageAttempts] = "3",
        [TransactionMessageRetryInterval] = "60",
        ["UnlockConnectorOnEVSideDisconnect"] = "true",
        ["WebSocketPingInterval"] = "60",
    }.ToImmutableSortedDictionary();

    internal static bool IsReadOnly(string key) => ReadOnly.Contains(key);

    internal static GetConfigurationResponse Get(StationState state, GetConfigurationRequest request)
    {
        var keys = request.Key is { Count: > 0 } asked ? asked : [.. state.Configuration.Keys];
        var known = keys.Where(state.Configuration.ContainsKey)
            .Select(k => new KeyValue(k, ReadOnly.Contains(k), state.Configuration[k])).ToList();
        return new GetConfigurationResponse(
            known, [.. keys.Where(k => !state.Configuration.ContainsKey(k))]);
    }

    internal static ConfigurationStatus Change(Turn turn, ChangeConfigurationRequest request)
    {
        if (!turn.State.Configuration.TryGetValue(
            request.Key, out var present)) return ConfigurationStatus.NotSupported;
        if (ReadOnly.Contains(request.Key) || !Fits(present, request.Value)) return ConfigurationStatus.Rejected;
        turn.State = turn.State with { Configuration = turn.State.Configuration.SetItem(request.Key, request.Value) };
        if (request.Key == HeartbeatInterval)
            turn.State =
                turn.State with { NextHeartbeatAtMs = turn.RealMs + (turn.Seconds(HeartbeatInterval, 300) * 1000L) };
        return ConfigurationStatus.Accepted;
    }

    // A number stays a number, a flag a flag.
    private static bool Fits(string present, string value) =>
        int.TryParse(present, out _) ? int.TryParse(value, out var number) && number >= 0
        : !bool.TryParse(present, out _) || bool.TryParse(value, out _);
}

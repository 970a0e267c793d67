using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block S.

/// <summary>S03: batteries go in or out. OCPP 2.1.</summary>
public sealed record BatterySwapRequest(
    ImmutableArray<BatteryData> BatteryData, BatterySwapEvent EventType, IdToken IdToken, int RequestId)
{
    public static BatterySwapRequest Read(Fields f) => new(
        f.FilledList("batteryData", V2.BatteryData.Read), f.Enum<BatterySwapEvent>("eventType"),
        f.Object("idToken", IdToken.Read)!, f.Int("requestId"));
}

/// <summary>S02: let somebody swap batteries. OCPP 2.1.</summary>
public sealed record RequestBatterySwapRequest(IdToken IdToken, int RequestId)
{
    public static RequestBatterySwapRequest Read(Fields f) => new(
        f.Object("idToken", IdToken.Read)!, f.Int("requestId"));
}

public sealed record RequestBatterySwapResponse(GenericStatus Status, StatusInfo? StatusInfo = null)
{
    public static RequestBatterySwapResponse Read(Fields f) => new(
        f.Enum<GenericStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

public sealed record BatteryData(
    int EvseId, string SerialNumber, decimal SoC, decimal SoH, StationTime? ProductionDate = null,
    string? VendorInfo = null)
{
    public static BatteryData Read(Fields f) => new(
        f.Int("evseId", min: 0), f.Text("serialNumber", 50), f.Decimal("soC", min: 0, max: 100),
        f.Decimal("soH", min: 0, max: 100), f.OptionalTime("productionDate"), f.OptionalText("vendorInfo", 500));
}

public enum BatterySwapEvent
{
    BatteryIn, BatteryOut, BatteryOutTimeout,
}

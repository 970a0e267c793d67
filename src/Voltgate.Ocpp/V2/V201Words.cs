using System.Collections.Frozen;

namespace Voltgate.Ocpp.V2;

/// <summary>Words of OCPP 2.0.1 for which 2.1 takes any text.</summary>
public static class V201Words
{
    /// <summary>IdTokenEnumType.</summary>
    public static readonly FrozenSet<string> IdTokenTypes = FrozenSet.ToFrozenSet(
    [
        "Central", "eMAID", "ISO14443", "ISO15693", "KeyCode", "Local", "MacAddress", "NoAuthorization",
    ]);

    /// <summary>ChargingLimitSourceEnumType.</summary>
    public static readonly FrozenSet<string> ChargingLimitSources =
        FrozenSet.ToFrozenSet(["EMS", "Other", "SO", "CSO"]);

    /// <summary>ConnectorEnumType.</summary>
    public static readonly FrozenSet<string> ConnectorTypes = FrozenSet.ToFrozenSet(
    [
        "cCCS1", "cCCS2", "cG105", "cTesla", "cType1", "cType2", "s309-1P-16A", "s309-1P-32A", "s309-3P-16A",
        "s309-3P-32A", "sBS1361", "sCEE-7-7", "sType2", "sType3", "Other1PhMax16A", "Other1PhOver16A", "Other3Ph",
        "Pan", "wInductive", "wResonant", "Undetermined", "Unknown",
    ]);
}

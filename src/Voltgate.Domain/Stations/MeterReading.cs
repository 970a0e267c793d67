using System.Collections.Immutable;

namespace Voltgate.Domain.Stations;

public enum Measurand
{
    Other,
    EnergyActiveImportRegister,
    EnergyActiveImportInterval,
    EnergyActiveExportRegister,
    PowerActiveImport,
    PowerOffered,
    CurrentImport,
    CurrentOffered,
    Voltage,
    StateOfCharge,
    Temperature,
}

public enum Phase
{
    None,
    L1,
    L2,
    L3,
    N,
    L1N,
    L2N,
    L3N,
    L1L2,
    L2L3,
    L3L1,
}

public enum MeterLocation
{
    Outlet,
    Inlet,
    Body,
    Cable,
    EV,
}

public enum ReadingContext
{
    Periodic,
    Begin,
    End,
    Clock,
    Interruption,
    Trigger,
    Other,
}

/// <summary>
/// One measured value in base units: Wh, W, A, V, percent, degrees Celsius. <see cref="Raw"/> and
/// <see cref="RawUnit"/> keep what the station wrote. A value that is no number never becomes a sample.
/// </summary>
public readonly record struct Sample(
    Measurand Measurand,
    decimal Value,
    Phase Phase = Phase.None,
    MeterLocation Location = MeterLocation.Outlet,
    ReadingContext Context = ReadingContext.Periodic,
    string Raw = "",
    string? RawUnit = null);

/// <summary>What a meter showed at one moment (OCPP 1.6 §7.33 MeterValue; 2.x MeterValueType).</summary>
public sealed record MeterReading(StationTime At, ImmutableArray<Sample> Samples);

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V16;

/// <summary>OCPP 1.6 §7.33.</summary>
public sealed record MeterValue(StationTime Timestamp, ImmutableArray<SampledValue> SampledValue)
{
    public static MeterValue Read(Fields f) => new(f.Time("timestamp"), f.List("sampledValue", V16.SampledValue.Read));

    /// <summary>What can be reckoned with; values that are no numbers are left out.</summary>
    public MeterReading ToReading()
    {
        var samples = ImmutableArray.CreateBuilder<Sample>(SampledValue.Length);
        foreach (var value in SampledValue)
            if (value.ToSample() is { } sample) samples.Add(sample);
        return new MeterReading(Timestamp, samples.DrainToImmutable());
    }
}

/// <summary>OCPP 1.6 §7.43. Absent fields mean what the specification says they default to.</summary>
public readonly record struct SampledValue(
    string Value, string? Context = null, string? Format = null, string? Measurand = null, string? Phase = null,
    string? Location = null, string? Unit = null)
{
    public static SampledValue Read(Fields f) => new(
        f.Number("value"), f.Word("context", MeterWords.Contexts), f.Word("format", MeterWords.Formats),
        f.Word("measurand", MeterWords.Measurands), f.Word("phase", MeterWords.Phases),
        f.Word("location", MeterWords.Locations), f.Word("unit", MeterWords.Units));

    /// <summary>The value in base units; null where it is signed (§7.48), not a number or beyond reckoning.</summary>
    public Sample? ToSample()
    {
        if (Format == "SignedData" || !TryReadNumber(out var number)) return null;
        var measurand = Measurand is null
            ? Domain.Stations.Measurand.EnergyActiveImportRegister
            : MeterWords.MeasurandOf.GetValueOrDefault(Measurand);
        if (MeterWords.ToBase(number, Unit) is not { } value) return null;
        return new Sample(
            measurand,
            value,
            Phase is null ? Domain.Stations.Phase.None : MeterWords.PhaseOf.GetValueOrDefault(Phase),
            Location is null ? MeterLocation.Outlet : MeterWords.LocationOf.GetValueOrDefault(Location),
            Context is null
                ? ReadingContext.Periodic
                : MeterWords.ContextOf.GetValueOrDefault(Context, ReadingContext.Other),
            Value,
            Unit);
    }

    // Stations pad with blanks and some write 1.5E3.
    private bool TryReadNumber(out decimal number) =>
        decimal.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}

/// <summary>The words of OCPP 1.6 §7.31, §7.34, §7.35, §7.36, §7.42, §7.45 and §7.48 and their meaning.</summary>
public static class MeterWords
{
    // What most stations send comes first: a word is looked for from the front.
    public static readonly string[] Measurands =
    [
        "Energy.Active.Import.Register", "Power.Active.Import", "Current.Import", "Voltage", "SoC", "Temperature",
        "Current.Offered", "Power.Offered", "Energy.Active.Import.Interval", "Energy.Active.Export.Register",
        "Energy.Active.Export.Interval", "Energy.Reactive.Import.Register", "Energy.Reactive.Export.Register",
        "Energy.Reactive.Import.Interval", "Energy.Reactive.Export.Interval", "Power.Active.Export",
        "Power.Reactive.Import", "Power.Reactive.Export", "Power.Factor", "Current.Export", "Frequency", "RPM",
    ];

    public static readonly string[] Phases =
        ["L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1"];

    public static readonly string[] Locations = ["Outlet", "Inlet", "Body", "Cable", "EV"];

    public static readonly string[] Contexts =
    [
        "Sample.Periodic", "Sample.Clock", "Transaction.Begin", "Transaction.End", "Trigger", "Interruption.Begin",
        "Interruption.End", "Other",
    ];

    public static readonly string[] Formats = ["Raw", "SignedData"];

    public static readonly string[] Units =
    [
        "Wh", "kWh", "W", "kW", "A", "V", "Percent", "Celsius", "Celcius", "K", "Fahrenheit", "varh", "kvarh", "VA",
        "kVA", "var", "kvar", "Hertz",
    ];

    public static readonly FrozenDictionary<string, Measurand> MeasurandOf = new Dictionary<string, Measurand>
    {
        ["Energy.Active.Import.Register"] = Measurand.EnergyActiveImportRegister,
        ["Energy.Active.Import.Interval"] = Measurand.EnergyActiveImportInterval,
        ["Energy.Active.Export.Register"] = Measurand.EnergyActiveExportRegister,
        ["Power.Active.Import"] = Measurand.PowerActiveImport,
        ["Power.Offered"] = Measurand.PowerOffered,
        ["Current.Import"] = Measurand.CurrentImport,
        ["Current.Offered"] = Measurand.CurrentOffered,
        ["Voltage"] = Measurand.Voltage,
        ["SoC"] = Measurand.StateOfCharge,
        ["Temperature"] = Measurand.Temperature,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, Phase> PhaseOf = new Dictionary<string, Phase>
    {
        ["L1"] = Phase.L1, ["L2"] = Phase.L2, ["L3"] = Phase.L3, ["N"] = Phase.N,
        ["L1-N"] = Phase.L1N, ["L2-N"] = Phase.L2N, ["L3-N"] = Phase.L3N,
        ["L1-L2"] = Phase.L1L2, ["L2-L3"] = Phase.L2L3, ["L3-L1"] = Phase.L3L1,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, MeterLocation> LocationOf =
        Enum.GetValues<MeterLocation>().ToFrozenDictionary(l => l.ToString());

    public static readonly FrozenDictionary<string, ReadingContext> ContextOf =
        new Dictionary<string, ReadingContext>
        {
            ["Sample.Periodic"] = ReadingContext.Periodic,
            ["Sample.Clock"] = ReadingContext.Clock,
            ["Transaction.Begin"] = ReadingContext.Begin,
            ["Transaction.End"] = ReadingContext.End,
            ["Interruption.Begin"] = ReadingContext.Interruption,
            ["Interruption.End"] = ReadingContext.Interruption,
            ["Trigger"] = ReadingContext.Trigger,
        }.ToFrozenDictionary();

    /// <summary>In Wh, W, A, V, percent, °C (var, varh, VA, Hz as they are); null: beyond reckoning.</summary>
    public static decimal? ToBase(decimal value, string? unit)
    {
        if (Math.Abs(value) > 1_000_000_000_000_000m) return null;
        return unit switch
        {
            "kWh" or "kW" or "kvarh" or "kvar" or "kVA" or "kA" or "kV" => value * 1_000m,
            "MWh" or "MW" => value * 1_000_000m,
            "mA" or "mV" or "mW" or "mWh" => value / 1_000m,
            "dA" => value / 10m,
            "K" => value - 273.15m,
            "Fahrenheit" => (value - 32m) * 5m / 9m,
            _ => value,
        };
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.V16;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block J.

/// <summary>J01: what a meter shows outside of transactions.</summary>
public sealed record MeterValuesRequest(int EvseId, ImmutableArray<MeterValue> MeterValue)
{
    public static MeterValuesRequest Read(Fields f) => new(
        f.Connector("evseId"), f.FilledList("meterValue", V2.MeterValue.Read));
}

/// <summary>MeterValueType, also in TransactionEvent (J02).</summary>
public sealed record MeterValue(StationTime Timestamp, ImmutableArray<SampledValue> SampledValue)
{
    public static MeterValue Read(Fields f) => new(
        f.Time("timestamp"), f.FilledList("sampledValue", V2.SampledValue.Read));

    /// <summary>What can be reckoned with; values that are no numbers are left out.</summary>
    public MeterReading ToReading()
    {
        var samples = ImmutableArray.CreateBuilder<Sample>(SampledValue.Length);
        foreach (var value in SampledValue)
            if (value.ToSample() is { } sample) samples.Add(sample);
        return new MeterReading(Timestamp, samples.DrainToImmutable());
    }
}

/// <summary>SampledValueType. Absent fields mean what the specification says they default to.</summary>
/// <param name="Value">Null: what came was no number.</param>
public readonly record struct SampledValue(
    decimal? Value, string? Context = null, string? Measurand = null, string? Phase = null, string? Location = null,
    SignedMeterValue? SignedMeterValue = null, UnitOfMeasure? UnitOfMeasure = null)
{
    private const decimal Reckonable = 1_000_000_000_000_000m;

    public static SampledValue Read(Fields f) => new(
        f.Measured("value"), f.Word("context", MeterWords.Contexts), f.Word("measurand", V2Words.Measurands),
        f.Word("phase", MeterWords.Phases), f.Word("location", V2Words.Locations),
        f.OptionalObject("signedMeterValue", SignedMeterValue.Read),
        f.OptionalObject("unitOfMeasure", UnitOfMeasure.Read));

    /// <summary>The value in base units; null where it is no number or beyond reckoning.</summary>
    public Sample? ToSample()
    {
        if (Value is not { } value || Math.Abs(value) > Reckonable) return null;
        if (UnitOfMeasure?.Multiplier is { } power && !TryScale(ref value, power)) return null;
        if (MeterWords.ToBase(value, UnitOfMeasure?.Unit) is not { } inBase) return null;
        // What is measured upstream of the station has no place among its own registers.
        var measurand = Location == "Upstream" ? Domain.Stations.Measurand.Other
            : Measurand is null ? Domain.Stations.Measurand.EnergyActiveImportRegister
            : MeterWords.MeasurandOf.GetValueOrDefault(Measurand);
        return new Sample(
            measurand,
            inBase,
            Phase is null ? Domain.Stations.Phase.None : MeterWords.PhaseOf.GetValueOrDefault(Phase),
            Location is null ? MeterLocation.Outlet : MeterWords.LocationOf.GetValueOrDefault(Location),
            Context is null
                ? ReadingContext.Periodic
                : MeterWords.ContextOf.GetValueOrDefault(Context, ReadingContext.Other),
            Value.Value.ToString(CultureInfo.InvariantCulture),
            UnitOfMeasure?.Unit);
    }

    private static bool TryScale(ref decimal value, int power)
    {
        if (Math.Abs(power) > 12) return false;
        for (; power > 0; power--) value *= 10m;
        for (; power < 0; power++) value /= 10m;
        return true;
    }
}

/// <summary>SignedMeterValueType: a value as its meter signed it.</summary>
public sealed record SignedMeterValue(
    string EncodingMethod, string SignedMeterData, string? PublicKey = null, string? SigningMethod = null)
{
    public static SignedMeterValue Read(Fields f) => new(
        f.Text("encodingMethod", 50), f.Text("signedMeterData", f.Max(2500, 32768)),
        f.Is(Edition.V21) ? f.OptionalText("publicKey", 2500) : f.Text("publicKey", 2500),
        f.Is(Edition.V21) ? f.OptionalText("signingMethod", 50) : f.Text("signingMethod", 50));
}

/// <summary>UnitOfMeasureType.</summary>
/// <param name="Multiplier">The value is to be taken times ten to the power of it.</param>
public sealed record UnitOfMeasure(int? Multiplier = null, string? Unit = null)
{
    public static UnitOfMeasure Read(Fields f) => new(f.OptionalInt("multiplier"), f.OptionalText("unit", 20));
}

/// <summary>Words with dots and dashes that 2.x has beyond those of 1.6.</summary>
public static class V2Words
{
    // What most stations send comes first: a word is looked for from the front. The rest may be any text.
    public static readonly string[] Measurands =
    [
        .. MeterWords.Measurands, "Energy.Active.Net", "Energy.Reactive.Net", "Energy.Apparent.Net",
        "Energy.Apparent.Import", "Energy.Apparent.Export",
    ];

    public static readonly string[] Locations = [.. MeterWords.Locations, "Upstream"];
}

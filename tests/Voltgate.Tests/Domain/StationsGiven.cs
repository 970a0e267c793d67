using System.Collections.Immutable;
using Voltgate.Domain;
using Voltgate.Domain.Access;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Tests.Domain;

/// <summary>Stations, tokens, plans and messages with defaults. Energy in Wh, times in unix ms.</summary>
internal static class Given
{
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    /// <summary>Where every story begins: 2026-06-01T12:00Z.</summary>
    public static readonly long Noon = RatesGiven.At("2026-06-01T12:00Z");

    public static ChargeStation Station(int connectors = 1, bool online = true, long? powerW = 22_000) => new(
        "station", "org", "CP-1", new StationSettings("One"), StationSecurity.BasicAuth, online, "ocpp1.6",
        new BootInfo("Vendor", "Model", "serial-1"), null, null, null, null,
        [.. Enumerable.Range(1, connectors).Select(n => Connector(n, powerW))], [],
        ImmutableSortedDictionary<string, string>.Empty, null, null, 0, 0);

    public static Connector Connector(int number, long? powerW = 22_000) => new(
        $"c{number}", new Place(number), new ConnectorSettings(PowerW: powerW), null, 0, 0);

    public static TokenFacts Card(string tag = "CARD") => new("t-" + tag, tag, "ISO14443", "anna", true, true, null);

    /// <summary>The token that API starts carry.</summary>
    public static TokenFacts Virtual(string tag = "VIRTUAL") => Card(tag) with { Type = "Central" };

    public static RatePlan Plan(params PriceComponent[] components) =>
        RatesGiven.Plan(components.Length > 0 ? components : [RatesGiven.PerKWh(0.50m)]);

    public static Energy Wh(decimal wh) => Energy.FromWh(wh);

    public static MeterReading Reading(long atMs, params Sample[] samples) => new(StationTime.At(atMs), [.. samples]);

    public static MeterReading Register(long atMs, decimal wh) => Reading(atMs, RegisterOf(wh));

    public static Sample RegisterOf(
        decimal wh, Phase phase = Phase.None, ReadingContext context = ReadingContext.Periodic) =>
        new(Measurand.EnergyActiveImportRegister, wh, phase, Context: context);

    public static Sample Power(decimal watts, Phase phase = Phase.None) =>
        new(Measurand.PowerActiveImport, watts, phase);

    public static Sample Amperes(decimal amperes, Phase phase = Phase.None) =>
        new(Measurand.CurrentImport, amperes, phase);

    public static Sample Volts(decimal volts, Phase phase = Phase.None) => new(Measurand.Voltage, volts, phase);

    public static Sample Interval(decimal wh) => new(Measurand.EnergyActiveImportInterval, wh);

    public static Sample Charge(decimal percent) => new(Measurand.StateOfCharge, percent);

    /// <summary>A time as a station without a zone writes it; it was read as UTC.</summary>
    public static StationTime Zoneless(long atMs) => new(atMs, TimeFlaw.NoZone, "");
}

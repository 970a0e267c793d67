using System.Collections.Immutable;
using System.Globalization;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>What a connector's meter shows, as the measurands that a setting names.</summary>
internal static class Meters
{
    private const long MostStepMs = 10_000;
    private const int Volts = 230;

    /// <summary>Lets the energy flow up to that time.</summary>
    public static void Advance(Turn turn, int number, long untilMs)
    {
        var connector = turn.State.Connector(number)!;
        var charge = turn.State.ChargeOf(connector.Local);
        while (connector.MeterAtMs < untilMs)
        {
            var step = Math.Min(MostStepMs, untilMs - connector.MeterAtMs);
            var flows = charge is not null && connector.Vehicle is not null;
            var watts = flows
                ? connector.Vehicle!.DrawW(connector.Spec, connector.MeterAtMs - charge!.StartedAtMs)
                : 0;
            if (flows && Schedules.LimitW(turn.State, connector, connector.MeterAtMs) is { } limit)
                watts = Math.Min(watts, (long)limit);
            connector = connector with
            {
                MeterAtMs = connector.MeterAtMs + step,
                PowerW = watts,
                MeterMilliWh = connector.MeterMilliWh + (watts * step / 3600),
                Vehicle = connector.Vehicle is { } v
                    ? v with { ChargeMilliWh = Math.Min(v.CapacityMilliWh, v.ChargeMilliWh + (watts * step / 3600)) }
                    : null,
            };
        }

        turn.Set(connector);
    }

    /// <param name="key">The setting that names what is read.</param>
    public static MeterValue Read(
        Turn turn, ConnectorState connector, long atMs, string context,
        string key = Configuration.MeterValuesSampledData)
    {
        var wanted = turn.State.Configuration[key]
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var values = wanted.SelectMany(measurand => Of(connector, measurand, context));
        return new MeterValue(turn.Stamp(atMs), [.. values]);
    }

    private static IEnumerable<SampledValue> Of(ConnectorState c, string measurand, string context) => measurand switch
    {
        "Energy.Active.Import.Register" => [Value(c.MeterWh, measurand, "Wh", context)],
        "Power.Active.Import" => [Value(c.PowerW, measurand, "W", context)],
        "Current.Import" when c.Spec.IsDc => [Value(Ratio(c.PowerW, DcVolts(c)), measurand, "A", context)],
        "Current.Import" => Phases(c, measurand, "A", context, Ratio(c.PowerW, Volts * c.Spec.Phases), "L{0}"),
        "Voltage" when c.Spec.IsDc => [Value(DcVolts(c), measurand, "V", context)],
        "Voltage" => Phases(c, measurand, "V", context, Volts, "L{0}-N"),
        "Current.Offered" =>
            [Value(Ratio(c.Spec.PowerW, c.Spec.IsDc ? 400 : Volts * c.Spec.Phases), measurand, "A", context)],
        "SoC" when c is { Spec.IsDc: true, Vehicle: { } v } => [Value(v.Percent, measurand, "Percent", context, "EV")],
        "Temperature" => [Value(24 + (c.PowerW / 8_000), measurand, "Celsius", context, "Body")],
        // 1.6 has no unit for hertz in its list; the field is optional.
        "Frequency" when !c.Spec.IsDc => [new SampledValue("50.0", context, null, measurand, null, "Outlet")],
        "Power.Factor" when !c.Spec.IsDc => [new SampledValue("0.99", context, null, measurand, null, "Outlet")],
        _ => [],
    };

    private static IEnumerable<SampledValue> Phases(
        ConnectorState c, string measurand, string unit, string context, decimal each, string format)
    {
        for (var phase = 1; phase <= c.Spec.Phases; phase++)
            yield return Value(each, measurand, unit, context) with
            {
                Phase = string.Format(CultureInfo.InvariantCulture, format, phase),
            };
    }

    private static SampledValue Value(
        decimal value, string measurand, string unit, string context, string location = "Outlet") => new(
            value.ToString(CultureInfo.InvariantCulture), context, null, measurand, null, location, unit);

    private static decimal Ratio(long watts, int volts) => decimal.Round((decimal)watts / volts, 1);

    // A pack of 400 V: 350 V when empty, 410 V when full.
    private static int DcVolts(ConnectorState c) => 350 + ((c.Vehicle?.Percent ?? 0) * 60 / 100);
}

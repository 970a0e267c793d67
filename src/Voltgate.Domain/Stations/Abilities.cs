using System.Globalization;

namespace Voltgate.Domain.Stations;

/// <summary>
/// What a station can do, as far as it has told its configuration (2.x: part 2, referenced components and variables);
/// null where it has not.
/// </summary>
public static class Abilities
{
    /// <summary>
    /// OCPP 1.6 §9.4.2: Current, Power or both; 2.x: A, W. Stations of 1.6 that write A and W are understood; of a
    /// silent one nothing is known, and it is given either.
    /// </summary>
    public static IReadOnlyList<RateUnit> Units(ChargeStation station)
    {
        if (station.Quirks.ChargingProfiles is { Units: { IsEmpty: false } known }) return known;
        var told = Told(station, "ChargingScheduleAllowedChargingRateUnit", "SmartChargingCtrlr.RateUnit")?
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var units = new List<RateUnit>();
        if (told.Any(t => Is(t, "Power") || Is(t, "W"))) units.Add(RateUnit.W);
        if (told.Any(t => Is(t, "Current") || Is(t, "A"))) units.Add(RateUnit.A);
        return units.Count == 0 ? [RateUnit.W, RateUnit.A] : units;
    }

    /// <summary>The unit that can be used where any will do: amperes, unless only watts are taken.</summary>
    public static RateUnit AnyUnit(ChargeStation station) => Units(station) is [RateUnit.W] ? RateUnit.W : RateUnit.A;

    /// <summary>OCPP 1.6 §9.4.1: the highest stack level.</summary>
    public static int? MaxStackLevel(ChargeStation station)
    {
        var told = Number(station, "ChargeProfileMaxStackLevel", "SmartChargingCtrlr.ProfileStackLevel");
        return station.Quirks.ChargingProfiles?.MaxStackLevel is { } most && !(told < most) ? most : told;
    }

    /// <summary>OCPP 1.6 §9.4.3: periods of one schedule.</summary>
    public static int? MaxPeriods(ChargeStation station) =>
        Number(station, "ChargingScheduleMaxPeriods", "SmartChargingCtrlr.PeriodsPerSchedule");

    /// <summary>OCPP 1.6 §9.3.3: tokens in one message of the local list.</summary>
    public static int? MaxTokensAtOnce(ChargeStation station) =>
        Number(station, "SendLocalListMaxLength", "LocalAuthListCtrlr.ItemsPerMessage");

    /// <summary>OCPP 1.6 §9.3.2: tokens in the local list.</summary>
    public static int? MaxTokens(ChargeStation station) => Number(station, "LocalAuthListMaxLength");

    /// <summary>OCPP 1.6 §9: whether any connector can be reserved, without naming one.</summary>
    public static bool? ReservesAnyConnector(ChargeStation station) =>
        Told(station, "ReserveConnectorZeroSupported", "ReservationCtrlr.NonEvseSpecific") is { } told
            ? Is(told.Trim(), "true")
            : null;

    /// <summary>Whether it can be asked how a transaction stands (2.0.1 E14).</summary>
    public static bool KnowsTransactions(ChargeStation station) =>
        station.Protocol?.StartsWith("ocpp2", StringComparison.Ordinal) == true;

    /// <summary>2.x TariffCostCtrlr: whether it shows drivers what a transaction costs while it goes on.</summary>
    public static bool ShowsCost(ChargeStation station) =>
        station.Configuration.TryGetValue("TariffCostCtrlr.Enabled/Cost", out var told) && Is(told, "true");

    // A key of 1.6, and what 2.x calls it: a station tells one of them.
    private static int? Number(ChargeStation station, params ReadOnlySpan<string> keys) =>
        int.TryParse(Told(station, keys)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string? Told(ChargeStation station, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (Told(station, key) is { } told) return told;
        return null;
    }

    // Quirk 44: keys in another case, values between quotes.
    private static string? Told(ChargeStation station, string key)
    {
        var told = station.Configuration.TryGetValue(key, out var exact)
            ? exact
            : station.Configuration.FirstOrDefault(pair => Is(pair.Key, key)).Value;
        return told?.Trim(' ', '"');
    }

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

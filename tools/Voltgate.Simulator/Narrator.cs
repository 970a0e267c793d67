using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Voltgate.Simulator;

/// <summary>Tells a connection's frames in one line each, as a person would read them out.</summary>
public sealed class Narrator
{
    private readonly ConcurrentDictionary<string, string> _actions = new();

    /// <summary>"StartTransaction {…}", "StartTransaction = {…}" for its answer, or the frame as it is.</summary>
    /// <param name="station">Whose frame it is, as ids are a connection's own.</param>
    public string Tell(string station, string frame)
    {
        try
        {
            using var json = JsonDocument.Parse(frame);
            var parts = json.RootElement;
            var key = station + " " + parts[1].GetString();
            return parts[0].GetInt32() switch
            {
                2 => TellCall(key, parts[2].GetString()!, parts[3]),
                3 => $"{ActionOf(key)} = {Brief(parts[2])}",
                _ => $"{ActionOf(key)} ! {parts[2].GetString()} {parts[3].GetString()}",
            };
        }
        catch (Exception unreadable) when (
            unreadable is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            return frame;
        }
    }

    private string TellCall(string key, string action, JsonElement payload)
    {
        _actions[key] = action;
        var meters = TellMeters(payload) is { } told ? $": {told}" : "";
        return action switch
        {
            "MeterValues" => $"{action} {TellPlace(payload)}{meters}",
            "TransactionEvent" => $"{action} {TellEvent(payload)}{meters}",
            _ => $"{action} {Brief(payload)}",
        };
    }

    private string ActionOf(string key) => _actions.TryRemove(key, out var action) ? action : "?";

    private static string Brief(JsonElement payload)
    {
        var fields = payload.EnumerateObject()
            .Where(f => f.Name is not ("errorCode" or "meterValue" or "transactionData" or "vendorId"))
            .Select(f => f.Value.ValueKind == JsonValueKind.Object ? Brief(f.Value) : $"{f.Name}={Word(f.Value)}");
        return string.Join(' ', fields) is { Length: > 0 } text ? text : "ok";
    }

    private static string Word(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return value.GetRawText();
        var text = value.GetString()!;
        // Of a time of this very day the clock is enough.
        return text.Length == 24 && text[^1] == 'Z' && text[10] == 'T' ? text[11..19] : text;
    }

    /// <summary>"Updated 3 MeterValuePeriodic Charging": a piece of 2.x; first and last say more.</summary>
    private static string TellEvent(JsonElement payload)
    {
        var info = payload.GetProperty("transactionInfo");
        var words = new[] { "eventType", "seqNo", "triggerReason" }.Select(w => Word(payload.GetProperty(w)));
        words = payload.GetProperty("eventType").GetString() == "Updated"
            ? words.Append(info.TryGetProperty("chargingState", out var state) ? Word(state) : "")
            : words.Append(Brief(info));
        if (payload.TryGetProperty("idToken", out var token)) words = words.Append(Brief(token));
        if (payload.TryGetProperty("offline", out _)) words = words.Append("offline");
        return string.Join(' ', words);
    }

    /// <summary>"connector 1", or what 2.x calls it.</summary>
    private static string TellPlace(JsonElement payload) => payload.TryGetProperty("connectorId", out var connector)
        ? $"connector {connector.GetRawText()}"
        : $"evse {payload.GetProperty("evseId").GetRawText()}";

    /// <summary>"120350 Wh  10.95 kW  15.9 A  230 V  41 %"; null: there is no reading.</summary>
    private static string? TellMeters(JsonElement payload)
    {
        if (!payload.TryGetProperty("meterValue", out var readings)) return null;
        var samples = readings.EnumerateArray().Last().GetProperty("sampledValue");
        var words = new List<string>();
        foreach (var (measurand, unit, divisor) in Shown)
        {
            var found =
                samples.EnumerateArray().FirstOrDefault(s => s.GetProperty("measurand").GetString() == measurand);
            if (found.ValueKind != JsonValueKind.Object) continue;
            var value = NumberOf(found.GetProperty("value")) / divisor;
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {unit}"));
        }

        return string.Join("  ", words);
    }

    // A text in 1.6, a number in 2.x.
    private static decimal NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetDecimal();

    private static readonly (string Measurand, string Unit, int Divisor)[] Shown =
    [
        ("Energy.Active.Import.Register", "Wh", 1), ("Power.Active.Import", "kW", 1000), ("Current.Import", "A", 1),
        ("Voltage", "V", 1), ("SoC", "%", 1),
    ];
}

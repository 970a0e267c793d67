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
        return action == "MeterValues" ? $"{action} {TellMeters(payload)}" : $"{action} {Brief(payload)}";
    }

    private string ActionOf(string key) => _actions.TryRemove(key, out var action) ? action : "?";

    private static string Brief(JsonElement payload)
    {
        var fields = payload.EnumerateObject()
            .Where(f => f.Name is not ("errorCode" or "transactionData" or "vendorId"))
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

    /// <summary>"connector 1: 120350 Wh  10.95 kW  15.9 A  230 V  41 %".</summary>
    private static string TellMeters(JsonElement payload)
    {
        var samples = payload.GetProperty("meterValue").EnumerateArray().Last().GetProperty("sampledValue");
        var words = new List<string>();
        foreach (var (measurand, unit, divisor) in Shown)
        {
            var found =
                samples.EnumerateArray().FirstOrDefault(s => s.GetProperty("measurand").GetString() == measurand);
            if (found.ValueKind != JsonValueKind.Object) continue;
            var value = decimal.Parse(found.GetProperty("value").GetString()!, CultureInfo.InvariantCulture) / divisor;
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {unit}"));
        }

        return $"connector {payload.GetProperty("connectorId").GetRawText()}: {string.Join("  ", words)}";
    }

    private static readonly (string Measurand, string Unit, int Divisor)[] Shown =
    [
        ("Energy.Active.Import.Register", "Wh", 1), ("Power.Active.Import", "kW", 1000), ("Current.Import", "A", 1),
        ("Voltage", "V", 1), ("SoC", "%", 1),
    ];
}

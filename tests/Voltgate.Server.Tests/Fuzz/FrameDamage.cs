using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>Makes sound frames unsound: in their structure, or byte by byte.</summary>
internal sealed class FrameDamage(Random random)
{
    private static readonly string[] Strangers =
    [
        "null", "true", "-1", "0", "1e400", "1E-7", "9223372036854775808", "-0", "0.1", "[]", "{}", "[[[[1]]]]", "\"\"",
        "\"\\u0000\"", "\"\\ud800\"", "\"NaN\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.999999999Z\"",
        "\"2026-02-30T24:00:60Z\"", "\"2026-11-22 07:00:00\"", "\"-922337203685477580800\"", "\"1,5\"", "\"0x10\"",
    ];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The frame with one to three wounds.</summary>
    public byte[] Wound(string frame)
    {
        var wounds = random.Next(1, 4);
        if (random.Next(3) > 0)
        {
            for (; wounds > 0; wounds--) frame = Bend(frame);
            return Encoding.UTF8.GetBytes(frame);
        }

        var bytes = Encoding.UTF8.GetBytes(frame).ToList();
        for (; wounds > 0 && bytes.Count > 0; wounds--) Scratch(bytes);
        return [.. bytes];
    }

    /// <summary>The id of a CALL that the platform owes an answer to, by a parser that is not the platform's.</summary>
    public static string? IdOf(byte[] frame)
    {
        try
        {
            using var document = JsonDocument.Parse(frame, Strict);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 4 && root[0].GetRawText() == "2"
                && root[1].ValueKind == JsonValueKind.String && root[1].GetString() is { Length: > 0 and <= 36 } id
                && root[2].ValueKind == JsonValueKind.String ? id : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // no JSON, or a text that none can read
        }
    }

    /// <summary>One change of the structure; the text stays JSON mostly.</summary>
    private string Bend(string frame)
    {
        var values = Regex.Matches(frame, ":(\"[^\"\\\\]*\"|-?[0-9.]+|true|false|\\[\\]|\\{\\})");
        var names = Regex.Matches(frame, "\"[A-Za-z]+\":");
        switch (random.Next(8))
        {
            case 0 or 1 or 2 when values.Count > 0:
                var value = values[random.Next(values.Count)];
                return frame[..(value.Index + 1)] + Any(Strangers) + frame[(value.Index + value.Length)..];
            case 3 when names.Count > 0:
                var gone = names[random.Next(names.Count)];
                return frame[..gone.Index] + "\"other\":" + frame[(gone.Index + gone.Length)..];
            case 4 when names.Count > 0:
                var twice = names[random.Next(names.Count)];
                return frame[..twice.Index] + twice.Value + Any(Strangers) + "," + frame[twice.Index..];
            case 5 when values.Count > 0:
                var at = values[random.Next(values.Count)];
                return frame[..(at.Index + 1)] + Large() + frame[(at.Index + at.Length)..];
            case 6:
                return Reorder(frame);
            default:
                return frame.Length > 3 ? frame[..^1] + "," + Any(Strangers) + "]" : frame;
        }
    }

    private string Large() => random.Next(3) switch
    {
        0 => "\"" + new string('x', random.Next(1, 3_000)) + "\"",
        1 => new string('[', 40) + new string(']', 40),
        _ => new string('9', random.Next(1, 400)),
    };

    /// <summary>Other types, ids and actions, and parts that are missing.</summary>
    private string Reorder(string frame)
    {
        List<string> parts;
        try
        {
            using var document = JsonDocument.Parse(frame);
            if (document.RootElement is not { ValueKind: JsonValueKind.Array } root) return frame;
            parts = [.. root.EnumerateArray().Select(p => p.GetRawText())];
        }
        catch (JsonException)
        {
            return frame; // wounded too much already
        }

        if (parts.Count < 2) return frame;
        var at = random.Next(parts.Count);
        switch (random.Next(4))
        {
            case 0: parts.RemoveAt(at); break;
            case 1: parts[0] = $"{random.Next(-1, 8)}"; break;
            case 2: parts[1] = $"\"{new string('i', random.Next(0, 60))}\""; break;
            default: parts[at] = at > 1 ? "\"Levitate\"" : "null"; break;
        }

        return $"[{string.Join(',', parts)}]";
    }

    private void Scratch(List<byte> bytes)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(4))
        {
            case 0: bytes[at] = (byte)random.Next(256); break;
            case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
            case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Any(Strangers))); break;
            default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 60), bytes.Count - at))); break;
        }
    }

    private string Any(string[] words) => words[random.Next(words.Length)];
}

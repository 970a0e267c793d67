using System.Globalization;
using System.Text.Json;

namespace Voltgate.Server.Api;

/// <summary>
/// What System.Text.Json lets pass and nobody may store: repeated names, lone surrogates, NUL, numbers beyond any
/// reader's range, depth and length without end (reliability §10.2).
/// </summary>
internal sealed class Hygiene
{
    private const int MaxDepth = 32;
    private const int MaxItems = 10_000;
    private const int MaxErrors = 50;

    private readonly List<FieldError> errors = [];

    public static IReadOnlyList<FieldError> Of(JsonElement root)
    {
        var walk = new Hygiene();
        walk.Walk(root, "", 1);
        return walk.errors;
    }

    private void Walk(JsonElement element, string path, int depth)
    {
        if (errors.Count >= MaxErrors) return;
        if (depth > MaxDepth)
        {
            errors.Add(new FieldError(path, $"Nest objects and arrays at most {MaxDepth} deep."));
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Properties(element, path, depth);
                break;
            case JsonValueKind.Array:
                Items(element, path, depth);
                break;
            case JsonValueKind.String when TextOf(element) is not { } text || text.Contains('\0'):
                errors.Add(new FieldError(path, "Send valid Unicode text without NUL."));
                break;
            case JsonValueKind.Number when !IsFinite(element):
                errors.Add(new FieldError(path, "The number is out of range."));
                break;
        }
    }

    private void Properties(JsonElement element, string path, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var name = NameOf(property);
            if (name is null || name.Contains('\0'))
                errors.Add(new FieldError(path, "Send valid Unicode text without NUL as names of fields."));
            else if (!names.Add(name))
                errors.Add(new FieldError(Paths.Join(path, name), "Give this field once."));
            else
                Walk(property.Value, Paths.Join(path, name), depth + 1);
        }
    }

    private void Items(JsonElement element, string path, int depth)
    {
        if (element.GetArrayLength() > MaxItems)
        {
            errors.Add(new FieldError(path, $"Send at most {MaxItems} items."));
            return;
        }

        var at = 0;
        foreach (var item in element.EnumerateArray()) Walk(item, $"{path}[{at++}]", depth + 1);
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // How the reader reports invalid UTF-8 and lone surrogates.
            return null;
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether readers that know only 64-bit floats can hold it; by the exponent, without being a float here.
    /// </summary>
    private static bool IsFinite(JsonElement element)
    {
        if (element.TryGetDecimal(out _)) return true;
        var text = element.GetRawText();
        var e = text.AsSpan().IndexOfAny('e', 'E');
        if (e < 0) return text.Length <= 300;
        return int.TryParse(
            text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power)
            && Math.Abs(power) + e < 300;
    }
}

internal static class Paths
{
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Domain;

namespace Voltgate.Server.Api;

/// <summary>Reads JSON by a shape into canonical JSON, collecting what is wrong with it.</summary>
/// <param name="patch">True: nothing is required, and null clears a field.</param>
internal sealed class ShapeReader(bool patch)
{
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    public JsonObject Object(JsonElement element, Shape shape, string path, bool whole = false)
    {
        var read = new JsonObject();
        foreach (var property in element.EnumerateObject())
        {
            var at = Paths.Join(path, property.Name);
            if (shape.Find(property.Name) is not { } field) errors.Add(
                new FieldError(at, "This field does not exist."));
            else if (property.Value.ValueKind == JsonValueKind.Null) Null(read, field, at);
            else if (Value(property.Value, field, at, whole) is { } value) read[field.Name] = value;
        }

        if (!patch || whole) Complete(read, element, shape, path);
        return read;
    }

    private void Complete(JsonObject read, JsonElement element, Shape shape, string path)
    {
        foreach (var field in shape.Fields)
        {
            if (field.Required && !element.TryGetProperty(field.Name, out _))
                errors.Add(new FieldError(Paths.Join(path, field.Name), "This field is required."));
            if (field.Default is { } standard && !read.ContainsKey(field.Name))
                read[field.Name] = JsonNode.Parse(standard);
        }
    }

    private void Null(JsonObject read, Field field, string path)
    {
        if (field.Required) errors.Add(new FieldError(path, "This field is required; it cannot be null."));
        else if (patch) read[field.Name] = null;
    }

    private JsonNode? Value(JsonElement element, Field field, string path, bool whole)
    {
        var before = errors.Count;
        JsonNode? value = field.Kind switch
        {
            FieldKind.Flag => Flag(element, path),
            FieldKind.Whole => Whole(element, field, path),
            FieldKind.Number => Number(element, field, path),
            FieldKind.Object => Nested(element, field, path, whole),
            FieldKind.List => List(element, field, path),
            FieldKind.Free => Free(element, field, path),
            _ => Text(element, field, path),
        };
        if (errors.Count == before && value is not null && field.Rule?.Invoke(value) is { } broken) Wrong(path, broken);
        return value;
    }

    private JsonValue? Text(JsonElement element, Field field, string path)
    {
        if (element.ValueKind != JsonValueKind.String) return Wrong(path, "Send a string.");
        var text = element.GetString()!;
        return field.Kind switch
        {
            FieldKind.Word => Word(text, field, path),
            FieldKind.Id => ObjectId.IsWellFormed(text)
                ? JsonValue.Create(text)
                : Wrong(path, "Send an id: 24 lower-case hexadecimal characters."),
            FieldKind.Time => Time(text, path),
            _ when text.Length < field.MinLength => Wrong(path, $"Send at least {field.MinLength} characters."),
            _ when text.Length > field.MaxLength => Wrong(path, $"Send at most {field.MaxLength} characters."),
            _ => JsonValue.Create(text),
        };
    }

    private JsonValue? Word(string text, Field field, string path)
    {
        foreach (var word in field.Words)
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) return JsonValue.Create(word);
        return field.Synonyms.TryGetValue(text.ToLowerInvariant(), out var meant)
            ? JsonValue.Create(meant)
            : Wrong(path, $"Send one of {string.Join(", ", field.Words)}.");
    }

    private JsonValue? Time(string text, string path)
    {
        var isTime = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        return isTime && text.Contains('T', StringComparison.Ordinal)
            ? JsonValue.Create(new Resources.WireTime(at.ToUnixTimeMilliseconds()).ToString())
            : Wrong(path, "Send a time as ISO 8601 in UTC: 2026-01-02T03:04:05.678Z.");
    }

    private JsonValue? Flag(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        _ => Wrong(path, "Send true or false."),
    };

    // Numbers stay elements: those can be read as int, long and decimal alike.
    private JsonValue? Whole(JsonElement element, Field field, string path)
    {
        if (element.ValueKind != JsonValueKind.Number) return Wrong(path, "Send a number.");
        if (!element.TryGetInt64(out var number)) return Wrong(path, "Send a whole number.");
        return number < field.Min || number > field.Max
            ? Wrong(path, $"Send a number from {field.Min} to {field.Max}.")
            : JsonValue.Create(element.Clone());
    }

    private JsonValue? Number(JsonElement element, Field field, string path)
    {
        if (element.ValueKind != JsonValueKind.Number) return Wrong(path, "Send a number.");
        if (!element.TryGetDecimal(out var number) || number < field.Min || number > field.Max)
            return Wrong(path, $"Send a number from {field.Min} to {field.Max}.");
        return decimal.Round(number, field.Decimals) != number
            ? Wrong(path, $"Send at most {field.Decimals} digits after the point.")
            : JsonValue.Create(element.Clone());
    }

    private JsonObject? Nested(JsonElement element, Field field, string path, bool whole)
    {
        if (element.ValueKind == JsonValueKind.Object) return Object(element, field.Nested!, path, whole);
        Wrong(path, "Send an object.");
        return null;
    }

    private JsonArray? List(JsonElement element, Field field, string path)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Wrong(path, "Send an array.");
            return null;
        }

        var count = element.GetArrayLength();
        if (count < field.MinLength) Wrong(path, $"Send at least {field.MinLength} items.");
        if (count > field.MaxLength) Wrong(path, $"Send at most {field.MaxLength} items.");
        var items = new JsonArray();
        var at = 0;

        // A list is replaced as a whole, so its items must be complete in a PATCH too.
        foreach (var item in element.EnumerateArray()) items.Add(
            Value(item, field.Item!, $"{path}[{at++}]", whole: true));
        return items;
    }

    private JsonObject? Free(JsonElement element, Field field, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) Wrong(path, "Send an object.");
        else if (Encoding.UTF8.GetByteCount(element.GetRawText()) > field.MaxLength)
            Wrong(path, $"Send at most {field.MaxLength / 1024} kB.");
        else return JsonObject.Create(element.Clone());
        return null;
    }

    private JsonValue? Wrong(string path, string message)
    {
        errors.Add(new FieldError(path, message));
        return null;
    }
}

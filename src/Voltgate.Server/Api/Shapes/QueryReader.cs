using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>Reads a query by a shape, as a body is read: every mistake at once, nothing unknown taken.</summary>
internal static class QueryReader
{
    public static Outcome<JsonObject> Check(HttpRequest request, Shape shape)
    {
        var said = new JsonObject();
        var errors = new List<FieldError>();
        foreach (var (name, values) in request.Query)
        {
            if (values.Count > 1) errors.Add(new FieldError(name, "Give this parameter once."));
            else said[name] = Node(shape.Find(name), values.ToString());
        }

        using var document = JsonDocument.Parse(said.ToJsonString());
        errors.AddRange(Hygiene.Of(document.RootElement));
        if (errors.Count > 0) return Refusal.Invalid(errors);
        var reader = new ShapeReader(patch: false);
        var read = reader.Object(document.RootElement, shape, "");
        return reader.Errors.Count > 0 ? Refusal.Invalid(reader.Errors) : read;
    }

    // What is no number stays text, and is told so by name.
    private static JsonNode Node(Field? field, string text) => field?.Kind switch
    {
        FieldKind.Whole when long.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        FieldKind.Flag when bool.TryParse(text, out var flag) => flag,
        FieldKind.List => new JsonArray([.. text.Split(',').Select(t => JsonValue.Create(t))]),
        _ => text,
    };
}

using System.Text;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>
/// Examples of bodies, made of their shapes: a new field needs no more than a row in <see cref="FieldExamples"/>, and
/// often not that.
/// </summary>
internal static class ShapeExamples
{
    public static JsonObject Of(Shape shape)
    {
        if (FieldExamples.Find(shape.Name) is { } whole) return whole.AsObject();
        var example = new JsonObject();
        foreach (var field in shape.Fields) example[field.Name] = Of(field, shape);
        return example;
    }

    /// <exception cref="InvalidOperationException">Nothing says what the field may hold: give it a row.</exception>
    public static JsonNode Of(Field field, Shape shape)
    {
        if (field.Example is { } own) return JsonNode.Parse(own)!;
        if ((FieldExamples.Find($"{shape.Name}.{field.Name}") ?? FieldExamples.Find(field.Name)) is { } row) return row;
        return field.Kind switch
        {
            _ when field.Default is { } standard => JsonNode.Parse(standard)!,
            FieldKind.Word => field.Words[0],
            FieldKind.Flag => true,
            FieldKind.Id => SampleIds.Of(field.Name),
            FieldKind.Object => Of(field.Nested!),
            FieldKind.List => new JsonArray(Of(field.Item!, shape)),
            _ => throw new InvalidOperationException(
                $"FieldExamples has no example for {shape.Name}.{field.Name}; give it a row."),
        };
    }

    /// <summary>A file of one row: what an import of the shape takes.</summary>
    public static string CsvOf(Shape shape)
    {
        var cells = Cells(Of(shape), "").ToList();
        return new StringBuilder()
            .AppendJoin(',', cells.Select(c => c.Name)).Append('\n')
            .AppendJoin(',', cells.Select(c => c.Value)).Append('\n').ToString();
    }

    private static IEnumerable<(string Name, string Value)> Cells(JsonNode node, string path) => node switch
    {
        JsonObject o => o.Where(p => p.Key != Field.MetaData.Name)
            .SelectMany(p => Cells(p.Value!, Paths.Join(path, p.Key))),
        JsonArray a when a.All(i => i is JsonValue) => [(path, string.Join(';', a.Select(i => i!.ToString())))],
        JsonArray a => a.SelectMany((item, i) => Cells(item!, $"{path}[{i}]")),
        _ => [(path, node.ToString())],
    };
}

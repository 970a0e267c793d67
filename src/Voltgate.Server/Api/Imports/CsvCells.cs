using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>
/// A column of an import: the path of a field in the JSON body, such as <c>email</c>, <c>address.city</c>,
/// <c>connectors[0].type</c>. A list of plain values stands in one cell, with semicolons.
/// </summary>
internal sealed record CsvColumn(string Name, IReadOnlyList<(string Field, int? Index)> Path, Field Leaf)
{
    /// <summary>Null: the shape has no such field.</summary>
    public static CsvColumn? Parse(string name, Shape shape)
    {
        var path = new List<(string, int?)>();
        var (fields, field) = (shape, default(Field));
        foreach (var part in name.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var index = bracket < 0 ? default(int?) : IndexOf(part[bracket..]);
            if (fields is null || bracket >= 0 && index is null) return null;
            field = fields.Find(bracket < 0 ? part : part[..bracket]);
            if (field is null || index is not null && field.Kind != FieldKind.List) return null;
            path.Add((field.Name, index));
            if (index is not null) field = field.Item!;
            fields = field.Nested;
        }

        // An object, or a list of objects, has no cell of its own.
        var isPlain = field!.Kind != FieldKind.Object && (field.Kind != FieldKind.List || field.Item!.Nested is null);
        return isPlain ? new CsvColumn(name, path, field) : null;
    }

    /// <summary>Puts a cell's value where the path leads; the shape judges it afterwards.</summary>
    public void Put(JsonObject row, string cell)
    {
        JsonNode at = row;
        for (var i = 0; i < Path.Count; i++)
        {
            var (field, index) = Path[i];
            var isLast = i == Path.Count - 1;
            if (index is null)
            {
                if (isLast) at.AsObject()[field] = ValueOf(Leaf, cell);
                else at = at.AsObject()[field] ??= new JsonObject();
                continue;
            }

            var list = (at.AsObject()[field] ??= new JsonArray()).AsArray();
            while (list.Count <= index) list.Add(default(JsonNode));
            if (isLast) list[index.Value] = ValueOf(Leaf, cell);
            else at = list[index.Value] ??= new JsonObject();
        }
    }

    private static JsonNode? ValueOf(Field field, string cell) => field.Kind switch
    {
        FieldKind.Flag when bool.TryParse(cell, out var flag) => flag,
        FieldKind.Whole or FieldKind.Number when decimal.TryParse(
            cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        FieldKind.List => new JsonArray(
            [.. cell.Split(';', StringSplitOptions.TrimEntries).Select(c => ValueOf(field.Item!, c))]),
        FieldKind.Free => Parsed(cell),
        _ => cell,
    };

    private static JsonNode? Parsed(string cell)
    {
        try
        {
            return JsonNode.Parse(cell);
        }
        catch (JsonException)
        {
            return cell; // the shape says what to send
        }
    }

    private static int? IndexOf(string bracketed) =>
        bracketed.EndsWith(']') && int.TryParse(
            bracketed[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < 100
            ? index
            : null;
}

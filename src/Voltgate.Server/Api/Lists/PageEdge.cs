using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>
/// Where a page ends: the next one holds the rows behind it, whatever was added or removed meanwhile.
/// </summary>
/// <param name="Sort">The last row's value of the sorted column, a bigint or a text.</param>
/// <param name="Key">Its key, likewise.</param>
internal sealed record PageEdge(int Page, object Sort, object Key, long Total)
{
    private const int Seal = 12;

    /// <summary>
    /// An opaque text for <c>paginate_cursor</c>, bound to the query that it came from. It grants nothing: the tenant's
    /// condition stands in every query.
    /// </summary>
    public string ToCursor(string query)
    {
        var text = Encoding.UTF8.GetBytes(new JsonArray(Page, NodeOf(Sort), NodeOf(Key), Total).ToJsonString());
        return Base64Url.EncodeToString([.. SealOf(query, text), .. text]);
    }

    /// <summary>Null: it is not one of ours, or of another query.</summary>
    public static PageEdge? Parse(string cursor, string query)
    {
        if (!Base64Url.IsValid(cursor)) return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= Seal) return null;
        var text = bytes.AsSpan(Seal);
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, Seal), SealOf(query, text))) return null;
        using var document = JsonDocument.Parse(text.ToArray());
        var parts = document.RootElement;
        return new PageEdge(parts[0].GetInt32(), ValueOf(parts[1]), ValueOf(parts[2]), parts[3].GetInt64());
    }

    private static JsonValue NodeOf(object value) =>
        value is long number ? JsonValue.Create(number) : JsonValue.Create((string)value);

    private static object ValueOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number ? element.GetInt64() : element.GetString()!;

    private static byte[] SealOf(string query, ReadOnlySpan<byte> text) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(query), 0, .. text])[..Seal];
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>Ids that exist, by what they are of, so that requests get past the first check.</summary>
internal sealed class FuzzPool(Random random)
{
    private const int Most = 30;

    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["user"] = "users", ["connector"] = "connectors", ["chargestation"] = "chargestations", ["rate"] = "rates",
        ["location"] = "locations", ["token"] = "tokens", ["connectors"] = "connectors", ["session"] = "sessions",
        ["default_rate"] = "rates", ["favorite_chargestations"] = "chargestations", ["delivery"] = "deliveries",
    };

    private readonly Dictionary<string, List<string>> made = [];
    private readonly Dictionary<string, List<string>> pinned = [];

    /// <summary>An id that is not to be deleted: what the others stand on.</summary>
    public void Pin(string resource, string id) => Of(pinned, resource).Add(id);

    /// <summary>Whatever an answer tells that exists.</summary>
    public void Learn(string resource, string answer)
    {
        try
        {
            if (JsonNode.Parse(answer) is JsonObject whole && whole["result"] is JsonObject result
                && result["_id"] is JsonValue id)
                Keep(Of(made, resource), (string)id!);
        }
        catch (JsonException)
        {
            // A file, or nothing.
        }
    }

    /// <summary>What a path named is not there, or no more.</summary>
    public void Forget(string resource, string target) =>
        Of(made, resource).RemoveAll(id => target.Contains(id, StringComparison.Ordinal));

    /// <summary>For a field of that name.</summary>
    public string IdOf(string field) => Any(Kinds.GetValueOrDefault(field, field), isDelete: false);

    /// <summary>For a path of that resource.</summary>
    public string Any(string resource, bool isDelete)
    {
        var ids = isDelete
            ? Of(made, resource)
            : [.. Of(made, resource), .. Of(pinned, resource), .. Of(pinned, resource)];
        return ids.Count == 0 || random.Next(20) == 0 ? Unknown() : ids[random.Next(ids.Count)];
    }

    public string Unknown() => random.NextInt64().ToString("x16") + "0badcafe";

    private void Keep(List<string> ids, string id)
    {
        if (ids.Contains(id)) return;
        if (ids.Count < Most) ids.Add(id);
        else ids[random.Next(Most)] = id;
    }

    private static List<string> Of(Dictionary<string, List<string>> ids, string resource) =>
        ids.TryGetValue(resource, out var found) ? found : ids[resource] = [];
}

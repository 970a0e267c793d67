using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>How /v1 words what the resources of ours say in other words.</summary>
internal static class V1Words
{
    private const string Physical = "physical";

    public static void Driver(JsonObject told) => told["source"] = Physical;

    public static void Token(JsonObject told)
    {
        Rename(told, "user", "driver");
        told["channel"] = Physical;
    }

    public static void Transaction(JsonObject told) => Rename(told, "user", "driver");

    public static void Command(JsonObject told) => Rename(told, "session", "transaction");

    public static void Location(JsonObject told)
    {
        if (told["coordinates"] is JsonArray { Count: 2 } at)
            told["coordinates"] = new JsonObject
            {
                ["latitude"] = at[1]!.DeepClone(), ["longitude"] = at[0]!.DeepClone(),
            };
    }

    public static void Chargestation(JsonObject told)
    {
        if (told["bootInfo"] is not JsonObject boot) return;
        told["manufacturer"] = boot["chargePointVendor"]?.DeepClone();
        told["model"] = boot["chargePointModel"]?.DeepClone();
    }

    public static Refusal? AskDriver(V1Ask ask) => ask.Only("source", Physical);

    public static Refusal? AskToken(V1Ask ask)
    {
        ask.Rename("driver", "user");
        return ask.Only("channel", Physical);
    }

    public static Refusal? AskLocation(V1Ask ask)
    {
        if (ask.Body is not { } body) return null;
        if (HttpMethods.IsPost(ask.Call.Http.Request.Method) && body["name"] is null)
            body["name"] = body["operatorName"]?.DeepClone();
        if (body["coordinates"] is JsonObject { Count: 2 } at
            && at["longitude"] is { } lon && at["latitude"] is { } lat)
            body["coordinates"] = new JsonArray(lon.DeepClone(), lat.DeepClone());
        return null;
    }

    /// <summary>What it really is it tells when it boots; until then it is called so.</summary>
    public static Refusal? AskNewStation(V1Ask ask)
    {
        if (ask.Body is not { } body) return null;
        var names = new[] { "manufacturer", "model" }.Select(f => body[f]).OfType<JsonValue>()
            .Select(v => v.TryGetValue<string>(out var text) ? text : "").Where(t => t.Length > 0).ToList();
        if (names.Count == 0) return null;
        body.Remove("manufacturer");
        body.Remove("model");
        body["name"] ??= string.Join(' ', names);
        return null;
    }

    public static Refusal? AskVariable(V1Ask ask)
    {
        ask.Rename("variable", "key");
        return null;
    }

    private static void Rename(JsonObject told, string ours, string theirs)
    {
        if (!told.TryGetPropertyValue(ours, out var value)) return;
        told.Remove(ours);
        told[theirs] = value;
    }
}

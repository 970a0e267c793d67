using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>
/// An event as webhooks and /events carry it (api-contract §4). Data: the resource as GET showed it then.
/// </summary>
internal sealed record EventResource(
    [property: JsonPropertyName("_id")] string Id,
    string Object,
    string Type,
    WireJson Data,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt);

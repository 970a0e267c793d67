using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>A row of the audit log as the API shows it.</summary>
internal sealed record AuditEntryResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    public AuditActorResource? Actor { get; init; }

    /// <summary>From where the request came, as this server saw it.</summary>
    public string Address { get; init; } = "";

    public string RequestId { get; init; } = "";

    public string Method { get; init; } = "";

    public string Route { get; init; } = "";

    /// <summary>What kind of thing it concerned: user, session, …</summary>
    public string? Object { get; init; }

    /// <summary>The id of that thing.</summary>
    public string? Resource { get; init; }

    /// <summary>done, or the code of the refusal.</summary>
    public string Result { get; init; } = "";

    /// <summary>Which secret the answer showed.</summary>
    public string? Reveals { get; init; }

    /// <summary>True: before and after went when the person they told of was erased.</summary>
    public bool? Erased { get; init; }

    public WireJson? Before { get; init; }

    public WireJson? After { get; init; }

    /// <summary>Its number in the organisation's chain, and the hash that seals it; a moment after the write.</summary>
    public long? Seq { get; init; }

    public string? Hash { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }
}

/// <summary>Who: an API key, an operator, or nobody who could be told.</summary>
internal sealed record AuditActorResource(
    string Type, [property: JsonPropertyName("_id")] string Id, string Name);

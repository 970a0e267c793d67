using System.ComponentModel;
using System.Text.Json.Serialization;
using Voltgate.Domain.Load;

namespace Voltgate.Server.Resources;

/// <summary>Connectors behind one supply (api-contract §3 Load-management group).</summary>
internal sealed record LoadGroupResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Description { get; init; }

    public string? Notes { get; init; }

    [Description("kW that all connectors together may draw.")]
    public decimal MaximumCapacity { get; init; }

    [Description("kW that a session has at least, or nothing.")]
    public decimal MinimumConnectorCapacity { get; init; }

    [Description("0 to 1: the part of maximum_capacity that is not shared out.")]
    public decimal Buffer { get; init; }

    public string? Location { get; init; }

    /// <summary>Ids.</summary>
    public IReadOnlyList<string> Connectors { get; init; } = [];

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }

    public LoadGroup Rules() => new(
        (long)(MaximumCapacity * 1_000), (long)(MinimumConnectorCapacity * 1_000), (int)(Buffer * 1_000),
        Connectors.Count);
}

/// <summary>How a load group's supply is shared out at this moment.</summary>
internal sealed record LoadResource(
    string Group,
    [property: Description("kW that running sessions share.")] decimal SharedCapacity,
    [property: Description("kW that sessions may draw now, by what their stations were told.")] decimal Allowed,
    [property: Description("kW that stations last reported to draw.")] decimal Drawn,
    [property: Description("kW that a session may draw until it has a share.")] decimal StartLimit,
    IReadOnlyList<ConnectorLoadResource> Connectors);

/// <summary>One connector's part.</summary>
/// <param name="State">idle, charging, waiting, offline, refused.</param>
/// <param name="Message">Why it has no more.</param>
internal sealed record ConnectorLoadResource(
    string Connector,
    string Chargestation,
    string? Session,
    string State,
    [property: Description("kW that it may draw now; null: no session runs.")] decimal? Limit,
    [property: Description("kW that it is to have.")] decimal? Share,
    [property: Description("kW that it last reported to draw; null: not known.")] decimal? Power,
    string Message)
{
    public static ConnectorLoadResource Of(LoadStand stand) => new(
        stand.Seat.Connector.Id, stand.Seat.Station.Id, stand.Session?.Id, WordOf(stand.State), Kilo(stand.BoundW),
        Kilo(stand.ShareW), Kilo(stand.DrawnW), MessageOf(stand));

    public static decimal Kilo(long watts) => watts / 1_000m;

    private static decimal? Kilo(long? watts) => watts / 1_000m;

    private static string WordOf(LoadState state) => state switch
    {
        LoadState.Idle => "idle",
        LoadState.Charging => "charging",
        LoadState.Waiting => "waiting",
        LoadState.Offline => "offline",
        _ => "refused",
    };

    private static string MessageOf(LoadStand stand) => stand.State switch
    {
        LoadState.Idle when stand.Fault is { } fault =>
            $"No session runs. The station did not take the limit for the next one: {fault}.",
        LoadState.Idle => "No session runs.",
        LoadState.Waiting => "Sessions that began earlier use the supply up; it goes on when one of them leaves some.",
        LoadState.Offline when stand.Session is null => "The station is not connected.",
        LoadState.Offline => "The station is not connected; what it was last allowed is set aside for it.",
        LoadState.Refused =>
            $"The station did not take its limit ({stand.Fault}); all that it may draw is set aside for it.",
        _ when stand.BoundW < stand.ShareW => "It gets more as soon as the others have confirmed that they take less.",
        _ when stand.BoundW > stand.ShareW => "It has been told to take less.",
        _ => "It has its share.",
    };
}

using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Api;

/// <summary>Turns checked bodies into the domain's settings. A field that was not sent stays as it is.</summary>
internal static class StationBodies
{
    public static StationSettings Settings(JsonObject body, StationSettings before)
    {
        var coordinates = body["coordinates"]?.AsArray();
        var security = body["security"]?.AsObject();
        var speaksOfPlace = body.ContainsKey("coordinates");
        return before with
        {
            Name = Text(body, "name", before.Name) ?? before.Name,
            Description = Text(body, "description", before.Description),
            Location = Text(body, "location", before.Location),
            PinnedProtocol = Text(body, "protocol", before.PinnedProtocol),
            QuirkProfile = Text(body, "quirk_profile", before.QuirkProfile),
            Active = (bool?)body["active"] ?? before.Active,
            Public = (bool?)body["public"] ?? before.Public,
            IsSimulator = (bool?)body["is_simulator"] ?? before.IsSimulator,
            LongitudeE6 = speaksOfPlace ? Micro(coordinates?[0]) : before.LongitudeE6,
            LatitudeE6 = speaksOfPlace ? Micro(coordinates?[1]) : before.LatitudeE6,
            MetaData = MetaData(body, before.MetaData),
            AllowsProfile0 = (bool?)security?["allow_profile_0"] ?? before.AllowsProfile0,
            SerialNumber = security is null ? before.SerialNumber
                : Text(security, "serial_number", before.SerialNumber),
        };
    }

    public static ConnectorSettings Settings(JsonObject body, ConnectorSettings before) => before with
    {
        Active = (bool?)body["active"] ?? before.Active,
        Type = Text(body, "type", before.Type),
        Format = Text(body, "format", before.Format),
        PowerType = Text(body, "power_type", before.PowerType),
        PowerW = body.ContainsKey("power") ? (long?)((decimal?)body["power"] * 1000m) : before.PowerW,
        Rate = Text(body, "rate", before.Rate),
        MetaData = MetaData(body, before.MetaData),
    };

    public static Place PlaceOf(JsonObject connector) =>
        new((int)(long)connector["connectorId"]!, (int?)(long?)connector["evseId"] ?? 0);

    /// <summary>What was asked, or null where the body does not speak of it.</summary>
    public static StationSecurity? Security(JsonObject body) => (string?)body["security"]?["type"] switch
    {
        "none" => StationSecurity.None,
        "basic_auth" => StationSecurity.BasicAuth,
        "tls_basic" => StationSecurity.TlsBasic,
        "mtls" => StationSecurity.Mtls,
        _ => null,
    };

    /// <summary>Whether the profile may be lowered, where it may be at all.</summary>
    public static bool Lowers(JsonObject body) => (bool?)body["security"]?["allow_downgrade"] ?? false;

    private static string? Text(JsonObject body, string name, string? before) =>
        body.ContainsKey(name) ? (string?)body[name] : before;

    private static string MetaData(JsonObject body, string before) =>
        body.ContainsKey("meta_data") ? body["meta_data"]?.ToJsonString() ?? "{}" : before;

    private static long? Micro(JsonNode? degrees) => degrees is null ? null : (long)((decimal)degrees * 1_000_000m);
}

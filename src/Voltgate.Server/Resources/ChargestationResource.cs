using System.ComponentModel;
using System.Text.Json.Serialization;
using Voltgate.Domain.Events;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Resources;

/// <summary>A chargestation as GET and the webhooks show it (api-contract §3 Chargestation).</summary>
internal sealed record ChargestationResource(
    [property: JsonPropertyName("_id")] string Id,
    string Name,
    string? Description,
    string? Location,
    string? Protocol,
    string Endpoint,
    string StaticEndpoint,
    bool Online,
    bool Active,
    bool Public,
    bool IsSimulator,
    [property: Description("[longitude, latitude] in degrees.")] IReadOnlyList<decimal>? Coordinates,
    [property: JsonPropertyName("bootInfo")] BootInfoResource? BootInfo,
    IReadOnlyList<ConnectorResource> Connectors,
    string ConnectionUrl,
    SecurityResource Security,
    IReadOnlyDictionary<string, string> Configuration,
    string? FirmwareStatus,
    string? DiagnosticsStatus,
    [property: JsonPropertyName("lastConnectAt")] WireTime? LastConnectAt,
    [property: JsonPropertyName("lastDisconnectAt")] WireTime? LastDisconnectAt,
    [property: JsonPropertyName("lastMessageAt")] WireTime? LastMessageAt,
    WireJson MetaData,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt)
{
    /// <summary>The quirk profile that people chose; absent: by what the station tells of itself.</summary>
    public string? QuirkProfile { get; init; }

    /// <summary>Only in <c>chargestation.security_event</c>: what happened.</summary>
    public SecurityEventResource? SecurityEvent { get; init; }

    /// <param name="rates">The rates of its connectors as GET shows them, by id.</param>
    /// <param name="publicUrl">How stations of a profile reach this server: <c>ws://host:port</c>.</param>
    /// <param name="password">Only in the answers that show it once.</param>
    public static ChargestationResource Of(
        ChargeStation s,
        IReadOnlyDictionary<string, string> rates,
        Func<StationSecurity, string> publicUrl,
        IEnumerable<Connector>? connectors = null,
        string? password = null) => new(
        s.Id, s.Settings.Name, s.Settings.Description, s.Settings.Location, s.Protocol, s.Endpoint,
        s.Id, s.Online, s.Settings.Active, s.Settings.Public, s.Settings.IsSimulator, CoordinatesOf(s.Settings),
        BootInfoResource.Of(s.BootInfo),
        [.. (connectors ?? s.Connectors).Select(c => ConnectorResource.Of(s.Id, c, rates))],
        $"{publicUrl(s.Security)}/ocpp/{Uri.EscapeDataString(s.Endpoint)}", SecurityResource.Of(s, password),
        s.Configuration, s.FirmwareStatus, s.DiagnosticsStatus, WireTime.Of(s.LastConnectAtMs),
        WireTime.Of(s.LastDisconnectAtMs), WireTime.Of(s.LastMessageAtMs), new WireJson(s.Settings.MetaData),
        new WireTime(s.CreatedAtMs), new WireTime(s.UpdatedAtMs))
        {
            QuirkProfile = s.Settings.QuirkProfile,
        };

    private static decimal[]? CoordinatesOf(StationSettings s) => s is { LongitudeE6: { } lon, LatitudeE6: { } lat }
        ? [lon / 1_000_000m, lat / 1_000_000m]
        : null;
}

/// <summary>How a chargestation must at least present itself.</summary>
/// <param name="Type">none, basic_auth, tls_basic or mtls.</param>
/// <param name="AllowProfile0">With none it may come from anywhere, not from the server's own machine only.</param>
/// <param name="SerialNumber">Whom its certificate may name beside its endpoint.</param>
/// <param name="Password">Only in the answers that show it once.</param>
internal sealed record SecurityResource(
    string Type,
    [property: Description("OCPP's number of it: security profile 0, 1, 2 or 3.")] int Profile,
    [property: JsonPropertyName("allow_profile_0")] bool? AllowProfile0,
    string? SerialNumber,
    string? Password)
{
    public static SecurityResource Of(ChargeStation station, string? password) => new(
        WordOf(station.Security), (int)station.Security, station.Settings.AllowsProfile0 ? true : null,
        station.Settings.SerialNumber, password);

    public static string WordOf(StationSecurity security) => security switch
    {
        StationSecurity.BasicAuth => "basic_auth",
        StationSecurity.TlsBasic => "tls_basic",
        StationSecurity.Mtls => "mtls",
        _ => "none",
    };
}

internal sealed record BootInfoResource(
    [property: JsonPropertyName("chargePointVendor")] string ChargePointVendor,
    [property: JsonPropertyName("chargePointModel")] string ChargePointModel,
    [property: JsonPropertyName("chargePointSerialNumber")] string? ChargePointSerialNumber,
    [property: JsonPropertyName("chargeBoxSerialNumber")] string? ChargeBoxSerialNumber,
    [property: JsonPropertyName("firmwareVersion")] string? FirmwareVersion,
    string? Iccid,
    string? Imsi)
{
    public static BootInfoResource? Of(BootInfo? b) => b is null ? null : new(
        b.ChargePointVendor, b.ChargePointModel, b.ChargePointSerialNumber, b.ChargeBoxSerialNumber, b.FirmwareVersion,
        b.Iccid, b.Imsi);
}

/// <summary>A connector as GET and the webhooks show it; power in kW, rate embedded.</summary>
internal sealed record ConnectorResource(
    [property: JsonPropertyName("_id")] string Id,
    string Chargestation,
    [property: JsonPropertyName("connectorId")] int ConnectorId,
    [property: JsonPropertyName("evseId")] int? EvseId,
    bool Active,
    string? Status,
    string? Type,
    string? Format,
    string? PowerType,
    [property: Description("Rated power in kW.")] decimal? Power,
    WireJson? Rate,
    WireJson? RawMessage,
    WireJson MetaData,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt)
{
    public static ConnectorResource Of(string station, Connector c, IReadOnlyDictionary<string, string> rates) => new(
        c.Id, station, c.Place.Connector, c.Place.Evse == 0 ? null : c.Place.Evse, c.Settings.Active,
        c.Status?.ToString(), c.Settings.Type, c.Settings.Format, c.Settings.PowerType, c.Settings.PowerW / 1000m,
        c.Settings.Rate is { } rate && rates.TryGetValue(rate, out var body) ? new WireJson(body) : null,
        c.Report is { Raw.Length: > 0 } report ? new WireJson(report.Raw) : null, new WireJson(c.Settings.MetaData),
        new WireTime(c.CreatedAtMs), new WireTime(c.UpdatedAtMs));
}

/// <summary>An asynchronous command as GET and the webhooks show it (api-contract §3 Action).</summary>
internal sealed record ActionResource(
    [property: JsonPropertyName("_id")] string Id,
    string Type,
    string Status,
    string Chargestation,
    string? Connector,
    string? Session,
    WireJson Data,
    WireJson? ResponseData,
    FailureResource? Failure,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt)
{
    public static ActionResource Of(StationAction a) => new(
        a.Id, a.Type, StationWrites.StatusOf(a.Status), a.Station, a.Connector, a.Session,
        new WireJson(a.Data),
        a.Response is { } response ? new WireJson(response) : null, FailureResource.Of(a.Failure),
        new WireTime(a.CreatedAtMs), new WireTime(a.UpdatedAtMs));
}

/// <summary>A card nobody knows.</summary>
internal sealed record UnknownTokenResource(
    [property: JsonPropertyName("physicalId")] string PhysicalId, string Chargestation);

/// <summary>What a station of OCPP 2.x said, word for word.</summary>
internal sealed record FiledResource(string Chargestation, string Action, WireJson Payload);

/// <summary>What concerns a station's security: it, or somebody in its name, did or reported it.</summary>
/// <param name="Kind">A word of ours in snake_case, or the station's own: FirmwareUpdated, …</param>
internal sealed record SecurityEventResource(string Kind, string? Detail)
{
    /// <summary>"station" where the station reported it, else "server".</summary>
    public string Source { get; init; } = "server";

    /// <summary>As its OCPP version's list says; absent where no list has it.</summary>
    public bool? Critical { get; init; }

    /// <summary>When the station says that it happened last.</summary>
    public WireTime? Timestamp { get; init; }

    [Description("How often it was reported since it was told last; several within a minute are told once.")]
    public int? Times { get; init; }

    public static SecurityEventResource Of(SecurityNotice notice) => notice.Report is not { } report
        ? new(notice.Kind, notice.Detail)
        : new(notice.Kind, notice.Detail)
        {
            Source = "station", Critical = report.IsCritical, Timestamp = new WireTime(report.AtMs),
            Times = report.Times,
        };
}

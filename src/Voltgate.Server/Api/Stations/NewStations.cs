using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>How chargestations come into being, and their credentials with them.</summary>
internal sealed class NewStations(
    References references, StationBirth birth, StationViews views, Credentials credentials, Entropy entropy)
{
    public static readonly Refusal EndpointTaken = Refusal.Conflict(
        "endpoint_taken", "Another chargestation has this endpoint; choose another one.");

    public async Task<IResult> Create(Call call)
    {
        var body = await call.Body();
        return body.Holds ? await Create(call, body.Value) : body.Refusal;
    }

    /// <param name="also">More rows for the commit.</param>
    public async Task<IResult> Create(Call call, JsonObject fields, params Statement[] also)
    {
        var made = await Draw(call, fields);
        if (!made.Holds) return made.Refusal;
        var (station, password) = (made.Value.Station, made.Value.Password);
        if (await birth.Create(station, [.. await Also(call, made.Value), .. also]) != CommitStatus.Done)
            return EndpointTaken;
        call.Audit.Kept();
        return Success.Created(
            "Chargestation created; configure it with connection_url and security.password",
            await views.Station(station, password?.Text, call.Cancel));
    }

    /// <summary>A station of an import, not yet committed.</summary>
    public async Task<Outcome<ImportedRow>> Prepare(Call call, JsonObject fields)
    {
        var made = await Draw(call, fields);
        if (!made.Holds) return made.Refusal;
        var station = made.Value.Station;
        var unit = await birth.Prepare(station, await Also(call, made.Value));
        return new ImportedRow(station.Id, unit) { Endpoint = station.Endpoint, Password = made.Value.Password?.Text };
    }

    /// <summary>Its credentials, and the trail of who made it.</summary>
    private async Task<IReadOnlyList<Statement>> Also(Call call, Drawn drawn)
    {
        var (station, password) = (drawn.Station, drawn.Password);
        if (password is not null) call.Audit.Shows(Credentials.Shown);
        return
        [
            .. await credentials.Set(call, station.Id, password),
            .. call.Audit.Rows(new AuditChange("chargestation", station.Id, null, views.Bare(station))),
        ];
    }

    private sealed record Drawn(ChargeStation Station, StationPassword? Password);

    private async Task<Outcome<Drawn>> Draw(Call call, JsonObject fields)
    {
        if (await Dangling(call, fields) is { } dangling) return dangling;
        var station = Assemble(call, fields);
        if (await IsTaken(call, station.Endpoint)) return EndpointTaken;
        return new Drawn(station, Credentials.Uses(station.Security) ? credentials.New() : null);
    }

    public async Task<bool> IsTaken(Call call, string endpoint) =>
        await references.Count(call, "chargestations", "endpoint", endpoint) > 0
        || await references.Count(call, "chargestations", "static_endpoint", endpoint) > 0;

    /// <summary>Switches how a station must present itself; where it had no password, it gets one.</summary>
    public Task<(string? Password, Refusal? Refusal)> Secure(Call call, ChargeStation station, SecureStation order) =>
        credentials.Secure(call, station, order);

    /// <summary>A new password; a station without one needs one from now on.</summary>
    public async Task<(string? Password, Refusal? Refusal)> Reset(Call call, ChargeStation station, JsonObject fields)
    {
        var chosen = credentials.Chosen(fields);
        if (!chosen.Holds) return (null, chosen.Refusal);
        var security = station.Security == StationSecurity.None ? StationSecurity.BasicAuth : station.Security;
        return await credentials.Renew(call, station.Id, new SecureStation(security), chosen.Value);
    }

    /// <summary>The password where the organisation lets GET show it.</summary>
    public Task<string?> Revealed(Call call, string station) => credentials.Revealed(call, station);

    private async Task<Refusal?> Dangling(Call call, JsonObject fields)
    {
        var connectors = fields["connectors"]?.AsArray() ?? [];
        var places = connectors.Select(c => StationBodies.PlaceOf(c!.AsObject())).ToList();
        for (var i = 0; i < places.Count; i++)
            if (places.IndexOf(places[i]) < i)
                return Refusal.Invalid($"connectors[{i}].connectorId", "Give each connector a number of its own.");
        if (references.QuirkProfile(fields) is { } unknown) return unknown;
        return await references.Check(
            call,
            [
                ("location", "locations", fields["location"]),
                .. connectors.Select((c, i) => ($"connectors[{i}].rate", "rates", c!["rate"])),
            ]);
    }

    private ChargeStation Assemble(Call call, JsonObject fields)
    {
        var now = entropy.NowMs;
        var endpoint = (string?)fields["endpoint"]
            ?? "VG" + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 10);
        var connectors = fields["connectors"]?.AsArray().Select(c => c!.AsObject()) ?? [];
        return new ChargeStation(
            entropy.NewId(), call.Organization, endpoint,
            StationBodies.Settings(fields, new StationSettings((string?)fields["name"] ?? endpoint)),
            StationBodies.Security(fields) ?? StationSecurity.BasicAuth, Online: false, Protocol: null, BootInfo: null,
            null, null, null, null,
            [.. connectors.Select(c => new Connector(
                entropy.NewId(), StationBodies.PlaceOf(c), StationBodies.Settings(c, new ConnectorSettings()), null,
                now, now))],
            [], ImmutableSortedDictionary<string, string>.Empty, null, null, now, now);
    }
}

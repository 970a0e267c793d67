using System.Globalization;
using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>
/// Commands that give a station another password, or another security profile. Whatever dies on the way, the station is
/// let in by what it has, the old or the new (reliability O09).
/// </summary>
internal sealed class CredentialCommandsApi(CommandDesk desk, Credentials credentials, PublicAddress address)
{
    private static readonly IReadOnlyList<(string Word, StationSecurity Profile)> Profiles =
    [
        ("none", StationSecurity.None), ("basic_auth", StationSecurity.BasicAuth),
        ("tls_basic", StationSecurity.TlsBasic), ("mtls", StationSecurity.Mtls),
    ];

    private static readonly Shape Networking = new(
        "NetworkProfileBody",
        Field.Whole("slot", "Which of the station's slots (NetworkConfigurationPriority names them).", max: 100).Must,
        Field.Word(
            "type", [.. Profiles.Select(p => p.Word)],
            "By which security profile it comes; that of the station unless given. None goes down."),
        Field.Text("url", "Where stations connect, without the identity; this server unless given.", max: 500) with
        {
            Rule = text => Uri.TryCreate((string)text!, UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss"
                ? null
                : "Send a URL that begins with ws:// or wss://.",
        },
        Field.Word(
            "interface",
            ["Wired0", "Wired1", "Wired2", "Wired3", "Wireless0", "Wireless1", "Wireless2", "Wireless3"],
            "Which of its network interfaces; Wired0 unless given."),
        Field.Whole("message_timeout", "Seconds that it waits for an answer; 30 unless given.", min: 1, max: 600));

    private static readonly Shape Raising = new(
        "SecurityRaiseBody",
        Field.Word("type", ["tls_basic", "mtls"], "What it must come by from then on; nothing goes down.").Must,
        Field.Text(
            "priority",
            "OCPP 2.x: the NetworkConfigurationPriority that lets it come by the network profile that it was given for "
            + "that (set_network_profile); it does after a reset.",
            max: 500, min: 1) with
        {
            Example = "\"2,1\"",
        });

    public IReadOnlyList<ApiRoute> Routes =>
    [
        Row("change_password", ChangePassword,
            "Give a connected chargestation another password (AuthorizationKey), made or chosen. Both are good until "
            + "it is known which one it has; the answer shows neither.") with
        {
            Body = Credentials.Body,
            Refusals = [.. CommandDesk.Refusals, (409, "password_missing"), (409, "password_pending")],
        },
        Row("raise_security", Raise,
            "Have a connected chargestation come by a stronger security profile (SecurityProfile; by OCPP 2.x "
            + "NetworkConfigurationPriority). What it comes by now is taken until it comes by that one, and never "
            + "again afterwards.") with
        {
            Body = Raising, Refusals = [.. CommandDesk.Refusals, (409, "profile_downgrade")],
        },
        Row("set_network_profile", SetNetwork,
            "Give a connected chargestation of OCPP 2.x another way to connect. It takes that once "
            + "OCPPCommCtrlr.NetworkConfigurationPriority names the slot and it has restarted.") with
        {
            Body = Networking, Refusals = [.. CommandDesk.Refusals, (409, "profile_downgrade")],
        },
    ];

    private async Task<IResult> SetNetwork(Call call)
    {
        var asked = await desk.Station(call);
        if (!asked.Holds) return asked.Refusal;
        var station = asked.Value.Station;
        var to = asked.Value.Text("type") is { } word
            ? Profiles.First(p => p.Word == word).Profile
            : station.Security;
        if (to < station.Security)
            return Refusal.Conflict(
                "profile_downgrade", "The chargestation comes by a stronger profile; it is told no weaker one.");
        var url = asked.Value.Text("url") ?? address.SocketsFor(to) + "/ocpp";
        if (to >= StationSecurity.TlsBasic && !url.StartsWith("wss:", StringComparison.Ordinal))
            return Refusal.Invalid("url", "Send a URL that begins with wss://: this profile comes by TLS.");
        return await desk.Give(
            call, "chargestation.set_network_profile", asked.Value,
            new SetNetworkProfile(
                asked.Value.Whole("slot")!.Value, url, to, asked.Value.Text("interface") ?? "Wired0",
                asked.Value.Whole("message_timeout") ?? 30));
    }

    private static ApiRoute Row(string command, Func<Call, Task<IResult>> handler, string summary) => new(
        "POST", $"/chargestations/{{id}}/{command}", "write:chargestations", handler)
    {
        Summary = summary, Answer = typeof(ActionResource), ActionType = "chargestation." + command, Creates = false,
    };

    private async Task<IResult> ChangePassword(Call call)
    {
        var asked = await desk.Station(call);
        if (!asked.Holds) return asked.Refusal;
        var station = asked.Value.Station;
        if (!Credentials.Uses(station.Security))
            return Refusal.Conflict(
                "password_missing", "This chargestation comes by no password; there is none to change.");
        var chosen = credentials.Chosen(asked.Value.Fields);
        if (!chosen.Holds) return chosen.Refusal;
        var offer = await credentials.Offer(call, station.Id, chosen.Value);
        // Whitepaper, AuthorizationKey: hexadecimal digits of at most 20 bytes. 2.x has it as it is typed (A01).
        var command = new WriteConfiguration(
            "AuthorizationKey",
            Abilities.KnowsTransactions(station)
                ? chosen.Value.Text
                : Convert.ToHexStringLower(chosen.Value.Bytes));
        // The action keeps no password, chosen ones neither.
        return await desk.Give(
            call, "chargestation.change_password",
            new Asked(station, null, new JsonObject()) { ChangesPassword = true, AlsoCommit = offer }, command);
    }

    private async Task<IResult> Raise(Call call)
    {
        var asked = await desk.Station(call);
        if (!asked.Holds) return asked.Refusal;
        var to = asked.Value.Text("type") == "mtls" ? StationSecurity.Mtls : StationSecurity.TlsBasic;
        return await desk.Give(
            call, "chargestation.raise_security", asked.Value with { Raises = to }, Word(asked.Value, to));
    }

    // A05: 2.x has no setting for the profile itself; it is part of a network profile.
    private static Outcome<StationCommand> Word(Asked asked, StationSecurity to) =>
        (asked.Text("priority"), Abilities.KnowsTransactions(asked.Station)) switch
        {
            ({ } slots, true) => new WriteConfiguration("OCPPCommCtrlr.NetworkConfigurationPriority", slots),
            (null, false) => new WriteConfiguration(
                "SecurityProfile", ((int)to).ToString(CultureInfo.InvariantCulture)),
            (null, true) => Refusal.Invalid(
                "priority", "Send the slots of its network profiles in their order, the stronger one's first."),
            _ => Refusal.Invalid("priority", "Leave it out: a chargestation of OCPP 1.6 has one profile only."),
        };
}

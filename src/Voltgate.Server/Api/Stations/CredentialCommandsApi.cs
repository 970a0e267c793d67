using System.Globalization;
using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>
/// Commands that give a station another password, or another security profile. Whatever dies on the way, the station is
/// let in by what it has, the old or the new (reliability O09).
/// </summary>
internal sealed class CredentialCommandsApi(CommandDesk desk, Credentials credentials)
{
    private static readonly Shape Raising = new(
        "SecurityRaiseBody",
        Field.Word("type", ["tls_basic", "mtls"], "What it must come by from then on; nothing goes down.").Must,
        Field.Text(
            "priority",
            "OCPP 2.x: the NetworkConfigurationPriority that lets it come by the network profile that it was given for "
            + "that (send_request, SetNetworkProfile); it does after a reset.",
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
    ];

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
        // Security whitepaper, AuthorizationKey: hexadecimal digits of at most 20 bytes.
        var command = new WriteConfiguration("AuthorizationKey", Convert.ToHexStringLower(chosen.Value.Bytes));
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

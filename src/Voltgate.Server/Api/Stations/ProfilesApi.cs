using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>Charging profiles as OCPP knows them, for those who need more than a limit.</summary>
internal sealed class ProfilesApi(CommandDesk desk)
{
    private const int Week = 7 * 24 * 3_600;

    private static readonly Shape SetShape = new(
        "ChargingProfileBody",
        CommandFields.Connector with { Description = "Where the profile holds; the whole station unless given." },
        Field.Id("session", "TxProfile only: the running session that it is for."),
        Field.Object("charging_profile", ProfileBodies.Profile, "OCPP 1.6 §7.8 ChargingProfile.").Must);

    private static readonly Shape ClearShape = new(
        "ChargingProfileClearBody",
        CommandFields.Connector,
        Field.Whole("chargingProfileId", "The one profile to clear."),
        Field.Word("chargingProfilePurpose", ProfileBodies.Purposes, "All of that purpose."),
        Field.Whole("stackLevel", "All of that level."));

    private static readonly Shape ScheduleQuery = new(
        "CompositeScheduleQuery",
        Field.Whole("duration", "Seconds from now.", min: 1, max: Week) with { Default = "86400" },
        Field.Word("unit", ["power", "current"], "What the station shall count in; its choice unless given."));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        Row("POST", "/chargestations/{id}/set_charging_profile", SetShape, "Give the station a charging profile.",
            call => desk.ToStation(call, "chargestation.set_charging_profile", Set)),
        Row("POST", "/chargestations/{id}/clear_charging_profile", ClearShape,
            "Take every charging profile away that fits all of what is given.",
            call => desk.ToStation(call, "chargestation.clear_charging_profile", Clear)),
        Row("GET", "/chargestations/{id}/get_composite_schedule", null,
            "Ask what the station makes of all its profiles together; the action's response_data tells.",
            call => desk.ToStation(call, "chargestation.get_composite_schedule", Schedule)),
        Row("GET", "/connectors/{id}/get_composite_schedule", null,
            "Ask what the station makes of all profiles of this connector; the action's response_data tells.",
            OfConnector) with { Scope = "write:connectors" },
    ];

    private static ApiRoute Row(
        string verb, string path, Shape? body, string summary, Func<Call, Task<IResult>> handler) =>
        new(verb, path, "write:chargestations", handler)
        {
            Summary = summary, Body = body, Query = body is null ? ScheduleQuery : null,
            Answer = typeof(ActionResource), Refusals = CommandDesk.Refusals,
            ActionType = "chargestation." + path[(path.LastIndexOf('/') + 1)..],
        };

    private async Task<IResult> OfConnector(Call call)
    {
        var asked = await desk.Connector(call);
        return asked.Holds
            ? await desk.Give(call, "chargestation.get_composite_schedule", asked.Value, Schedule(asked.Value))
            : asked.Refusal;
    }

    private static Outcome<StationCommand> Schedule(Asked asked) => new ReadSchedule(
        asked.Place, asked.Whole("duration")!.Value, asked.Text("unit") switch
        {
            "power" => RateUnit.W,
            "current" => RateUnit.A,
            _ => null,
        });

    private static Outcome<StationCommand> Clear(Asked asked) => new ClearProfiles(
        asked.Whole("chargingProfileId"), asked.Connector?.Place,
        asked.Text("chargingProfilePurpose") is { } purpose ? ProfileBodies.PurposeOf(purpose) : null,
        asked.Whole("stackLevel"));

    private static Outcome<StationCommand> Set(Asked asked)
    {
        var profile = ProfileBodies.Read(asked.Fields["charging_profile"]!.AsObject());
        if (profile.Purpose == ProfilePurpose.Session)
        {
            var id = asked.Text("session");
            if (asked.Station.Sessions.FirstOrDefault(s => s.Id == id && s.Status is SessionStatus.Started) is not
                { } session)
                return Refusal.Invalid("session", "Send the _id of a session that charges at this chargestation now.");
            if (asked.Connector is { } connector && connector.Id != session.Connector)
                return Refusal.Invalid("connector", "The session is on another connector; leave this field out.");
            return Checked(asked, session.Place, profile.For(session));
        }

        if (asked.Text("session") is not null)
            return Refusal.Invalid("session", "Only a TxProfile is for one session; leave this field out.");
        if (profile.Purpose == ProfilePurpose.StationMaximum && asked.Connector is not null)
            return Refusal.Invalid(
                "connector", "A ChargePointMaxProfile is for the whole station; leave this field out.");
        return Checked(asked, asked.Place, profile);
    }

    private static Outcome<StationCommand> Checked(Asked asked, Place place, ChargingProfile profile)
    {
        var errors = ProfileBodies.Faults(asked.Station, profile).ToArray();
        return errors.Length == 0 ? new SetProfile(place, profile) : Refusal.Invalid(errors);
    }
}

using Voltgate.Domain;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Limits in watts or amperes: of a session, before the default of its connector, under the ceiling of its station.
/// </summary>
internal sealed class PowerLimitsApi(CommandDesk desk, SessionStore sessions, Entropy entropy)
{
    private static readonly Shape LimitShape = new(
        "PowerLimitBody",
        Field.Word("unit", ["power", "current"], "What the limit is counted in.").Must,
        Field.Number("limit", "power: W in all; current: A a phase; 0 pauses.", 0, 10_000_000, decimals: 1).Must);

    private static readonly Shape ClearShape = new("PowerLimitClearBody");

    private static readonly (int, string)[] SessionRefusals =
        [(409, "session_not_active"), .. CommandDesk.Refusals];

    /// <summary>Where old documents and new ones disagree (api-contract §6).</summary>
    private static readonly string[] SetAliases = ["set_limit", "manage_power"];

    public IReadOnlyList<ApiRoute> Routes =>
    [
        .. Named("chargestations", "default_power_limit", "set_power_limit",
            "Limit the whole station, whatever is allowed to its connectors and sessions.",
            "Take the station's limit away.", OfStation),
        .. Named("connectors", "default_power_limit", "set_power_limit",
            "Limit every session on this connector that has no limit of its own.",
            "Take the connector's limit away.", OfConnector),
        .. Named("sessions", "power_limit", "set_default_power_limit",
            "Limit this session; goes before its connector's limit, under its station's.",
            "Take the session's limit away; its connector's holds again.", OfSession),
    ];

    private static IEnumerable<ApiRoute> Named(
        string resource, string name, string other, string set, string clear, Func<Call, bool, Task<IResult>> give)
    {
        ApiRoute Row(string command, bool isSet, string summary) => new(
            "POST", $"/{resource}/{{id}}/{command}", "write:" + resource, call => give(call, isSet))
        {
            Summary = summary, Body = isSet ? LimitShape : ClearShape, Answer = typeof(ActionResource),
            ActionType = $"{resource[..^1]}.{(isSet ? "set" : "clear")}_power_limit",
            Refusals = resource == "sessions" ? SessionRefusals : CommandDesk.Refusals,
        };

        yield return Row("set_" + name, true, set);
        yield return Row("clear_" + name, false, clear);
        foreach (var alias in SetAliases.Append(other)) yield return Row(alias, true, set) with { Alias = true };
        yield return Row(other.Replace("set_", "clear_", StringComparison.Ordinal), false, clear) with { Alias = true };
    }

    private async Task<IResult> OfStation(Call call, bool isSet)
    {
        var asked = await desk.Station(call);
        if (!asked.Holds) return asked.Refusal;
        var station = asked.Value.Station;
        return await Give(call, "chargestation", isSet, asked.Value, isSet
            ? Set(asked.Value, limit => PowerLimits.OfStation(station, limit, entropy.NowMs))
            : PowerLimits.ClearStation());
    }

    private async Task<IResult> OfConnector(Call call, bool isSet)
    {
        var asked = await desk.Connector(call);
        if (!asked.Holds) return asked.Refusal;
        var (station, connector) = (asked.Value.Station, asked.Value.Connector!);
        return await Give(call, "connector", isSet, asked.Value, isSet
            ? Set(asked.Value, limit => PowerLimits.OfConnector(
                station, connector, PowerLimits.Under(limit, connector), entropy.NowMs))
            : PowerLimits.Clear(connector));
    }

    private async Task<IResult> OfSession(Call call, bool isSet)
    {
        if (!ObjectId.IsWellFormed(call.Id)
            || await sessions.Get(call.Organization, call.Id, call.Cancel) is not { } found) return Refusal.NotFound;
        var asked = await desk.Session(call, found);
        if (!asked.Holds) return asked.Refusal;
        var (station, connector, session) = (asked.Value.Station, asked.Value.Connector!, asked.Value.Session!);
        return await Give(call, "session", isSet, asked.Value, isSet
            ? Set(asked.Value, limit => PowerLimits.OfSession(
                station, connector, session,
                PowerLimits.Under(limit, connector, session), entropy.NowMs))
            : new Outcome<StationCommand>(PowerLimits.ClearSession(station, session, entropy.NowMs), null));
    }

    // One type whatever the path was called: api-contract §4 names session, connector, chargestation.set_power_limit.
    private Task<IResult> Give(Call call, string kind, bool isSet, Asked asked, Outcome<StationCommand> worded) =>
        desk.Give(
            call, $"{kind}.{(isSet ? "set" : "clear")}_power_limit",
            isSet ? asked with { Limit = LimitOf(asked) } : asked, worded);

    private static PowerLimit LimitOf(Asked asked) => new(
        asked.Text("unit") == "power" ? RateUnit.W : RateUnit.A, (decimal)asked.Fields["limit"]!);

    private static Outcome<StationCommand> Set(Asked asked, Func<PowerLimit, ChargingProfile?> make)
    {
        var limit = LimitOf(asked);
        return make(limit) is { } profile
            ? new SetProfile(asked.Place, profile)
            : Refusal.Invalid(
                "unit",
                $"Send {(limit.Unit == RateUnit.W ? "current" : "power")}: this station takes nothing else, and at "
                    + "direct current one cannot be told from the other.");
    }
}

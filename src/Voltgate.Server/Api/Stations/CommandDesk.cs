using System.Globalization;
using System.Text.Json.Nodes;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What a command is about. Fields: the body or the query, checked by the route's shape.</summary>
internal sealed record Asked(ChargeStation Station, Connector? Connector, JsonObject Fields)
{
    public Session? Session { get; init; }

    /// <summary>What a person allows, where the command carries it.</summary>
    public PowerLimit? Limit { get; init; }

    /// <summary>The command carries a new password.</summary>
    public bool ChangesPassword { get; init; }

    /// <summary>The command tells the station to come by this profile.</summary>
    public StationSecurity? Raises { get; init; }

    /// <summary>More rows for the commit of the action.</summary>
    public Func<StationAction, IEnumerable<Statement>>? AlsoCommit { get; init; }

    public Place Place => Connector?.Place ?? Place.Station;

    public int? Whole(string field) => (int?)(long?)Fields[field];

    public string? Text(string field) => (string?)Fields[field];

    /// <summary>Unix ms.</summary>
    public long? Time(string field) =>
        Text(field) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()
            : null;
}

/// <summary>Where every command is given: asked, worded, paid for from the key's budget, ordered.</summary>
internal sealed class CommandDesk(Ordering ordering, References references, CommandBudget budget)
{
    public static readonly IReadOnlyList<(int Status, string Code)> Refusals =
        [(409, "chargestation_offline"), (409, "too_many_commands"), (429, "too_many_requests")];

    /// <summary>A command to the chargestation of the path, and its connector if the body names one.</summary>
    public async Task<IResult> ToStation(Call call, string type, Func<Asked, Outcome<StationCommand>> word)
    {
        var asked = await Station(call);
        return asked.Holds ? await Give(call, type, asked.Value, word(asked.Value)) : asked.Refusal;
    }

    /// <summary>The chargestation of the path as its one writer sees it; null: unknown, or somebody else's.</summary>
    public Task<ChargeStation?> Find(Call call) => ordering.Station(call, call.Id);

    /// <summary>What is asked of the chargestation of the path.</summary>
    public async Task<Outcome<Asked>> Station(Call call)
    {
        if (await ordering.Station(call, call.Id) is not { } station) return Refusal.NotFound;
        var read = await Fields(call);
        if (!read.Holds) return read.Refusal;
        if ((string?)read.Value["connector"] is not { } id) return new Asked(station, null, read.Value);
        return station.ConnectorById(id) is { } connector
            ? new Asked(station, connector, read.Value)
            : Refusal.Invalid("connector", "Send the _id of one of this chargestation's connectors.");
    }

    /// <summary>What is asked of the connector of the path.</summary>
    public async Task<Outcome<Asked>> Connector(Call call)
    {
        if (await references.Read(call, "connectors", "chargestation", call.Id) is not { } id
            || await ordering.Station(call, id) is not { } station
            || station.ConnectorById(call.Id) is not { } connector) return Refusal.NotFound;
        var read = await Fields(call);
        return read.Holds ? new Asked(station, connector, read.Value) : read.Refusal;
    }

    /// <summary>What is asked of a session.</summary>
    public async Task<Outcome<Asked>> Session(Call call, Session session)
    {
        if (await ordering.Station(call, session.Station) is not { } station) return Refusal.NotFound;
        var read = await Fields(call);
        if (!read.Holds) return read.Refusal;
        // The newest state is the one that the station's writer holds.
        var open = station.Sessions.FirstOrDefault(s => s.Id == session.Id) ?? session;
        return station.ConnectorById(open.Connector) is { } connector
            ? new Asked(station, connector, read.Value) { Session = open }
            : Refusal.NotFound;
    }

    /// <summary>Gives the command; its action is the answer.</summary>
    public async Task<IResult> Give(Call call, string type, Asked asked, Outcome<StationCommand> worded)
    {
        if (!worded.Holds) return worded.Refusal;
        if (budget.Take(call.Caller) is { } refusal) return refusal;
        Hide(asked.Fields, worded.Value.Shown);
        var order = new RunCommand(
            type, worded.Value, asked.Connector?.Id, asked.Fields.ToJsonString(), asked.Session?.Id)
        {
            Limit = asked.Limit, ChangesPassword = asked.ChangesPassword, Raises = asked.Raises,
        };
        return await ordering.Command(call, asked.Station.Id, order, asked.AlsoCommit);
    }

    /// <summary>Gives an order that is no single command; its action is the answer.</summary>
    public async Task<IResult> Give(Call call, Asked asked, Order order) =>
        budget.Take(call.Caller) is { } refusal ? refusal : await ordering.Command(call, asked.Station.Id, order);

    // No password in actions.
    private static void Hide(JsonObject fields, StationCommand shown)
    {
        if (shown is WriteConfiguration one) fields["value"] = one.Value;
        if (shown is not WriteSettings several) return;
        fields["value"] = several.Values[0].Value;
        foreach (var (key, value) in several.Values.Skip(1)) fields["more"]![key] = value;
    }

    private static async Task<Outcome<JsonObject>> Fields(Call call)
    {
        if (call.Route.Query is not null) return call.Query();
        if (call.Route.Body is not { } shape) return new JsonObject();
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        // A PATCH shape requires nothing, but a key without a value changes nothing.
        foreach (var field in shape.Fields)
            if (field.Required && body.Value[field.Name] is null)
                return Refusal.Invalid(field.Name, "Send this field.");
        return body;
    }
}

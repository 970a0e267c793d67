using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;

namespace Voltgate.Server.Api;

/// <summary>The list of tokens that a station takes by itself while it is not connected (OCPP 1.6 §3.5.2).</summary>
internal sealed class LocalListApi(CommandDesk desk, TokenStore tokens, Entropy entropy)
{
    private const int Most = 10_000;

    private static readonly Shape ListShape = new(
        "LocalListBody",
        Field.Word("type", ["full", "differential"], "The whole list, or changes to what the station is to hold.").Must,
        Field.Whole("version", "The list's number after this, more than before; left out: counted here.", min: 1),
        Field.List("tokens", Field.Id("", "A token."), "The _ids of tokens to put in, as they stand now.", max: Most),
        Field.List("remove", Field.Text("", max: 20, min: 1), "differential: physicalIds to take out.", max: Most));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("POST", "/chargestations/{id}/local_list", "write:chargestations", Send)
        {
            Summary = "Send the station tokens that it takes while it is not connected, in as many messages as it "
                + "needs.",
            Body = ListShape, Answer = typeof(ActionResource),
            Refusals = [.. CommandDesk.Refusals, (409, "local_list_unknown")],
            ActionType = TokenList.ActionType,
        },
        new("GET", "/chargestations/{id}/local_list/state", "read:chargestations", State)
        {
            Summary = "Read which version of its list the station has confirmed, and which one it is to have.",
            Answer = typeof(LocalListResource),
        },
        new("GET", "/chargestations/{id}/local_list", "write:chargestations", call =>
            desk.ToStation(call, "chargestation.get_local_list_version", _ => new ReadTokenList()))
        {
            Summary = "Ask which version of the list the station has; the action's response_data tells.",
            Answer = typeof(ActionResource), Refusals = CommandDesk.Refusals,
            ActionType = "chargestation.get_local_list_version",
        },
    ];

    private async Task<IResult> Send(Call call)
    {
        var asked = await desk.Station(call);
        if (!asked.Holds) return asked.Refusal;
        var order = await Word(call, asked.Value);
        return order.Holds ? await desk.Give(call, asked.Value, order.Value) : order.Refusal;
    }

    private async Task<IResult> State(Call call) => await desk.Find(call) is { } station
        ? Success.Ok("Local list", StationJson.Write(LocalListResource.Of(station.TokenList)))
        : Refusal.NotFound;

    private async Task<Outcome<WriteList>> Word(Call call, Asked asked)
    {
        var isFull = asked.Text("type") == "full";
        var (add, remove) = (Texts(asked, "tokens"), Texts(asked, "remove"));
        if (isFull && remove.Length > 0)
            return Refusal.Invalid("remove", "A full list holds what tokens says; leave this field out.");
        if (!isFull && add.Length + remove.Length == 0)
            return Refusal.Invalid("tokens", "Send tokens, or remove some: else nothing would change.");

        var found = (await tokens.Facts(call.Organization, add)).ToDictionary(t => t.Id);
        var errors = add.Index().Where(a => !found.ContainsKey(a.Item)).Select(a => new FieldError(
            $"tokens[{a.Index}]", "There is no such object in tokens; send the _id of one of yours.")).ToArray();
        if (errors.Length > 0) return Refusal.Invalid(errors);
        var listed = add.Distinct().Select(id => ListedToken.Of(found[id], entropy.NowMs)).ToList();
        foreach (var (i, tag) in remove.Index())
            if (listed.Any(l => string.Equals(l.IdTag, tag, StringComparison.OrdinalIgnoreCase)))
                return Refusal.Invalid($"remove[{i}]", "This one stands in tokens, too; decide.");
        listed.AddRange(remove.Distinct(StringComparer.OrdinalIgnoreCase).Select(tag => new ListedToken(tag, null)));
        var order = new WriteList(isFull, asked.Whole("version"), [.. listed], asked.Fields.ToJsonString());
        return Wrong(asked.Station, order) is { } wrong ? wrong : order;
    }

    /// <summary>
    /// What the station's limits (OCPP 1.6 §9, LocalAuthListMaxLength) and its present version forbid.
    /// </summary>
    private static Refusal? Wrong(ChargeStation station, WriteList order)
    {
        var before = station.TokenList;
        var wanted = order.IsFull || before is null ? order.Tokens : TokenList.Changed(before.Wanted, order.Tokens);
        if (Abilities.MaxTokens(station) is { } most && wanted.Length > most)
            return Refusal.Invalid(
                "tokens", $"This station's list holds {most} tokens, and these would make {wanted.Length}.");
        var last = Math.Max(before?.WantedVersion ?? 0, before?.Version ?? 0);
        return order.Version <= last
            ? Refusal.Invalid("version", $"Send more than {last}, or leave it out.")
            : null;
    }

    private static string[] Texts(Asked asked, string field) =>
        [.. asked.Fields[field]?.AsArray().Select(t => (string)t!) ?? []];
}

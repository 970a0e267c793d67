using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;

namespace Voltgate.Server.Api;

/// <summary>The list of tokens that a station takes by itself while it is not connected (OCPP 1.6 §3.5.2).</summary>
internal sealed class LocalListApi(CommandDesk desk, TokenStore tokens, Entropy entropy)
{
    private const int Most = 1_000;

    private static readonly Shape ListShape = new(
        "LocalListBody",
        Field.Word("type", ["full", "differential"], "The whole list, or changes to it.").Must,
        Field.Whole("version", "The list's number after this; more than before.", min: 1).Must,
        Field.List("tokens", Field.Id("", "A token."), "The _ids of tokens to put in, as they stand now.", max: Most),
        Field.List("remove", Field.Text("", max: 20, min: 1), "differential: physicalIds to take out.", max: Most));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("POST", "/chargestations/{id}/local_list", "write:chargestations", Send)
        {
            Summary = "Send the station tokens that it takes while it is not connected.",
            Body = ListShape, Answer = typeof(ActionResource), Refusals = CommandDesk.Refusals,
            ActionType = "chargestation.local_list",
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
        return await desk.Give(call, "chargestation.local_list", asked.Value, await Word(call, asked.Value));
    }

    private async Task<Outcome<StationCommand>> Word(Call call, Asked asked)
    {
        var isFull = asked.Text("type") == "full";
        var (add, remove) = (Texts(asked, "tokens"), Texts(asked, "remove"));
        if (isFull && remove.Length > 0)
            return Refusal.Invalid("remove", "A full list holds what tokens says; leave this field out.");
        if (!isFull && add.Length + remove.Length == 0)
            return Refusal.Invalid("tokens", "Send tokens, or remove some: else nothing would change.");
        if (TooMany(asked.Station, isFull, add.Length + remove.Length) is { } tooMany) return tooMany;

        var found = (await tokens.Facts(call.Organization, add)).ToDictionary(t => t.Id);
        var errors = add.Index().Where(a => !found.ContainsKey(a.Item)).Select(a => new FieldError(
            $"tokens[{a.Index}]", "There is no such object in tokens; send the _id of one of yours.")).ToArray();
        if (errors.Length > 0) return Refusal.Invalid(errors);
        var listed = add.Distinct().Select(id => ListedToken.Of(found[id], entropy.NowMs)).ToList();
        foreach (var (i, tag) in remove.Index())
            if (listed.Any(l => string.Equals(l.IdTag, tag, StringComparison.OrdinalIgnoreCase)))
                return Refusal.Invalid($"remove[{i}]", "This one stands in tokens, too; decide.");
        listed.AddRange(remove.Distinct(StringComparer.OrdinalIgnoreCase).Select(tag => new ListedToken(tag, null)));
        return new WriteTokenList(asked.Whole("version")!.Value, isFull, listed);
    }

    private static Refusal? TooMany(ChargeStation station, bool isFull, int count)
    {
        if (Abilities.MaxTokensAtOnce(station) is { } atOnce && count > atOnce)
            return Refusal.Invalid(
                "tokens", $"This station takes {atOnce} tokens at once; send the others in differential lists.");
        return isFull && Abilities.MaxTokens(station) is { } most && count > most
            ? Refusal.Invalid("tokens", $"This station's list holds {most} tokens.")
            : null;
    }

    private static string[] Texts(Asked asked, string field) =>
        [.. asked.Fields[field]?.AsArray().Select(t => (string)t!) ?? []];
}

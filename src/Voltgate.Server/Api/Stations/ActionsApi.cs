using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What became of commands: /actions.</summary>
internal sealed class ActionsApi(References references, ListReader lists)
{
    private static readonly ListSpec List = new(
        "actions", Filter.Id("chargestation"), Filter.Id("connector"), Filter.Id("session"), Filter.Text("type"),
        Filter.Word("status", ["APIRequested", "requested", "completed", "failed"]))
    {
        Includes = ["chargestation", "connector"],
    };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/actions", "read:actions", ListAll)
        {
            Summary = "List actions, newest first.", List = List, Answer = typeof(ActionResource),
        },
        new("GET", "/actions/{id}", "read:actions", Get)
        {
            Summary = "Read an action.", Answer = typeof(ActionResource), Includes = ["chargestation", "connector"],
        },
    ];

    private Task<IResult> ListAll(Call call) =>
        lists.Read(call, (rows, includes) => lists.Expansion.Of(call, [.. rows.Select(r => Word(r.Body))], includes));

    private async Task<IResult> Get(Call call)
    {
        if (await references.Read(call, "actions", "body", call.Id) is not { } body) return Refusal.NotFound;
        var included = await lists.Expansion.Of(call, Word(body), "chargestation", "connector");
        return included.Holds ? Success.Ok("Action", included.Value) : included.Refusal;
    }

    private static string Word(string body) => StationJson.Write(ActionResource.Of(DomainJson.ReadAction(body)));
}

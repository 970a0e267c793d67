using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What became of commands: /actions.</summary>
internal sealed class ActionsApi(References references, ListReader lists)
{
    private static readonly ListSpec List = new(
        "actions", Filter.Id("chargestation"), Filter.Id("connector"), Filter.Id("session"), Filter.Text("type"),
        Filter.Word("status", ["APIRequested", "requested", "completed", "failed"]));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/actions", "read:actions", ListAll)
        {
            Summary = "List actions, newest first.", List = List, Answer = typeof(ActionResource),
        },
        new("GET", "/actions/{id}", "read:actions", Get) { Summary = "Read an action.",
            Answer = typeof(ActionResource) },
    ];

    private Task<IResult> ListAll(Call call) =>
        lists.Read(call, (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(r => Word(r.Body))]));

    private async Task<IResult> Get(Call call) => await references.Read(call, "actions", "body", call.Id) is { } body
        ? Success.Ok("Action", Word(body))
        : Refusal.NotFound;

    private static string Word(string body) => StationJson.Write(ActionResource.Of(DomainJson.ReadAction(body)));
}

using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>One path of /v1 and the route of ours that answers it: "GET /drivers" by "GET /users".</summary>
internal sealed record V1Row(string Theirs, string Ours)
{
    /// <summary>Moves the request's fields about, or refuses.</summary>
    public Func<V1Ask, Task<Refusal?>>? Ask { get; init; }

    /// <summary>Words a resource of the answer.</summary>
    public Action<JsonObject>? Tell { get; init; }

    /// <summary>Takes a part of the resource for the answer.</summary>
    public string? Part { get; init; }

    /// <summary>The status that the description names where ours is another.</summary>
    public int? Status { get; init; }

    /// <summary>What the description calls the result, which stands under both names.</summary>
    public string? Named { get; init; }

    /// <summary>The answer of ours in the words of /v1.</summary>
    public IResult Word(IResult answer) => answer switch
    {
        Success done => done with { Status = Status ?? done.Status, Named = Named, Result = Word(done.Result) },
        Listing list => list with { Items = [.. list.Items.Select(Word)] },
        Refusal refusal => refusal with { Errors = [.. refusal.Errors.Select(Word)] },
        _ => answer,
    };

    private string Word(string resource)
    {
        if (JsonNode.Parse(resource) is not JsonObject told) return resource;
        Tell?.Invoke(told);
        return Part is null ? told.ToJsonString() : told[Part]?.ToJsonString() ?? "null";
    }

    private static FieldError Word(FieldError error) => error.Field == "user" ? error with { Field = "driver" } : error;
}

namespace Voltgate.Server.Api;

/// <summary>
/// One row of the API's table: what a request must be and who answers it. The OpenAPI document is made of it.
/// </summary>
/// <param name="Path">Below /v1.1, with {id} where an id stands.</param>
/// <param name="Scope">What the key must hold ("read:users"); null: any key; see also Open.</param>
internal sealed record ApiRoute(string Verb, string Path, string? Scope, Func<Call, Task<IResult>> Handler)
{
    /// <summary>One sentence for the documentation.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the body must be; null: none is read.</summary>
    public Shape? Body { get; init; }

    /// <summary>What the query may say; null: it is not looked at.</summary>
    public Shape? Query { get; init; }

    /// <summary>The record that stands in <c>result</c>.</summary>
    public Type? Answer { get; init; }

    /// <summary>Set on lists.</summary>
    public ListSpec? List { get; init; }

    /// <summary>On a route that reads one object: "user" documents <c>include_user=true</c>.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>True: no credential is asked for.</summary>
    public bool Open { get; init; }

    /// <summary>True: for operators who signed in, whatever their role; a key has no session and no password.</summary>
    public bool OperatorsOnly { get; init; }

    /// <summary>It changes something: its verb says so, or the scope of a GET that is a command.</summary>
    public bool Writes => Verb != "GET" || Scope?.StartsWith("write:", StringComparison.Ordinal) == true;

    /// <summary>True: answers a list that is short and takes no parameters.</summary>
    public bool IsList { get; init; }

    /// <summary>True: a second name of a documented path, kept out of the documentation.</summary>
    public bool Alias { get; init; }

    /// <summary>Whether it answers 201, for the documentation; null: a POST on a collection does.</summary>
    public bool? Creates { get; init; }

    /// <summary>True: answers text/event-stream for as long as the caller listens.</summary>
    public bool Streams { get; init; }

    /// <summary>The media type of a file that is answered instead of the envelope.</summary>
    public string? Downloads { get; init; }

    /// <summary>Set where the body is text/csv: what each row must be.</summary>
    public Shape? Rows { get; init; }

    /// <summary>True: answers what is shown once, as a create does; for the documentation's example.</summary>
    public bool Fresh { get; init; }

    /// <summary>Of the action that a command answers: "chargestation.reset".</summary>
    public string? ActionType { get; init; }

    /// <summary>An example of what is streamed or downloaded.</summary>
    public string? TextSample { get; init; }

    /// <summary>True: what stands in <c>result</c> stands beside it, too, where OAuth clients look for it.</summary>
    public bool RepeatsAtRoot { get; init; }

    public bool TakesIdempotencyKey { get; init; }

    /// <summary>Codes this route may refuse with, beside those that every route has: (409, "connector_busy").</summary>
    public IReadOnlyList<(int Status, string Code)> Refusals { get; init; } = [];
}

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>Sends requests one after the other and keeps what went wrong.</summary>
internal sealed class FuzzRun(TestServer server, FuzzPool pool, FuzzMaker maker)
{
    private const int MostFaults = 50;

    private static readonly string[] Bad = ["Error", "Critical"];

    private readonly HashSet<string> known = [];
    private readonly SortedDictionary<int, int> statuses = [];
    private int lines;

    public int Requests { get; private set; }

    public int Successes => statuses.Where(s => s.Key is >= 200 and < 300).Sum(s => s.Value);

    /// <summary>Operations that answered something else than that the request cannot be read.</summary>
    public HashSet<string> Reached { get; } = [];

    public List<string> Faults { get; } = [];

    public string Told =>
        $"{Requests} requests ({string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}"))}), "
        + $"{Faults.Count} faults";

    public async Task Send(FuzzOperation operation)
    {
        var request = maker.Make(operation);
        var (status, body) = await request.Send(server.Url);
        Requests++;
        statuses[status] = statuses.GetValueOrDefault(status) + 1;
        if (request.Method == operation.Verb && status is not (0 or 400 or 401 or 413 or 414 or 415))
            Reached.Add(operation.Name);
        if (status is 200 or 201) pool.Learn(operation.Answers, body);
        if (status == 404 || (status == 200 && request.Method == "DELETE"))
            pool.Forget(operation.Resource, request.Target);
        if (FaultOf(request, status, body) is { } fault) Keep($"{status} {operation.Name}", fault);
        foreach (var line in server.Logs.All.Skip(lines))
        {
            lines++;
            if (Array.Exists(Bad, b => line.StartsWith(b, StringComparison.Ordinal)))
                Keep($"{operation.Name} {line[..Math.Min(60, line.Length)]}", $"Logged: {line}\nAbout then: {request}");
        }
    }

    /// <summary>Null: the answer is one that a client may get.</summary>
    public static string? FaultOf(FuzzRequest request, int status, string body) => status switch
    {
        -1 => "No answer came to " + request,
        0 when !request.MayBeHungUpOn => "The server hung up on " + request,
        >= 500 => $"{status} {body}\nwas the answer to {request}",
        _ => null,
    };

    private void Keep(string kind, string fault)
    {
        if (Faults.Count < MostFaults && known.Add(kind)) Faults.Add(fault);
    }
}

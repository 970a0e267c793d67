using System.Text;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>
/// Makes requests from operations: a third as the document asks for them, the others damaged somewhere.
/// </summary>
internal sealed class FuzzMaker(FuzzDocument document, FuzzPool pool, Random random, string key, string rootKey)
{
    private static readonly string[] Types =
    [
        "text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=nonsense",
        "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/csv", "", ";;;", "application",
        "application/json;charset=\"", "application/vnd.api+json",
    ];

    private static readonly string[] Ids =
    [
        "x", "%00", "%ff", "..", "%2e%2e", "a%2fb", "0", "-1", "null", "FFFFFFFFFFFFFFFFFFFFFFFF", "%F0%9F%98%80",
        "'", "%27%20or%201=1--", "{id}", "*", "%", "%zz", "import", "schedule", "stream",
    ];

    private static readonly string[] Queries =
    [
        "paginate_limit=0", "paginate_limit=-1", "paginate_limit=99999999999", "paginate_page=2147483648",
        "paginate_page=2147483647", "paginate_cursor=AAAA", "paginate_cursor=%00", "paginate_enabled=maybe",
        "sort_by=createdAt", "sort_by=password_hash", "sort_order=sideways", "createdAt[$gte]=now",
        "createdAt[$gte]=9999999999999999999", "createdAt%5B%24lt%5D=2026-01-01T00:00:00Z", "updatedAt[$regex]=.*",
        "createdAt[$gte]=0001-01-01T00:00:00%2B18:00", "include_user=true", "include_=true", "status=%00", "a=b", "=",
        "&&&", "%", "%ff=%ff", "x=%F0%9F%98%80", "user=a&user=b", "[]=1", "a[b][c]=1", "dry_run=true", "dry_run=1",
        "online=true", "type=session.*", "from=2026-01-01&to=x", "createdAt[$gte]=9223372036854775807",
    ];

    private static readonly (string, string)[] OddHeaders =
    [
        ("Idempotency-Key", "k1"), ("Idempotency-Key", "é"), ("Idempotency-Key", new string('k', 300)),
        ("Content-Encoding", "gzip"), ("Expect", "100-continue"), ("Accept", "text/html"), ("Accept", "*/*;q=x"),
        ("Cookie", "voltgate=;;=;a"), ("Cookie", "__Host-voltgate=x"), ("Range", "bytes=0-"), ("If-Match", "*"),
        ("X-Forwarded-For", "1.2.3.4"), ("Last-Event-ID", "x"), ("Origin", "https://evil.example"),
        ("Sec-Fetch-Site", "cross-site"), ("X-Http-Method-Override", "DELETE"), ("Upgrade", "websocket"),
        ("Accept-Language", new string('q', 9_000)), ("Authorization", "Basic YTpi"), ("Traceparent", "00-x-y-z"),
    ];

    private static readonly string[] Credentials =
        ["", "Bearer", "Bearer ", "Basic Og==", "Bearer vg_live_0_0", "Bearer a.b.c", "Bearer é", "Digest x"];

    private static readonly string[] Verbs =
        ["GET", "HEAD", "PUT", "OPTIONS", "TRACE", "DELETE", "PATCH", "POST", "BREW", "post", "CONNECT"];

    public FuzzRequest Make(FuzzOperation operation)
    {
        var isWild = random.Next(3) > 0;
        var body = operation.ContentType is null
            ? Rarely(isWild, 10) ? Encoding.UTF8.GetBytes("{\"a\":1}") : null
            : BodyOf(operation, isWild);
        var headers = new List<(string, string)> { ("Authorization", CredentialOf(isWild)) };
        if (body is not null)
            headers.Add((
                "Content-Type", Rarely(isWild, 12) ? Pick(Types) : operation.ContentType ?? "application/json"));
        if (Rarely(isWild, 6)) headers.Add(Pick(OddHeaders));
        var isCut = body is { Length: > 1 } && Rarely(isWild, 30);
        if (body is not null && !isCut && Rarely(isWild, 25)) (body, headers) = Chunked(body, headers);
        return new FuzzRequest(
            operation.Name, Rarely(isWild, 25) ? Pick(Verbs) : operation.Verb, TargetOf(operation, isWild), headers,
            body, isCut ? random.Next(body!.Length) : null);
    }

    private byte[] BodyOf(FuzzOperation operation, bool isWild)
    {
        var values = new FuzzValues(document, pool, random, isWild ? random.Next(10) == 0 ? 300 : 60 : 0);
        var text = operation.ContentType == "text/csv" ? Csv(operation, values) : values.Of(operation.Body!);
        var body = Encoding.UTF8.GetBytes(text);
        if (!Rarely(isWild, 5)) return body;
        return random.Next(6) switch
        {
            0 => [.. body.AsSpan(0, random.Next(body.Length + 1))],
            1 => [0xEF, 0xBB, 0xBF, .. body],
            2 => Encoding.Unicode.GetBytes(text),
            3 => Noise(random.Next(200)),
            4 => [],
            _ => Damaged(body),
        };
    }

    private string Csv(FuzzOperation operation, FuzzValues values)
    {
        var name = operation.Resource switch
        {
            "users" => "UserBody",
            "tokens" => "TokenBody",
            _ => "ChargestationBody",
        };
        var properties = document.Named(name)!["properties"]!.AsObject().Where(_ => random.Next(3) > 0).ToList();
        var rows = Enumerable.Range(0, random.Next(4)).Select(_ => string.Join(
            ',', properties.Select(p => values.Of(p.Value!, p.Key))));
        var head = string.Join(',', properties.Select(p => p.Key));
        return string.Join(random.Next(2) == 0 ? "\n" : "\r\n", rows.Prepend(head));
    }

    private string TargetOf(FuzzOperation operation, bool isWild)
    {
        var parts = operation.Path.Split('/').Select(p => p switch
        {
            "{id}" when operation.Path.StartsWith("/auth", StringComparison.Ordinal) => pool.Unknown(),
            "{delivery}" => pool.Any("deliveries", isDelete: false),
            _ when !p.StartsWith('{') => p,
            _ when Rarely(isWild, 12) => Pick(Ids),
            _ => pool.Any(operation.Resource, operation.Verb == "DELETE"),
        });
        var target = "/v1.1" + string.Join('/', parts);
        if (Rarely(isWild, 40)) target += random.Next(3) switch { 0 => "/", 1 => "/x", _ => "//" };
        var query = QueryOf(operation, isWild).ToList();
        if (Rarely(isWild, 5)) query.Add(Pick(Queries));
        var whole = query.Count == 0 ? target : $"{target}?{string.Join('&', query)}";
        return whole.Length > 9_000 ? whole[..9_000] : whole;
    }

    private IEnumerable<string> QueryOf(FuzzOperation operation, bool isWild)
    {
        var values = new FuzzValues(document, pool, random, isWild ? 200 : 0);
        foreach (var parameter in operation.Parameters.Where(p => (string?)p!["in"] == "query"))
        {
            if (random.Next(8) > 0) continue;
            var name = (string)parameter!["name"]!;
            var value = values.Of(parameter["schema"]!, name).Trim('"').Replace("\\", "", StringComparison.Ordinal);
            yield return $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";
        }
    }

    private string CredentialOf(bool isWild) => !isWild || random.Next(15) > 1
        ? "Bearer " + key
        : random.Next(2) == 0 ? "Bearer " + rootKey : Pick(Credentials);

    private (byte[], List<(string, string)>) Chunked(byte[] body, List<(string, string)> headers)
    {
        var size = random.Next(3) switch
        {
            0 => body.Length.ToString("x"),
            1 => "zz",
            _ => (body.Length + 7).ToString("x"),
        };
        return (
            [.. Encoding.ASCII.GetBytes(size + "\r\n"), .. body, .. "\r\n0\r\n\r\n"u8],
            [.. headers, ("Transfer-Encoding", random.Next(8) == 0 ? "gzip, chunked" : "chunked")]);
    }

    private byte[] Damaged(byte[] body)
    {
        var copy = body.ToList();
        for (var wound = random.Next(1, 4); wound > 0 && copy.Count > 0; wound--)
        {
            var at = random.Next(copy.Count);
            if (random.Next(2) == 0) copy[at] = (byte)random.Next(256);
            else copy.RemoveRange(at, Math.Min(random.Next(1, 9), copy.Count - at));
        }

        return [.. copy];
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private bool Rarely(bool isWild, int oneIn) => isWild && random.Next(oneIn) == 0;

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}

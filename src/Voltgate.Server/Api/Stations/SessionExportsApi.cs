namespace Voltgate.Server.Api;

/// <summary>Sessions as files.</summary>
internal sealed class SessionExportsApi(SessionExports exports)
{
    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/sessions.csv", "read:sessions", exports.Csv)
        {
            Summary = "Every session that the filters find, as CSV.", List = SessionsApi.List, Downloads = "text/csv",
        },
        new("GET", "/sessions.jsonl", "read:sessions", exports.JsonLines)
        {
            Summary = "Every session that the filters find, one JSON object a line.", List = SessionsApi.List,
            Downloads = "application/jsonl",
        },
    ];
}

using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Answers lists: one page of rows, worded, with the count of all.</summary>
internal sealed class ListReader(Database database, PageEdges edges, Expansion expansion)
{
    private const int Batch = 500;

    private sealed class Edge
    {
        public object Sort { get; init; } = "";

        public object PageKey { get; init; } = "";
    }

    public Expansion Expansion => expansion;

    /// <summary>The list of the call's route, its rows' bodies as they are stored.</summary>
    public Task<IResult> Read(Call call) => Read(call, SpecOf(call), (rows, _) => Task.FromResult(Bodies(rows)));

    /// <param name="word">Turns rows of the page into resources as JSON; is told which relations to include.</param>
    public Task<IResult> Read(
        Call call, Func<IReadOnlyList<ListedRow>, IReadOnlySet<string>, Task<IReadOnlyList<string>>> word) =>
        Read<ListedRow>(call, SpecOf(call), word);

    /// <summary>As above, for a table whose rows are read by another select list.</summary>
    public async Task<IResult> Read<TRow>(
        Call call, ListSpec spec, Func<IReadOnlyList<TRow>, IReadOnlySet<string>, Task<IReadOnlyList<string>>> word)
    {
        var parsed = ListParser.Parse(call, spec);
        if (!parsed.Holds) return parsed.Refusal;
        var query = parsed.Value;
        if (query is { Page: > 1, After: null })
            query = query with { After = edges.Before(query.Signature, query.Page) };

        List<(TRow Row, Edge Edge)> found;
        long total;
        await using (var connection = await database.Open(call.Cancel))
        {
            // Whoever turns pages is told the total that the first one told.
            total = query.After?.Total ?? await connection.ExecuteScalarAsync<long>(query.CountSql, query.Values);
            found = await Page<TRow>(connection, query);
        }

        var shown = found.Take(query.Limit).ToList();
        var items = await word([.. shown.Select(f => f.Row)], query.Includes);
        return new Listing($"{items.Count} of {total}", items, query.Page, query.Limit, total)
        {
            HasNext = found.Count > shown.Count, NextCursor = NextOf(query, found, shown, total),
        };
    }

    /// <summary>
    /// Every row that a query finds, a batch at a time, each behind the last: for exports. Nothing is one empty batch.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<ListedRow>> All(
        ListQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        query = query with { Page = 1, Limit = Batch, After = null };
        while (true)
        {
            List<(ListedRow Row, Edge Edge)> found;
            await using (var connection = await database.Open(cancel)) found = await Page<ListedRow>(connection, query);
            var shown = found.Take(Batch).ToList();
            yield return [.. shown.Select(f => f.Row)];
            if (found.Count <= Batch) yield break;
            query = query with { After = new PageEdge(1, shown[^1].Edge.Sort, shown[^1].Edge.PageKey, 0) };
        }
    }

    private static async Task<List<(TRow Row, Edge Edge)>> Page<TRow>(DbConnection connection, ListQuery query) =>
        (await connection.QueryAsync<TRow, Edge, (TRow, Edge)>(
            query.PageSql, (row, edge) => (row, edge), query.PageValues, splitOn: "Sort")).AsList();

    private string? NextOf<TRow>(
        ListQuery query, List<(TRow Row, Edge Edge)> found, List<(TRow Row, Edge Edge)> shown, long total)
    {
        if (found.Count <= shown.Count) return null;
        var last = shown[^1].Edge;
        var edge = new PageEdge(query.Page, last.Sort, last.PageKey, total);
        edges.Keep(query.Signature, edge);
        return edge.ToCursor(query.Signature);
    }

    private Task<IResult> Read(
        Call call, ListSpec spec, Func<IReadOnlyList<ListedRow>, IReadOnlySet<string>,
        Task<IReadOnlyList<string>>> word) =>
        Read<ListedRow>(call, spec, word);

    private static ListSpec SpecOf(Call call) =>
        call.Route.List ?? throw new InvalidOperationException($"{call.Route.Path} declares no list.");

    private static IReadOnlyList<string> Bodies(IReadOnlyList<ListedRow> rows) => [.. rows.Select(r => r.Body)];
}

using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Answers lists: one page of rows, worded, with the count of all.</summary>
internal sealed class ListReader(Database database)
{
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

        List<TRow> rows;
        long total;
        await using (var connection = await database.Open(call.Cancel))
        {
            total = await connection.ExecuteScalarAsync<long>(query.CountSql, query.Values);
            rows = (await connection.QueryAsync<TRow>(query.PageSql, query.Values)).AsList();
        }

        var items = await word(rows, query.Includes);
        return new Listing($"{items.Count} of {total}", items, query.Page, query.Limit, total);
    }

    private Task<IResult> Read(
        Call call, ListSpec spec, Func<IReadOnlyList<ListedRow>, IReadOnlySet<string>,
        Task<IReadOnlyList<string>>> word) =>
        Read<ListedRow>(call, spec, word);

    private static ListSpec SpecOf(Call call) =>
        call.Route.List ?? throw new InvalidOperationException($"{call.Route.Path} declares no list.");

    private static IReadOnlyList<string> Bodies(IReadOnlyList<ListedRow> rows) => [.. rows.Select(r => r.Body)];
}
